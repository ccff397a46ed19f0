"""Named points at which a test may strike the service down.

`TIDEOVER_CRASH` arms one of them: `close.chunk` raises `StruckDown` there; `close.chunk:kill` ends
the process at once with nothing cleaned up, as kill -9 does; `close.chunk:cut` takes the connection
to the database away, as a network does; `close.chunk:kill:3` the third time the point is passed.
`note:FILE` strikes nothing and writes the names of the points that are passed into a file. Nothing
is armed unless somebody sets it.
"""

import os
import signal
from collections import Counter
from pathlib import Path
from typing import Final

_passed: Final[Counter[str]] = Counter()
_NOTE = "note:"


class StruckDown(Exception):
    """The armed point was reached."""


def crash_point(name: str) -> None:
    """Pass this point, or end here when it is armed. Raises StruckDown."""
    armed = os.environ.get("TIDEOVER_CRASH", "")
    if armed.startswith(_NOTE):
        _note(name, Path(armed.removeprefix(_NOTE)))
    elif armed.partition(":")[0] == name:
        _strike(name, armed)


def _note(name: str, file: Path) -> None:
    with file.open("a", encoding="utf-8") as notes:
        notes.write(f"{name}\n")


def _strike(name: str, armed: str) -> None:
    _, _, rest = armed.partition(":")
    how, _, times = rest.partition(":")
    _passed[armed] += 1
    if _passed[armed] != int(times or 1):
        return
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "cut":
        _cut_connection()
        return
    raise StruckDown(name)


def _cut_connection() -> None:
    """Close the socket or the file under Django, which learns of it with its next question."""
    from django.db import connection

    if connection.connection is not None:
        connection.connection.close()

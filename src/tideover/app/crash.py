"""Named points at which a test may strike the service down.

`TIDEOVER_CRASH` arms one of them: `close.chunk` raises `StruckDown` there, `close.chunk:kill` ends
the process at once with nothing cleaned up, as kill -9 does; `close.chunk:kill:3` the third time
the point is passed. Nothing is armed unless somebody sets it.
"""

import os
import signal
from collections import Counter
from typing import Final

_passed: Final[Counter[str]] = Counter()


class StruckDown(Exception):
    """The armed point was reached."""


def crash_point(name: str) -> None:
    """Pass this point, or end here when it is armed. Raises StruckDown."""
    armed = os.environ.get("TIDEOVER_CRASH", "")
    if not armed:
        return
    point, _, rest = armed.partition(":")
    if point != name:
        return
    how, _, times = rest.partition(":")
    _passed[armed] += 1
    if _passed[armed] != int(times or 1):
        return
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    raise StruckDown(name)

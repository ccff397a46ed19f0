"""One hostile file: what it is called, how it is made, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass

from tideover import evidence

#: A word that stands for a payload; it must be in no copy that a browser is given.
MARKER = b"PAYLOAD-9f3c"
SCRIPT = b"<script>alert('PAYLOAD-9f3c')</script>"

ACCEPTED = None
REFUSED = (
    evidence.NotWhatItSays,
    evidence.KindNotAccepted,
    evidence.UnreadableFile,
    evidence.TooMuchToOpen,
)
#: A decoder may give up at either point, depending on its version; both refuse by name.
BROKEN = (evidence.UnreadableFile, evidence.TooMuchToOpen)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file made when it is needed, and the refusal it ends in, or None when it is harmless."""

    name: str
    make: Callable[[], bytes]
    ends_in: type[evidence.FileRefused] | tuple[type[evidence.FileRefused], ...] | None

    def __str__(self) -> str:
        return self.name.encode("ascii", "backslashreplace").decode()[:40]


def fixed(name, content, ends_in):
    """A file whose bytes are at hand."""
    return Hostile(name, lambda: content, ends_in)

"""Uploads on their way: the parts that have arrived, sealed, until the file is whole.

A broken line costs the part that was on it and nothing before. Parts lie in a folder named by
digests alone, one file for each, sealed for its very place: a part cannot be moved, and no word
from outside is ever part of a path. What is not finished is forgotten after a day.
"""

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tideover.app.files.envelope import opened, sealed
from tideover.app.files.store import make_durable_folder, write_whole
from tideover.app.home import home, keyring

_KEYS = "TIDEOVER_FILE_KEYS"
_PART = re.compile(r"(\d{1,12})-(\d{1,12})")
#: Uploads that one owner may have on the way at a time; the oldest gives way to another.
OPEN_MAX = 6


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way: whose it is, what tells it from their others, and its whole size."""

    owner: str
    name: str
    size: int

    @property
    def folder(self) -> Path:
        """Where its parts lie; two digests, whatever the names hold."""
        return _owner_folder(self.owner) / _hashed(f"{self.name} {self.size}")

    @property
    def received(self) -> int:
        """How many bytes have arrived without a gap: where the next part begins."""
        return sum(length for _, length in self._parts())

    def add(self, content: bytes, *, at: int) -> int:
        """Keep a part that begins where the last one ended; return how far it is now.

        Raises:
            ValueError: it begins elsewhere, is empty, or goes beyond the size.
        """
        begin = self.received
        if at != begin or not content or at + len(content) > self.size:
            raise ValueError("the part does not begin where the last one ended")
        if not begin:
            _make_room(self.owner)
        make_durable_folder(self.folder)
        context = self._context(at, len(content))
        envelope = sealed(content, context=context, keyring=keyring(_KEYS))
        write_whole(envelope, self.folder / f"{at}-{len(content)}")
        return at + len(content)

    def whole(self) -> bytes:
        """Return the bytes of the file, every part opened for its place."""
        return b"".join(
            opened(
                (self.folder / f"{at}-{length}").read_bytes(),
                context=self._context(at, length),
                keyring=keyring(_KEYS),
            )
            for at, length in self._parts()
        )

    def forget(self) -> None:
        """Remove what has arrived."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _parts(self) -> Iterator[tuple[int, int]]:
        """Yield place and length of the parts that follow each other from the beginning."""
        names = (_PART.fullmatch(place.name) for place in sorted(_listed(self.folder)))
        lengths = {int(name[1]): int(name[2]) for name in names if name}
        at = 0
        while at in lengths:
            yield at, lengths[at]
            at += lengths[at]

    def _context(self, at: int, length: int) -> str:
        return f"upload:{self.folder.name}:{self.owner}:{at}:{length}"


def forget_uploads(*, before: datetime) -> int:
    """Forget uploads that nothing was added to since `before`; return how many that was."""
    count = 0
    for folder in home().joinpath("parts").glob("*/*"):
        if datetime.fromtimestamp(folder.stat().st_mtime, tz=UTC) < before:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count


def _make_room(owner: str) -> None:
    folders = sorted(_listed(_owner_folder(owner)), key=lambda one: one.stat().st_mtime)
    for folder in folders[: max(0, len(folders) - OPEN_MAX + 1)]:
        shutil.rmtree(folder, ignore_errors=True)


def _owner_folder(owner: str) -> Path:
    return home() / "parts" / _hashed(owner)


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

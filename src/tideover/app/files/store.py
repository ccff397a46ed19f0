"""The folder of sealed files. A file is there whole or not at all, whatever happens meanwhile."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tideover.app.crash import crash_point
from tideover.app.files.envelope import ForeignEnvelope, opened, sealed
from tideover.app.home import home, keyring

_DIGEST = re.compile(r"[0-9a-f]{64}")
_OWNER_ONLY = 0o600
_KEYS = "TIDEOVER_FILE_KEYS"


class NotADigest(ValueError):
    """A stored file was asked for by something that is not a digest; a path can never be."""

    def __init__(self) -> None:
        super().__init__("a stored file is named by 64 hexadecimal digits and by nothing else")


class FileNotKept(LookupError):
    """No file of that digest is kept for that context."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(f"no file {digest[:12]}… is kept for this context")


class FileChanged(Exception):
    """The stored bytes are not what was stored: somebody or a disk changed them."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(f"stored file {digest[:12]}… was changed after it was kept; restore it")


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of `content` in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def store(content: bytes, *, context: str) -> str:
    """Keep `content` for `context` and return its digest, once it would survive a power cut.

    Storing the same bytes for the same context again changes nothing. The same bytes for
    another context are kept apart, so that removing one does not remove the other.
    """
    digest = digest_of(content)
    place = _place(digest, context)
    if place.exists() and _is_whole(digest, context):
        return digest
    envelope = sealed(content, context=context, keyring=keyring(_KEYS))
    make_durable_folder(place.parent)
    write_whole(envelope, place)
    return digest


def read(digest: str, *, context: str) -> bytes:
    """Return the bytes of that digest that were kept for `context`.

    Raises:
        NotADigest: `digest` is not 64 hexadecimal digits.
        FileNotKept: nothing is kept under it for this context.
        FileChanged: what is kept can no longer be opened or has another digest.
        KeyNotHeld: it was sealed with a key that is not held any more.
    """
    place = _place(digest, context)
    try:
        envelope = place.read_bytes()
    except FileNotFoundError:
        raise FileNotKept(digest) from None
    try:
        content = opened(envelope, context=context, keyring=keyring(_KEYS))
    except ForeignEnvelope:
        raise FileChanged(digest) from None
    if digest_of(content) != digest:
        raise FileChanged(digest)
    return content


def holds(digest: str, *, context: str) -> bool:
    """Return whether a file of that digest is kept for `context`."""
    return _place(digest, context).exists()


def remove(digest: str, *, context: str) -> None:
    """Forget the file of that digest; nothing happens when it is not kept."""
    place = _place(digest, context)
    if place.exists():
        place.unlink()
        _sync_folder(place.parent)


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file as it lies there: its digest, the scope of its context, and since when."""

    digest: str
    scope: str
    at: datetime


def kept() -> Iterator[Kept]:
    """Yield every stored file; only the digest of its context is known."""
    for place in sorted((home() / "files").glob("??/*.*")):
        digest, _, scope = place.name.partition(".")
        if _DIGEST.fullmatch(digest):
            yield Kept(digest, scope, datetime.fromtimestamp(place.stat().st_mtime, tz=UTC))


def scope_of(context: str) -> str:
    """Return what stands for `context` in the name of a stored file."""
    return digest_of(context.encode())[:16]


def _is_whole(digest: str, context: str) -> bool:
    try:
        read(digest, context=context)
    except FileChanged:
        return False
    return True


def _place(digest: str, context: str) -> Path:
    """Return the path, made of two digests only: of the bytes and of the context."""
    if _DIGEST.fullmatch(digest) is None:
        raise NotADigest
    return home() / "files" / digest[:2] / f"{digest}.{scope_of(context)}"


def write_whole(envelope: bytes, place: Path) -> None:
    """Put `envelope` at `place` in one step that is on the disk when this returns."""
    draft = place.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(envelope)
            file.flush()
            os.fsync(file.fileno())
        crash_point("file.written")
        draft.replace(place)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    crash_point("file.named")
    _sync_folder(place.parent)


def make_durable_folder(folder: Path) -> None:
    """Make a folder that is still there after a power cut, and the one it lies in."""
    root = folder.parent
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(root)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

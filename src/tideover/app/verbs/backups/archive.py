"""The one file of a backup: a tar whose last member names every other one with its digest."""

import hashlib
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from tideover.money import Refusal

MANIFEST = "manifest.json"
FORMAT = "tideover-backup-1"
_BLOCK = 1 << 20


class NotABackup(Refusal):
    """The file is no backup of this program, or its end is missing."""

    code: ClassVar[str] = "not-a-backup"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is not a whole Tideover backup: its list of contents is missing. Copy it "
            "again from where it was made.",
            f"{path.name} 不是完整的备份文件（缺少内容清单），请重新复制。",
        )


class BackupDamaged(Refusal):
    """A member of the backup is not what its list of contents says."""

    code: ClassVar[str] = "backup-damaged"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} in the backup is damaged or missing. Use another copy; nothing was restored.",
            f"备份中的 {name} 已损坏或缺失。请换一份备份，本次没有恢复任何内容。",
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself: when and of which database it was made, and its members."""

    made_at: str
    vendor: str
    digests: Mapping[str, str]
    counts: Mapping[str, int]


def write_archive(
    path: Path, members: Mapping[str, Path], *, made_at: str, vendor: str, counts: Mapping[str, int]
) -> Contents:
    """Write `members` (name in the backup: file) and their list into `path`; return the list."""
    digests = {name: digest_of(file) for name, file in sorted(members.items())}
    contents = Contents(made_at, vendor, digests, counts)
    listed = path.with_name(f".{path.name}.{MANIFEST}")
    listed.write_text(json.dumps(_record(contents), indent=1), encoding="utf-8")
    try:
        with tarfile.open(path, "w") as archive:
            for name, file in sorted(members.items()):
                archive.add(file, name, recursive=False)
            archive.add(listed, MANIFEST, recursive=False)
    finally:
        listed.unlink()
    return contents


def unpack(path: Path, *, into: Path) -> Contents:
    """Unpack a backup into the empty folder `into` and check every digest.

    Raises:
        NotABackup: there is no list of contents.
        BackupDamaged: a member is missing, changed, or not on the list.
    """
    try:
        with tarfile.open(path, "r") as archive:
            archive.extractall(into, members=_safe(archive), filter="data")
    except (tarfile.TarError, EOFError) as error:
        raise NotABackup(path) from error
    contents = _contents(path, into / MANIFEST)
    for name, digest in contents.digests.items():
        file = into / name
        if not file.is_file() or digest_of(file) != digest:
            raise BackupDamaged(name)
    for file in into.rglob("*"):
        name = file.relative_to(into).as_posix()
        if file.is_file() and name != MANIFEST and name not in contents.digests:
            raise BackupDamaged(name)
    return contents


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, read in blocks."""
    running = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            running.update(block)
    return running.hexdigest()


def _safe(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield plain files with plain relative names; a backup has no others."""
    for member in archive:
        name = PurePosixPath(member.name)
        if not member.isfile() or name.is_absolute() or ".." in name.parts:
            raise BackupDamaged(member.name)
        yield member


def _contents(path: Path, listed: Path) -> Contents:
    if not listed.is_file():
        raise NotABackup(path)
    record = json.loads(listed.read_text(encoding="utf-8"))
    if record.get("format") != FORMAT:
        raise NotABackup(path)
    return Contents(record["made_at"], record["vendor"], record["digests"], record["counts"])


def _record(contents: Contents) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": contents.made_at,
        "vendor": contents.vendor,
        "counts": dict(contents.counts),
        "digests": dict(contents.digests),
    }

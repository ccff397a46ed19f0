"""Saving: the audit anchor first, then the database, then the files it speaks of.

In that order nothing in the backup can name something later than itself: an anchor ahead of the
database would look like a log that was cut off, and a file is stored before the row that names it.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.db import connection

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db.models import Case, Loan, LogEvent
from tideover.app.home import home
from tideover.app.verbs.audit import anchor_path
from tideover.app.verbs.backups.archive import write_archive
from tideover.app.verbs.backups.databases import dump_database
from tideover.money import Refusal

#: Folders of the home that belong to a backup, and the keys, which do so only when asked for.
FOLDERS = ("files",)
KEYS = "keys"
DATABASE = "database"
ANCHOR = "audit-anchor.jsonl"


class BackupThere(Refusal):
    """There is a file of that name already."""

    code: ClassVar[str] = "backup-there"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is there already; give the backup another name, or move the old one away",
            f"{path.name} 已存在，请换一个文件名，或先移走旧文件。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a backup holds."""

    path: Path
    files: int
    size: int
    loans: int
    cases: int
    events: int
    has_keys: bool


def save(path: Path, *, with_keys: bool = False) -> Saved:
    """Save database, evidence, agreements and audit anchor into the new file `path`.

    The file appears whole or not at all. Keys are left out unless asked for: whoever holds keys
    and backup can read everything.

    Raises:
        BackupThere: there is a file of that name.
        DatabaseToolMissing, DatabaseToolFailed: of PostgreSQL.
    """
    if path.exists():
        raise BackupThere(path)
    draft = path.with_name(f".{path.name}.part")
    with tempfile.TemporaryDirectory(prefix="tideover-backup-") as folder:
        taken = Path(folder)
        members: dict[str, Path] = {}
        if anchor_path().exists():
            shutil.copyfile(anchor_path(), taken / ANCHOR)
            members[ANCHOR] = taken / ANCHOR
        dump_database(taken / DATABASE)
        members[DATABASE] = taken / DATABASE
        crash_point("backup.dumped")
        counts = {
            "loans": Loan.objects.count(),
            "cases": Case.objects.count(),
            "events": LogEvent.objects.count(),
        }
        for name in (*FOLDERS, *((KEYS,) if with_keys else ())):
            members.update(_below(home() / name))
        try:
            contents = write_archive(
                draft,
                members,
                made_at=clock.now().isoformat(),
                vendor=connection.vendor,
                counts=counts,
            )
            crash_point("backup.written")
            draft.chmod(0o600)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return Saved(
        path=path,
        files=len(contents.digests),
        size=path.stat().st_size,
        has_keys=with_keys,
        **counts,
    )


def _below(folder: Path) -> dict[str, Path]:
    """The whole files below a folder of the home; drafts begin with a dot and are left out."""
    return {
        file.relative_to(home()).as_posix(): file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }

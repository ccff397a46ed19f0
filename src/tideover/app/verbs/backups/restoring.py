"""Restoring: everything is unpacked and checked beside the place before anything is put there."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.db import connection

from tideover.app.home import home
from tideover.app.verbs import audit, ledger
from tideover.app.verbs.backups.archive import Contents, unpack
from tideover.app.verbs.backups.databases import has_tables, load_database
from tideover.app.verbs.backups.saving import ANCHOR, DATABASE, FOLDERS, KEYS
from tideover.money import Refusal


class PlaceNotEmpty(Refusal):
    """The place already holds something, and a restore never overwrites."""

    code: ClassVar[str] = "place-not-empty"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"there is {what} already; restore into an empty TIDEOVER_HOME and an empty database",
            f"目标位置已有 {what}；请恢复到空的 TIDEOVER_HOME 和空的数据库。",
        )


class WrongDatabase(Refusal):
    """The backup was made of another kind of database."""

    code: ClassVar[str] = "wrong-database"

    def __init__(self, made_of: str, here: str) -> None:
        super().__init__(
            f"the backup was made of {made_of} and the settings name {here}; set "
            f"TIDEOVER_DATABASE_URL to a {made_of} database",
            f"备份来自 {made_of}，当前设置为 {here}；请把 TIDEOVER_DATABASE_URL 设为 {made_of}。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back, and whether ledger and log agree with themselves."""

    contents: Contents
    ledger_faults: int
    audit_faults: int

    @property
    def holds(self) -> bool:
        """Whether ledger and audit log are whole."""
        return not self.ledger_faults and not self.audit_faults


def restore(path: Path) -> Restored:
    """Bring a backup into the empty home and the empty database of the settings, and verify it.

    Raises:
        PlaceNotEmpty: something is there already; nothing was changed.
        NotABackup, BackupDamaged, WrongDatabase: nothing was changed.
    """
    _refuse_what_is_there()
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=home()) as folder:
        unpacked = Path(folder)
        contents = unpack(path, into=unpacked)
        if contents.vendor != connection.vendor:
            raise WrongDatabase(contents.vendor, connection.vendor)
        load_database(unpacked / DATABASE)
        for name in (*FOLDERS, KEYS, ANCHOR):
            if (unpacked / name).exists():
                _put(unpacked / name, home() / name)
    return Restored(
        contents=contents,
        ledger_faults=len(ledger.verify().faults),
        audit_faults=len(audit.verify().faults),
    )


def _refuse_what_is_there() -> None:
    if has_tables():
        raise PlaceNotEmpty("a database")
    for name in (*FOLDERS, ANCHOR):
        place = home() / name
        if place.is_file() or (place.is_dir() and any(place.iterdir())):
            raise PlaceNotEmpty(name)


def _put(source: Path, place: Path) -> None:
    if source.is_file():
        source.replace(place)
        return
    place.mkdir(mode=0o700, exist_ok=True)
    shutil.copytree(source, place, dirs_exist_ok=True)

"""Saving everything into one file, and bringing it back into an empty place."""

from tideover.app.verbs.backups.archive import BackupDamaged, NotABackup
from tideover.app.verbs.backups.databases import DatabaseToolMissing
from tideover.app.verbs.backups.restoring import PlaceNotEmpty, Restored, WrongDatabase, restore
from tideover.app.verbs.backups.saving import BackupThere, Saved, save

__all__ = [
    "BackupDamaged",
    "BackupThere",
    "DatabaseToolMissing",
    "NotABackup",
    "PlaceNotEmpty",
    "Restored",
    "Saved",
    "WrongDatabase",
    "restore",
    "save",
]

"""SQLite loses acknowledged commits in a power cut unless it is told not to. We refuse to run then.

See SQLite's documentation of `PRAGMA synchronous`: in WAL mode only FULL syncs at each commit; and
of `REPLACE`: the rows it pushes out pass by the triggers unless these are recursive.
"""

from typing import Any, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper

from tideover.money import Refusal

# What each PRAGMA answers when it is as we need it (synchronous 2 = FULL).
_REQUIRED: tuple[tuple[str, str], ...] = (
    ("journal_mode", "wal"),
    ("synchronous", "2"),
    ("foreign_keys", "1"),
    ("recursive_triggers", "1"),
)


class UnsafeDatabase(Refusal):
    """SQLite does not run with the settings that keep acknowledged commits."""

    code: ClassVar[str] = "unsafe-database"

    def __init__(self, *, pragma: str, found: str, required: str) -> None:
        self.pragma = pragma
        self.found = found
        self.required = required
        super().__init__(
            f"SQLite runs with {pragma} = {found}, and Tideover needs {required}. "
            "Keep the file on a local disk that allows WAL, and do not change the connection "
            "options in tideover.app.database."
        )


def refuse_unsafe_sqlite(sender: Any, connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """Raise UnsafeDatabase unless the new connection has every PRAGMA we rely on."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma, required in _REQUIRED:
            cursor.execute(f"PRAGMA {pragma}")
            found = str(cursor.fetchone()[0])
            if found != required:
                raise UnsafeDatabase(pragma=pragma, found=found, required=required)

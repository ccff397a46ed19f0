"""Which database the service speaks to, and how: read from `TIDEOVER_DATABASE_URL`.

SQLite writes are made to survive a power cut (`synchronous=FULL`) and to queue up instead of
failing (`BEGIN IMMEDIATE`), and a row that REPLACE would push out counts as deleted, so that the
triggers see it (`recursive_triggers`); `tideover.app.db` asserts on every connection that this
is so.
"""

import os
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

from tideover.app.home import home
from tideover.money import Refusal

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;PRAGMA busy_timeout=20000;"
)
_LOCK_WAIT_SECONDS = 20
_CONNECTION_AGE_SECONDS = 600


class DatabaseUrlUnknown(Refusal):
    """The address names neither an SQLite file nor a PostgreSQL database."""

    code: ClassVar[str] = "database-url-unknown"

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        super().__init__(
            f"TIDEOVER_DATABASE_URL begins with {scheme!r}; write sqlite:///absolute/file.sqlite3 "
            "or postgres://name:password@host:5432/database, or leave it out."
        )


def database_settings() -> dict[str, Any]:
    """Django's settings of the one database. Raises DatabaseUrlUnknown."""
    url = os.environ.get("TIDEOVER_DATABASE_URL", "")
    if not url:
        return _sqlite(str(home() / "tideover.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUrlUnknown(parts.scheme)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": _CONNECTION_AGE_SECONDS,
        "OPTIONS": query,
    }


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": _CONNECTION_AGE_SECONDS,
        "OPTIONS": {
            "init_command": _SQLITE_PRAGMAS,
            "transaction_mode": "IMMEDIATE",
            "timeout": _LOCK_WAIT_SECONDS,
        },
        # A file, not memory: only a file can be in WAL mode and shared between threads.
        "TEST": {"NAME": f"{path}.test"},
    }

"""Taking a database as it is at one moment, and putting it into an empty one.

SQLite copies its pages through its own backup call; PostgreSQL through `pg_dump` and `pg_restore`
of Debian's client package, which must not be older than the server.
"""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import ClassVar

from django.db import connection

from tideover.money import Refusal


class DatabaseToolMissing(Refusal):
    """PostgreSQL's client programs are not on this machine."""

    code: ClassVar[str] = "database-tool-missing"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was not found: apt-get install postgresql-client, or set PG_BIN to its folder",
            f"找不到 {name}：请安装 postgresql-client，或用 PG_BIN 指明其所在目录。",
        )


class DatabaseToolFailed(Refusal):
    """PostgreSQL's client program answered with an error."""

    code: ClassVar[str] = "database-tool-failed"

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"{name} failed: {said}", f"{name} 执行失败：{said}")


def dump_database(into: Path) -> None:
    """Write the whole database as it is now into the file `into`.

    Raises:
        DatabaseToolMissing: PostgreSQL's `pg_dump` is not there.
        DatabaseToolFailed: it could not finish.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        target = sqlite3.connect(into)
        try:
            connection.connection.backup(target)
        finally:
            target.close()
        return
    _call("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={into}")


def load_database(dump: Path) -> None:
    """Put a dump into the database of the settings, which must hold nothing.

    Raises:
        DatabaseToolMissing: PostgreSQL's `pg_restore` is not there.
        DatabaseToolFailed: it could not finish; nothing was restored.
    """
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(str(connection.settings_dict["NAME"]))
        draft = target.with_name(f".{target.name}.restoring")
        shutil.copyfile(dump, draft)
        draft.chmod(0o600)
        draft.replace(target)
        return
    _call(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={connection.settings_dict['NAME']}",
        str(dump),
        names_database=False,
    )


def has_tables() -> bool:
    """Whether the database holds anything; an SQLite file that is not there does not."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return path.exists() and path.stat().st_size > 0
    return bool(connection.introspection.table_names())


def _call(name: str, *arguments: str, names_database: bool = True) -> None:
    settings = connection.settings_dict
    environment = {
        **os.environ,
        "PGHOST": str(settings["HOST"]),
        "PGPORT": str(settings["PORT"] or "5432"),
        "PGUSER": str(settings["USER"]),
        "PGPASSWORD": str(settings["PASSWORD"]),
    }
    database = (f"--dbname={settings['NAME']}",) if names_database else ()
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [_program(name), *arguments, *database],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DatabaseToolFailed(name, done.stderr.strip().splitlines()[-1] if done.stderr else "")


def _program(name: str) -> str:
    given = os.environ.get("PG_BIN")
    folders = [Path(given)] if given else sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]
    for folder in folders:
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        raise DatabaseToolMissing(name)
    return found

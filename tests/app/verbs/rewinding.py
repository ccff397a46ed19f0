"""A committed database and the files beside it, put back to where they were, as often as one likes.

Making a case ready takes seconds and putting it back a moment, so what may go wrong once in many
times can be tried many times.
"""

import os
import shutil
import sqlite3
from pathlib import Path

from django.db import connection, transaction

from tideover.app import clock


class Moment:
    """Everything as it was when this was made: rows, triggers, files and the time of day."""

    def __init__(self, home: Path, keep: Path) -> None:
        self._home, self._keep = home, keep
        self._now = clock.now().isoformat()
        _copy(home, keep)
        self._rows: _Server | _File = _Server() if connection.vendor == "postgresql" else _File()

    def again(self) -> None:
        """Put everything back."""
        self._rows.back()
        for one in self._home.iterdir():
            if not one.is_symlink():
                shutil.rmtree(one) if one.is_dir() else one.unlink()
        _copy(self._keep, self._home)
        os.environ["TIDEOVER_NOW"] = self._now
        clock._set_at.cache_clear()

    def forget(self) -> None:
        """Put everything back for the last time and drop what was kept."""
        self.again()
        self._rows.forget()


def _copy(source: Path, target: Path) -> None:
    # The keys are a link to those of all tests; nobody changes them.
    keys = shutil.ignore_patterns("keys")
    shutil.copytree(source, target, ignore=keys, dirs_exist_ok=True)


class _File:
    """SQLite: the pages, copied by its own backup."""

    def __init__(self) -> None:
        self._pages = sqlite3.connect(":memory:")
        connection.ensure_connection()
        connection.connection.backup(self._pages)

    def back(self) -> None:
        connection.ensure_connection()
        self._pages.backup(connection.connection)

    def forget(self) -> None:
        self._pages.close()


class _Server:
    """PostgreSQL: the rows, kept in tables of another schema.

    A copy of the whole database would do; but dropping one waits for a checkpoint, for seconds.
    """

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [f'"{name}"' for (name,) in cursor.fetchall()]
            cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
            for table in tables:
                cursor.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
            cursor.execute(
                "SELECT sequencename, last_value FROM pg_sequences "
                "WHERE schemaname = 'public' AND last_value IS NOT NULL"
            )
            numbers = [f"SELECT setval('\"{name}\"', {last})" for name, last in cursor.fetchall()]
        rows = [
            f"DELETE FROM public.{table}; INSERT INTO public.{table} TABLE kept.{table}"
            for table in tables
        ]
        # As a replica does: neither the triggers of the log nor the keys between tables are asked.
        self._back = "; ".join(["SET LOCAL session_replication_role = replica", *rows, *numbers])

    def back(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self._back)

    def forget(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA kept CASCADE")

"""A new database and one that came along every migration are the same."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tideover.app.database import database_settings
from tideover.app.db import migrations

FOLDER = Path(migrations.__file__).parent
SHORT = next(FOLDER.glob("0000_squashed_*.py"))
REPLACED = sorted(path.stem for path in FOLDER.glob("[0-9]*.py") if path != SHORT)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A SQLite file beside the database of the tests, under its own alias."""
    alias = "beside"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TIDEOVER_DATABASE_URL", raising=False)
        connections.settings[alias] = {
            **connections.settings["default"],
            **database_settings(),
            "NAME": str(path),
        }
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def schema(connection: Any) -> dict[str, Any]:
    """What was made, by name; the columns of a table in the order of their words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL")
        found = cursor.fetchall()
    return {name: _parts(sql) if kind == "table" else sql for name, kind, sql in found}


def _parts(sql: str) -> list[str]:
    return sorted(re.split(r", (?![^(]*\))", sql[sql.index("(") + 1 : -1]))


@pytest.mark.django_db
class TestTheShortWay:
    def test_ends_in_the_schema_of_the_long_one(
        self, tmp_path, settings, monkeypatch, django_db_blocker
    ):
        if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
            pytest.skip("both ways are walked in SQLite files, once is enough")
        with django_db_blocker.unblock(), opened(tmp_path / "short.sqlite3") as short:
            call_command("migrate", database="beside", verbosity=0, skip_checks=True)
            made = schema(short)
        chain = tmp_path / "chain_of_migrations"
        shutil.copytree(FOLDER, chain, ignore=shutil.ignore_patterns(SHORT.name, "__pycache__"))
        monkeypatch.syspath_prepend(tmp_path)
        settings.MIGRATION_MODULES = {"db": chain.name}

        with django_db_blocker.unblock(), opened(tmp_path / "long.sqlite3") as long:
            call_command("migrate", database="beside", verbosity=0, skip_checks=True)
            assert schema(long) == made

            # The deployment then gets this version: nothing is left to do, and nothing is done.
            settings.MIGRATION_MODULES = {}
            executor = MigrationExecutor(long)
            assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []

    def test_replaces_the_chain_up_to_its_number(self):
        loader = MigrationLoader(None)
        (last,) = loader.graph.leaf_nodes("db")
        replaced = loader.disk_migrations["db", SHORT.stem].replaces

        assert replaced == [("db", name) for name in REPLACED[: len(replaced)]]
        assert SHORT.stem == f"0000_squashed_{replaced[-1][1]}"
        assert last[1] in {SHORT.stem, REPLACED[-1]}


def test_no_model_has_changed_without_a_migration():
    loader = MigrationLoader(None)
    with translation.override(None):  # as `makemigrations` does: labels are in no language
        found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = found.changes(graph=loader.graph)

    assert changes.get("db", []) == []

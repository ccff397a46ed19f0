"""Taking the triggers off for a moment, so that a database with real commits can be emptied."""

from django.db import connection

from tideover.app.db import triggers

_SQLITE = "SELECT name, '' FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL = """
SELECT trigger.tgname, ' ON ' || relation.relname
FROM pg_trigger trigger JOIN pg_class relation ON relation.oid = trigger.tgrelid
WHERE NOT trigger.tgisinternal
"""


def drop_triggers() -> None:
    """Drop every trigger of the database."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)
        for name, place in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"{place}')


def install_triggers() -> None:
    """Install the triggers as the migrations do."""
    with connection.schema_editor() as editor:
        triggers.install(None, editor)
        triggers.install_days(None, editor)
        triggers.install_bank_files(None, editor)
        triggers.install_tapes(None, editor)

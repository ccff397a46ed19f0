"""Database triggers that keep written rows written, for SQLite and PostgreSQL.

The application never updates or deletes these rows. The triggers are for everything else: a hand at
the database prompt, a script, a bug.
"""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_INSERT_ONLY = ("db_logevent", "db_journalentry", "db_posting", "db_bankfile")
_NEVER_DELETED = ("db_commandreceipt", "db_loan", "db_loanschedule", "db_bankline", "db_agreement")

# What may never change once it is written, in tables where something else may.
_FROZEN_COLUMNS = {
    "db_loan": ("reference", "borrower_id", "product", "terms", "currency"),
    "db_loanschedule": ("loan_id", "version", "record", "digest", "event_reference", "made_at"),
    "db_commandreceipt": ("actor", "command", "key", "digest"),
    "db_bankline": ("bank_reference", "paid_on", "amount_minor", "currency"),
    "db_agreement": ("number", "case_id", "loan_id", "document_digest"),
}

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION tideover_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tideover: % of % is refused: rows here are never changed; book a correction',
    lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers (a migration's forward step)."""
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement, params=None)


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield _PG_FUNCTION
        yield from _postgresql()
    else:
        yield from _sqlite()


def _sqlite() -> Iterator[str]:
    for table in _INSERT_ONLY:
        yield _sqlite_trigger(table, "update")
    for table in (*_INSERT_ONLY, *_NEVER_DELETED):
        yield _sqlite_trigger(table, "delete")
    for table, columns in _FROZEN_COLUMNS.items():
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        yield _sqlite_trigger(table, "update", when=f"WHEN {changed}")


def _sqlite_trigger(table: str, operation: str, *, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{operation} BEFORE {operation.upper()} ON {table} "
        f"FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, 'tideover: {operation} of {table} is "
        "refused: rows here are never changed; book a correction'); END"
    )


def _postgresql() -> Iterator[str]:
    for table in _INSERT_ONLY:
        yield _pg_trigger(table, "update", each="ROW")
    for table in (*_INSERT_ONLY, *_NEVER_DELETED):
        yield _pg_trigger(table, "delete", each="ROW")
        yield _pg_trigger(table, "truncate", each="STATEMENT")
    for table, columns in _FROZEN_COLUMNS.items():
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield _pg_trigger(table, "update", each="ROW", when=f"WHEN ({changed})")


def _pg_trigger(table: str, operation: str, *, each: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{operation} BEFORE {operation.upper()} ON {table} "
        f"FOR EACH {each} {when} EXECUTE FUNCTION tideover_refuse()"
    )

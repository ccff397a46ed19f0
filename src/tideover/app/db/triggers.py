"""Database triggers that keep written rows written, for SQLite and PostgreSQL.

The application never updates or deletes these rows. The triggers are for everything else: a hand at
the database prompt, a script, a bug.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_INSERT_ONLY = ("db_logevent", "db_journalentry", "db_posting", "db_bankfile")
_NEVER_DELETED = ("db_commandreceipt", "db_loan", "db_loanschedule", "db_bankline", "db_agreement")
# A bank file can be undone since, which is written on it; the rest of it stays.
_BANK_NEVER_DELETED = ("db_bankfile", "db_bankline")
_BANK_FROZEN_COLUMNS = {
    "db_bankfile": ("digest", "name", "booked_by_id", "booked_at"),
    "db_bankline": (
        "file_id", "number", "bank_reference", "event_reference", "paid_on", "amount_minor",
        "currency",
    ),
}  # fmt: skip

# What may never change once it is written, in tables where something else may.
_FROZEN_COLUMNS = {
    "db_loan": ("reference", "borrower_id", "product", "terms", "currency"),
    "db_loanschedule": ("loan_id", "version", "record", "digest", "event_reference", "made_at"),
    "db_commandreceipt": ("actor", "command", "key", "digest"),
    "db_bankline": ("bank_reference", "paid_on", "amount_minor", "currency"),
    "db_agreement": ("number", "case_id", "loan_id", "document_digest"),
}

# A loan whose tape was undone says so on its row; a tape too. The rest stays.
_TAPES_NEVER_DELETED = ("db_loan", "db_tape")
_TAPES_FROZEN_COLUMNS = {
    "db_loan": ("reference", "edition", "borrower_id", "product", "terms", "currency", "tape_id"),
    "db_tape": ("digest", "name", "payments_name", "imported_by_id", "imported_at"),
}

# Tables that came later, installed by the migration that made them.
_DAYS_INSERT_ONLY = ("db_daydifference",)
_DAYS_NEVER_DELETED = ("db_businessday",)
_DAYS_FROZEN_COLUMNS = {"db_businessday": ("day", "began_at")}

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION tideover_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tideover: % of % is refused: rows here are never changed; book a correction',
    lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


@dataclass(frozen=True, slots=True)
class _Rules:
    """Which tables are only added to, which lose no row, and what in them never changes."""

    insert_only: tuple[str, ...]
    never_deleted: tuple[str, ...]
    frozen: Mapping[str, tuple[str, ...]]


_FIRST = _Rules(_INSERT_ONLY, _NEVER_DELETED, _FROZEN_COLUMNS)
_DAYS = _Rules(_DAYS_INSERT_ONLY, _DAYS_NEVER_DELETED, _DAYS_FROZEN_COLUMNS)
_BANK = _Rules((), _BANK_NEVER_DELETED, _BANK_FROZEN_COLUMNS)
_TAPES = _Rules((), _TAPES_NEVER_DELETED, _TAPES_FROZEN_COLUMNS)


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the log and the ledger (a migration's forward step)."""
    _execute(editor, _FIRST)


def install_days(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the closed days (a migration's forward step)."""
    _execute(editor, _DAYS)


def install_bank_files(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of bank files anew (a migration's forward step)."""
    _execute_anew(editor, _BANK)


def install_tapes(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of loans and their tapes anew (a migration's forward step)."""
    _execute_anew(editor, _TAPES)


def expected(vendor: str) -> frozenset[str]:
    """Return the names of the triggers that a database has once all migrations are done."""
    names = set()
    for rules in (_FIRST, _DAYS, _BANK, _TAPES):
        names |= {f"{table}_no_update" for table in (*rules.insert_only, *rules.frozen)}
        for table in (*rules.insert_only, *rules.never_deleted):
            names.add(f"{table}_no_delete")
            if vendor == "postgresql":
                names.add(f"{table}_no_truncate")
    return frozenset(names)


def _execute_anew(editor: BaseDatabaseSchemaEditor, rules: _Rules) -> None:
    """Create triggers in place of those there are.

    SQLite drops the triggers of a table whose columns change, PostgreSQL keeps them.
    """
    for table in rules.never_deleted:
        for operation in ("update", "delete", "truncate"):
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{operation}{on}", params=None)
    _execute(editor, rules)


def _execute(editor: BaseDatabaseSchemaEditor, rules: _Rules) -> None:
    vendor = editor.connection.vendor
    statements = _postgresql(rules) if vendor == "postgresql" else _sqlite(rules)
    for statement in statements:
        editor.execute(statement, params=None)


def _sqlite(rules: _Rules) -> Iterator[str]:
    for table in rules.insert_only:
        yield _sqlite_trigger(table, "update")
    for table in (*rules.insert_only, *rules.never_deleted):
        yield _sqlite_trigger(table, "delete")
    for table, columns in rules.frozen.items():
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        yield _sqlite_trigger(table, "update", when=f"WHEN {changed}")


def _sqlite_trigger(table: str, operation: str, *, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{operation} BEFORE {operation.upper()} ON {table} "
        f"FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, 'tideover: {operation} of {table} is "
        "refused: rows here are never changed; book a correction'); END"
    )


def _postgresql(rules: _Rules) -> Iterator[str]:
    yield _PG_FUNCTION
    for table in rules.insert_only:
        yield _pg_trigger(table, "update", each="ROW")
    for table in (*rules.insert_only, *rules.never_deleted):
        yield _pg_trigger(table, "delete", each="ROW")
        yield _pg_trigger(table, "truncate", each="STATEMENT")
    for table, columns in rules.frozen.items():
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield _pg_trigger(table, "update", each="ROW", when=f"WHEN ({changed})")


def _pg_trigger(table: str, operation: str, *, each: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{operation} BEFORE {operation.upper()} ON {table} "
        f"FOR EACH {each} {when} EXECUTE FUNCTION tideover_refuse()"
    )

"""Bringing a closed book into the database: COPY on PostgreSQL, never a row at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from tideover.app.db.atomic import atomic

__all__ = ["merge"]

#: Rows in one statement where there is no COPY.
CHUNK = 10_000
#: The columns and the table of `BookPosition`.
COLUMNS = (
    "loan", "day", "principal", "interest", "penalty", "fee", "past_due", "due_today", "credit",
    "days_past_due", "asset_class",
)  # fmt: skip
TABLE = "db_bookposition"


def merge(folder: Path) -> int:
    """Write the figures of a finished close, and return how many loans they are of.

    All of a day appears at once. A loan that is known of a later day already stays as it is, so
    the close of an earlier day may be merged again at any time.

    Raises:
        NotClosed: the folder holds no finished close.
    """
    import pyarrow.parquet as pq

    from tideover.portfolio.servicing import closed_parts

    day, parts = closed_parts(folder)
    tables = (_as_rows(pq.read_table(part), day=day) for part in parts)
    with atomic():
        if connection.vendor == "postgresql":
            return _copy(tables)
        return sum(_insert(table) for table in tables)


def _as_rows(table: Any, *, day: Any) -> Any:
    import pyarrow as pa

    table = table.append_column("day", pa.array([day] * table.num_rows, type=pa.date32()))
    at = table.schema.get_field_index("asset_class")
    table = table.set_column(at, "asset_class", table["asset_class"].cast(pa.string()))
    return table.select(COLUMNS)


def _copy(tables: Iterator[Any]) -> int:
    """Fill a table beside by COPY, then move all of it over in one statement."""
    from pyarrow import BufferOutputStream
    from pyarrow.csv import WriteOptions, write_csv

    many = 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE closing (LIKE {TABLE} INCLUDING DEFAULTS) ON COMMIT DROP"
        )
        with cursor.copy(f"COPY closing ({', '.join(COLUMNS)}) FROM STDIN (FORMAT CSV)") as copy:
            for table in tables:
                sink = BufferOutputStream()
                write_csv(table, sink, WriteOptions(include_header=False))
                copy.write(sink.getvalue().to_pybytes())
                many += table.num_rows
        cursor.execute(_upsert(f"SELECT {', '.join(COLUMNS)} FROM closing"))  # noqa: S608
        cursor.execute("DROP TABLE closing")
    return many


def _insert(table: Any) -> int:
    marks = ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        for batch in table.to_batches(max_chunksize=CHUNK):
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            cursor.executemany(_upsert(f"VALUES ({marks})"), list(rows))
    return int(table.num_rows)


def _upsert(rows: str) -> str:
    """The statement that keeps the later of two days; names are those of the model alone."""
    kept = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "loan")
    # SQLite reads ON after SELECT as a join unless something stands between.
    between = "" if rows.startswith("VALUES") else " WHERE true"
    return (
        f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) {rows}{between} "
        f"ON CONFLICT (loan) DO UPDATE SET {kept} WHERE excluded.day >= {TABLE}.day"
    )

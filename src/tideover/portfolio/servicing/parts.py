"""Contracts with their payments on disk: a row a loan, its payments as two lists in the row."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tideover.kernels import Int, Serviced
from tideover.portfolio.parts import CURRENCY, BookUnreadable

__all__ = ["SERVICED", "read_serviced", "write_serviced"]

#: Every column and its meaning, in the order of the file.
SERVICED: Final[Mapping[str, str]] = {
    "loan": "number of the loan",
    "principal": "amount lent, minor units",
    "counts": "instalments of the contract, level, one a month",
    "rate": "contract rate, thousand-millionths a year of 365 days (182500000 is 0.05 % a day)",
    "penalty_rate": "what is added to it while principal is late, the same unit",
    "disbursed": "day the money was paid out",
    "earliest": "earliest due date",
    "day_of_month": "day of the month on which the others fall due, 1 to 31",
    "paid_on": "list of the days of its payments, in order",
    "paid": "list of the amounts paid, minor units",
}
DAYS: Final = ("disbursed", "earliest")
GRACE: Final = b"grace_days"


def write_serviced(path: Path, book: Serviced, *, currency: str = "CNY") -> None:
    """Write a part under another name first, so that nobody ever reads half of one."""
    columns: dict[str, pa.Array] = {}
    for name in SERVICED:
        values = getattr(book, name)
        if name in ("paid_on", "paid"):
            inner = _days(values) if name == "paid_on" else pa.array(values)
            columns[name] = pa.ListArray.from_arrays(pa.array(book.offsets.astype(np.int32)), inner)
        else:
            columns[name] = _days(values) if name in DAYS else pa.array(values)
    said = {CURRENCY: currency, GRACE: str(book.grace_days)}
    unfinished = path.with_suffix(".writing")
    pq.write_table(pa.table(columns).replace_schema_metadata(said), unfinished, compression="zstd")
    unfinished.replace(path)


def read_serviced(path: Path, *, block: int) -> Iterator[Serviced]:
    """Yield the contracts of a part with their payments, at most `block` at a time.

    Raises:
        BookUnreadable: the part is not Parquet or lacks a column.
    """
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise BookUnreadable(path, "it is not a Parquet file") from error
    with file:
        missing = [name for name in SERVICED if name not in file.schema_arrow.names]
        if missing:
            raise BookUnreadable(path, f"it has no column {', '.join(missing)}")
        grace = int((file.schema_arrow.metadata or {}).get(GRACE, b"0"))
        for batch in file.iter_batches(batch_size=block, use_threads=False):
            yield _serviced(batch, grace_days=grace)


def _serviced(batch: pa.RecordBatch, *, grace_days: int) -> Serviced:
    columns = {
        name: _whole(batch.column(name)) for name in SERVICED if name not in ("paid_on", "paid")
    }
    days, amounts = batch.column("paid_on"), batch.column("paid")
    offsets = np.asarray(days.offsets, dtype=np.int64)
    return Serviced(
        offsets=offsets - offsets[0],
        paid_on=_whole(days.flatten()),
        paid=_whole(amounts.flatten()),
        grace_days=grace_days,
        **columns,
    )


def _days(values: Int) -> pa.Array:
    return pa.array(values.astype(np.int32)).cast(pa.date32())


def _whole(column: pa.Array) -> Int:
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    return np.asarray(column.cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)

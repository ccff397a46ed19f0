"""A book on disk: a folder of Parquet parts, or one file. A part appears whole or not at all."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tideover.money import Refusal
from tideover.portfolio.book import NO_CAUSE, NUMBERS, Book, Labels

__all__ = [
    "BookUnreadable",
    "currency_of",
    "digest_of",
    "part_paths",
    "read_part",
    "rows_of",
    "write_part",
]

GROUP_PREFIX: Final = "group_"
CURRENCY: Final = b"currency"


class BookUnreadable(Refusal):
    """A book is not there, or lacks a column."""

    code: ClassVar[str] = "book-unreadable"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path}: {why}; a book is a folder of Parquet parts as `tideover portfolio generate` "
            "or `tideover portfolio import` writes them",
            f"{path}：{why}；贷款组合应为 tideover portfolio generate 或 import 生成的 "
            "Parquet 文件夹",
        )


def part_paths(book: Path) -> tuple[Path, ...]:
    """Return the parts of a book in order.

    Raises:
        BookUnreadable: there is none.
    """
    paths = (book,) if book.is_file() else tuple(sorted(book.glob("*.parquet")))
    if not paths:
        raise BookUnreadable(book, "there is no Parquet part")
    return paths


def rows_of(path: Path) -> int:
    """Return how many loans a part holds."""
    return int(pq.read_metadata(path).num_rows)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_part(path: Path, *, block: int) -> Iterator[Book]:
    """Yield the loans of a part, at most `block` at a time.

    Raises:
        BookUnreadable: the part is not Parquet or lacks a column.
    """
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise BookUnreadable(path, "it is not a Parquet file") from error
    with file:
        names = file.schema_arrow.names
        missing = [name for name in (*NUMBERS, "cause") if name not in names]
        if missing:
            raise BookUnreadable(path, f"it has no column {', '.join(missing)}")
        for batch in file.iter_batches(batch_size=block, use_threads=False):
            yield _book(batch)


def currency_of(path: Path) -> str:
    """Return the currency of the amounts of a part."""
    found = (pq.read_schema(path).metadata or {}).get(CURRENCY, b"CNY")
    return str(found.decode())


def write_part(path: Path, book: Book, *, currency: str = "CNY") -> None:
    """Write a part under another name first, so that nobody ever reads half of one."""
    columns: dict[str, pa.Array] = {name: pa.array(book.numbers[name]) for name in NUMBERS}
    columns["cause"] = _arrow(book.cause)
    columns |= {GROUP_PREFIX + name: _arrow(labels) for name, labels in book.groups.items()}
    unfinished = path.with_suffix(".writing")
    table = pa.table(columns).replace_schema_metadata({CURRENCY: currency})
    pq.write_table(table, unfinished, compression="zstd")
    unfinished.replace(path)


def _arrow(labels: Labels) -> pa.Array:
    codes = pa.array(labels.codes.astype(np.int32))
    return pa.DictionaryArray.from_arrays(codes, pa.array(labels.names, type=pa.string()))


def _book(batch: pa.RecordBatch) -> Book:
    groups = [name for name in batch.schema.names if name.startswith(GROUP_PREFIX)]
    return Book(
        **{name: _whole(batch.column(name)) for name in NUMBERS},
        cause=_labels(batch.column("cause")),
        groups={name.removeprefix(GROUP_PREFIX): _labels(batch.column(name)) for name in groups},
    )


def _whole(column: pa.Array) -> np.typing.NDArray[np.int64]:
    return np.asarray(column.cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _labels(column: pa.Array) -> Labels:
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    filled = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    names = tuple(str(name) for name in encoded.dictionary.to_pylist())
    if (filled < 0).any():
        names = (*names, NO_CAUSE)
        filled[filled < 0] = len(names) - 1
    return Labels(names, filled)

"""How the loans of a part stood at the end of a day, kept beside the figures of the day.

The next close takes them from there and folds only the contracts that something happened to.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tideover.kernels import LATE, STANDING, Int, Standing

__all__ = ["StandingWriter", "read_standing", "standing_path"]

CONTRACT: Final = ("loan", "rate", "penalty_rate")
GRACE: Final = b"grace_days"


def standing_path(figures: Path) -> Path:
    """Return where the standing of a part of figures is kept."""
    return figures.parent / "standing" / figures.name


class StandingWriter:
    """Writes the blocks of a part one by one; the file has its name when all of them are there."""

    def __init__(self, path: Path) -> None:
        """Begin anew, whatever was begun before."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._unfinished = path, path.with_suffix(".writing")
        self._writer: pq.ParquetWriter | None = None

    def write(self, block: Standing) -> None:
        """Add a block of loans as a row group."""
        table = _table(block)
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._unfinished, table.schema, compression="lz4", use_dictionary=False
            )
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))

    def close(self) -> None:
        """Give the file its name."""
        if self._writer is not None:
            self._writer.close()
            self._unfinished.replace(self._path)


def read_standing(path: Path) -> Iterator[Standing]:
    """Yield the blocks of a part as they were written; nothing where there is none."""
    if not path.exists():
        return
    with pq.ParquetFile(path) as file:
        grace_days = int(file.schema_arrow.metadata[GRACE])
        for place in range(file.num_row_groups):
            table = file.read_row_group(place, use_threads=False)
            yield _standing(table, grace_days=grace_days)


def _table(block: Standing) -> pa.Table:
    offsets = pa.array(block.late_offsets.astype(np.int32))
    lines = {
        name: pa.ListArray.from_arrays(offsets, pa.array(values))
        for name, values in zip(LATE, block.late, strict=True)
    }
    columns = {name: pa.array(getattr(block, name)) for name in CONTRACT}
    columns |= {name: pa.array(block.column(name)) for name in STANDING}
    said = {GRACE: str(block.grace_days)}
    return pa.table(columns | lines).replace_schema_metadata(said)


def _standing(table: pa.Table, *, grace_days: int) -> Standing:
    lists = [table[name].combine_chunks() for name in LATE]
    offsets = np.asarray(lists[0].offsets, dtype=np.int64)
    return Standing(
        fields=np.stack([_whole(table, name) for name in STANDING]),
        late=np.stack([np.asarray(one.flatten(), dtype=np.int64) for one in lists]),
        late_offsets=offsets - offsets[0],
        grace_days=grace_days,
        **{name: _whole(table, name) for name in CONTRACT},
    )


def _whole(table: pa.Table, name: str) -> Int:
    return np.asarray(table[name].to_numpy(), dtype=np.int64)

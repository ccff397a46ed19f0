"""The close of a day over a book in columns: a part of figures for every part of contracts.

Beside them lies how each loan stands, from which the close of a later day goes on.
"""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tideover.kernels import (
    EPOCH,
    FIGURES,
    Int,
    Mask,
    Serviced,
    Standing,
    figures_on,
    is_installed,
    rolled,
    standing_on,
)
from tideover.money import Refusal, currency
from tideover.policy import Parameters, PolicyBook
from tideover.portfolio.making import settle_manifest
from tideover.portfolio.parts import currency_of, digest_of, part_paths
from tideover.portfolio.servicing.parts import read_serviced
from tideover.portfolio.servicing.standing_parts import (
    StandingWriter,
    read_standing,
    standing_path,
)
from tideover.portfolio.terms import CLASSES

__all__ = ["Closed", "Closing", "NotClosed", "close_book", "closed_parts"]

#: Loans folded at once.
BLOCK: Final = 16_384
SUMMARY: Final = "summary.json"


class NotClosed(Refusal):
    """There is no finished close in the folder."""

    code: ClassVar[str] = "book-not-closed"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no finished close: run `tideover portfolio close … --out {folder}`, "
            "again if it was stopped",
            f"{folder} 中没有已完成的日终结果：请运行 tideover portfolio close … --out {folder}，"
            "若曾中断可再次运行续跑",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Which book to take to which day, and from the finished close of which earlier day, if any."""

    book: Path
    on: date
    after: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A day that was closed: its sums by name, minor units and numbers of loans."""

    on: date
    currency: str
    sums: Mapping[str, int]


def close_book(
    what: Closing, *, out: Path, policy: PolicyBook, threads: int, told: Callable[[int], None]
) -> Closed:
    """Fold every loan to the end of the day, write its figures and asset class, and add them up.

    Parts that are there already are kept; each appears whole or not at all. The figures are the
    same with an earlier close and without one; with one, only what fell due or has other payments
    is folded again.

    Raises:
        AnotherRun: the folder holds the close of another day or book.
        NotClosed: the earlier close is not there or not finished.
        BookUnreadable: the book is not there or lacks a column.
        BeyondExact: an amount is above what arrays hold exactly.
    """
    paths = part_paths(what.book)
    common = policy.on(what.on, product="consumer-level")
    unit = currency_of(paths[0])
    if what.after is not None:
        closed_parts(what.after)
    out.mkdir(parents=True, exist_ok=True)
    manifest = {
        "on": what.on.isoformat(),
        "currency": unit,
        "law": common.digest,
        "parts": {path.name: digest_of(path) for path in paths},
    }
    settle_manifest(out / "close.json", manifest)

    def one(path: Path) -> dict[str, int]:
        result = out / path.name
        if not result.exists():
            before = standing_path(what.after / path.name) if what.after else None
            _close_part(path, result, before=before, on=what.on, unit=unit, common=common)
        sums = _sums(result)
        told(sums["loans"])
        return sums

    with ThreadPoolExecutor(threads) as pool:
        try:
            parts = list(pool.map(one, paths))
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    sums = {name: sum(part[name] for part in parts) for name in parts[0]}
    unfinished = out / "summary.writing"
    unfinished.write_text(json.dumps(sums, indent=1), encoding="utf-8")
    unfinished.replace(out / SUMMARY)
    return Closed(on=what.on, currency=unit, sums=sums)


def closed_parts(folder: Path) -> tuple[date, tuple[Path, ...]]:
    """Return the day of a finished close and its parts.

    Raises:
        NotClosed: there is none, or it was stopped.
    """
    if not (folder / SUMMARY).exists():
        raise NotClosed(folder)
    made_of = json.loads((folder / "close.json").read_text(encoding="utf-8"))
    return date.fromisoformat(made_of["on"]), part_paths(folder)


def _close_part(
    path: Path, result: Path, *, before: Path | None, on: date, unit: str, common: Parameters
) -> None:
    unfinished = result.with_suffix(".writing")
    writer: pq.ParquetWriter | None = None
    standings = StandingWriter(standing_path(result))
    earlier = read_standing(before) if before else iter(())
    for block in read_serviced(path, block=BLOCK):
        standing = _standing(block, next(earlier, None), on=on)
        table = _closed(block, standing, on=on, unit=unit, common=common)
        if writer is None:
            # Amounts hardly repeat: looking for a dictionary of them costs more than it saves.
            writer = pq.ParquetWriter(
                unfinished, table.schema, compression="lz4", use_dictionary=["asset_class"]
            )
        writer.write_table(table)
        if standing is not None:
            standings.write(standing)
    if writer is not None:
        writer.close()
        standings.close()
        unfinished.replace(result)


def _standing(block: Serviced, before: Standing | None, *, on: date) -> Standing | None:
    """How the loans stand at the end of the day; nothing where no code is compiled."""
    if not is_installed():
        return None
    return standing_on(block, on) if before is None else rolled(before, block, on=on)


def _closed(
    block: Serviced, standing: Standing | None, *, on: date, unit: str, common: Parameters
) -> pa.Table:
    figures, is_compiled = figures_on(block, on, currency=currency(unit), standing=standing)
    columns = dict(zip(FIGURES, figures, strict=True))
    classes = _classes(columns["days_past_due"], common)
    names = pa.array(CLASSES)
    return pa.table(
        {
            "loan": block.loan,
            **columns,
            "asset_class": pa.DictionaryArray.from_arrays(classes.astype(np.int8), names),
            "is_compiled": is_compiled,
            "is_folded": _folded(standing, on) if standing else np.ones(len(block), np.bool_),
        }
    )


def _folded(standing: Standing, on: date) -> Mask:
    """Which contracts were folded on the day, and not taken from an earlier one."""
    return np.asarray(standing.column("folded_on") == (on - EPOCH).days)


def _classes(days_past_due: Int, common: Parameters) -> Int:
    """The asset class by days past due (商业银行金融资产风险分类办法（2023）)."""
    edges = [1, *(common.integer(f"asset_class.{name}_days") + 1 for name in CLASSES[2:])]
    return np.asarray(np.searchsorted(edges, days_past_due, side="right"), dtype=np.int64)


def _sums(part: Path) -> dict[str, int]:
    table = pq.read_table(part)
    sums = {
        "loans": table.num_rows,
        "folded": int(table["is_folded"].to_numpy().sum()),
        "folded_one_by_one": table.num_rows - int(table["is_compiled"].to_numpy().sum()),
    }
    sums |= {name: int(table[name].to_numpy().sum()) for name in FIGURES if name != "days_past_due"}
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in table["asset_class"].chunks])
    counts = np.bincount(codes, minlength=len(CLASSES))
    return sums | {f"class/{name}": int(many) for name, many in zip(CLASSES, counts, strict=True)}

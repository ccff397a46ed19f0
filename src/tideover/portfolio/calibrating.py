"""Numbers of behaviour from a book's own history, each with how far it may be off.

Two can be counted. A book with payments tells how often an instalment is missed by somebody who
was not behind, and how often somebody behind pays one more. A book of balances tells only how many
of the instalments that fell due are unpaid today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path
from typing import ClassVar, Final

import numpy as np
import pyarrow.parquet as pq

from tideover.kernels import Cohorts, Int, Serviced, due_days, totals
from tideover.loan import Method
from tideover.money import Refusal
from tideover.policy import Parameters, value_text
from tideover.portfolio.parts import part_paths, read_part
from tideover.portfolio.servicing import read_serviced

__all__ = ["Counted", "NoHistory", "calibrated", "yaml_of"]

EPOCH: Final = date(1970, 1, 1)
BLOCK: Final = 16_384
#: An instalment that is not there after so many days was missed: before the next falls due.
PATIENCE_DAYS: Final = 25
#: Less than this part of an instalment lacking is not a miss.
TOLERANCE: Final = 0.02
SURE: Final = 1.96
MISS, CURE = "miss_base", "cure_chance"


class NoHistory(Refusal):
    """Nothing fell due in the book, so nothing can be counted."""

    code: ClassVar[str] = "no-history"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"nothing has fallen due in {folder}, so nothing can be counted: give a book with "
            "payments, or with instalments that fell due",
            f"{folder} 中没有任何已到期的分期，无法校准：请提供含还款记录或已到期分期的组合",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A chance as counted: so many events of so many occasions."""

    name: str
    events: int
    occasions: int
    has_payments: bool

    @property
    def share(self) -> float:
        """The chance."""
        return self.events / self.occasions

    @property
    def interval(self) -> tuple[float, float]:
        """Where it lies 95 times in 100 (Wilson, "Probable Inference", JASA 1927)."""
        many, share, square = self.occasions, self.share, SURE * SURE
        middle = (share + square / (2 * many)) / (1 + square / many)
        spread = share * (1 - share) / many + square / (4 * many * many)
        half = SURE * sqrt(spread) / (1 + square / many)
        return middle - half, middle + half


def calibrated(book: Path, *, on: date) -> tuple[Counted, ...]:
    """Return what the history of a book tells, up to a day.

    Raises:
        NoHistory: nothing fell due.
        BookUnreadable: the book is not there.
    """
    paths = part_paths(book)
    has_payments = "paid_on" in pq.read_schema(paths[0]).names
    sums: dict[str, Int] = {}
    for one in _histories(paths, on=on) if has_payments else _balances(paths):
        for name, pair in one.items():
            sums[name] = sums.get(name, np.zeros(2, dtype=np.int64)) + pair
    found = tuple(
        Counted(name=name, events=int(pair[0]), occasions=int(pair[1]), has_payments=has_payments)
        for name, pair in sums.items()
        if pair[1]
    )
    if not found:
        raise NoHistory(book)
    return found


def _balances(paths: tuple[Path, ...]) -> Iterator[dict[str, Int]]:
    for path in paths:
        for block in read_part(path, block=BLOCK):
            yield {MISS: np.array([block.months_past_due.sum(), block.fallen_due.sum()])}


def _histories(paths: tuple[Path, ...], *, on: date) -> Iterator[dict[str, Int]]:
    for path in paths:
        for block in read_serviced(path, block=BLOCK):
            behind, is_seen = _behind(block, today=(on - EPOCH).days)
            before = np.concatenate([np.zeros((1, len(block)), dtype=np.int64), behind[:-1]])
            current, late = is_seen & (before == 0), is_seen & (before > 0)
            yield {
                MISS: np.array([(current & (behind > 0)).sum(), current.sum()]),
                CURE: np.array([(late & (behind < before)).sum(), late.sum()]),
            }


def _behind(block: Serviced, *, today: int) -> tuple[Int, np.typing.NDArray[np.bool_]]:
    """How many instalments each loan is behind after each line, and which lines are over."""
    cohorts = Cohorts.by_days(
        block.principal, block.counts, rate=block.rate, method=Method.LEVEL,
        disbursed=block.disbursed, earliest=block.earliest, day_of_month=block.day_of_month,
    )  # fmt: skip
    level = cohorts.restored(totals(cohorts).level)
    due = due_days(block.earliest, block.day_of_month, lines=int(block.counts.max()))
    waited = due + PATIENCE_DAYS
    # One sorted key over all payments: the loan, then the day.
    base = int(min(block.paid_on.min(initial=0), block.disbursed.min()))
    width = int(max(waited.max(), block.paid_on.max(initial=0))) - base + 2
    loan = np.arange(len(block))
    keys = np.repeat(loan, np.diff(block.offsets)) * width + block.paid_on - base
    so_far = np.concatenate([[0], np.cumsum(block.paid)])
    paid = so_far[np.searchsorted(keys, loan * width + waited - base, side="right")]
    lacking = level * np.arange(1, len(due) + 1)[:, None] - (paid - so_far[block.offsets[:-1]])
    behind = np.maximum(np.ceil(lacking / np.maximum(level, 1) - TOLERANCE), 0).astype(np.int64)
    # The last instalment may be lower, and a loan paid off early asks for nothing more.
    is_over = (waited <= today) & (np.arange(len(due))[:, None] < block.counts - 1)
    return behind, is_over


def yaml_of(found: tuple[Counted, ...], *, book: Path, on: date, base: Parameters) -> str:
    """Return a file for `simulate --behaviour` that says where each number is from."""
    lines = [f"# Counted on {book.name} up to {on}: see `tideover portfolio calibrate`.",
             "simulation:"]  # fmt: skip
    for one in found:
        known = base[f"simulation.{one.name}"]
        low, high = one.interval
        source = (
            f"{book.name}: {one.events:,} / {one.occasions:,}, {on}, "
            f"95%: {100 * low:.2f}%–{100 * high:.2f}%"
        )
        lines += [
            f"  {one.name}:",
            f"    label: {known.label.en}",
            f"    label_zh: {known.label.zh}",
            f"    unit: {known.unit}",
            f'    reference: "{source}"',
            "    confidence: H",
            f'    values: {{{base.on.isoformat()}: "{one.share:.6f}"}}',
            f"    # The book of policy says {value_text(known.value)}.",
        ]
    return "\n".join(lines) + "\n"

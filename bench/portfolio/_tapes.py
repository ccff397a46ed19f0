"""Two tapes for every figure: the best case for grouping, and one that looks like a book."""

from dataclasses import dataclass

import numpy as np

from tideover.kernels import Cohorts, Int, due_days
from tideover.loan import LevelRule, Method

START = 20_454  # 2026-01-01


@dataclass(frozen=True, slots=True)
class Tape:
    """Loans as columns; `disbursed` and `earliest` are days since 1970-01-01."""

    name: str
    principal: Int
    counts: Int
    rate: Int
    disbursed: Int
    earliest: Int
    day_of_month: Int

    @property
    def rows(self) -> int:
        return int(self.counts.sum())

    def cohorts(self) -> Cohorts:
        """Level loans by actual days, the annuity rounded."""
        return Cohorts.by_days(
            self.principal, self.counts, rate=self.rate, method=Method.LEVEL,
            disbursed=self.disbursed, earliest=self.earliest, day_of_month=self.day_of_month,
        ).under(level=LevelRule.ROUNDED)  # fmt: skip


def best_case(loans: int, *, count: int) -> Tape:
    """One due calendar and one length for all."""
    draw = np.random.default_rng(7)
    same = np.zeros(loans, dtype=np.int64)
    return Tape(
        f"one calendar, {count} lines",
        draw.integers(100_000, 20_000_000, loans),
        same + count,
        draw.integers(30_000_000, 240_000_000, loans),
        same + START,
        same + START + 31,
        same + 1,
    )


def realistic(loans: int) -> Tape:
    """Sixty months of vintages, every due day of the month, lengths from 3 to 60 as sold."""
    draw = np.random.default_rng(7)
    disbursed = START - draw.integers(0, 1_800, loans)
    days = disbursed.astype("datetime64[D]")
    day_of_month = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    return Tape(
        "60 vintages, all due days, 3 to 60 lines",
        draw.integers(100_000, 20_000_000, loans),
        draw.choice([3, 6, 9, 12, 18, 24, 36, 60], loans, p=[.05, .15, .05, .3, .1, .2, .1, .05]),
        draw.integers(30_000_000, 240_000_000, loans),
        disbursed,
        due_days(disbursed, day_of_month, lines=2)[1],
        day_of_month,
    )  # fmt: skip

"""The due dates that plans of one loan may have, whatever their length and pause."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final

import numpy as np

from tideover.dates import DayCount, Period
from tideover.kernels import DENOMINATOR_LIMIT, Factors, Int
from tideover.loan import AnnualRate, DailyRate, LoanTerms, Rate
from tideover.offers.plan_facts import latest_permitted
from tideover.offers.situation import Situation
from tideover.options import plan_terms

__all__ = ["Calendar"]

EPOCH: Final = date(1970, 1, 1)
#: Factors that no 64-bit fraction holds are taken to this part of one.
FINEST: Final = 2**60
#: Rates share a denominator below this: one divisor is faster, and products stay small.
COMMON_LIMIT: Final = 2**31
DAYS_OF_YEAR: Final = {DayCount.ACT_360: 360, DayCount.ACT_364: 364, DayCount.ACT_365F: 365}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The due dates of plans: after a pause of p steps they are `dues` from place p on.

    `days` are the same since 1970, `months` since the month of the search; `start` is the day
    interest counts from; `lawful` is how many dues are not after the latest day the law permits.
    `terms` are those of a plan without a pause.
    """

    terms: LoanTerms
    dues: tuple[date, ...]
    days: Int
    months: Int
    start: int
    lawful: int
    longest: int
    longest_pause: int

    @classmethod
    def of(cls, situation: Situation) -> "Calendar":
        """Return the due dates of every plan of a loan, for every pause policy knows."""
        policy = situation.parameters
        longest, longest_pause = (
            policy.integer("plan.instalments_max"), policy.integer("pause.months_max"),
        )  # fmt: skip
        terms = plan_terms(
            situation.terms,
            principal=situation.start_state.outstanding.principal,
            starts_on=situation.starts_on,
            earliest_due=situation.earliest_due(),
            instalments=longest + longest_pause,
        )
        dues = terms.due_dates()
        until, on = latest_permitted(situation), situation.on
        since = [12 * (due.year - on.year) + due.month - on.month for due in dues]
        return cls(
            terms=terms,
            dues=dues,
            days=np.array([(due - EPOCH).days for due in dues], dtype=np.int64),
            months=np.array(since, dtype=np.int64),
            start=(situation.starts_on - EPOCH).days,
            lawful=sum(due <= until for due in dues),
            longest=longest,
            longest_pause=longest_pause,
        )

    def longest_after(self, pause: int) -> int:
        """Return how many instalments a plan may have after a pause, by the law and the lender."""
        return max(0, min(self.longest, self.lawful - pause))

    def gaps(self, pauses: Int, *, lines: int) -> Int:
        """Return the days of every line's period, shape (lines, plans), one plan a pause."""
        places = pauses + np.arange(lines)[:, None]
        days = np.take(self.days, places)
        return np.diff(days, axis=0, prepend=np.full((1, len(pauses)), self.start))

    def factors(
        self, columns: Sequence[tuple[Rate | None, int]], *, lines: int, principal: int
    ) -> Factors:
        """Return the interest factors of plans, a column for each rate and pause.

        The rate is the contract's where it is None.

        Raises:
            BeyondExact: the principal is above what arrays hold exactly.
        """
        numerators, wholes = self._numerators(columns, lines=lines)
        common = lcm(*wholes)
        if len(set(wholes)) > 1 and common < COMMON_LIMIT:
            numerators *= np.array([common // whole for whole in wholes], dtype=np.int64)
            wholes = [common]
        return Factors.of(
            numerators,
            np.array(wholes[:1] if len(set(wholes)) == 1 else wholes, dtype=np.int64),
            principal=np.full(len(columns), principal, dtype=np.int64),
            rounding=self.terms.rounding,
        )

    def _numerators(
        self, columns: Sequence[tuple[Rate | None, int]], *, lines: int
    ) -> tuple[Int, list[int]]:
        pauses = np.array([pause for _, pause in columns], dtype=np.int64)
        by_day = [part for rate, _ in columns if (part := _by_day(rate or self.terms.rate))]
        if len(by_day) == len(columns):
            parts = np.array([part for part, _ in by_day], dtype=np.int64)
            return self.gaps(pauses, lines=lines) * parts, [whole for _, whole in by_day]
        each = [replace(self.terms, rate=rate) if rate else self.terms for rate, _ in columns]
        found = [
            self._by_steps(terms, pauses[place : place + 1], lines=lines)
            for place, terms in enumerate(each)
        ]
        return np.concatenate([one for one, _ in found], axis=1), [whole for _, whole in found]

    def is_far_below(self, cap: Fraction, *, principal: int) -> bool:
        """Return whether no plan at the contract's rate, or a lower one, could cost `cap` a year.

        What the cap would charge for the earliest line above the contract's rate is more than all
        roundings together, which are half a unit a line.
        """
        by_day = _by_day(self.terms.rate)
        if not by_day or self.terms.fee_rate:
            return False
        spread = cap / 365 - Fraction(*by_day)
        return spread * principal * (int(self.days[0]) - self.start) > len(self.days)

    def _by_steps(self, terms: LoanTerms, pauses: Int, *, lines: int) -> tuple[Int, int]:
        """The factors of a rate that does not only count days, over one denominator."""
        start, dues = terms.disbursed_on, self.dues
        early = {
            pause: terms.factor(
                Period(start, dues[pause]), is_whole=terms.is_whole_step(start, dues[pause])
            )
            for pause in set(pauses.tolist())
        }
        later = [terms.factor(Period(before, due), is_whole=True) for before, due in pairwise(dues)]
        whole = lcm(*(one.denominator for one in (*early.values(), *later)))
        whole = whole if whole < DENOMINATOR_LIMIT else FINEST
        column = np.array([0, *(int(one * whole) for one in later)], dtype=np.int64)
        numerators = np.take(column, pauses + np.arange(lines)[:, None])
        numerators[0] = [int(early[pause] * whole) for pause in pauses.tolist()]
        return numerators, whole


def _by_day(rate: Rate | None) -> tuple[int, int] | None:
    """The interest of one day on one unit as two whole numbers; None for any other rate."""
    match rate:
        case None:
            return 0, 1
        case DailyRate():
            return rate.of_day.numerator, rate.of_day.denominator
        case AnnualRate(compounds_a_year=None) if rate.day_count in DAYS_OF_YEAR:
            return rate.of_year.numerator, rate.of_year.denominator * DAYS_OF_YEAR[rate.day_count]
        case _:
            return None

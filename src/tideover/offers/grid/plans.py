"""The plans of one loan as columns: every line to the minor unit, as the scalar engine makes it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from tideover.kernels import (
    Int,
    Loans,
    Mask,
    annuity,
    order_by_count,
    schedules,
    simple_worth,
    spread,
)
from tideover.loan import Components, Method, Rate
from tideover.offers.grid.calendar import Calendar
from tideover.offers.search import waiver_of
from tideover.offers.situation import Situation

__all__ = ["LoanPlans", "estimated", "plans_of"]

#: A cost within this part of the cap is left for the exact rule to judge.
NEAR_CAP: Final = 1_000_000_000
#: A flat fee costs by months; as days of one a month, so many to a year.
DAYS_A_MONTH: Final = Fraction(365, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanPlans:
    """Plans of one loan: minor units by line, shape (lines, plans), or one entry a plan.

    `months` is the month of every line since the month of the search; where a plan has no such
    line the amounts are zero. `amortises` says that every line repays principal, `is_capped` that
    the yearly cost is not above the cap of the policy, as far as doubles can tell.
    """

    amounts: Int
    principal: Int
    months: Int
    interest: Int
    fees: Int
    amortises: Mask
    is_capped: Mask


def plans_of(
    situation: Situation, calendar: Calendar, *, counts: Int, pauses: Int, rate: Rate | None = None
) -> LoanPlans:
    """Return the plans of these lengths, each after its pause, at `rate` or the contract's."""
    order = order_by_count(counts)
    counts, pauses = counts[order], pauses[order]
    lines = int(counts[0])
    terms, owed = calendar.terms, situation.start_state.outstanding
    principal = np.full_like(counts, owed.principal.minor)
    fee = terms.rounding(owed.principal.minor * terms.fee_rate)
    rows = schedules(
        Loans(
            method=terms.method,
            principal=principal,
            counts=counts,
            factors=calendar.factors(rate, pauses=pauses, lines=lines, principal=principal),
            fee=np.full_like(counts, fee),
            rounding=terms.rounding,
        )
    )
    carried = _carried(situation)
    shares = [
        spread(np.full_like(counts, part.minor), counts, lines=lines)
        for part in (carried.interest, carried.penalty, carried.fee)
        if part
    ]
    amounts = sum(shares, start=rows.instalment)
    owed_minor = owed.principal.minor + carried.total.minor
    back = np.argsort(order)
    is_capped = _is_capped(situation, calendar, amounts=amounts, pauses=pauses, owed=owed_minor)
    months = np.take(calendar.months, pauses + np.arange(lines)[:, None])
    return LoanPlans(
        amounts=amounts[:, back],
        principal=rows.principal[:, back],
        months=months[:, back],
        interest=(rows.total_interest + carried.interest.minor)[back],
        fees=(fee * counts + carried.fee.minor)[back],
        amortises=rows.amortises[back],
        is_capped=is_capped[back],
    )


def estimated(
    situation: Situation, calendar: Calendar, *, counts: Int, pauses: Int, rate: Rate | None = None
) -> tuple[Int, Mask]:
    """Return the payment of plans to a minor unit or two, and which cannot amortise.

    Never above the true payment; what is carried is in it.
    """
    terms = calendar.terms
    principal = np.full_like(counts, situation.start_state.outstanding.principal.minor)
    carried = -(-_carried(situation).total.minor // counts)
    if terms.method is Method.FLAT:
        fee = terms.rounding(int(principal[0]) * terms.fee_rate)
        return principal // counts + fee + carried, np.zeros_like(counts, dtype=np.bool_)
    known, columns = np.unique(pauses, return_inverse=True)
    whole = principal[: len(known)]
    factors = calendar.factors(rate, pauses=known, lines=int(counts.max()), principal=whole)
    exact = annuity(principal, counts, factors=factors, columns=columns)
    payment = np.floor(exact).astype(np.int64)
    return payment + carried, payment + 2 <= factors.interest(0, whole)[columns]


def _carried(situation: Situation) -> Components:
    """What is owed beside the principal and not waived; it bears no interest."""
    owed = situation.start_state.outstanding
    left = owed - waiver_of(situation)
    return Components(
        principal=left.principal - owed.principal, interest=left.interest,
        penalty=left.penalty, fee=left.fee,
    )  # fmt: skip


def _is_capped(
    situation: Situation, calendar: Calendar, *, amounts: Int, pauses: Int, owed: int
) -> Mask:
    """Whether the simple yearly cost is within the cap: the payments are worth no more at it."""
    cap = situation.parameters.ratio("cost.all_in_max")
    if calendar.terms.method is Method.FLAT:
        gaps = np.full_like(amounts, 1)
        rate = cap * DAYS_A_MONTH
    else:
        gaps, rate = calendar.gaps(pauses, lines=len(amounts)), cap
    worth = simple_worth(amounts, gaps=gaps, rate=rate.numerator / rate.denominator)
    return np.asarray(worth <= owed + max(1, owed // NEAR_CAP), dtype=np.bool_)

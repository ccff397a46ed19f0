"""The search: every whole number of instalments within the limits, for a pause of given length.

The level payment of every length is estimated first, by one pass of exact integers over the due
dates; only lengths whose estimate could fit are built and judged. The estimate is below the true
payment by less than `SLACK`, so no plan that fits is passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from tideover.loan import AnnualRate, Components, DailyRate, LoanTerms, Method, Rate
from tideover.loan.building import factors_of, periods_of
from tideover.money import Money
from tideover.offers.figures import Judged, judged
from tideover.offers.plan_facts import latest_permitted, legal_form_of
from tideover.offers.situation import Situation
from tideover.options import (
    NeverAmortises,
    Proposal,
    due_date_after,
    penalty_of,
    plan_terms,
    restructure,
)

__all__ = [
    "Length",
    "build",
    "lengths",
    "longest_fitting",
    "propose",
    "reduced_rates",
    "shortest_fitting",
    "waiver_of",
]

#: A line's interest is rounded, and so is the share of what is carried: two minor units cover it.
SLACK: Final = 2

#: Digits kept in the estimate; far more than any schedule can lose by rounding.
SCALE: Final = 10**30

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """One permitted length: its estimated payment, and the least capacity it meets on its way.

    An idle one pays no more than the interest of its earliest, longest period.
    """

    instalments: int
    due_date: date
    estimate: Money
    least_capacity: Money
    is_idle: bool

    @property
    def could_fit(self) -> bool:
        """Whether the plan is worth building."""
        return not self.is_idle and self.estimate.minor - SLACK <= self.least_capacity.minor


def lengths(
    situation: Situation, *, pause_months: int = 0, rate: Rate | None = None
) -> tuple[Length, ...]:
    """Return every permitted length, ascending, after a pause, at the contract rate or `rate`."""
    longest = situation.parameters.integer("plan.instalments_max")
    principal = situation.state.outstanding.principal
    terms = plan_terms(
        situation.terms,
        principal=principal,
        starts_on=situation.starts_on,
        earliest_due=situation.earliest_due(pause_months=pause_months),
        instalments=longest,
        rate=rate,
    )
    dues = terms.due_dates()
    factors = factors_of(terms, periods_of(terms))
    earliest_interest = int(principal.minor * factors[0])
    carried = _carried(situation).minor
    found: list[Length] = []
    least, until = situation.capacity_on(dues[0]), latest_permitted(situation)
    for count, payment in enumerate(_level_payments(terms, factors), start=1):
        if dues[count - 1] > until:
            break
        least = min(least, situation.capacity_on(dues[count - 1]))
        estimate = Money(payment - -carried // count, principal.currency)
        found.append(
            Length(
                instalments=count,
                due_date=dues[count - 1],
                estimate=estimate,
                least_capacity=least,
                is_idle=payment + SLACK <= earliest_interest,
            )
        )
    return tuple(found)


def shortest_fitting(
    situation: Situation,
    permitted: Sequence[Length],
    *,
    pause_months: int = 0,
    rate: Rate | None = None,
) -> Judged | None:
    """Return the shortest plan of the `permitted` lengths that passes every rule, or None."""
    return _earliest_passing(situation, permitted, pause_months=pause_months, rate=rate)


def longest_fitting(
    situation: Situation, permitted: Sequence[Length], *, shorter_than: int, longer_than: int
) -> Judged | None:
    """Return the longest plan without a pause that passes every rule, between two lengths."""
    between = (
        length for length in reversed(permitted) if longer_than < length.instalments < shorter_than
    )
    return _earliest_passing(situation, between, pause_months=0, shortest=longer_than)


def build(
    situation: Situation,
    *,
    instalments: int,
    pause_months: int = 0,
    shortest: int | None = None,
    rate: Rate | None = None,
) -> Judged | None:
    """Return one plan, priced and judged, or None where the engine refuses it."""
    try:
        proposal = propose(situation, instalments=instalments, pause_months=pause_months, rate=rate)
    except NeverAmortises:
        return None
    return judged(situation, proposal, shortest=shortest)


def propose(
    situation: Situation, *, instalments: int, pause_months: int = 0, rate: Rate | None = None
) -> Proposal:
    """Return one plan in the legal form it takes, with the penalty waived that policy waives.

    Raises:
        NeverAmortises: an instalment is no more than its interest.
    """
    earliest = situation.earliest_due(pause_months=pause_months)
    last = due_date_after(situation.terms, earliest - ONE_DAY, pause_months=instalments - 1)
    return restructure(
        situation.terms,
        situation.start_state,
        starts_on=situation.starts_on,
        earliest_due=earliest,
        instalments=instalments,
        pause_months=pause_months,
        waive=waiver_of(situation),
        legal_form=legal_form_of(situation, latest_due=last),
        rate=rate or situation.agreed_rate,
    )


def reduced_rates(situation: Situation) -> Iterator[Rate]:
    """Return the lower rates that policy lets an approver grant, the smallest cut first.

    A loan at a flat fee has no rate to lower.
    """
    rate = situation.terms.rate
    for text in situation.parameters.names("concession.rate_cuts"):
        left = 1 - Fraction(text)
        if isinstance(rate, DailyRate):
            yield DailyRate(rate.of_day * left)
        elif isinstance(rate, AnnualRate):
            yield AnnualRate(rate.of_year * left, rate.day_count)


def waiver_of(situation: Situation) -> Components:
    """Return what policy waives when a plan is signed: a share of the penalty, rounded down."""
    penalty = situation.state.outstanding.penalty
    share = situation.parameters.ratio("waiver.penalty_share")
    return penalty_of(situation.state, minor=int(penalty.minor * share))


def _earliest_passing(
    situation: Situation,
    permitted: Iterable[Length],
    *,
    pause_months: int,
    shortest: int | None = None,
    rate: Rate | None = None,
) -> Judged | None:
    for length in permitted:
        if not length.could_fit:
            continue
        plan = build(
            situation, instalments=length.instalments, pause_months=pause_months,
            shortest=shortest if shortest is not None else length.instalments, rate=rate,
        )  # fmt: skip
        if plan is not None and plan.passed:
            return plan
    return None


def _carried(situation: Situation) -> Money:
    owed = situation.start_state.outstanding
    return owed.total - owed.principal - waiver_of(situation).total


def _level_payments(terms: LoanTerms, factors: Sequence[Fraction]) -> Iterator[int]:
    """Return the level payment in minor units for every length up to that of `terms`.

    payment(n) = P / Σ v_k with v_k = v_{k−1} / (1 + r_k): the annuity, one more term at a time.
    """
    principal = terms.principal.minor
    if terms.method is Method.FLAT:
        fee = terms.rounding(principal * terms.fee_rate)
        yield from (-(-principal // count) + fee for count in range(1, terms.instalments + 1))
        return
    discount, annuity = SCALE, 0
    for factor in factors:
        discount = discount * factor.denominator // (factor.denominator + factor.numerator)
        annuity += discount
        yield principal * SCALE // annuity

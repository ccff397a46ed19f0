"""A settlement for less (减免结清): what is paid to end a debt, and the least forgiven for it.

Nothing is searched. What the household can put up in one, two or three payments has a closed form,
and the fewest payments that reach the smallest sum of the policy are taken. Of what it can put up
no more is left unasked than its means leave over: forgiven is what it cannot pay, and no more.
Penalty is given up before interest, interest before fees, and principal last of all. Nothing bears
interest until the last payment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import Final

import numpy as np

from tideover.affordability import Household
from tideover.kernels import BreakOff, expected_value
from tideover.loan import Component, Components, DailyRate, Method
from tideover.money import Money, total
from tideover.offers.grid import Grid
from tideover.offers.situation import Situation
from tideover.options import LegalForm, Proposal, due_date_after, restructure
from tideover.policy import Parameters, SettledFacts, least_settlement

__all__ = ["Settlement", "at_hand", "settle", "settled_facts"]

#: What is given up first. Principal is the last.
GIVEN_UP: Final = (Component.PENALTY, Component.INTEREST, Component.FEE, Component.PRINCIPAL)
#: Parts of a line that are rounded up by themselves: its principal, and what is carried beside it.
ROUNDED_PARTS: Final = 2
ONE_DAY: Final = timedelta(days=1)
#: More than falls due in any month: what is at hand does not strain the month.
BOUNDLESS: Final = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What settles loans together: a proposal for each, and what each is judged on besides."""

    proposals: tuple[Proposal, ...]
    facts: tuple[SettledFacts, ...]

    @property
    def value(self) -> Money:
        """What the lender may expect of it."""
        return self.facts[0].value


def at_hand(household: Household, policy: Parameters, *, offered: Money | None = None) -> Money:
    """Return what can be put up at once: what was `offered`, else savings less the reserve.

    The reserve is the necessary spending of some months, priority debts included
    (`settlement.reserve_months`).
    """
    none, name = Money.zero(household.currency), "settlement.reserve_months"
    if offered is not None:
        return offered
    if household.savings is None or name not in policy:
        return none
    priority = (debt.monthly for debt in household.other_debts if debt.is_priority)
    needs = (*(one.monthly for one in household.outgoings), *priority)
    month = total(needs, household.currency)
    kept = month.minor * policy.integer(name)
    return max(none, household.savings - Money(kept, household.currency))


def settle(grid: Grid, *, means: Money, without: Money, nothing_fits: bool) -> Settlement | None:
    """Return the settlement of all loans of a grid, not yet judged.

    None where policy knows none, or nothing is at hand. Where the means do not reach the smallest
    sum, the proposal is of that sum, and the rules say what is missing.
    """
    policy = grid.situations[0].parameters
    if "settlement.instalments_max" not in policy or not means:
        return None
    least = tuple(_least(one) for one in grid.situations)
    most = tuple(_most(one) for one in grid.situations)
    count, able = _able(grid, means, least=total(least, grid.currency))
    sums = _shared(min(able, total(most, grid.currency)), least=least, most=most, count=count)
    proposals = tuple(
        _proposal(situation, paid, count=count)
        for situation, paid in zip(grid.situations, sums, strict=True)
    )
    facts = settled_facts(grid, proposals, means=means, without=without, nothing_fits=nothing_fits)
    return Settlement(proposals=proposals, facts=facts)


def settled_facts(
    grid: Grid,
    proposals: Sequence[Proposal],
    *,
    means: Money,
    without: Money,
    nothing_fits: bool,
) -> tuple[SettledFacts, ...]:
    """Return what each settlement of a grid's loans is judged on besides its plan."""
    shared = SettledFacts(
        owed=Money.zero(grid.currency),
        paid=Money.zero(grid.currency),
        drawn=_drawn(grid, proposals),
        at_hand=means,
        value=_value(grid, proposals),
        without=without,
        nothing_fits=nothing_fits,
    )
    return tuple(
        replace(
            shared,
            owed=proposal.owed.total,
            paid=total((due.amount for due in proposal.due_lines), grid.currency),
        )
        for proposal in proposals
    )


def _least(situation: Situation) -> Money:
    owed = situation.start_state.outstanding.total
    return least_settlement(
        owed, days_past_due=situation.state.days_past_due, policy=situation.parameters
    )


def _most(situation: Situation) -> Money:
    """Everything owed but the penalty that is waived for everybody who signs."""
    owed = situation.start_state.outstanding
    waived = int(owed.penalty.minor * situation.parameters.ratio("waiver.penalty_share"))
    return owed.total - Money(waived, owed.total.currency)


def _able(grid: Grid, means: Money, *, least: Money) -> tuple[int, Money]:
    """Return the fewest payments that reach the least, and what they can be together.

    One payment, of the least, where none does.
    """
    policy = grid.situations[0].parameters
    for count in range(1, 1 + policy.integer("settlement.instalments_max")):
        able = _able_in(grid, means, count=count)
        if able >= least:
            return count, able
    return 1, least


def _able_in(grid: Grid, means: Money, *, count: int) -> Money:
    """Return the most that `count` equal payments can be together.

    The largest payment p with Σ max(0, p − cₖ) ≤ means over the capacities c of its months is the
    least over j of (means + c₁ + … + cⱼ) / j, the capacities rising. Where the loans do not share
    their months only what is at hand counts, in one payment.
    """
    months = {tuple(_months(one, count=count)) for one in grid.situations}
    if len(months) > 1:
        return means if count == 1 else Money.zero(means.currency)
    (shared,) = months
    capacities = sorted(int(grid.limits[month]) for month in shared)
    summed = accumulate(capacities)
    level = min((means.minor + known) // j for j, known in enumerate(summed, start=1))
    # Every loan's payment is rounded up on its own, which a single one need not be.
    slack = ROUNDED_PARTS * len(grid.situations) if count > 1 else 0
    return Money(max(0, count * (level - slack)), means.currency)


def _months(situation: Situation, *, count: int) -> list[int]:
    on = situation.on
    days = (_due(situation, step) for step in range(count))
    return [12 * (day.year - on.year) + day.month - on.month for day in days]


def _due(situation: Situation, step: int) -> date:
    earliest = situation.earliest_due()
    return due_date_after(situation.terms, earliest - ONE_DAY, pause_months=step)


def _shared(
    paid: Money, *, least: Sequence[Money], most: Sequence[Money], count: int
) -> tuple[Money, ...]:
    """Return what each loan gets: its least, and of the rest in proportion to what is left of it.

    A sum below everything owed is a whole number of units a payment, so that payments are equal.
    """
    rest = paid - total(least, paid.currency)
    room = [most_of.minor - least_of.minor for least_of, most_of in zip(least, most, strict=True)]
    more = (
        rest.share(room)
        if rest.minor > 0 and any(room)
        else (Money.zero(paid.currency),) * len(room)
    )
    sums = []
    for low, top, one in zip(least, most, more, strict=True):
        sum_minor = low.minor + one.minor
        even = max(sum_minor - sum_minor % count, low.minor + -low.minor % count)
        sums.append(Money(min(even, top.minor), paid.currency))
    return tuple(sums)


def _proposal(situation: Situation, paid: Money, *, count: int) -> Proposal:
    terms = situation.terms
    by_fee = terms.method is Method.FLAT
    return restructure(
        replace(terms, fee_rate=Fraction(0)),
        situation.start_state,
        starts_on=situation.starts_on,
        earliest_due=situation.earliest_due(),
        instalments=count,
        waive=_forgiven(situation.start_state.outstanding, paid),
        legal_form=LegalForm.SETTLEMENT,
        rate=None if by_fee else DailyRate(Fraction(0)),
    )


def _forgiven(owed: Components, paid: Money) -> Components:
    left = owed.total - paid
    parts = {}
    for component in GIVEN_UP:
        parts[component] = min(left, owed.get(component))
        left -= parts[component]
    return Components.of(parts, paid.currency)


def _drawn(grid: Grid, proposals: Sequence[Proposal]) -> Money:
    """Return what the payments take beyond the capacity of their months."""
    months = _column(grid, [(due.line.due_date, due.amount) for one in proposals
                            for due in one.due_lines])  # fmt: skip
    limits = grid.limits[: len(months)]
    return Money(int(np.maximum(months - limits, 0).sum()), grid.currency)


def _value(grid: Grid, proposals: Sequence[Proposal]) -> Money:
    """Return what the lender may expect: the money is there, so no month is strained."""
    dues = [due for one in proposals for due in one.due_lines]
    asked = _column(grid, [(due.line.due_date, due.amount) for due in dues])
    principal = _column(grid, [(due.line.due_date, due.line.principal) for due in dues])
    (value,) = expected_value(
        asked[:, None],
        principal[:, None],
        limits=np.full(len(asked), BOUNDLESS, dtype=np.int64),
        curve=BreakOff.of(grid.situations[0].parameters),
    )
    return Money(int(value), grid.currency)


def _column(grid: Grid, amounts: Sequence[tuple[date, Money]]) -> np.ndarray:
    on = grid.situations[0].on
    places = [12 * (day.year - on.year) + day.month - on.month for day, _ in amounts]
    column = np.zeros(1 + max(places), dtype=np.int64)
    for place, (_, amount) in zip(places, amounts, strict=True):
        column[place] += amount.minor
    return column

"""What an offer gives or costs the lender today, at the rate that the present contract earns.

The rate is the one at which the instalments still due under the contract, paid as they stand (what
is past due paid today), are worth what is owed today. At that rate the dues of an offer are brought
to today; the difference to what is owed is what the lender gains or gives up. Nobody's chance to
fail is in it: a plan that can be kept is worth more than the figure says.
"""

from collections.abc import Iterable
from datetime import date

from tideover.loan import CashFlow, EffectiveRate, LoanState, NoSingleRate, present_value_of, xirr
from tideover.money import Money, Rounding
from tideover.offers import Offer


def lender_values(state: LoanState, offers: Iterable[Offer]) -> dict[str, Money]:
    """Return the lender's gain in present value by offer, below zero where something is given up.

    `state` is that of the day of the offers. Nothing where the contract earns no single rate.
    """
    rate = _rate_of(state)
    if rate is None:
        return {}
    return {offer.key: _gain(state, offer, rate=rate) for offer in offers}


def _gain(state: LoanState, offer: Offer, *, rate: EffectiveRate) -> Money:
    flows = [
        CashFlow(max(each.line.due_date, state.on), each.amount)
        for each in offer.proposal.due_lines
    ]
    worth = Rounding.HALF_EVEN(present_value_of(flows, rate=rate, on=state.on))
    owed = state.outstanding.total
    return Money(worth, owed.currency) - owed


def _rate_of(state: LoanState) -> EffectiveRate | None:
    dues = [
        (max(line.due_date, state.on), line.remaining.total)
        for line in state.lines
        if line.remaining.total.minor > 0
    ]
    later = [(day, amount) for day, amount in dues if day > state.on]
    if not later:
        return None
    flows = [CashFlow(state.on, -state.outstanding.total), *_flows(dues)]
    try:
        return xirr(flows)
    except NoSingleRate:
        return None


def _flows(dues: Iterable[tuple[date, Money]]) -> list[CashFlow]:
    return [CashFlow(day, amount) for day, amount in dues]

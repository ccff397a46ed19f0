"""Every length a plan could have, so that a borrower can see what a month more or less does."""

from dataclasses import dataclass
from datetime import date

from tideover.money import Money, total
from tideover.offers.request import OfferRequest
from tideover.offers.search import propose
from tideover.offers.situation import Situation, situation_of
from tideover.options import NeverAmortises, Proposal

__all__ = ["PlanPoint", "plans_by_length"]

#: Shorter than this is paying it off, not a plan.
SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPoint:
    """A plan of one length: the usual instalment, what it costs in all, and whether it fits.

    `cost` is interest and fees over the whole plan, what is carried included. `fits` is whether
    every month's due is within the household's capacity of that month; the rules of the policy
    book may still stop such a plan.
    """

    instalments: int
    payment: Money
    total: Money
    cost: Money
    latest_due: date
    fits: bool


def plans_by_length(request: OfferRequest, *, longest: int | None = None) -> tuple[PlanPoint, ...]:
    """Return the plan of each length without a pause, the shortest first.

    They are built as offers are, so that a point of the same length as an offer has its figures.
    `longest` is the policy's longest plan unless given; a length that would never pay off the debt
    is left out.
    """
    situation = situation_of(request)
    most = situation.parameters.integer("plan.instalments_max")
    lengths = range(SHORTEST, min(longest or most, most) + 1)
    found = (_proposed(situation, count) for count in lengths)
    return tuple(_point(situation, proposal) for proposal in found if proposal is not None)


def _proposed(situation: Situation, count: int) -> Proposal | None:
    try:
        return propose(situation, instalments=count, pause_months=0)
    except NeverAmortises:
        return None


def _point(situation: Situation, proposal: Proposal) -> PlanPoint:
    dues = proposal.due_lines
    unit = proposal.schedule.currency
    months: dict[date, Money] = {}
    for due in dues:
        month = due.line.due_date.replace(day=1)
        months[month] = months.get(month, Money.zero(unit)) + due.amount
    fees = total((due.line.fee + due.carried.fee for due in dues), unit)
    return PlanPoint(
        instalments=len(dues),
        payment=dues[0].amount,
        total=total((due.amount for due in dues), unit),
        cost=total((due.interest for due in dues), unit) + fees,
        latest_due=dues[-1].line.due_date,
        fits=all(amount <= situation.capacity_on(month) for month, amount in months.items()),
    )

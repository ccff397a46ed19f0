"""What stands around one offer: other ways out, and how it holds when income is worse."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tideover.money import Money, total
from tideover.offers.joint.alternatives import alternatives
from tideover.offers.joint.answer import Alternative, StressCase
from tideover.offers.joint.plans import Draft
from tideover.offers.joint.request import JointRequest, PlanDebt
from tideover.offers.joint.standing import Standing, by_month, standing_of
from tideover.offers.joint.stress import break_even_fall, months_short, stress_cases
from tideover.offers.offer import Offer
from tideover.offers.request import OfferRequest

__all__ = ["Around", "around"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The alternatives on the day of the offers, and the stress of one offer.

    `break_even_fall` is the largest fall of all incomes that the offer survives, to a tenth of a
    percent; `income` is what comes in in the month of its first payment, and `months_short` are
    the months in which the offer asks for too much even of the incomes as they were stated.
    """

    alternatives: tuple[Alternative, ...]
    stress: tuple[StressCase, ...]
    break_even_fall: Fraction
    income: Money
    months_short: tuple[date, ...]


def around(request: OfferRequest, offer: Offer) -> Around:
    """Return what stands around `offer`, which was found from `request`."""
    debt = PlanDebt(
        name=request.loan_reference,
        terms=request.terms,
        events=request.events,
        parameters=request.parameters,
    )
    standing = standing_of(
        JointRequest(
            on=request.on,
            household=request.household,
            debts=(debt,),
            parameters=request.parameters,
        )
    )
    plan = _draft(offer, debt=debt)
    return Around(
        alternatives=alternatives(standing),
        stress=stress_cases(plan, standing),
        break_even_fall=break_even_fall(plan, standing),
        income=_income(standing, offer),
        months_short=months_short(plan, standing),
    )


def _draft(offer: Offer, *, debt: PlanDebt) -> Draft:
    proposal = offer.proposal
    dues = proposal.due_lines
    months = by_month((due.line.due_date, due.amount) for due in dues)
    fees = total((due.line.fee + due.carried.fee for due in dues), offer.payment.currency)
    return Draft(
        proposals=((debt, proposal),),
        dues=tuple((debt, due) for due in dues),
        months=months,
        asked=offer.instalments,
        pause_months=proposal.pause_months,
        payment=max(months.values()),
        total_interest=offer.total_interest,
        cost_of_credit=offer.total_interest + fees,
    )


def _income(standing: Standing, offer: Offer) -> Money:
    first = offer.earliest_due.replace(day=1)
    return next(
        (month.income for month in standing.capacity if month.month == first),
        Money.zero(standing.currency),
    )

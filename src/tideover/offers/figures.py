"""A plan with its price and its verdicts."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tideover.loan import CashFlow, CostOfCredit, Method, periodic_irr, simple_daily_rate, xirr
from tideover.money import Money, total
from tideover.offers.plan_facts import facts_of
from tideover.offers.situation import Situation
from tideover.options import Proposal
from tideover.policy import PlanFacts, Verdict, judge

__all__ = ["Judged", "cost_of_plan", "judged"]

#: Rates are kept to ten decimals, a hundred-millionth of a percent, so that they can be told again.
RATE_DIGITS: Final = 10
DAYS_OF_YEAR: Final = 365
MONTHS_OF_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A proposal, what it costs, and what every rule said of it."""

    proposal: Proposal
    cost: CostOfCredit
    facts: PlanFacts
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> bool:
        """Whether no binding rule stops the plan."""
        return not any(verdict.stops for verdict in self.verdicts)

    @property
    def payment(self) -> Money:
        """The usual instalment: the earliest one, which no later one exceeds."""
        return self.facts.payments[0].amount

    @property
    def instalments(self) -> int:
        """How many instalments the plan has."""
        return len(self.facts.payments)

    @property
    def cost_of_credit(self) -> Money:
        """Interest and instalment fees of the plan, carried ones included."""
        return self.cost.total_interest + self.cost.total_fee


def judged(situation: Situation, proposal: Proposal, *, shortest: int | None) -> Judged:
    """Return `proposal` with its price and its verdicts."""
    by_month = situation.terms.method is Method.FLAT
    cost = cost_of_plan(proposal, by_month=by_month)
    facts = facts_of(situation, proposal, cost=cost.nominal, shortest=shortest)
    return Judged(
        proposal=proposal,
        cost=cost,
        facts=facts,
        verdicts=judge(facts, situation.parameters),
    )


def cost_of_plan(proposal: Proposal, *, by_month: bool = False) -> CostOfCredit:
    """Return what a plan costs against everything owed on the day it starts.

    What is carried is owed from the first day and bears no interest, so the true rate is a little
    below the contract's. Totals include what is carried. The simple rate goes by actual days, or
    by months for a flat fee.
    """
    change, schedule = proposal.restructured, proposal.schedule
    currency = schedule.currency
    carried = change.carried
    owed = schedule.opening_balance + carried.total
    dues = [CashFlow(due.line.due_date, due.amount) for due in proposal.due_lines]
    flows = [CashFlow(schedule.start, -owed), *dues]
    nominal = (
        MONTHS_OF_YEAR * periodic_irr([flow.amount for flow in flows])
        if by_month
        else DAYS_OF_YEAR * simple_daily_rate(flows)
    )
    return CostOfCredit(
        nominal=_kept(nominal),
        effective=_kept(xirr(flows).of_year),
        total_interest=schedule.total_interest + carried.interest,
        total_fee=schedule.total_fee + carried.fee,
        total=total((flow.amount for flow in dues), currency),
    )


def _kept(rate: Fraction) -> Fraction:
    return Fraction(round(rate * 10**RATE_DIGITS), 10**RATE_DIGITS)

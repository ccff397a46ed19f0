"""A plan with its price and its verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass

from tideover.loan import CostOfCredit, Method
from tideover.money import Money
from tideover.offers.plan_facts import facts_of
from tideover.offers.returns import effective_rate, monthly_rate, simple_rate
from tideover.offers.situation import Situation
from tideover.options import DueLine, Proposal
from tideover.policy import PlanFacts, SettledFacts, Verdict, judge

__all__ = ["Judged", "cost_of_plan", "judged"]


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


def judged(
    situation: Situation,
    proposal: Proposal,
    *,
    shortest: int | None,
    settled: SettledFacts | None = None,
) -> Judged:
    """Return `proposal` with its price and its verdicts; `settled` goes with a settlement."""
    by_month = situation.terms.method is Method.FLAT
    dues = proposal.due_lines
    cost = cost_of_plan(proposal, dues=dues, by_month=by_month)
    facts = facts_of(
        situation, proposal, dues=dues, cost=cost.nominal, shortest=shortest, settled=settled
    )
    return Judged(
        proposal=proposal,
        cost=cost,
        facts=facts,
        verdicts=judge(facts, situation.parameters),
    )


def cost_of_plan(
    proposal: Proposal, *, dues: Sequence[DueLine], by_month: bool = False
) -> CostOfCredit:
    """Return what a plan costs against everything owed on the day it starts.

    What is carried is owed from the first day and bears no interest, so the true rate is a little
    below the contract's. Totals include what is carried. The simple rate goes by actual days, or
    by months for a flat fee. `dues` are the due lines of the proposal.
    """
    change, schedule = proposal.restructured, proposal.schedule
    carried = change.carried
    owed = schedule.opening_balance.minor + carried.total.minor
    amounts = [(due.line.due_date, due.amount.minor) for due in dues]
    start = schedule.start
    nominal = monthly_rate(owed, amounts) if by_month else simple_rate(owed, amounts, start=start)
    return CostOfCredit(
        nominal=nominal,
        effective=effective_rate(owed, amounts, start=start, simple=nominal),
        total_interest=schedule.total_interest + carried.interest,
        total_fee=schedule.total_fee + carried.fee,
        total=Money(sum(amount for _, amount in amounts), schedule.currency),
    )

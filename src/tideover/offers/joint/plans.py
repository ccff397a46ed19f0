"""One plan over all loans of a household: drafted by amounts, then priced and judged together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tideover.loan import Method
from tideover.money import Money, total
from tideover.offers.figures import Judged, cost_of_plan
from tideover.offers.grants import PLAIN, Grant
from tideover.offers.joint.request import PlanDebt
from tideover.offers.joint.standing import Standing, by_month
from tideover.offers.plan_facts import facts_of
from tideover.offers.returns import effective_rate
from tideover.offers.search import propose
from tideover.offers.situation import Situation
from tideover.options import DueLine, NeverAmortises, Proposal
from tideover.policy import SettledFacts, judge

__all__ = ["Draft", "JointPlan", "Part", "draft_of", "draft_over", "judged_plan"]

#: What falls due of which loan.
Due = tuple[PlanDebt, DueLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One plan for all loans, to the cent, not yet judged. Every sum is made once.

    `asked` is the number of instalments of the longest part, `payment` the most that falls due in
    any month, `cost_of_credit` the interest and fees of all parts.
    """

    proposals: tuple[tuple[PlanDebt, Proposal], ...]
    dues: tuple[Due, ...]
    months: Mapping[date, Money]
    asked: int
    pause_months: int
    payment: Money
    total_interest: Money
    cost_of_credit: Money

    def fits(self, standing: Standing) -> bool:
        """Whether every month's dues are within the household's capacity of that month."""
        return all(amount <= standing.limit_on(month) for month, amount in self.months.items())


def draft_of(
    standing: Standing, counts: Sequence[int], *, pause_months: int, grant: Grant = PLAIN
) -> Draft | None:
    """Return the draft in which each loan has so many instalments, or None where one is refused."""
    try:
        proposals = tuple(
            (
                debt,
                propose(situation, instalments=count, pause_months=pause_months, grant=grant),
            )
            for (debt, situation), count in zip(standing.loans, counts, strict=True)
        )
    except NeverAmortises:
        return None
    return draft_over(standing, proposals, pause_months=pause_months)


def draft_over(
    standing: Standing,
    proposals: tuple[tuple[PlanDebt, Proposal], ...],
    *,
    pause_months: int = 0,
) -> Draft:
    """Return the draft that these proposals are together."""
    dues = sorted(
        ((debt, due) for debt, proposal in proposals for due in proposal.due_lines),
        key=lambda one: (one[1].line.due_date, one[0].name),
    )
    months = by_month((due.line.due_date, due.amount) for _, due in dues)
    interest = total((due.interest for _, due in dues), standing.currency)
    fees = total((due.line.fee + due.carried.fee for _, due in dues), standing.currency)
    return Draft(
        proposals=proposals,
        dues=tuple(dues),
        months=months,
        asked=max(len(proposal.schedule.lines) for _, proposal in proposals),
        pause_months=pause_months,
        payment=max(months.values()),
        total_interest=interest,
        cost_of_credit=interest + fees,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What becomes of one loan."""

    debt: PlanDebt
    judged: Judged

    @property
    def proposal(self) -> Proposal:
        """The change to this loan."""
        return self.judged.proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPlan:
    """A draft with its price and every rule's answer."""

    draft: Draft
    parts: tuple[Part, ...]
    annual_cost: Fraction

    @property
    def passed(self) -> bool:
        """Whether no binding rule stops any part; capacity is judged on all parts together."""
        return all(part.judged.passed for part in self.parts)


def judged_plan(
    standing: Standing,
    draft: Draft,
    *,
    shortest: int | None,
    settled: Sequence[SettledFacts] = (),
) -> JointPlan:
    """Return a draft, priced and judged, beside the shortest plan the household could carry.

    `settled` is what each loan's part of a settlement is judged on besides.
    """
    situations = {debt.name: situation for debt, situation in standing.loans}
    parts = tuple(
        Part(
            debt=debt,
            judged=_judged(
                situations[debt.name], proposal, draft=draft, standing=standing,
                shortest=shortest, settled=facts,
            ),
        )
        for (debt, proposal), facts in zip(
            draft.proposals, settled or (None,) * len(draft.proposals), strict=True
        )
    )  # fmt: skip
    return JointPlan(draft=draft, parts=parts, annual_cost=_annual_cost(draft))


def _annual_cost(draft: Draft) -> Fraction:
    """Return the effective rate of all dues against everything owed on the day the plan starts."""
    changes = [proposal.restructured for _, proposal in draft.proposals]
    owed = total(
        (change.schedule.opening_balance + change.carried.total for change in changes),
        draft.payment.currency,
    )
    dues = [(due.line.due_date, due.amount.minor) for _, due in draft.dues]
    return effective_rate(owed.minor, dues, start=min(change.on for change in changes))


def _judged(
    situation: Situation,
    proposal: Proposal,
    *,
    draft: Draft,
    standing: Standing,
    shortest: int | None,
    settled: SettledFacts | None,
) -> Judged:
    """Judge one part against what the other parts leave of each month's capacity."""
    by_fee = situation.terms.method is Method.FLAT
    dues = proposal.due_lines
    cost = cost_of_plan(proposal, dues=dues, by_month=by_fee)
    facts = facts_of(
        situation, proposal, dues=dues, cost=cost.nominal, shortest=shortest, settled=settled
    )
    none = Money.zero(standing.currency)
    payments = tuple(
        replace(
            payment,
            capacity=max(
                none,
                standing.limit_on(payment.on)
                - (draft.months[payment.on.replace(day=1)] - payment.amount),
            ),
        )
        for payment in facts.payments
    )
    facts = replace(facts, payments=payments)
    return Judged(
        proposal=proposal,
        cost=cost,
        facts=facts,
        verdicts=judge(facts, situation.parameters),
    )

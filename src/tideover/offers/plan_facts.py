"""From a proposal to what the rules are told, and the legal form a plan takes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tideover.dates import add_months
from tideover.loan import Rate
from tideover.offers.situation import Situation
from tideover.options import DueLine, LegalForm, Proposal, months_between
from tideover.policy import (
    DuePayment,
    FormFacts,
    PlanFacts,
    SettledFacts,
    legal_form,
    may_renew,
    renewal_months_max,
)

__all__ = ["facts_of", "is_renewable", "latest_permitted", "legal_form_of"]


def legal_form_of(
    situation: Situation,
    *,
    latest_due: date,
    instalments: int,
    pause_months: int = 0,
    is_eased: bool = False,
) -> LegalForm:
    """Return the lawful form of a plan that ends on `latest_due`, by the table of the policy.

    `is_eased` says that the plan grants more than time.
    """
    facts = replace(
        _form_facts(situation),
        extended_months=months_between(situation.original_maturity, latest_due),
        months_from_start=months_between(situation.starts_on, latest_due),
        pause_months=pause_months,
        instalments=instalments,
        is_eased=is_eased,
    )
    return LegalForm(legal_form(facts, situation.parameters))


def _form_facts(situation: Situation) -> FormFacts:
    return FormFacts(
        is_card=situation.is_card,
        starts_on=situation.starts_on,
        original_maturity=situation.original_maturity,
        original_months=situation.original_months,
        extended_months=0,
        days_past_due=situation.state.days_past_due,
        instalments_left=sum(bool(line.remaining) for line in situation.state.lines),
    )


def latest_permitted(situation: Situation) -> date:
    """Return the latest day a plan may end on in the legal form it would then take.

    A quick look before plans are built; the rules judge what is built.
    """
    policy = situation.parameters
    if situation.is_card:
        return add_months(situation.on, policy.integer("personalised.months_max"))
    until = _restructured_until(situation)
    renewed = add_months(situation.starts_on, renewal_months_max(policy))
    return max(until, renewed) if may_renew(_form_facts(situation), policy) else until


def is_renewable(situation: Situation) -> bool:
    """Return whether the longest plan of a loan would be a renewal."""
    return latest_permitted(situation) > _restructured_until(situation)


def _restructured_until(situation: Situation) -> date:
    longest = situation.parameters.integer("consumer_loan.months_max")
    return add_months(situation.terms.disbursed_on, longest)


def facts_of(
    situation: Situation,
    proposal: Proposal,
    *,
    dues: Sequence[DueLine],
    cost: Fraction,
    shortest: int | None,
    settled: SettledFacts | None = None,
) -> PlanFacts:
    """Return what the rules are told about `proposal`, whose due lines are `dues`.

    `settled` is what a settlement is judged on besides.
    """
    change, schedule = proposal.restructured, proposal.schedule
    terms, start = situation.terms, change.on
    rate = change.rate or terms.rate
    late = rate.simple_annual if rate else None
    return PlanFacts(
        legal_form=proposal.legal_form.value,
        is_card=situation.is_card,
        on=situation.on,
        disbursed_on=terms.disbursed_on,
        original_maturity=situation.original_maturity,
        original_months=situation.original_months,
        latest_due=schedule.maturity_date,
        extended_months=months_between(situation.original_maturity, schedule.maturity_date),
        months_from_disbursement=months_between(terms.disbursed_on, schedule.maturity_date),
        months_from_start=months_between(start, schedule.maturity_date),
        payments=_payments(situation, dues),
        pause_months=proposal.pause_months,
        shortest_instalments=shortest,
        cost_simple=cost,
        principal=schedule.opening_balance,
        capitalised_interest=change.capitalised.interest,
        penalty=situation.start_state.outstanding.penalty,
        waived_penalty=change.waived.penalty,
        waived_interest=change.waived.interest,
        unpaid_interest=situation.start_state.outstanding.interest,
        forgiven_principal=change.waived.principal,
        capitalised=change.capitalised.total,
        rate_cut=_cut(change.rate, terms.rate),
        starts_on=start,
        days_past_due=situation.state.days_past_due,
        settled=settled,
        cost_late=late * (1 + terms.penalty_uplift) if late and terms.penalty_uplift else None,
    )


def _cut(rate: Rate | None, before: Rate | None) -> Fraction:
    """Return by what share a rate is below the one before it, nought where it is not."""
    if rate is None or before is None or not before.simple_annual:
        return Fraction(0)
    return max(Fraction(0), 1 - rate.simple_annual / before.simple_annual)


def _payments(situation: Situation, dues: Sequence[DueLine]) -> tuple[DuePayment, ...]:
    return tuple(
        DuePayment(
            on=due.line.due_date,
            amount=due.amount,
            principal=due.line.principal,
            interest=due.line.interest,
            capacity=situation.capacity_on(due.line.due_date),
        )
        for due in dues
    )

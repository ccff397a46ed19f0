"""The answer as JSON: money as text in major units, rates as fractions of a year, days ISO."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from tideover.affordability import MonthCapacity
from tideover.dates import add_months
from tideover.offers.joint import (
    Alternative,
    CreditorShare,
    JointAnswer,
    JointOffer,
    Part,
    ShorterPlan,
    StressCase,
)
from tideover.offers.offer import Refused
from tideover.options import LegalForm
from tideover.policy import Words

__all__ = ["answer_json", "answer_record", "rate_text", "shown_months"]

#: Words in the language asked for.
Said = Callable[[Words], str]

RATE_DIGITS = 6
MONTHS_LEAST = 24


def answer_json(answer: JointAnswer, *, language: str) -> str:
    """Return the answer as the JSON text that every door gives, texts in one language."""
    return json.dumps(answer_record(answer, language=language), ensure_ascii=False, indent=1)


def answer_record(answer: JointAnswer, *, language: str) -> dict[str, Any]:
    """Return everything the answer says, texts in one language."""
    several = len(answer.debts) > 1

    def said(words: Words) -> str:
        return words.in_language(language)

    return {
        "as_of": answer.on.isoformat(),
        "policy_digest": answer.policy_digest,
        "capacity": [
            {"month": f"{month.month:%Y-%m}", "amount": month.capacity.text}
            for month in shown_months(answer)
        ],
        "offers": [_offer(offer, several=several, said=said) for offer in answer.offers],
        "frontier": [
            {
                "instalments": point.instalments,
                "pause_months": point.pause_months,
                "monthly": point.monthly.text,
                "total_interest": point.total_interest.text,
                "total_cost": point.total_cost.text,
                "lender_value_change": point.lender_value_change.text,
            }
            for point in answer.frontier
        ],
        "alternatives": [_alternative(one, said) for one in answer.alternatives],
        "declined": [_declined(one, said) for one in answer.declined],
        "rejected": [_declined(one, said) for one in answer.rejected],
        "combinations": answer.looked_at,
        "debts": [
            {
                "name": debt.name,
                "outstanding_principal": debt.outstanding_principal.text,
                "days_past_due": debt.days_past_due,
                "annual_cost": rate_text(debt.annual_cost),
            }
            for debt in answer.debts
        ],
        "stress": [_stress(case, said) for case in answer.stress],
        "break_even_fall": _rate(answer.break_even_fall),
        "next_steps": [said(step) for step in answer.next_steps],
        "shares": [_share(one) for one in answer.shares],
    }


def shown_months(answer: JointAnswer) -> tuple[MonthCapacity, ...]:
    """Return the months to show: to the last due date offered, and at least two years."""
    last = max((due.line.due_date for offer in answer.offers for _, due in offer.plan.draft.dues),
               default=answer.on)  # fmt: skip
    until = max(add_months(answer.on.replace(day=1), MONTHS_LEAST - 1), last.replace(day=1))
    return tuple(month for month in answer.capacity if month.month <= until)


def rate_text(rate: Fraction) -> str:
    """Return a rate as a decimal fraction of a year, rounded half up to six decimals.

    >>> rate_text(Fraction("0.1825"))
    '0.182500'
    """
    scaled = (rate * 10**RATE_DIGITS * 2 + 1) // 2
    sign, digits = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, part = divmod(int(digits), 10**RATE_DIGITS)
    return f"{sign}{whole}.{part:0{RATE_DIGITS}d}"


def _rate(rate: Fraction | None) -> str | None:
    return None if rate is None else rate_text(rate)


def _offer(offer: JointOffer, *, several: bool, said: Said) -> dict[str, Any]:
    plan, draft = offer.plan, offer.plan.draft
    forms = {part.debt.name: part.proposal.legal_form.value for part in plan.parts}
    return {
        "key": offer.key,
        "label": said(offer.label),
        "legal_form": _main_form(plan.parts),
        "legal_forms": forms,
        "debts": [part.debt.name for part in plan.parts],
        "starts_on": min(part.proposal.restructured.on for part in plan.parts).isoformat(),
        "pause_months": draft.pause_months,
        "monthly": draft.payment.text,
        "concessions": [one for part in plan.parts for one in _concessions(part, several=several)],
        "instalments": list(_instalments(offer, several=several)),
        "total_interest": draft.total_interest.text,
        "extra_interest": offer.extra_interest.text,
        "annual_cost": rate_text(offer.annual_cost),
        "lender_value": offer.lender_value.text,
        "lender_value_change": offer.lender_value_change.text,
        "next_shorter": _shorter(offer.shorter),
        "from_savings": offer.from_savings.text if offer.from_savings is not None else None,
        "affordable": all(
            verdict.passed
            for part in plan.parts
            for verdict in part.judged.verdicts
            if verdict.rule == "payment.within-capacity"
        ),
        "why": said(offer.why),
        "verdicts": [
            one for part in plan.parts for one in _verdicts(part, several=several, said=said)
        ],
    }


def _shorter(plan: ShorterPlan | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    return {
        "instalments": plan.instalments,
        "monthly": plan.monthly.text,
        "total_interest": plan.total_interest.text,
        "affordable": plan.fits,
    }


def _main_form(parts: tuple[Part, ...]) -> str:
    """Return the form that all loans take; where they differ, it is a restructured agreement.

    `legal_forms` has every loan's own.
    """
    forms = {part.proposal.legal_form for part in parts}
    return (forms.pop() if len(forms) == 1 else LegalForm.RESTRUCTURE).value


def _concessions(part: Part, *, several: bool) -> Iterator[dict[str, Any]]:
    for one in part.proposal.concessions:
        record: dict[str, Any] = {"kind": one.kind}
        if one.amount is not None:
            record["amount"] = one.amount.text
        if one.months is not None:
            record["months"] = one.months
        if one.rate is not None:
            record["rate"] = rate_text(one.rate)
        if several:
            record["debt"] = part.debt.name
        yield record


def _instalments(offer: JointOffer, *, several: bool) -> Iterator[dict[str, str]]:
    for debt, due in offer.plan.draft.dues:
        fees, penalty = due.line.fee + due.carried.fee, due.carried.penalty
        record = {
            "due_date": due.line.due_date.isoformat(),
            "amount": due.amount.text,
            "principal": (due.line.principal + due.carried.principal).text,
            "interest": due.interest.text,
        }
        if fees:
            record["fees"] = fees.text
        if penalty:
            record["penalty"] = penalty.text
        if several:
            record["debt"] = debt.name
        yield record


def _verdicts(part: Part, *, several: bool, said: Said) -> Iterator[dict[str, Any]]:
    for verdict in part.judged.verdicts:
        record = {
            "rule": verdict.rule,
            "passed": verdict.passed,
            "binding": verdict.binding,
            "because": said(verdict.because),
            "reference": verdict.reference,
        }
        yield {**record, "debt": part.debt.name} if several else record


def _alternative(one: Alternative, said: Said) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": said(one.words),
        "total_cost": one.total_cost.text,
        "annual_cost": _rate(one.annual_cost),
        "monthly": one.monthly.text,
        "risk": said(one.risk),
    }


def _declined(one: Refused, said: Said) -> dict[str, Any]:
    return {
        "code": one.code,
        "because": said(one.words),
        "would_change": said(one.would_change),
    }


def _share(one: CreditorShare) -> dict[str, Any]:
    return {
        "creditor": one.name,
        "asked": one.asked.text,
        "amount": one.amount.text,
        "priority": one.is_priority,
        "token": one.is_token,
    }


def _stress(case: StressCase, said: Said) -> dict[str, Any]:
    return {
        "case": said(case.words),
        "income_change": rate_text(case.income_change),
        "delay_months": case.delay_months,
        "holds": case.holds,
        "months_short": [_month(day) for day in case.months_short],
    }


def _month(day: date) -> str:
    return f"{day:%Y-%m}"

"""One step of a Fineract case as an event of a loan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tideover.cli.conformance.fineract_rules import KINDS, fraction_of_percent
from tideover.cli.conformance.fineract_terms import frequency_of
from tideover.cli.conformance.results import Case
from tideover.loan import Component, Disbursed, Paid
from tideover.loan.progressive import (
    ChargeDue,
    ContractEnded,
    Credited,
    DueDateMoved,
    GraceGiven,
    InterestPaused,
    Kind,
    PaidBack,
    ProjectedEvent,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
)
from tideover.money import Currency, Money

_HANDLINGS: Final = {
    "DEFAULT": ReAgeInterest.DEFAULT,
    "WAIVE_INTEREST": ReAgeInterest.WAIVED,
    "EQUAL_AMORTIZATION_PAYABLE_INTEREST": ReAgeInterest.PAYABLE,
    "EQUAL_AMORTIZATION_FULL_INTEREST": ReAgeInterest.WHOLE,
}


class UnknownStep(ValueError):
    """A step that has no event of ours."""


@dataclass(frozen=True, slots=True)
class _Step:
    told: Case
    reference: str
    today: date
    currency: Currency

    @property
    def on(self) -> date:
        return self.day("date") if "date" in self.told else self.today

    @property
    def amount(self) -> Money:
        return Money.parse(str(self.told["amount"]), self.currency)

    def day(self, name: str) -> date:
        return date.fromisoformat(self.told[name])


def event_of(told: Case, *, reference: str, today: date, currency: Currency) -> ProjectedEvent:
    """Return the event of one step done on the business day `today`.

    Raises:
        UnknownStep: a step, a charge or a change that this engine does not know.
    """
    step = _Step(told, reference, today, currency)
    make = _EVENTS.get(told["op"])
    if make is None:
        raise UnknownStep(f"cannot do {told['op']}")
    return make(step)


def _pay(step: _Step) -> ProjectedEvent:
    kind = KINDS.get(step.told.get("kind", "REPAYMENT"))
    if kind is None:
        raise UnknownStep(f"cannot pay {step.told['kind']}")
    if kind is Kind.PAYMENT:
        return Paid(step.on, step.reference, step.amount)
    return Credited(step.on, step.reference, step.amount, kind)


def _charge(step: _Step) -> ProjectedEvent:
    components = {"LOAN_NSF_FEE": Component.PENALTY, "LOAN_SNOOZE_FEE": Component.FEE}
    component = components.get(step.told["kind"])
    if component is None:
        raise UnknownStep(f"cannot charge {step.told['kind']}")
    return ChargeDue(step.today, step.reference, component, step.amount, step.on)


def _reschedule(step: _Step) -> ProjectedEvent:
    told, today, reference = step.told, step.today, step.reference
    since = step.day("rescheduleFromDate")
    if "newInterestRate" in told:
        return RateChanged(today, reference, since, fraction_of_percent(told["newInterestRate"]))
    if "adjustedDueDate" in told:
        return DueDateMoved(today, reference, since, step.day("adjustedDueDate"))
    if "extraTerms" in told:
        return TermsAdded(today, reference, since, int(told["extraTerms"]))
    if "graceOnInterest" in told:
        return GraceGiven(today, reference, since, int(told["graceOnInterest"]))
    raise UnknownStep(f"cannot reschedule {sorted(told)}")


def _re_age(step: _Step) -> ProjectedEvent:
    told = step.told
    return ReAged(
        step.today,
        step.reference,
        step.day("startDate"),
        frequency_of(told["frequencyNumber"], told["frequencyType"]),
        int(told["numberOfInstallments"]),
        _HANDLINGS[told.get("reAgeInterestHandling", "DEFAULT")],
    )


def _re_amortise(step: _Step) -> ProjectedEvent:
    splits = step.told.get("interest") == "EQUAL_AMORTIZATION_INTEREST_SPLIT"
    return ReAmortised(step.today, step.reference, splits_interest=splits)


_EVENTS: Final[dict[str, Callable[[_Step], ProjectedEvent]]] = {
    "disburse": lambda step: Disbursed(step.on, step.reference, step.amount),
    "pay": _pay,
    "charge": _charge,
    "credit_balance_refund": lambda step: PaidBack(step.on, step.reference, step.amount),
    "interest_pause": lambda step: InterestPaused(
        step.today, step.reference, step.day("start"), step.day("end")
    ),
    "reschedule": _reschedule,
    "reage": _re_age,
    "reamortize": _re_amortise,
    "contract_termination": lambda step: ContractEnded(step.on, step.reference),
}

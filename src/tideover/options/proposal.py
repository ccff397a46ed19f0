"""A change to a loan that could be agreed: the event it would be, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

from tideover.loan import (
    Components,
    Restructured,
    Schedule,
    ScheduleLine,
    carried_by_line,
    event_from_record,
    event_to_record,
)
from tideover.money import Money, currency
from tideover.options.legal_form import LegalForm
from tideover.policy import Words

__all__ = ["ArrearsTreatment", "Concession", "DueLine", "Proposal"]


class ArrearsTreatment(StrEnum):
    """What becomes of unpaid interest, fees and penalty that are not waived."""

    CARRY = "carry"  # kept owing, bears no interest, spread evenly over the new lines
    CAPITALISE = "capitalise"  # joins the principal and bears interest: 逾期并入本金


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """One thing the lender agrees to. `kind` is a glossary identifier, `rate` simple and annual."""

    kind: str
    words: Words
    amount: Money | None = None
    months: int | None = None
    rate: Fraction | None = None

    def to_record(self) -> dict[str, Any]:
        """Return the concession as a JSON-ready record."""
        amount = self.amount
        return {
            "kind": self.kind,
            "words": self.words.to_record(),
            "amount": amount.text if amount else None,
            "currency": amount.currency.code if amount else None,
            "months": self.months,
            "rate": str(self.rate) if self.rate is not None else None,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the concession that `to_record` wrote down."""
        text = record["amount"]
        return cls(
            kind=record["kind"],
            words=Words.from_record(record["words"]),
            amount=Money.parse(text, currency(record["currency"])) if text else None,
            months=record["months"],
            rate=Fraction(record["rate"]) if record.get("rate") is not None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """What falls due on one day of a plan: a schedule line and what is carried beside it."""

    line: ScheduleLine
    carried: Components

    @property
    def amount(self) -> Money:
        """Everything due that day (每期应还额)."""
        line, carried = self.line, self.carried
        # Written out: thousands of these are added up for every answer.
        minor = line.principal.minor + line.interest.minor + line.fee.minor
        minor += carried.principal.minor + carried.interest.minor
        minor += carried.penalty.minor + carried.fee.minor
        return Money(minor, line.principal.currency)

    @property
    def interest(self) -> Money:
        """The interest of the day, carried interest included."""
        return self.line.interest + self.carried.interest


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change to a loan, not yet agreed. It states amounts to the cent and changes nothing.

    Value is conserved: what was owed, less what is waived, is the opening balance of the new
    schedule and what is carried.
    """

    restructured: Restructured
    legal_form: LegalForm
    pause_months: int
    concessions: tuple[Concession, ...]
    words: Words

    @property
    def schedule(self) -> Schedule:
        """The new schedule."""
        return self.restructured.schedule

    @property
    def owed(self) -> Components:
        """Everything owed on the day the plan starts, by component, before anything is waived."""
        event = self.restructured
        zero = Money.zero(self.schedule.currency)
        principal = Components(
            principal=self.schedule.opening_balance - event.capitalised.total,
            interest=zero, penalty=zero, fee=zero,
        )  # fmt: skip
        return principal + event.capitalised + event.carried + event.waived

    @property
    def due_lines(self) -> tuple[DueLine, ...]:
        """What falls due on each day of the plan, carried amounts included."""
        schedule = self.schedule
        parts = carried_by_line(schedule, self.restructured.carried)
        return tuple(
            DueLine(line=line, carried=part)
            for line, part in zip(schedule.lines, parts, strict=True)
        )

    def to_record(self) -> dict[str, Any]:
        """Return the proposal as a JSON-ready record."""
        return {
            "restructured": event_to_record(self.restructured),
            "legal_form": self.legal_form.value,
            "pause_months": self.pause_months,
            "concessions": [one.to_record() for one in self.concessions],
            "words": self.words.to_record(),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the proposal that `to_record` wrote down."""
        event = event_from_record(record["restructured"])
        if not isinstance(event, Restructured):
            raise TypeError(f"a proposal holds a restructure, this one a {type(event).__name__}")
        return cls(
            restructured=event,
            legal_form=LegalForm(record["legal_form"]),
            pause_months=record["pause_months"],
            concessions=tuple(Concession.from_record(one) for one in record["concessions"]),
            words=Words.from_record(record["words"]),
        )

"""Events of a loan as records: their kind, their day, their reference, and a field of each name.

    {"kind": "rate-changed", "on": "2026-12-05", "reference": "R-1", "rate": {"of_day": "3/10000"}}

Money is text in major units beside a `currency`; days are ISO 8601. docs/explanation/events.md
shows the fields of every kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from tideover.loan.components import Component, Components
from tideover.loan.events import (
    Accelerated,
    ArrearsCapitalised,
    Charged,
    Disbursed,
    DueDateMoved,
    Event,
    GraceGiven,
    InterestPaused,
    Paid,
    PrincipalForgiven,
    RateChanged,
    ReAged,
    ReAmortised,
    Refunded,
    Reinstated,
    Restructured,
    Reversed,
    Settled,
    TermsAdded,
    Waived,
)
from tideover.loan.records import (
    BadRecord,
    Record,
    components_from_record,
    components_to_record,
    frequency_from_record,
    frequency_to_record,
    rate_from_record,
    rate_to_record,
    schedule_from_record,
    schedule_to_record,
)
from tideover.money import Currency, Money, currency

#: The name of every kind of event in records, in the log, and on the page of events.
KINDS: Final[Mapping[str, type[Event]]] = {
    "disbursed": Disbursed,
    "paid": Paid,
    "refunded": Refunded,
    "reversed": Reversed,
    "charged": Charged,
    "waived": Waived,
    "restructured": Restructured,
    "interest-paused": InterestPaused,
    "rate-changed": RateChanged,
    "due-date-moved": DueDateMoved,
    "terms-added": TermsAdded,
    "grace-given": GraceGiven,
    "re-aged": ReAged,
    "re-amortised": ReAmortised,
    "arrears-capitalised": ArrearsCapitalised,
    "principal-forgiven": PrincipalForgiven,
    "accelerated": Accelerated,
    "reinstated": Reinstated,
    "settled": Settled,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}

_Written = Callable[[Any], Any]
_Read = Callable[[Any, Any], Any]


def _optional(read: _Read) -> _Read:
    return lambda value, unit: None if value is None else read(value, unit)


def _a_day(value: Any, _: Currency | None) -> date:
    return date.fromisoformat(value)


def _a_text(value: Any, _: Currency | None) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text")  # noqa: TRY004 - of the record, not of a caller
    return value


def _a_number(value: Any, _: Currency | None) -> int:
    if type(value) is not int:
        raise ValueError(f"{value!r} is not a whole number")
    return value


def _an_amount(value: Any, unit: Currency) -> Money:
    return Money.parse(_a_text(value, None), unit)


#: How the field of a name is written and read; any other is text.
_WAYS: Final[Mapping[str, tuple[_Written, _Read]]] = {
    "amount": (lambda amount: amount.text, _an_amount),
    "component": (lambda component: component.value, lambda text, _: Component(text)),
    "schedule": (schedule_to_record, lambda record, _: schedule_from_record(record)),
    "rate": (rate_to_record, lambda record, _: rate_from_record(record)),
    "waived": (components_to_record, components_from_record),
    "capitalised": (components_to_record, components_from_record),
    "carried": (components_to_record, components_from_record),
    "until": (date.isoformat, _a_day),
    "due": (date.isoformat, _a_day),
    "new": (date.isoformat, _a_day),
    "earliest_due": (date.isoformat, _a_day),
    **dict.fromkeys(
        ("count", "instalments", "grace_on_principal", "grace_on_interest"),
        (lambda number: number, _a_number),
    ),
    "frequency": (
        lambda step: None if step is None else frequency_to_record(step),
        _optional(lambda record, _: frequency_from_record(record)),
    ),
}
_PLAIN: Final[tuple[_Written, _Read]] = (lambda value: value, _a_text)
_ENVELOPE: Final = ("kind", "on", "reference", "currency")
_LEFT_OUT: Final = {"frequency": None, "grace_on_interest": 0}


def kind_of(event: Event) -> str:
    """Return the name of the kind of an event, as its record has it."""
    return _NAMES[type(event)]


def event_to_record(event: Event) -> Record:
    """Return an event as a record; its `kind` says which."""
    record: Record = {
        "kind": kind_of(event), "on": event.on.isoformat(), "reference": event.reference
    }  # fmt: skip
    for field in _own_fields(type(event)):
        value = getattr(event, field)
        if isinstance(value, Money):
            record["currency"] = value.currency.code
        elif isinstance(value, Components) and not isinstance(event, Restructured):
            record["currency"] = value.principal.currency.code
        record[field] = _WAYS.get(field, _PLAIN)[0](value)
    return record


def event_from_record(record: Mapping[str, Any]) -> Event:
    """Return the event a record holds.

    Raises:
        BadRecord: a field is missing, is not known, or cannot be read; or the kind of event is not
            known.
    """
    try:
        return _event(record)
    except KeyError as missing:
        raise BadRecord("an event", f"the field {missing} is missing") from None
    except (ValueError, TypeError, AttributeError, ArithmeticError) as wrong:
        raise BadRecord("an event", str(wrong)) from None


def _event(record: Mapping[str, Any]) -> Event:
    on, reference = date.fromisoformat(record["on"]), _a_text(record["reference"], None)
    kind = KINDS.get(record["kind"])
    if kind is None:
        raise BadRecord("an event", f"there is no kind {record['kind']!r}")
    unknown = set(record) - {*_ENVELOPE, *_own_fields(kind)}
    if unknown:
        # A misspelt field would be passed over in silence.
        raise BadRecord("an event", f"{record['kind']} has no field {min(unknown)!r}")
    unit = _currency(record, kind)
    given: Record = {}
    for field in _own_fields(kind):
        value = record.get(field, _LEFT_OUT[field]) if field in _LEFT_OUT else record[field]
        given[field] = _WAYS.get(field, _PLAIN)[1](value, unit)
    return kind(on=on, reference=reference, **given)


def _currency(record: Mapping[str, Any], kind: type[Event]) -> Currency | None:
    """The currency of the amounts; a schedule says its own."""
    names = _own_fields(kind)
    if "schedule" in names:
        return currency(record["schedule"]["currency"])
    return currency(record["currency"]) if {"amount", "waived"} & {*names} else None


def _own_fields(kind: type[Event]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in ("on", "reference"))

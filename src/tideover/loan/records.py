"""Records: terms and schedules as plain data for JSON, and back without loss.

Money is text in major units, days are ISO 8601, exact fractions are "n/d". What a record leaves
out has the default of the terms.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, Final

from tideover.dates import DayCount, Frequency, Period, Unit
from tideover.loan.components import Component, Components
from tideover.loan.rates import AnnualRate, DailyRate, Rate
from tideover.loan.schedule import Schedule, ScheduleLine
from tideover.loan.terms import Conventions, FlatRule, LevelRule, LoanTerms, Method, PenaltyBase
from tideover.money import Currency, Money, Refusal, Rounding, currency

Record = dict[str, Any]
_Read = Mapping[str, Any]
_MONTHLY: Final[Record] = {"every": 1, "unit": "months"}


class BadRecord(Refusal):
    """A record does not say what it must."""

    code: ClassVar[str] = "bad-record"

    def __init__(self, what: str, why: str) -> None:
        super().__init__(
            f"this record of {what} cannot be read: {why}; compare it with docs/reference",
            f"无法读取该记录（{what}）：{why}；请对照 docs/reference",
        )


def terms_to_record(terms: LoanTerms) -> Record:
    """Return the terms as a record."""
    rule = terms.conventions
    return {
        "currency": terms.currency.code,
        "principal": terms.principal.text,
        "rate": rate_to_record(terms.rate),
        "method": terms.method.value,
        "instalments": terms.instalments,
        "disbursed_on": terms.disbursed_on.isoformat(),
        "frequency": frequency_to_record(terms.frequency),
        "earliest_due": _day_text(terms.earliest_due),
        "anchor": _day_text(terms.anchor),
        "fee_rate": str(terms.fee_rate),
        "penalty_uplift": str(terms.penalty_uplift),
        "penalty_base": terms.penalty_base.value,
        "grace_days": terms.grace_days,
        "overdue_rate": rate_to_record(terms.overdue_rate),
        "allocation_order": [component.value for component in terms.allocation_order],
        "rounding": terms.rounding.value,
        "amortised_over": terms.amortised_over,
        "grace_on_principal": terms.grace_on_principal,
        "grace_on_interest": terms.grace_on_interest,
        "conventions": {
            "level": rule.level.value,
            "flat": rule.flat.value,
            "payment_rounding": rule.payment_rounding.value,
            "payment_multiple": rule.payment_multiple,
            "is_equalised": rule.is_equalised,
            "is_nominal_level": rule.is_nominal_level,
        },
    }


def terms_from_record(record: _Read) -> LoanTerms:
    """Return the terms a record holds.

    Raises:
        BadRecord: a field is missing or has a value that does not exist.
        Refusal: the terms themselves are refused, as by `LoanTerms`.
    """
    try:
        return _terms(record)
    except KeyError as missing:
        raise BadRecord("loan terms", f"the field {missing} is missing") from None
    except (ValueError, TypeError, AttributeError, ArithmeticError) as wrong:
        raise BadRecord("loan terms", str(wrong)) from None


def _terms(record: _Read) -> LoanTerms:
    in_currency = currency(record["currency"])
    optional: Record = {}
    if "allocation_order" in record:
        optional["allocation_order"] = tuple(map(Component, record["allocation_order"]))
    if "rounding" in record:
        optional["rounding"] = Rounding(record["rounding"])
    if "conventions" in record:
        optional["conventions"] = _conventions(record["conventions"])
    return LoanTerms(
        principal=Money.parse(record["principal"], in_currency),
        rate=rate_from_record(record.get("rate")),
        method=Method(record["method"]),
        instalments=int(record["instalments"]),
        disbursed_on=date.fromisoformat(record["disbursed_on"]),
        frequency=frequency_from_record(record.get("frequency", _MONTHLY)),
        earliest_due=_day(record.get("earliest_due")),
        anchor=_day(record.get("anchor")),
        fee_rate=Fraction(record.get("fee_rate", "0")),
        penalty_uplift=Fraction(record.get("penalty_uplift", "0")),
        penalty_base=PenaltyBase(record.get("penalty_base", PenaltyBase.PRINCIPAL)),
        grace_days=record.get("grace_days", 0),
        overdue_rate=rate_from_record(record.get("overdue_rate")),
        amortised_over=record.get("amortised_over"),
        grace_on_principal=record.get("grace_on_principal", 0),
        grace_on_interest=record.get("grace_on_interest", 0),
        **optional,
    )


def _conventions(record: _Read) -> Conventions:
    default = Conventions()
    return Conventions(
        level=LevelRule(record.get("level", default.level)),
        flat=FlatRule(record.get("flat", default.flat)),
        payment_rounding=Rounding(record.get("payment_rounding", default.payment_rounding.value)),
        payment_multiple=record.get("payment_multiple", default.payment_multiple),
        is_equalised=record.get("is_equalised", default.is_equalised),
        is_nominal_level=record.get("is_nominal_level", default.is_nominal_level),
    )


def frequency_to_record(frequency: Frequency) -> Record:
    """Return a frequency as a record: {"every": 1, "unit": "months"}."""
    return {"every": frequency.every, "unit": frequency.unit.value}


def frequency_from_record(record: _Read) -> Frequency:
    """Return the frequency a record holds."""
    return Frequency(record["every"], Unit(record["unit"]))


def rate_to_record(rate: Rate | None) -> Record | None:
    """Return a rate as a record: {"of_day": "1/2000"} or {"of_year": …, "day_count": …}."""
    match rate:
        case None:
            return None
        case DailyRate():
            return {"of_day": str(rate.of_day)}
        case AnnualRate():
            record: Record = {"of_year": str(rate.of_year), "day_count": rate.day_count.value}
            if rate.compounds_a_year is not None:
                record["compounds_a_year"] = rate.compounds_a_year
            return record


def rate_from_record(record: _Read | None) -> Rate | None:
    """Return the rate a record holds."""
    if record is None:
        return None
    if "of_day" in record:
        return DailyRate(_not_negative(record["of_day"]))
    return AnnualRate(
        _not_negative(record["of_year"]),
        DayCount(record["day_count"]),
        record.get("compounds_a_year"),
    )


def _not_negative(text: Any) -> Fraction:
    exact = Fraction(text)
    if exact < 0:
        raise ValueError(f"the rate {text!r} is below zero")
    return exact


def components_to_record(components: Components) -> Record:
    """Return each component as text."""
    return {component.value: components.get(component).text for component in Component}


def components_from_record(record: _Read, in_currency: Currency) -> Components:
    """Return the components a record holds; those it leaves out are zero."""
    amounts = {Component(name): Money.parse(text, in_currency) for name, text in record.items()}
    return Components.of(amounts, in_currency)


def schedule_to_record(schedule: Schedule) -> Record:
    """Return a schedule as a record."""
    return {
        "currency": schedule.currency.code,
        "opening_balance": schedule.opening_balance.text,
        "start": schedule.start.isoformat(),
        "lines": [_line_to_record(line) for line in schedule.lines],
    }


def _line_to_record(line: ScheduleLine) -> Record:
    record = {
        "number": line.number,
        "start": line.period.start.isoformat(),
        "due_date": line.due_date.isoformat(),
        "principal": line.principal.text,
        "interest": line.interest.text,
        "fee": line.fee.text,
        "closing_balance": line.closing_balance.text,
    }
    if line.carried_interest is not None:
        record["carried_interest"] = line.carried_interest.text
    return record


def schedule_from_record(record: _Read) -> Schedule:
    """Return the schedule a record holds.

    Raises:
        BadRecord: a field is missing or cannot be read.
    """
    try:
        in_currency = currency(record["currency"])
        return Schedule(
            Money.parse(record["opening_balance"], in_currency),
            date.fromisoformat(record["start"]),
            tuple(_line_from_record(line, in_currency) for line in record["lines"]),
        )
    except KeyError as missing:
        raise BadRecord("a schedule", f"the field {missing} is missing") from None
    except (ValueError, TypeError) as wrong:
        raise BadRecord("a schedule", str(wrong)) from None


def _line_from_record(record: _Read, in_currency: Currency) -> ScheduleLine:
    due_date = date.fromisoformat(record["due_date"])
    carried = record.get("carried_interest")
    return ScheduleLine(
        number=record["number"],
        period=Period(date.fromisoformat(record["start"]), due_date),
        due_date=due_date,
        principal=Money.parse(record["principal"], in_currency),
        interest=Money.parse(record["interest"], in_currency),
        fee=Money.parse(record["fee"], in_currency),
        closing_balance=Money.parse(record["closing_balance"], in_currency),
        carried_interest=None if carried is None else Money.parse(carried, in_currency),
    )


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)

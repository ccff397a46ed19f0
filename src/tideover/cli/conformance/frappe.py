"""Facts from another lending system's tests: one figure a case, told apart by what is expected."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from tideover.cli.conformance.cells import differs, earliest, exact
from tideover.cli.conformance.results import Case
from tideover.dates import DayCount, Period
from tideover.loan import (
    AnnualRate,
    Conventions,
    Disbursed,
    LevelRule,
    LoanTerms,
    Method,
    PenaltyBase,
    build_schedule,
    level_instalment_of,
    loan_state,
)
from tideover.money import Currency, Money, Rounding

# That system keeps whole units of its currency in a payment, and rounds it up.
_WHOLE: Final = Currency("INR", digits=0)
_CENTS: Final = Currency("INR", digits=2)
_START: Final = date(2001, 1, 1)


def difference(case: Case) -> str | None:
    """Return the first figure that differs."""
    stated, expected = case["terms"], case["expect"]
    known = [name for name in _CHECKS if name in expected]
    if not known:
        return f"nothing here knows {', '.join(sorted(expected))}"
    return earliest(*(_CHECKS[name](stated, expected[name]) for name in known))


def _terms(stated: Mapping[str, Any]) -> LoanTerms:
    first = stated.get("first_due")
    return LoanTerms(
        principal=Money.parse(str(stated["principal"]), _WHOLE),
        rate=AnnualRate(exact(stated["rate_pct"]) / 100),
        method=Method.LEVEL,
        # Its moratorium comes on top of the instalments agreed.
        instalments=stated["n"] + stated.get("principal_moratorium_months", 0),
        grace_on_principal=stated.get("principal_moratorium_months", 0),
        disbursed_on=date.fromisoformat(stated["disbursed"]) if first else _START,
        earliest_due=date.fromisoformat(first) if first else None,
        conventions=Conventions(level=LevelRule.ROUNDED, payment_rounding=Rounding.UP),
    )


def _payment(stated: Mapping[str, Any], expected: Any) -> str | None:
    return differs("payment", level_instalment_of(_terms(stated)), expected)


def _total_interest(stated: Mapping[str, Any], expected: Any) -> str | None:
    return differs("total interest", build_schedule(_terms(stated)).total_interest, expected, 1)


def _total_payment(stated: Mapping[str, Any], expected: Any) -> str | None:
    return differs("total payment", build_schedule(_terms(stated)).total, expected, 1)


def _rows(stated: Mapping[str, Any], expected: Any) -> str | None:
    return differs("rows", len(build_schedule(_terms(stated)).lines), expected)


def _interest(stated: Mapping[str, Any], expected: Any) -> str | None:
    period = Period(date.fromisoformat(stated["from"]), date.fromisoformat(stated["to"]))
    rate = AnnualRate(exact(stated["rate_pct"]) / 100, DayCount.ACT_365F)
    principal = Money.parse(str(stated["principal"]), _CENTS)
    earned = Money(Rounding.HALF_UP(principal.minor * rate.over(period)), _CENTS)
    return differs("interest", earned, expected)


def _penalty(stated: Mapping[str, Any], expected: Any) -> str | None:
    """The penalty on whole overdue instalments, nothing paid."""
    contract = exact(stated["rate_pct"]) / 100
    terms = replace(
        _terms(stated),
        principal=Money.parse(str(stated["principal"]), _CENTS),
        overdue_rate=AnnualRate(contract, DayCount.ACT_365F),
        penalty_uplift=exact(stated["penal_rate_pct"]) / 100 / contract,
        penalty_base=PenaltyBase.INSTALMENT,
        conventions=Conventions(
            level=LevelRule.ROUNDED,
            payment_rounding=Rounding.UP,
            payment_multiple=_CENTS.minor_per_major,
            is_nominal_level=True,
        ),
    )
    events = (Disbursed(terms.disbursed_on, "out", terms.principal),)
    found = loan_state(terms, events, date.fromisoformat(stated["as_of"]))
    return differs("penalty", found.past_due.penalty, expected, "0.01")


def _first_days(stated: Mapping[str, Any], expected: Any) -> str | None:
    """Days are numbered: interest counts from the restructure to the first due date."""
    starts, due = (int(stated[name].split()[1]) for name in ("restructure_date", "first_due"))
    return differs("days", Period(date(2001, 1, starts), date(2001, 1, due)).days, expected)


_CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any], Any], str | None]]] = {
    "emi": _payment,
    "total_interest": _total_interest,
    "total_payment": _total_payment,
    "rows": _rows,
    "interest_2dp": _interest,
    "penalty_2dp": _penalty,
    "first_interest_days": _first_days,
}

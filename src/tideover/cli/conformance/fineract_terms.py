"""Fineract's words for the terms of a loan, in ours."""

from datetime import date
from fractions import Fraction
from typing import Any, Final

from tideover.cli.conformance.cells import exact
from tideover.cli.conformance.results import Case
from tideover.dates import DayCount, Frequency, Unit
from tideover.loan import AnnualRate, Conventions, FlatRule, LevelRule, LoanTerms, Method
from tideover.money import Currency, Money, Rounding

# What a rate is stated for; the numbers are those of Fineract's interface.
_RATES_A_YEAR: Final = {
    "DAY": 365,
    "WEEK": 52,
    "MONTH": 12,
    "YEAR": 1,
    "0": 365,
    "1": 52,
    "2": 12,
    "3": 1,
}


def not_followed(stated: Case, *, is_projected: bool) -> str | None:
    """Return the term of a case that its engine would pass over in silence, if any.

    A schedule that is built once knows the graces; one that follows the money does not.
    """
    recalculation = stated.get("recalculation") or {}
    usual: dict[str, tuple[Any, Any]] = {
        "interest_free": (stated.get("interest_free"), 0),
        "compounding": (recalculation.get("compounding"), "NONE"),
    }
    if is_projected:
        usual["grace_principal"] = (stated.get("grace_principal"), 0)
        usual["grace_interest"] = (stated.get("grace_interest"), 0)
    for name, (found, expected) in usual.items():
        if found and str(found) != str(expected):
            return f"terms: cannot follow {name} {found}"
    return None


def terms_of(
    stated: Case, *, disbursed_on: date, amount: Any, per_month: bool = False
) -> LoanTerms:
    """Return the terms of a case, disbursed on a day with an amount."""
    currency = Currency(stated["currency"], stated["decimals"])
    frequency = frequency_of(stated["every"], stated["every_unit"])
    submitted = date.fromisoformat(stated["submitted"])
    counts_from_submission = stated["repayment_start"] == "SUBMITTED_ON_DATE"
    return LoanTerms(
        principal=Money.parse(str(amount), currency),
        rate=AnnualRate(
            exact(stated["rate_pct"]) / 100 * _RATES_A_YEAR[stated["rate_per"]] * _scale(stated),
            DayCount.MONTHLY if per_month else day_count_of(stated),
        ),
        method=_method(stated),
        instalments=int(stated["n"]),
        disbursed_on=disbursed_on,
        frequency=frequency,
        grace_on_principal=int(stated.get("grace_principal") or 0),
        grace_on_interest=int(stated.get("grace_interest") or 0),
        anchor=submitted if counts_from_submission else None,
        rounding=Rounding.HALF_EVEN,
        conventions=_conventions(stated, currency),
    )


def frequency_of(every: Any, unit: str) -> Frequency:
    """Return how far due dates are apart; a year is twelve months."""
    if unit == "YEARS":
        return Frequency(12 * int(every), Unit.MONTHS)
    return Frequency(int(every), Unit(unit.lower()))


def day_count_of(stated: Case) -> DayCount:
    """Return the day count that a pair of days-in-year and days-in-month amounts to."""
    if stated["interest_period"] == "SAME_AS_REPAYMENT_PERIOD":
        return DayCount.MONTHLY
    year, month = stated["days_in_year"], stated["days_in_month"]
    if month == "DAYS30" and stated["every_unit"] == "MONTHS":
        return DayCount.MONTHLY
    if year == "ACTUAL" and stated["schedule_type"] == "CUMULATIVE":
        # A schedule that is built once takes every year for one of 365 days.
        return DayCount.ACT_365F
    if year == "ACTUAL":
        if stated.get("days_in_year_custom") == "FEB_29_PERIOD_ONLY":
            return DayCount.ACT_365_LEAP_DAY
        if stated["interest_recognition_on_disbursement_date"]:
            return DayCount.ACT_ACT_ISDA
        return DayCount.ACT_ACT_YEAR_END
    return {
        "DAYS360": DayCount.ACT_360,
        "DAYS364": DayCount.ACT_364,
        "DAYS365": DayCount.ACT_365F,
    }[year]


def _scale(stated: Case) -> Fraction:
    """Months of thirty days in a year of other than 360 make more or less than a twelfth."""
    by_thirty = stated["days_in_month"] == "DAYS30" and stated["interest_period"] == "DAILY"
    if by_thirty and stated["every_unit"] == "MONTHS":
        return {"DAYS364": Fraction(360, 364), "DAYS365": Fraction(360, 365)}.get(
            stated["days_in_year"], Fraction(1)
        )
    return Fraction(1)


def _method(stated: Case) -> Method:
    if stated["interest_type"] == "FLAT":
        return Method.FLAT
    if stated["amortization"] == "EQUAL_PRINCIPAL":
        return Method.EQUAL_PRINCIPAL
    return Method.LEVEL


def _conventions(stated: Case, currency: Currency) -> Conventions:
    multiple = Fraction(stated["emi_multiple_of"] or 0) * currency.minor_per_major
    is_cumulative = stated["schedule_type"] == "CUMULATIVE"
    return Conventions(
        level=LevelRule.ROUNDED,
        payment_rounding=Rounding.HALF_EVEN,
        payment_multiple=int(multiple) or 1,
        is_equalised=True,
        flat=FlatRule.EVEN if is_cumulative else FlatRule.LEVEL,
        # The cumulative schedule works its payment out by the month, whatever the days.
        is_nominal_level=is_cumulative
        and stated["interest_period"] == "DAILY"
        and stated["every_unit"] == "MONTHS",
    )

"""Figures of public finance libraries: rates of return, time value of money, day counts."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from tideover.cli.conformance.cells import differs, differs_relatively, earliest, exact, shown
from tideover.cli.conformance.results import Case
from tideover.dates import DayCount, Period
from tideover.loan import NoSingleRate
from tideover.loan.cost.annuity import Annuity, future_value, periods_needed, present_value, rate_of
from tideover.loan.cost.several import TimedAmount, all_rates, nearest_rate, sign_changes, worth_at

_TOLERANCE: Final = "1e-9"
_RATE_TOLERANCE: Final = "1e-8"

_DAY_COUNTS: Final[Mapping[str, DayCount]] = {
    "act/360": DayCount.ACT_360,
    "act/365f": DayCount.ACT_365F,
    "act/364": DayCount.ACT_364,
    "act/365a": DayCount.ACT_365_LEAP_DAY,
    "act/365l": DayCount.ACT_365L,
    "nl/365": DayCount.NL_365,
    "nl/360": DayCount.NL_365,
    "act/act": DayCount.ACT_ACT_ISDA,
    "act/act isda": DayCount.ACT_ACT_ISDA,
    "30/360 isda": DayCount.THIRTY_360,
    "30/360 us": DayCount.THIRTY_360_US,
    "30/360 sia": DayCount.THIRTY_360_US,
    "30e/360": DayCount.THIRTY_E_360,
    "30e/360 german": DayCount.THIRTY_E_360_ISDA,
    "30e/360 isda": DayCount.THIRTY_E_360_ISDA,
    "30e+/360": DayCount.THIRTY_E_PLUS_360,
}


def _period(case: Case) -> Period:
    return Period(date.fromisoformat(case["start"]), date.fromisoformat(case["end"]))


def day_count(case: Case) -> str | None:
    """A period as a part of a year."""
    found = _DAY_COUNTS[case["day_count"].lower()].fraction(_period(case))
    return differs_relatively("value", found, case["value"], _TOLERANCE)


def days360(case: Case) -> str | None:
    """The days of a period by thirty-day months."""
    period = _period(case)
    names = {
        "30/360_US": DayCount.THIRTY_360_US,
        "30E/360": DayCount.THIRTY_E_360,
        "30E/360_ISDA": DayCount.THIRTY_E_360_ISDA,
        "actual": DayCount.ACT_365F,
    }
    return earliest(
        *(
            differs(name, convention.days(period), case[name])
            for name, convention in names.items()
            if name in case
        )
    )


def irr(case: Case) -> str | None:
    """The internal rate of equally spaced flows."""
    flows = [(Fraction(place), exact(amount)) for place, amount in enumerate(case["flows"])]
    return _rate(flows, case)


def xirr(case: Case) -> str | None:
    """The effective rate of dated flows, or what they are worth at one."""
    name = case.get("day_count") or "act/365f"
    flows = _dated(case["flows"], _DAY_COUNTS[name.lower()])
    if case["fn"] == "xirr":
        return _rate(flows, case)
    found = worth_at(flows, rate=exact(case["rate"]))
    if case["fn"] == "xnfv":
        latest = max(at for at, _ in flows)
        moved = [(at - latest, amount) for at, amount in flows]
        found = worth_at(moved, rate=exact(case["rate"]))
    return differs_relatively(case["fn"], found, case["expected"], _TOLERANCE)


def _dated(flows: Any, convention: DayCount) -> list[TimedAmount]:
    dated = sorted((date.fromisoformat(day), exact(amount)) for day, amount in flows)
    origin = dated[0][0]
    return [(convention.fraction(Period(origin, day)), amount) for day, amount in dated]


def _rate(flows: list[TimedAmount], case: Case) -> str | None:
    """The stated root must be one of ours.

    Where none is stated, `xirr` must refuse: no rate, or a flow that changes sign several times.
    """
    ours, theirs = nearest_rate(flows), case["expected"]
    if theirs is None:
        is_refused = ours is None or sign_changes(flows) > 1
        return None if is_refused else f"rate: {shown(ours or Fraction(0))} here, none there"
    if ours is None:
        return f"rate: none here, {theirs} there"
    stated = [theirs, case["other_root"]] if case.get("other_root") is not None else [theirs]
    nearest = [differs_relatively("rate", ours, root, _RATE_TOLERANCE) for root in stated]
    if None in nearest:
        return None
    # Several rates exist: the one stated is right when it is among them.
    among = [differs_relatively("rate", one, theirs, _RATE_TOLERANCE) for one in all_rates(flows)]
    return None if None in among else nearest[0]


def tvm(case: Case) -> str | None:
    """The functions of a financial calculator."""
    found = _FUNCTIONS[case["fn"]](case)
    theirs = case["expected"]
    if theirs is None or found is None:
        return None if found is theirs else f"{case['fn']}: {found} here, {theirs} there"
    return earliest(
        differs(case["fn"], found, theirs, "1e-9")
        if not exact(theirs)
        else differs_relatively(case["fn"], found, theirs, case["rtol"])
    )


def _rate_of_text(text: str) -> Fraction:
    """A rate stated as a number or as one divided by another."""
    above, _, below = str(text).partition("/")
    return Fraction(above) / Fraction(below or "1")


def _annuity(case: Case) -> Annuity:
    return Annuity(
        rate=_rate_of_text(case["rate"]),
        periods=case["nper"],
        present=exact(case["pv"]),
        future=exact(case["fv"]),
        is_advance=bool(case["when"]),
    )


def _future(case: Case) -> Fraction:
    return future_value(
        _rate_of_text(case["rate"]),
        periods=case["nper"],
        payment=exact(case["pmt"]),
        present=exact(case["pv"]),
        is_advance=bool(case["when"]),
    )


def _present(case: Case) -> Fraction:
    return present_value(
        _rate_of_text(case["rate"]),
        periods=case["nper"],
        payment=exact(case["pmt"]),
        future=exact(case["fv"] or 0),
        is_advance=bool(case["when"]),
    )


def _periods(case: Case) -> Fraction | None:
    return periods_needed(
        _rate_of_text(case["rate"]),
        payment=exact(case["pmt"]),
        present=exact(case["pv"]),
        future=exact(case["fv"] or 0),
        is_advance=bool(case["when"]),
    )


def _rate_needed(case: Case) -> Fraction | None:
    try:
        return rate_of(
            periods=case["nper"],
            payment=exact(case["pmt"]),
            present=exact(case["pv"]),
            future=exact(case["fv"] or 0),
            is_advance=bool(case["when"]),
        )
    except NoSingleRate:
        return None


_FUNCTIONS: Final[Mapping[str, Callable[[Case], Fraction | None]]] = {
    "pmt": lambda case: _annuity(case).payment,
    "ipmt": lambda case: _annuity(case).interest(case["per"]),
    "ppmt": lambda case: _annuity(case).principal(case["per"]),
    "fv": _future,
    "pv": _present,
    "nper": _periods,
    "rate": _rate_needed,
}

READERS: Final[Mapping[str, Callable[[Case], str | None]]] = {
    "finance_day_count": day_count,
    "finance_days360": days360,
    "finance_irr": irr,
    "finance_xirr": xirr,
    "finance_tvm": tvm,
}

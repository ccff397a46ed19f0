"""The groups of domain/vectors.json: Chinese product cases and textbook figures."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from tideover.cli.conformance.cells import differs, differs_relatively, earliest, exact
from tideover.cli.conformance.results import Case
from tideover.dates import DayCount, add_months
from tideover.loan import (
    AnnualRate,
    CashFlow,
    Conventions,
    DailyRate,
    Disbursed,
    LevelRule,
    LoanTerms,
    Method,
    NeverAmortises,
    Schedule,
    build_schedule,
    clearing_run,
    cost_of_credit,
    loan_state,
    periodic_irr,
    unit_period_rate,
    xirr,
)
from tideover.money import CNY, GBP, USD, Currency, Money

_START: Final = date(2023, 1, 15)
_RATE_TOLERANCE: Final = "1e-9"
_FINE: Final = Currency("XTS", digits=12)
_ROUNDED: Final = Conventions(level=LevelRule.ROUNDED)


def _yuan(figure: Any) -> Money:
    return Money.parse(str(figure), CNY)


def weilidai(case: Case) -> str | None:
    """Equal principal by actual days, or the penalty of a day."""
    if "overdue_principal" in case:
        return _penalty_of_a_day(case)
    terms = _weilidai_terms(case)
    schedule = build_schedule(terms)
    rows = zip(schedule.lines, case["expected_interest"], strict=True)
    return earliest(
        *(differs(f"interest {line.number}", line.interest, cell) for line, cell in rows),
        differs("total interest", schedule.total_interest, case["published_total"])
        if "published_total" in case
        else None,
        *_weilidai_costs(case, terms),
    )


def _weilidai_terms(case: Case) -> LoanTerms:
    starts_on = (
        date.fromisoformat(case["start"]) if "start" in case else _start_of(tuple(case["days"]))
    )
    return LoanTerms(
        principal=_yuan(case["principal"]),
        rate=DailyRate.parse(str(case["daily_rate"])),
        method=Method(case["method"].replace("_", "-")),
        instalments=case["terms"],
        disbursed_on=starts_on,
    )


def _weilidai_costs(case: Case, terms: LoanTerms) -> tuple[str | None, ...]:
    if "xirr_act365" not in case:
        return ()
    schedule = build_schedule(terms)
    by_month = cost_of_credit(schedule, by_month=True)
    return (
        differs("xirr", by_month.effective, case["xirr_act365"], _RATE_TOLERANCE),
        differs("irr x 12", by_month.nominal, case["monthly_irr_x12"], _RATE_TOLERANCE),
    )


def _start_of(days: tuple[int, ...]) -> date:
    """A day whose following months have these lengths: a case that states days and no dates."""
    for months in range(48):
        start = add_months(_START, months)
        due = [add_months(start, step) for step in range(len(days) + 1)]
        if tuple((due[step + 1] - due[step]).days for step in range(len(days))) == days:
            return start
    raise ValueError(f"no months are {days} days long")


def _penalty_of_a_day(case: Case) -> str | None:
    terms = LoanTerms(
        principal=_yuan(case["overdue_principal"]),
        rate=DailyRate.parse(case["daily_rate"]),
        method=Method.EQUAL_PRINCIPAL,
        instalments=1,
        disbursed_on=_START,
        penalty_uplift=exact(case["penalty_uplift"]),
        grace_days=1,
    )
    events = (Disbursed(_START, "out", terms.principal),)
    late = add_months(_START, 1) + timedelta(days=10)
    before = loan_state(terms, events, late).outstanding
    after = loan_state(terms, events, late + timedelta(days=1)).outstanding
    return earliest(
        differs("penalty a day", after.penalty - before.penalty, case["per_day_penalty"]),
        differs("in all a day", after.total - before.total, case["per_day_total"]),
    )


def flat_fee(case: Case) -> str | None:
    """Instalments of equal principal and a fee on the original principal."""
    if "fee_per_term" in case:
        terms = LoanTerms(
            principal=_yuan(case.get("principal", 1_000_000)),
            rate=None,
            method=Method.FLAT,
            instalments=case["terms"],
            disbursed_on=_START,
            fee_rate=exact(case["fee_per_term"]),
        )
        cost = cost_of_credit(build_schedule(terms), by_month=True)
        percent = cost.nominal * 100
        return earliest(
            *(
                differs("irr x 12", percent, case[name], _last_place(case[name]) * (1 + cut))
                for name, cut in (("irr_x12_percent_published", 1), ("irr_x12_percent", 0))
                if name in case
            ),
            *_totals(case, build_schedule(terms)),
        )
    return _level_flows(case)


def _last_place(figure: Any) -> Fraction:
    """Half a unit of the last place a figure was printed with."""
    decimals = len(str(figure).partition(".")[2])
    return Fraction(1, 2 * 10**decimals)


def _totals(case: Case, schedule: Schedule) -> tuple[str | None, ...]:
    """The sums and the first line, where a case states them."""
    line = schedule.lines[0]
    ours = {
        "total": schedule.total,
        "total_payment": schedule.total,
        "total_interest": schedule.total_interest,
        "total_fee": schedule.total_fee,
        "first_interest": line.interest,
        "first_principal": line.principal,
    }
    return tuple(differs(name, ours[name], case[name]) for name in ours if name in case)


def _level_flows(case: Case) -> str | None:
    """A principal and so many equal payments: what rate is it?"""
    payments = (_yuan(case["payment"]),) * case["terms"]
    monthly = periodic_irr((-_yuan(case["principal"]), *payments))
    effective = (1 + monthly) ** 12 - 1
    stated = case["irr_x12_percent"]
    return earliest(
        differs("irr x 12", monthly * 1200, stated, _last_place(stated)),
        differs("effective", effective * 100, case["effective_percent"], "0.0001")
        if "effective_percent" in case
        else None,
    )


def _level_terms(case: Case) -> LoanTerms:
    return LoanTerms(
        principal=_yuan(case["principal"]),
        rate=AnnualRate.percent(str(case["annual_percent"]), DayCount.MONTHLY),
        method=Method.LEVEL,
        instalments=case["terms"],
        disbursed_on=_START,
        conventions=_ROUNDED,
    )


def level_payment(case: Case) -> str | None:
    """The rounded level instalment, and the last line where it is stated."""
    schedule = build_schedule(_level_terms(case))
    lines = schedule.lines
    return earliest(
        *_totals(case, schedule),
        differs("payment", lines[0].instalment, case["payment"]),
        differs("last payment", lines[-1].instalment, case["last"]) if "last" in case else None,
    )


def payoff(case: Case) -> str | None:
    """How long a fixed monthly payment takes, and what interest it costs.

    The published total rounds once, at the end, so the run is made in far finer units.
    """
    run = clearing_run(
        Money.parse(str(case["principal"]), _FINE),
        factor=exact(case["annual_percent"]) / 1200,
        instalment=Money.parse(str(case["monthly"]), _FINE),
    )
    return earliest(
        differs("months", run.instalments, case["months"]),
        differs("total interest", run.total_interest, case["total_interest"], "0.005"),
    )


def min_term(case: Case) -> str | None:
    """The fewest instalments a capacity allows, or none when it is not above the interest."""
    try:
        run = clearing_run(
            _yuan(case["principal"]),
            factor=exact(case["monthly_rate"]),
            instalment=_yuan(case["capacity"]),
        )
    except NeverAmortises:
        return None if case["terms"] is None else f"terms: never here, {case['terms']} there"
    if case["terms"] is None:
        return f"terms: {run.instalments} here, never there"
    return differs("terms", run.instalments, case["terms"])


def pro_rata(case: Case) -> str | None:
    """Sharing an amount between creditors so that it adds back."""
    available = Money.parse(case["available"], GBP)
    debts = [Money.parse(debt, GBP) for debt in case["debts"]]
    shares = available.share([debt.minor for debt in debts])
    together = sum(shares, start=Money.zero(GBP))
    rows = zip(shares, case["published"], strict=True)
    return earliest(
        differs("sum", together, case["must_sum"]),
        *(differs(f"share {place}", one, cell, "0.01") for place, (one, cell) in enumerate(rows)),
    )


def xirr_of_flows(case: Case) -> str | None:
    """The effective rate of dated flows."""
    flows = [
        CashFlow(date.fromisoformat(day), Money.parse(str(a), USD)) for day, a in case["flows"]
    ]
    return differs_relatively("rate", xirr(flows).of_year, case["rate"], _RATE_TOLERANCE)


def regz(case: Case) -> str | None:
    """The annual percentage rate of Regulation Z, appendix J."""
    rate = unit_period_rate(
        Money.parse(str(case["A"]), USD),
        payments=(Money.parse(str(case["P"]), USD),) * case["n"],
        whole_periods=case["t"],
        odd_fraction=Fraction(str(case["f"])),
    )
    return differs("apr", rate * case["ppy"] * 100, case["apr"], "0.005")


READERS: Final[Mapping[str, Callable[[Case], str | None]]] = {
    "weilidai": weilidai,
    "flat_fee": flat_fee,
    "level_payment": level_payment,
    "implied_rate": _level_flows,
    "rounding": level_payment,
    "payoff": payoff,
    "min_term": min_term,
    "pro_rata": pro_rata,
    "xirr": xirr_of_flows,
    "regz": regz,
}

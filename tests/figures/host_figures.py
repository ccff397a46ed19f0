"""The figures of a loan whose schedule follows the money, for every operation.

Run as a program (README.md) it writes them; the test beside it compares them.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from host_operations import OPERATIONS, OUT, START, TERMS, yuan
from tideover.dates import DayCount
from tideover.loan import AnnualRate, Component, LoanTerms, Method, Paid
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    ChargeDue,
    Credited,
    HostRules,
    Kind,
    ProjectedEvent,
    ProjectedRow,
    projected_state,
)
from tideover.money import Refusal

HERE = Path(__file__).parent
FIRST, SECOND, LATER = START + timedelta(45), START + timedelta(60), START + timedelta(130)
BY_DAYS = replace(TERMS, rate=AnnualRate.percent("26", DayCount.ACT_ACT_YEAR_END))

_USUAL = replace(HOST_PRODUCTS["usual"], recalculates=True)
#: Terms and rules of the loans: each rule of the host is in one of them.
LOANS: dict[str, tuple[LoanTerms, HostRules]] = {
    "follows": (BY_DAYS, _USUAL),
    "stands": (TERMS, HostRules()),
    "rests": (TERMS, replace(_USUAL, rests_by_period=True, closes_at_rest=True)),
    "by-component": (
        BY_DAYS,
        replace(_USUAL, by_component=True, down_payment=Fraction(1, 4), pays_down_itself=True),
    ),
    "interest-first": (
        BY_DAYS,
        replace(
            HOST_PRODUCTS["interest-first"],
            recalculates=True,
            overdue_bears_interest=False,
            tranches_run_full_term=True,
        ),
    ),
    "interest-back": (TERMS, replace(HOST_PRODUCTS["interest-back"], recalculates=True)),
    "flat": (replace(TERMS, method=Method.FLAT), replace(_USUAL, down_payment=Fraction(1, 5))),
    "cumulative": (TERMS, HOST_PRODUCTS["cumulative"]),
}


def _beginnings() -> dict[str, tuple[ProjectedEvent, ...]]:
    due = date(2026, 2, 28)
    return {
        "late": (),
        "on time": (
            Paid(due, "a", yuan(17_200)),
            ChargeDue(due, "b", Component.PENALTY, yuan(555), date(2026, 4, 15)),
            Paid(FIRST, "c", yuan(9_000)),
        ),
        "refunded": (
            Paid(due, "a", yuan(5_000)),
            Credited(FIRST, "b", yuan(30_000), Kind.MERCHANT_REFUND),
            Credited(FIRST, "c", yuan(2_000), Kind.GOODWILL),
        ),
    }


def _row(row: ProjectedRow) -> str:
    asked = "+".join(row.charged.get(part).text for part in Component)
    early = f" early {row.paid_in_advance.text}" if row.paid_in_advance else ""
    late = f" late {row.paid_late.text}" if row.paid_late else ""
    met = f" met {row.met_on:%m-%d}" if row.met_on else ""
    return (
        f"{row.due_date:%m-%d} {row.days} {asked} paid {row.paid.total.text}{early}{late}{met} "
        f"left {row.closing_balance.text}"
    )


def _figures(name: str, events: Sequence[ProjectedEvent], on: date) -> list[str]:
    terms, rules = LOANS[name]
    try:
        state = projected_state(terms, [OUT, *events], rules=rules, on=on)
    except Refusal as refused:
        return [f"refused: {refused.code}"]
    owed = "+".join(state.outstanding.get(part).text for part in Component)
    dropped = f"{state.dropped.minor}" if state.dropped else ""
    return [
        owed, state.payoff.text, state.overpaid.text, dropped, ", ".join(map(_row, state.rows))
    ]  # fmt: skip


NAMES = ["owed", "payoff", "overpaid", "dropped", "rows"]


def _alone(name: str, beginning: str) -> Iterator[list[str]]:
    """One operation after the beginning, seen on its day; then the beginning seen later."""
    begun = _beginnings()[beginning]
    yield [beginning, "-", *_figures(name, begun, LATER)]
    for operation, make in OPERATIONS.items():
        yield [beginning, operation, *_figures(name, (*begun, make(SECOND, "z")), SECOND)]


TABLES = {f"host-{name}": name for name in LOANS}


def rows_of(table: str, first: str) -> list[list[str]]:
    """The rows of a table that begin with `first`, as the engine works them out."""
    return list(_alone(TABLES[table], first))


def kept(table: str) -> dict[tuple[str, str], list[str]]:
    """The rows of a table as they were kept, by their first two cells."""
    lines = (HERE / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return {(row[0], row[1]): row for row in csv.reader(lines[1:])}


def main() -> None:
    """Write every table anew."""
    for table in TABLES:
        head = ["beginning", "operation", *NAMES]
        with (HERE / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows(
                [head, *(row for first in _beginnings() for row in rows_of(table, first))]
            )


if __name__ == "__main__":
    main()

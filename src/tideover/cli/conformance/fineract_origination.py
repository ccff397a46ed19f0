"""Schedules as Fineract makes them when a loan is paid out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tideover.cli.conformance.cells import differs, earliest
from tideover.cli.conformance.fineract_terms import not_followed, terms_of
from tideover.cli.conformance.results import Case
from tideover.loan import ScheduleLine, build_schedule


def difference(case: Case) -> str | None:
    """Return the first cell of the schedule that differs."""
    passed_over = not_followed(case["terms"], is_projected=False)
    if passed_over:
        return passed_over
    disbursed = case["disburse"]
    terms = terms_of(
        case["terms"],
        disbursed_on=date.fromisoformat(disbursed["date"]),
        amount=disbursed["amount"],
    )
    lines, rows = build_schedule(terms).lines, case["rows"]
    if len(lines) != len(rows):
        return f"rows: {len(lines)} here, {len(rows)} there"
    return earliest(
        *(cell for line, row in zip(lines, rows, strict=True) for cell in _cells(line, row))
    )


def _cells(line: ScheduleLine, row: dict[str, Any]) -> Iterator[str | None]:
    name = f"row {line.number}"
    if line.due_date != date.fromisoformat(row["date"]):
        yield f"{name} date: {line.due_date} here, {row['date']} there"
    yield differs(f"{name} days", line.period.days, row["days"])
    yield differs(f"{name} interest", line.interest, row["interest"])
    yield differs(f"{name} principal", line.principal, row["principal"])
    yield differs(f"{name} balance", line.closing_balance, row["balance"])
    yield differs(f"{name} due", line.instalment, row["due"])

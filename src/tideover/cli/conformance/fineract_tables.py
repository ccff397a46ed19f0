"""Fineract's printed schedule against ours, cell by cell."""

from collections.abc import Iterator, Sequence
from typing import Any

from tideover.cli.conformance.cells import differs
from tideover.cli.conformance.results import Case
from tideover.loan.progressive import ProjectedRow, ProjectedState
from tideover.money import Money

Rows = Sequence[Case]


def first_difference(state: ProjectedState, rows: Rows) -> str | None:
    """Return the earliest cell of a table that differs."""
    return next((cell for cell in _cells(state, rows) if cell), None)


def _cells(state: ProjectedState, rows: Rows) -> Iterator[str | None]:
    tranches = [row for row in rows if row["n"] is None]
    theirs = [row for row in rows if row["n"] is not None]
    # Rows are known by their numbers: a source that skips one states the others all the same.
    numbers = [int(row["n"]) for row in theirs]
    if max(numbers, default=0) != len(state.rows):
        yield f"rows: {len(state.rows)} here, {len(theirs)} there"
    if len(tranches) != len(state.tranches):
        yield f"tranches: {len(state.tranches)} here, {len(tranches)} there"
    for tranche, row in zip(state.tranches, tranches, strict=False):
        yield _date("tranche", tranche.on, row["date"])
        yield differs("tranche amount", tranche.amount, row["balance"])
    for number, row in zip(numbers, theirs, strict=True):
        if number <= len(state.rows):
            yield from row_cells(state.rows[number - 1], row)


def row_cells(ours: ProjectedRow, row: Case) -> Iterator[str | None]:
    """Yield how each cell of one row differs, None where it agrees."""
    name = f"row {ours.number}"
    yield _date(f"{name} date", ours.due_date, row["date"])
    figures: dict[str, Money | int] = {
        "days": ours.days,
        "principal": ours.charged.principal,
        "interest": ours.charged.interest,
        "fees": ours.charged.fee,
        "penalties": ours.charged.penalty,
        "due": ours.charged.total,
        "balance": ours.closing_balance,
        "paid": ours.paid.total,
        "in_advance": ours.paid_in_advance,
        "late": ours.paid_late,
        "outstanding": ours.outstanding.total,
    }
    for cell, figure in figures.items():
        if row.get(cell) is not None:
            yield differs(f"{name} {cell}", figure, row[cell])
    yield _date(f"{name} paid on", ours.met_on, row["paid_date"])


def _date(name: str, ours: Any, theirs: str | None) -> str | None:
    mine = ours.isoformat() if ours else None
    return None if mine == theirs else f"{name}: {mine or 'none'} here, {theirs or 'none'} there"


def total_difference(state: ProjectedState, totals: Case) -> str | None:
    """Return the earliest total that differs."""
    figures = {
        "principal": state.charged.principal,
        "interest": state.charged.interest,
        "fees": state.charged.fee,
        "penalties": state.charged.penalty,
        "due": state.charged.total,
        "paid": state.paid.total,
        "in_advance": state.paid_in_advance,
        "late": state.paid_late,
        "outstanding": state.outstanding.total,
    }
    cells = (
        differs(f"total {name}", figure, totals[name])
        for name, figure in figures.items()
        if totals.get(name) is not None
    )
    return next((cell for cell in cells if cell), None)

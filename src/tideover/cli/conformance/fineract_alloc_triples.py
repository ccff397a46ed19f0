"""One payment over rows that stand: the table before, the payment, the table after."""

from collections.abc import Iterator
from datetime import date, timedelta

from tideover.cli.conformance.cells import differs
from tideover.cli.conformance.fineract_rules import FUTURES, KINDS, rules_of
from tideover.cli.conformance.fineract_tables import row_cells
from tideover.cli.conformance.results import Case
from tideover.loan import Component, Components
from tideover.loan.progressive import Allocation, Due, Kind, ProjectedRow, spread_over
from tideover.money import Currency, Money


def difference(case: Case) -> str | None:
    """Return the earliest cell of the table after that differs."""
    stated, operation = case["terms"], case["operation"]
    currency = Currency(stated["currency"], stated["decimals"])
    # The case states the rule for payments in advance, where its product was changed.
    is_named = case["rule"] in FUTURES
    rules = rules_of(stated, overrides={operation["kind"]: case["rule"]} if is_named else None)
    usual = rules.allocation(Kind.PAYMENT)
    rows = [_row(row, currency, usual) for row in case["before"] if row["n"] is not None]
    spread = spread_over(
        rows,
        Money.parse(str(operation["amount"]), currency),
        rule=rules.allocation(KINDS[operation["kind"]]),
        on=date.fromisoformat(operation["date"]),
        by_component=rules.by_component,
    )
    return next((cell for cell in _cells(case, spread.rows) if cell), None)


def _cells(case: Case, ours: tuple[ProjectedRow, ...]) -> Iterator[str | None]:
    theirs = [row for row in case["after"] if row["n"] is not None]
    yield differs("rows", len(ours), len(theirs))
    for mine, row in zip(ours, theirs, strict=False):
        yield from row_cells(mine, row)


def _row(row: Case, currency: Currency, usual: Allocation) -> ProjectedRow:
    def money(name: str) -> Money:
        return Money.parse(str(row[name]), currency)

    due = date.fromisoformat(row["date"])
    charged = Components(
        principal=money("principal"),
        interest=money("interest"),
        penalty=money("penalties"),
        fee=money("fees"),
    )
    was_early = bool(money("in_advance")) and not money("late")
    return ProjectedRow(
        number=int(row["n"]),
        start=due - timedelta(days=int(row["days"])),
        due_date=due,
        charged=charged,
        paid=_paid(charged, money("paid"), usual, when=Due.IN_ADVANCE if was_early else Due.DUE),
        paid_in_advance=money("in_advance"),
        paid_late=money("late"),
        met_on=date.fromisoformat(row["paid_date"]) if row["paid_date"] else None,
        closing_balance=money("balance"),
    )


def _paid(charged: Components, paid: Money, usual: Allocation, *, when: Due) -> Components:
    """What was paid of a row is stated in one sum: it went by the product's order."""
    parts = dict.fromkeys(Component, Money.zero(paid.currency))
    for due, component in usual.order:
        if due is when:
            parts[component] = min(charged.get(component), paid)
            paid -= parts[component]
    return Components(
        principal=parts[Component.PRINCIPAL],
        interest=parts[Component.INTEREST],
        penalty=parts[Component.PENALTY],
        fee=parts[Component.FEE],
    )

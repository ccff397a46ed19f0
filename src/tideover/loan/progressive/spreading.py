"""One payment over rows that stand as they are, without a projection behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tideover.loan.components import Component
from tideover.loan.progressive.allocating import allocate_over
from tideover.loan.progressive.rows import Amounts, Row
from tideover.loan.progressive.rules import Allocation
from tideover.loan.progressive.state import ProjectedRow, components_of
from tideover.money import Money


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows after a payment, and what found nothing to pay."""

    rows: tuple[ProjectedRow, ...]
    left: Money


def spread_over(
    rows: Sequence[ProjectedRow],
    amount: Money,
    *,
    rule: Allocation,
    on: date,
    by_component: bool = False,
) -> Spread:
    """Return rows after a payment spread by `rule`. What they ask does not change.

    `by_component` pays component by component through all rows instead of row by row. The parts
    taken and what is left add up to `amount`.
    """
    working = [_working(row) for row in rows]
    asking = [row for row in working if row.outstanding]
    left = allocate_over(asking, amount.minor, rule=rule, on=on, by_component=by_component)
    return Spread(
        rows=tuple(_after(row, work) for row, work in zip(rows, working, strict=True)),
        left=Money(left, amount.currency),
    )


def _working(row: ProjectedRow) -> Row:
    return Row(
        start=row.start,
        due=row.due_date,
        charged=_amounts(row, is_paid=False),
        paid=_amounts(row, is_paid=True),
        in_advance=row.paid_in_advance.minor,
        late=row.paid_late.minor,
        met_on=row.met_on,
    )


def _amounts(row: ProjectedRow, *, is_paid: bool) -> Amounts:
    parts = row.paid if is_paid else row.charged
    return {component: parts.get(component).minor for component in Component}


def _after(row: ProjectedRow, work: Row) -> ProjectedRow:
    currency = row.closing_balance.currency
    return replace(
        row,
        paid=components_of(work.paid, currency),
        paid_in_advance=Money(work.in_advance, currency),
        paid_late=Money(work.late, currency),
        met_on=work.met_on,
    )

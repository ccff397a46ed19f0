"""Grace on interest where rows stand: the row after those of the grace asks what they do not."""

from collections.abc import Callable, Sequence

from tideover.loan.components import Component
from tideover.loan.progressive.rows import Row


def give_grace(skipped: Sequence[Row], carrier: Row) -> None:
    """Let `carrier` ask the unpaid interest of the rows `skipped`; it may be the last of them."""
    for row in skipped:
        interest = row.left(Component.INTEREST)
        row.charged[Component.INTEREST] -= interest
        carrier.charged[Component.INTEREST] += interest
        row.carrier = None if row is carrier else carrier


def interest_asked(row: Row, rows: Sequence[Row], *, own: Callable[[Row], int]) -> int:
    """Return what a row asks as interest when `own` is what each row would ask by itself."""
    return 0 if row.carrier is not None else _with_carried(row, rows, own)


def _with_carried(row: Row, rows: Sequence[Row], own: Callable[[Row], int]) -> int:
    carried = [
        max(_with_carried(one, rows, own) - one.paid[Component.INTEREST], 0)
        for one in rows
        if one.carrier is row
    ]
    return own(row) + sum(carried)

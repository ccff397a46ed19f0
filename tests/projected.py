"""The projection that tests tell stories about: 100.00 at 7 % in three months."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tideover.dates import MONTHLY, DayCount
from tideover.loan.projection import Basis, Projection, disburse, projected
from tideover.money import Rounding

START = date(2026, 1, 31)
FEBRUARY, MARCH, APRIL = (MONTHLY.after(START, step) for step in (1, 2, 3))


def lent(cents: int = 10_000, *, multiple: int = 1, count: int = 3) -> Projection:
    basis = Basis(Fraction(7, 100), DayCount.MONTHLY, MONTHLY, START, Rounding.HALF_EVEN, multiple)
    dates = [MONTHLY.after(START, step + 1) for step in range(count)]
    return disburse(projected(basis, dates, start=START), cents, on=START)


def flat(cents: int) -> Projection:
    """The same by flat interest: 0.58 a month on what was paid out."""
    projection = lent(cents)
    basis = replace(projection.basis, is_flat=True)
    dates = [window.due for window in projection.windows]
    return disburse(projected(basis, dates, start=START), cents, on=START)


def levels(projection: Projection) -> list[int]:
    return [window.level for window in projection.windows]


def interests(projection: Projection) -> list[int]:
    return [figure.interest for figure in projection.figures]

"""The engine over arrays: the same rules as the scalar engine, to the minor unit, a column a loan.

Shapes are (lines, loans); amounts are `int64` minor units, days are `int64` since 1970-01-01.
"""

from tideover.kernels.arrays import (
    BeyondExact,
    Int,
    Mask,
    NotOrdered,
    Real,
    having_line,
    order_by_count,
)
from tideover.kernels.calendars import due_days, month_of, period_days
from tideover.kernels.capacity import by_month, fits_every_month
from tideover.kernels.carried import spread
from tideover.kernels.draws import normal, pick, uniform
from tideover.kernels.factors import DENOMINATOR_LIMIT, WORTH_LIMIT, Factors
from tideover.kernels.frontier import unbeaten
from tideover.kernels.level import annuity, cleared, left_after, rounded_level, smallest_clearing
from tideover.kernels.returns import NoRate, xirr
from tideover.kernels.schedules import Loans, NotAsArrays, Schedules, schedules
from tideover.kernels.values import BreakOff, expected_value, present_value, simple_worth

__all__ = [
    "DENOMINATOR_LIMIT",
    "WORTH_LIMIT",
    "BeyondExact",
    "BreakOff",
    "Factors",
    "Int",
    "Loans",
    "Mask",
    "NoRate",
    "NotAsArrays",
    "NotOrdered",
    "Real",
    "Schedules",
    "annuity",
    "by_month",
    "cleared",
    "due_days",
    "expected_value",
    "fits_every_month",
    "having_line",
    "left_after",
    "month_of",
    "normal",
    "order_by_count",
    "period_days",
    "pick",
    "present_value",
    "rounded_level",
    "schedules",
    "simple_worth",
    "smallest_clearing",
    "spread",
    "unbeaten",
    "uniform",
    "xirr",
]

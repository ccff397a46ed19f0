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
from tideover.kernels.cohorts import Cohorts
from tideover.kernels.draws import normal, pick, uniform
from tideover.kernels.engines import Engine, engine_for, is_installed
from tideover.kernels.factors import DENOMINATOR_LIMIT, WORTH_LIMIT, Factors
from tideover.kernels.frontier import unbeaten
from tideover.kernels.level import annuity, cleared, left_after, rounded_level, smallest_clearing
from tideover.kernels.option_grid import (
    MILLIONTHS_OF_YEAR,
    Debts,
    Menu,
    Plans,
    interest_of,
    level_by_month,
    option_grid,
    plan_rates,
)
from tideover.kernels.returns import NoRate, xirr
from tideover.kernels.schedules import Loans, NotAsArrays, Schedules, schedules
from tideover.kernels.servicing import EPOCH, Serviced, terms_and_events
from tideover.kernels.standing import (
    FIGURES,
    LATE,
    STANDING,
    Standing,
    figures_on,
    rolled,
    standing_on,
)
from tideover.kernels.totals import Totals, totals
from tideover.kernels.values import BreakOff, expected_value, present_value, simple_worth

__all__ = [
    "DENOMINATOR_LIMIT",
    "EPOCH",
    "FIGURES",
    "LATE",
    "MILLIONTHS_OF_YEAR",
    "STANDING",
    "WORTH_LIMIT",
    "BeyondExact",
    "BreakOff",
    "Cohorts",
    "Debts",
    "Engine",
    "Factors",
    "Int",
    "Loans",
    "Mask",
    "Menu",
    "NoRate",
    "NotAsArrays",
    "NotOrdered",
    "Plans",
    "Real",
    "Schedules",
    "Serviced",
    "Standing",
    "Totals",
    "annuity",
    "by_month",
    "cleared",
    "due_days",
    "engine_for",
    "expected_value",
    "figures_on",
    "fits_every_month",
    "having_line",
    "interest_of",
    "is_installed",
    "left_after",
    "level_by_month",
    "month_of",
    "normal",
    "option_grid",
    "order_by_count",
    "period_days",
    "pick",
    "plan_rates",
    "present_value",
    "rolled",
    "rounded_level",
    "schedules",
    "simple_worth",
    "smallest_clearing",
    "spread",
    "standing_on",
    "terms_and_events",
    "totals",
    "unbeaten",
    "uniform",
    "xirr",
]

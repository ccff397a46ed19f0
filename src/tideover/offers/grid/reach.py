"""Which ways could fit: what they ask for at the least, against the least there is."""

from collections.abc import Sequence

import numpy as np

from tideover.kernels import Int, Mask
from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.plans import Table
from tideover.offers.grid.ways import Plans, Ways

__all__ = ["within_reach"]

#: What there is where no line asks for anything.
BOUNDLESS = np.iinfo(np.int64).max


def within_reach(tables: Sequence[Table], ways: Ways, *, limits: Int) -> Mask:
    """Return which ways could fit every month: none that does is left out, few others are let in.

    All lines but the last ask for the same or less than the earliest. What loans ask for together
    is held against the months in which all of them fall due.
    """
    could = np.ones(len(ways.asked), dtype=np.bool_)
    together = np.zeros(len(ways.asked), dtype=np.int64)
    for loan, table in enumerate(tables):
        plans = ways.of_loan(loan)
        asked = table.at_least(plans)
        could &= (asked >= 0) & (asked <= _least_before(limits, table.calendar, plans))
        earliest = limits[table.calendar.months[plans.pauses]]
        could &= asked + table.carried_share(plans) <= earliest
        together += asked
    if len(tables) > 1 and all(_is_monthly(table.calendar) for table in tables):
        could &= together <= _least_together(limits, tables, ways)
    return could


def _least_before(limits: Int, calendar: Calendar, plans: Plans) -> Int:
    """Return the least limit of the lines before the last one of each plan."""
    available = limits[calendar.months]
    starts = np.arange(int(plans.pauses.max()) + 1)
    places = np.minimum(starts + np.arange(int(plans.counts.max()))[:, None], len(available) - 1)
    least = np.minimum.accumulate(available[places], axis=0)
    before = least[np.maximum(plans.counts - 2, 0), plans.pauses]
    return np.asarray(np.where(plans.counts > 1, before, BOUNDLESS), dtype=np.int64)


def _least_together(limits: Int, tables: Sequence[Table], ways: Ways) -> Int:
    """Return the least limit of the months in which no loan has its last line yet, or is later."""
    each = [(table.calendar.months, ways.of_loan(loan)) for loan, table in enumerate(tables)]
    start = np.max([months[plans.pauses] for months, plans in each], axis=0)
    end = np.min([months[plans.pauses + plans.counts - 1] - 1 for months, plans in each], axis=0)
    found = np.full(len(start), BOUNDLESS)
    for month in np.unique(start).tolist():
        least = np.minimum.accumulate(limits[month:])
        here = (start == month) & (end >= month)
        found[here] = least[end[here] - month]
    return np.asarray(found, dtype=np.int64)


def _is_monthly(calendar: Calendar) -> bool:
    return bool((np.diff(calendar.months) == 1).all())

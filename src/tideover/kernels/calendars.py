"""Due dates of many loans at once, and the days between them."""

import numpy as np

from tideover.kernels.arrays import Int

__all__ = ["due_days", "month_of", "period_days"]


def due_days(earliest: Int, day_of_month: Int, *, lines: int) -> Int:
    """Return the due days of monthly loans, shape (lines, loans), days since 1970-01-01.

    `earliest` is the due day of line one of each loan; later ones are one month apart on
    `day_of_month`, or on the last day of a month that is too short for it, and never drift.
    """
    months = month_of(earliest) + np.arange(lines)[:, None]
    starts = _month_starts(months)
    lengths = _month_starts(months + 1) - starts
    days = starts + np.minimum(day_of_month, lengths) - 1
    days[0] = earliest
    return np.asarray(days, dtype=np.int64)


def period_days(start: Int, due: Int) -> Int:
    """Return the days of every period, shape (lines, loans): from `start`, then due to due."""
    return np.diff(due, axis=0, prepend=np.atleast_1d(start)[None, :])


def month_of(day: Int) -> Int:
    """Return the calendar month of days, in months since January 1970."""
    months = day.astype("datetime64[D]").astype("datetime64[M]")
    return np.asarray(months.astype(np.int64), dtype=np.int64)


def _month_starts(months: Int) -> Int:
    days = months.astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(days.astype(np.int64), dtype=np.int64)

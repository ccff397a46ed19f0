"""The loan's own due dates, and months between days."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from tideover.loan import LoanTerms

__all__ = ["due_date_after", "months_between", "own_anchor"]

#: A year of due dates shows every length of month but a leap day.
DUE_DATES_SEEN: Final = 12


@lru_cache(maxsize=512)
def own_anchor(terms: LoanTerms) -> date:
    """Return a due date of the loan that was not clamped to a shorter month.

    A loan drawn on the 31st is due on the 28th of February and on the 31st of March: counted from
    the latter its due dates never drift.
    """
    return max(replace(terms, instalments=DUE_DATES_SEEN).due_dates(), key=lambda due: due.day)


@lru_cache(maxsize=4096)
def due_date_after(terms: LoanTerms, day: date, *, pause_months: int = 0) -> date:
    """Return the loan's earliest own due date after `day`, `pause_months` steps later."""
    anchor, frequency = own_anchor(terms), terms.frequency
    step = -DUE_DATES_SEEN
    while frequency.after(anchor, step) <= day:
        step += 1
    return frequency.after(anchor, step + pause_months)


def months_between(start: date, end: date) -> int:
    """Return how many months `end` is after `start`, a month begun counting whole; 0 if it is not.

    >>> months_between(date(2026, 2, 28), date(2026, 3, 31))
    1
    >>> months_between(date(2026, 1, 15), date(2026, 2, 16))
    2
    """
    months = 12 * (end.year - start.year) + end.month - start.month
    at_month_end = start.day == monthrange(start.year, start.month)[1]
    return max(0, months if end.day <= start.day or at_month_end else months + 1)

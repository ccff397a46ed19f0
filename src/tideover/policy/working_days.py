"""The working calendar that the book publishes (国务院放假安排, with make-up days)."""

from collections.abc import Iterator
from datetime import date, timedelta

from tideover.dates import WorkingCalendar
from tideover.policy.library import PolicyBook
from tideover.policy.parameters import Value

__all__ = ["provisional_years", "working_calendar"]

PACK = "law/cn"
ONE_DAY = timedelta(days=1)


def working_calendar(book: PolicyBook, *, published_only: bool = False) -> WorkingCalendar:
    """Return the calendar of every year the book knows; any other year refuses when asked.

    A year whose notice is not out yet holds its statutory days only and is *provisional*: good
    enough for a promise across New Year, left out with `published_only`.
    """
    left_out = provisional_years(book) if published_only else frozenset()
    years = _years(book) - left_out
    return WorkingCalendar(
        holidays=frozenset(_days(book, years=years, kind="days_off")),
        make_up_days=frozenset(_days(book, years=years, kind="days_worked")),
        years=years,
    )


def provisional_years(book: PolicyBook) -> frozenset[int]:
    """Return the years that are known only by their statutory days."""
    return frozenset(
        year for year in _years(book) if _latest(book, f"holidays.y{year}.status") == "provisional"
    )


def _years(book: PolicyBook) -> frozenset[int]:
    names = (name.split(".") for name in book.packs[PACK])
    return frozenset(int(parts[1][1:]) for parts in names if parts[0] == "holidays")


def _days(book: PolicyBook, *, years: frozenset[int], kind: str) -> Iterator[date]:
    for year in years:
        spans = _latest(book, f"holidays.y{year}.{kind}")
        for span in spans if isinstance(spans, tuple) else ():
            yield from _span(span)


def _span(text: str) -> Iterator[date]:
    """Return the days of "2026-02-15/2026-02-23", both ends included, or of one day."""
    start, _, end = text.partition("/")
    day, last = date.fromisoformat(start), date.fromisoformat(end or start)
    while day <= last:
        yield day
        day += ONE_DAY


def _latest(book: PolicyBook, name: str) -> Value:
    # A calendar is a fact about the year, not a rule of the decision day: the last notice counts.
    return book.packs[PACK][name].values[-1][1]

"""Half-open periods, day counts, due dates counted from an anchor, and working days."""

from tideover.dates.calendar import UnpublishedYear, WorkingCalendar
from tideover.dates.day_count import DayCount
from tideover.dates.frequency import (
    MONTHLY,
    BeyondCalendar,
    Frequency,
    NoFrequency,
    Unit,
    add_months,
    due_dates,
)
from tideover.dates.period import BackwardPeriod, Period
from tideover.dates.words import format_date_en, format_date_zh

__all__ = [
    "MONTHLY",
    "BackwardPeriod",
    "BeyondCalendar",
    "DayCount",
    "Frequency",
    "NoFrequency",
    "Period",
    "Unit",
    "UnpublishedYear",
    "WorkingCalendar",
    "add_months",
    "due_dates",
    "format_date_en",
    "format_date_zh",
]

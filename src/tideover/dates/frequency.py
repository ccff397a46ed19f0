"""Due dates: always counted from the anchor, never from the date before."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from tideover.money import Refusal


class Unit(StrEnum):
    """What a frequency counts in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class NoFrequency(Refusal):
    """Due dates would be no step apart, or run backward."""

    code: ClassVar[str] = "no-frequency"

    def __init__(self, every: int, unit: Unit) -> None:
        super().__init__(
            f"due dates cannot be {every} {unit.value} apart: give 1 or more",
            f"应还日间隔不能为 {every}（{unit.value}）：请填写 1 或更大的整数",
        )


class BeyondCalendar(Refusal):
    """A date would lie after the year 9999 or before the year 1."""

    code: ClassVar[str] = "beyond-calendar"

    def __init__(self, anchor: date, every: int, unit: Unit) -> None:
        super().__init__(
            f"{every} {unit.value} from {anchor} lie outside the calendar: give fewer instalments "
            f"or an earlier date",
            f"自 {anchor} 起 {every}（{unit.value}）超出日历范围：请减少期数或填写更早的日期",
        )


@dataclass(frozen=True, slots=True)
class Frequency:
    """How far due dates are apart: every so many days, weeks or months.

    Raises:
        NoFrequency: fewer than one.
    """

    every: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.every < 1:
            raise NoFrequency(self.every, self.unit)

    def after(self, anchor: date, steps: int) -> date:
        """Return the date `steps` steps after `anchor`, clamped to the end of the month.

        Raises:
            BeyondCalendar: the date would lie after the year 9999.
        """
        count = self.every * steps
        try:
            match self.unit:
                case Unit.DAYS:
                    return anchor + timedelta(days=count)
                case Unit.WEEKS:
                    return anchor + timedelta(weeks=count)
                case Unit.MONTHS:
                    return add_months(anchor, count)
        except (ValueError, OverflowError):
            raise BeyondCalendar(anchor, count, self.unit) from None


_SHORTEST_MONTH: Final = 28
MONTHLY: Final = Frequency(1, Unit.MONTHS)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or the last day of a shorter month.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_dates(
    anchor: date, frequency: Frequency, *, count: int, earliest: int = 1
) -> tuple[date, ...]:
    """Return `count` dates, the earliest being `earliest` steps after `anchor`.

    Each is counted from the anchor and clamped to the month end, so the 31st becomes the 28th
    in February and is the 31st again in March.

    >>> [day.isoformat() for day in due_dates(date(2026, 1, 31), MONTHLY, count=2)]
    ['2026-02-28', '2026-03-31']
    """
    return tuple(frequency.after(anchor, step) for step in range(earliest, earliest + count))

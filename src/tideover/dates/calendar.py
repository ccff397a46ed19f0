"""Working days, with the weekend days a country works to make up for a long holiday (调休)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from tideover.money import Refusal

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class UnpublishedYear(Refusal):
    """The holidays of a year are not published yet, so its working days are not known."""

    code: ClassVar[str] = "unpublished-year"

    def __init__(self, day: date, years: frozenset[int]) -> None:
        known = ", ".join(str(year) for year in sorted(years)) or "none"
        super().__init__(
            f"the holidays of {day.year} are not in the calendar, so {day} cannot be judged; "
            f"years known: {known}. Add the published notice of {day.year} to the policy book",
            f"{day.year} 年的放假安排尚未录入，无法判断 {day} 是否为工作日；已录入：{known}",
        )


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of the years whose holidays are published.

    `holidays` are the days off that fall on weekdays or weekends, `make_up_days` the weekend
    days that are worked, `years` the years the two are complete for.
    """

    holidays: frozenset[date]
    make_up_days: frozenset[date]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Return whether `day` is a working day.

        Raises:
            UnpublishedYear: the year of `day` is not among `years`.
        """
        if day.year not in self.years:
            raise UnpublishedYear(day, self.years)
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; `day` itself does not count.

        Raises:
            UnpublishedYear: the count runs into a year that is not published.
        """
        while count > 0:
            day += _ONE_DAY
            count -= self.is_working(day)
        return day

    def roll_forward(self, day: date) -> date:
        """Return `day`, or the next working day when it is not one.

        Raises:
            UnpublishedYear: the search runs into a year that is not published.
        """
        while not self.is_working(day):
            day += _ONE_DAY
        return day

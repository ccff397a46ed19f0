"""Half-open stretches of days."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tideover.money import Refusal


class BackwardPeriod(Refusal):
    """The end of a period lies before its start."""

    code: ClassVar[str] = "backward-period"

    def __init__(self, start: date, end: date) -> None:
        super().__init__(
            f"a period cannot end on {end} before it starts on {start}: exchange the two dates",
            f"期间的结束日 {end} 早于开始日 {start}：请交换两个日期",
        )


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start`, included, to `end`, not included.

    So the day a loan is paid out counts and the day it is paid back does not.

    Raises:
        BackwardPeriod: the end lies before the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BackwardPeriod(self.start, self.end)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

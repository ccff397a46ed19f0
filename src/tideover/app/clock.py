"""The one clock of the service.

Nothing else in Tideover may ask what time it is. `TIDEOVER_NOW` (an ISO 8601 instant with its
offset) starts the clock at that instant; it runs on from there, so that a demo set in another
month still has codes that expire.
"""

import os
import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import ClassVar
from zoneinfo import ZoneInfo

from tideover.money import Refusal

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")


class NotAnInstant(Refusal):
    """`TIDEOVER_NOW` is not an ISO 8601 instant with an offset."""

    code: ClassVar[str] = "not-an-instant"

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"TIDEOVER_NOW is {text!r}; write an instant with its offset, "
            "such as 2026-12-05T09:30:00+08:00, or leave it out."
        )


def now() -> datetime:
    """The present instant, aware, in UTC. Raises NotAnInstant for a wrong `TIDEOVER_NOW`."""
    text = os.environ.get("TIDEOVER_NOW", "")
    if not text:
        return datetime.now(UTC)
    # When it was set comes first: the other way round the clock would start in the past.
    set_at = _set_at(text)
    return _instant(text) + timedelta(seconds=time.monotonic() - set_at)


def today() -> date:
    """The business date: the day it is now in Asia/Shanghai, whatever zone the machine is in."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The business date of an instant."""
    return instant.astimezone(BUSINESS_ZONE).date()


def start_of_day(day: date) -> datetime:
    """The instant at which a business date begins, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=BUSINESS_ZONE).astimezone(UTC)


@lru_cache(maxsize=1)
def _set_at(_text: str) -> float:
    """When this process was first asked for the time under that setting."""
    return time.monotonic()


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAnInstant(text) from error
    if instant.tzinfo is None:
        raise NotAnInstant(text)
    return instant.astimezone(UTC)

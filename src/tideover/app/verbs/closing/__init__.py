"""Closing a business day: every loan taken to it, every plan looked at, every offer's time judged.

The day is a row: begun, then finished. What is stopped in the middle is taken up again where it
stopped, at most one chunk is done over, and nothing is booked or written twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db.models import BusinessDay, DayDifference
from tideover.app.jobs import lease
from tideover.app.verbs import application, audit, offering
from tideover.app.verbs.books.differences import last_closed_day
from tideover.app.verbs.closing.advancing import advance_all
from tideover.app.verbs.keeping import (
    keep_plans,
    plan_reviews,
    remind_of_records,
    remind_of_reviews,
)
from tideover.app.verbs.reminding import remind
from tideover.money import Refusal

__all__ = ["ClosedDay", "DayNotOver", "close", "last_closed_day"]

ACTOR = "day-close"


class DayNotOver(Refusal):
    """A day that has not begun cannot be closed."""

    code: ClassVar[str] = "day-not-over"

    def __init__(self, day: date, *, today: date) -> None:
        self.day = day
        super().__init__(
            f"{day} has not begun: today is {today}; close {today} or a day before it",
            f"{day.year}年{day.month}月{day.day}日尚未开始，今天是"
            f"{today.year}年{today.month}月{today.day}日；请对今天或之前的日期做日终",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A day that was closed and what that did, ready for JSON in `record`."""

    day: date
    record: dict[str, Any]


def close(on: date | None = None) -> tuple[ClosedDay, ...]:
    """Close every day up to `on`, today unless given, that is not closed yet; return them.

    A lender that never closed a day begins with `on`. Days before the last closed one are closed
    already, so nothing happens.

    Raises:
        DayNotOver: `on` is later than today.
        JobRunning: somebody else is closing.
    """
    today = clock.today()
    until = on or today
    if until > today:
        raise DayNotOver(until, today=today)
    with lease("day-close") as held:
        crash_point("close.leased")
        return tuple(_close(day, held.renew) for day in _days_to_close(until))


def _days_to_close(until: date) -> Sequence[date]:
    unfinished = BusinessDay.objects.filter(finished_at__isnull=True).order_by("day").first()
    last = last_closed_day()
    if unfinished is not None:
        start = unfinished.day
    else:
        start = until if last is None else last + timedelta(days=1)
    return [start + timedelta(days=place) for place in range((until - start).days + 1)]


def _close(day: date, renew: Callable[[], None]) -> ClosedDay:
    row, _ = BusinessDay.objects.get_or_create(day=day, defaults={"began_at": clock.now()})
    for _ in advance_all(row):
        renew()
    kept = keep_plans(day, actor=ACTOR)
    renew()
    expired = offering.expire(actor=ACTOR)
    deadlines = remind(day)
    reminded = remind_of_records(day)
    reviews = plan_reviews(day), remind_of_reviews(day)
    forgotten = application.forget_old_drafts(day, actor=ACTOR)
    row.report |= {
        "plans": kept.looked_at,
        "completed": kept.completed,
        "notices": dict(sorted(kept.notices.items())),
        "expired": list(expired),
        "reminders": dict(sorted(deadlines.items())),
        "record_reminders": reminded,
        "reviews_opened": reviews[0],
        "reviews_asked": reviews[1],
        "drafts_deleted": list(forgotten),
        "papers_deleted": list(application.forget_settled(day, actor=ACTOR)),
        "differences": _differences(row),
    }
    crash_point("close.finishing")
    row.finished_at = clock.now()
    row.save(update_fields=["report", "finished_at"])
    audit.anchor_head()
    return ClosedDay(day=day, record=row.report)


def _differences(row: BusinessDay) -> list[dict[str, Any]]:
    """What late events changed of closed days since the close before this one."""
    earlier = BusinessDay.objects.filter(day__lt=row.day, finished_at__isnull=False)
    since = earlier.order_by("-day").values_list("finished_at", flat=True).first()
    found = DayDifference.objects.select_related("loan").order_by("id")
    if since is not None:
        found = found.filter(found_at__gt=since)
    return [
        {
            "loan": one.loan.reference,
            "event": one.event_reference,
            "effective_on": one.effective_on.isoformat(),
            "closed_through": one.closed_through.isoformat(),
            "before": one.before,
            "after": one.after,
        }
        for one in found
    ]

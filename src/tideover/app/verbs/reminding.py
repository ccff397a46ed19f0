"""What a borrower is reminded of before it is too late, each once, at the close of a day.

The words leave the next morning, so days are counted from then. A day closed late reminds of
nothing: what was near then has passed.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Agreement, Case, OfferRound
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import calendar, folded, parameters_of
from tideover.cases import CaseState
from tideover.safety import official_channels

#: Days after an application was begun on which it is spoken of, and then no more.
NOT_SENT_DAYS = (1, 7)
#: Days before a deadline of the borrower's.
BEFORE_DAYS = (3, 1)
_ANSWER_OWED = (CaseState.SUBMITTED, CaseState.ASSESSING, CaseState.AWAITING_APPROVAL)
_CHOOSING = (CaseState.OFFERED, CaseState.AWAITING_SIGNATURE)


def remind(day: date) -> Counter[str]:
    """Write the reminders that belong to the morning after `day`; count the new ones by kind."""
    told: Counter[str] = Counter()
    if day < clock.today() - timedelta(days=1):
        return told
    morning = day + timedelta(days=1)
    for moments in (_begun, _asked, _on_the_table, _promised, _starting):
        with atomic():
            for kind, was_new in moments(morning):
                told[kind] += was_new
    return +told


def _begun(morning: date) -> Iterator[tuple[str, bool]]:
    for days in NOT_SENT_DAYS:
        opened = morning - timedelta(days=days)
        drafts = Case.objects.filter(state=CaseState.DRAFT, opened_at__range=_hours(opened))
        for case in drafts.select_related("borrower", "loan"):
            yield "not-sent", notices.not_sent(case, key=f"{days}d")


def _asked(morning: date) -> Iterator[tuple[str, bool]]:
    # The lender's own clock stands while something is asked for: there is no promise then.
    waiting = Case.objects.filter(state__in=_ANSWER_OWED, answer_by__isnull=True)
    for case in waiting.select_related("borrower", "loan"):
        told = folded(case)
        if told.asked and told.ask_by and (told.ask_by - morning).days in BEFORE_DAYS:
            key = f"{told.ask_by}:{(told.ask_by - morning).days}d"
            yield "still-needed", notices.still_needed(case, ask_by=told.ask_by, key=key)


def _on_the_table(morning: date) -> Iterator[tuple[str, bool]]:
    for days in BEFORE_DAYS:
        last = morning + timedelta(days=days)
        rounds = OfferRound.objects.filter(
            open_until=last, accepted_key="", case__state__in=_CHOOSING
        )
        for one in rounds.select_related("case__borrower", "case__loan"):
            newest = OfferRound.objects.filter(case=one.case, sent_at__isnull=False).last()
            if newest == one:
                key = f"{one.number}:{days}d"
                yield "offers-end", notices.offers_end(one.case, last_day=last, key=key)


def _promised(morning: date) -> Iterator[tuple[str, bool]]:
    answer_by = calendar().add_working_days(morning, 1)
    owed = Case.objects.filter(state__in=_ANSWER_OWED, answer_by=answer_by)
    for case in owed.select_related("borrower", "loan"):
        hotline = official_channels(parameters_of(case)).hotline
        yield (
            "may-be-late",
            notices.may_be_late(case, answer_by=answer_by, hotline=hotline, key=f"{answer_by}"),
        )


def _starting(morning: date) -> Iterator[tuple[str, bool]]:
    begins = Agreement.objects.filter(is_in_force=True, keeping__effective_on=morning)
    for agreement in begins.select_related("case__borrower", "case__loan"):
        yield "plan-starts", notices.plan_starts(agreement.case, key=agreement.number)


def _hours(day: date) -> tuple[datetime, datetime]:
    start = clock.start_of_day(day)
    return start, start + timedelta(days=1) - timedelta(microseconds=1)

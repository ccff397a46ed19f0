"""Twice a year somebody with a plan is reminded to read their credit report, which is free."""

from datetime import date

from tideover.app.db.models import Agreement
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import parameters_of
from tideover.dates import add_months
from tideover.policy import Words

_WORDS = Words(
    "又过了半年，可以看看自己的征信报告，每年两次免费。怎么看、怎么提异议，登录后在“信用记录”里有说明。"
    "任何收费“修复征信”的都是诈骗。",
    "half a year has passed: read your credit report, it is free twice a year. Sign in to see how "
    "to read it and how to object. Whoever sells a “repair” is a scam.",
)


def remind_of_records(on: date) -> int:
    """Write the reminders of a day, once each; return how many were new."""
    written = 0
    for agreement in Agreement.objects.filter(is_in_force=True).select_related("case__borrower"):
        half = _halves(agreement, on)
        if half:
            kind = "record-reminder"
            written += notices.send(
                agreement.case, kind=kind, words=_WORDS, key=f"{agreement.number}:{half}"
            )
    return written


def _halves(agreement: Agreement, on: date) -> int:
    """How many half years of the plan are over, nought where it is not signed or too young."""
    if agreement.signed_at is None:
        return 0
    months = parameters_of(agreement.case, on=on).integer("credit_record.reminder_months")
    start, count = agreement.signed_at.date(), 0
    while add_months(start, months * (count + 1)) <= on:
        count += 1
    return count

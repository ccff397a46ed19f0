"""Looking at a plan again on an agreed day: is income back, the same, or less?

The day is that of the recovery the borrower expects, or so many months after the plan began, or
after the review before. The borrower is asked beforehand and may answer with one tap; what nobody
answers, and what has become better, waits for an agent. Nothing follows from a review by itself.
"""

from datetime import date, timedelta
from typing import Any

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic, lock_loan
from tideover.app.db.models import Account, Agreement, Answer, Borrower, Case, PlanReview, Scope
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import (
    add_note,
    lock_for_staff,
    lock_theirs,
    note_digest,
    parameters_of,
)
from tideover.app.verbs.keeping.early import tell_of
from tideover.app.verbs.keeping.words import review_words
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.dates import add_months

Word = PlanReview.Word
_NOTE = ("what was found at the review", "复评记录")


def plan_reviews(day: date) -> int:
    """Open the next review of every plan in force that has none; return how many."""
    opened = 0
    waiting = PlanReview.objects.filter(closed_on__isnull=True)
    plans = Agreement.objects.filter(
        is_in_force=True, keeping__isnull=False, keeping__completed_on__isnull=True
    ).exclude(pk__in=waiting.values("agreement"))
    for agreement in plans.select_related("case__loan", "keeping").order_by("number"):
        due, ends = _next_due(agreement, day), date.fromisoformat(agreement.offer["latest_due"])
        least = parameters_of(agreement.case, on=day).integer("review.income_days_left_min")
        if due + timedelta(days=least) > ends:
            continue
        with atomic():
            _, was_opened = PlanReview.objects.get_or_create(
                agreement=agreement, closed_on=None, defaults={"due_on": due}
            )
        opened += was_opened
    return opened


def remind_of_reviews(day: date) -> int:
    """Ask, on the morning after `day`, those whose review is near; return how many were new."""
    written, morning = 0, day + timedelta(days=1)
    waiting = PlanReview.objects.filter(
        closed_on__isnull=True, word="", due_on__gte=morning, agreement__is_in_force=True
    )
    for review in waiting.select_related("agreement__case__borrower", "agreement__case__loan"):
        case = review.agreement.case
        if asked_from(review) == morning:
            words = review_words(case.number, review.due_on)
            key = f"{review.agreement.number}:{review.due_on}"
            written += notices.send(case, kind="plan-review", words=words, key=key)
    return written


def asked_from(review: PlanReview) -> date:
    """The day from which the borrower can say how things are."""
    days = parameters_of(review.agreement.case, on=review.due_on).integer(
        "review.income_notice_days"
    )
    return review.due_on - timedelta(days=days)


def open_review(case: Case) -> PlanReview | None:
    """The review of a case that is asked for now and not answered, or None."""
    review = _open(case)
    if review is None or review.word or asked_from(review) > clock.today():
        return None
    return review


def task_of(case: Case) -> PlanReview | None:
    """The review that waits for an agent: its day has come, or things have become better."""
    review = _open(case)
    if review is None:
        return None
    return review if review.word == Word.BETTER or review.due_on <= clock.today() else None


def say_how_it_is(
    borrower: Borrower, number: str, word: str, message: str, *, key: str
) -> PlanReview:
    """Keep what the borrower says of the review.

    What is the same ends it, what is harder opens a renegotiation as an early word does, what is
    better waits for an agent.

    Raises:
        NotFound: the case is not theirs, nothing is asked, or the word is none of the three.
        TextTooLong: more words than are kept.
        CommandNotAllowed: it is harder, and something new is being agreed already.
    """
    demand_scope(borrower, Scope.ANSWER)
    if word not in Word.values:
        raise NotFound("review")
    message = fields.text({"message": message}, "message")

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        lock_loan(case.loan.reference)
        review = open_review(case)
        if review is None:
            raise NotFound("review")
        at = clock.now()
        review.word, review.said_at = word, at
        if word != Word.BETTER:
            review.closed_on, review.closed_by = clock.today(), borrower.actor
        review.save()
        if word == Word.HARDER:
            tell_of(case, borrower, message)
        elif message.strip():
            add_note(case, author=borrower.hand, kind="message", text=message, at=at)
        _log(review, case, actor=borrower.actor)
        return {"review": review.pk}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="keeping.say_how_it_is",
        key=key,
        request={"case": number, "word": word, "message": note_digest(message)},
    )
    return PlanReview.objects.get(pk=answer["review"])


def close_review(account: Account, number: str, note: str, *, key: str) -> None:
    """Keep what an agent found and agreed at the review, and end it.

    Raises FieldMissing, TextTooLong, and NotFound where no review waits for an agent.
    """
    words = fields.needed_text(
        {"note": note}, "note", label=_NOTE, length_max=fields.TEXT_LENGTH_MAX
    )

    def effect() -> dict[str, Any]:
        case = lock_for_staff(account, number, right=Right.WORK_CASES)
        review = task_of(case)
        if review is None:
            raise NotFound("review")
        review.closed_on, review.closed_by = clock.today(), account.login
        review.save()
        add_note(case, author=account, kind="desk-note", text=words, at=clock.now(), channel="desk")
        _log(review, case, actor=account.login)
        return {}

    run_once(
        effect,
        actor=account.login,
        command="keeping.close_review",
        key=key,
        request={"case": number, "note": note_digest(words)},
    )


def _open(case: Case) -> PlanReview | None:
    found = PlanReview.objects.filter(
        agreement__case=case, agreement__is_in_force=True, closed_on__isnull=True
    )
    return found.select_related("agreement__case__loan").first()


def _next_due(agreement: Agreement, day: date) -> date:
    """Months after the plan began or was looked at, or the recovery that is expected before.

    Never before `day`: a review that nobody opened in its time is not made up for.
    """
    started = agreement.keeping.effective_on or clock.day_of(agreement.made_at)
    last = agreement.reviews.order_by("-closed_on").first()
    since = last.closed_on if last is not None and last.closed_on else started
    months = parameters_of(agreement.case, on=since).integer("review.income_months")
    due, count = add_months(since, months), 1
    while due < day:
        count += 1
        due = add_months(since, months * count)
    expected = _recovery(agreement.case)
    is_ahead = expected is not None and max(since, day) < expected < due
    return expected if expected is not None and is_ahead else due


def _recovery(case: Case) -> date | None:
    answer = Answer.objects.filter(case=case, section="cause").first()
    text = answer.record["clean"].get("expects_recovery_on") if answer is not None else None
    return date.fromisoformat(text) if text else None


def _log(review: PlanReview, case: Case, *, actor: str) -> None:
    log.append(
        f"plan:{case.number}",
        kind="plan.reviewed",
        body={
            "agreement": review.agreement.number,
            "due_on": review.due_on.isoformat(),
            "word": review.word,
            "is_closed": review.closed_on is not None,
        },
        at=clock.now(),
        actor=actor,
    )

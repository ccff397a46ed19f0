"""Who has a case open, and the words they began: so that nobody works against a colleague."""

from datetime import timedelta

from tideover.app import clock
from tideover.app.db.models import Account, Case, CaseVisit, DeskDraft
from tideover.app.verbs.case.rows import for_staff, parameters_of

SEEN_WITHIN = timedelta(minutes=2)
"""Whoever was on the page this lately counts as being there."""

_WRITTEN_EVERY = timedelta(seconds=20)
PLACES = frozenset({"reply", "note", "decline"})
"""Where words are kept while they are written."""

DRAFT_LENGTH_MAX = 8_000


def arrive(account: Account, case: Case) -> tuple[Account, ...]:
    """Note that somebody has the case open, and say who else has; writes little while one stays.

    As long as its agent looks at a freshly claimed case the lease is renewed.
    """
    at = clock.now()
    visit = CaseVisit.objects.filter(case=case, account=account).first()
    if visit is None or at - visit.seen_at >= _WRITTEN_EVERY:
        CaseVisit.objects.update_or_create(case=case, account=account, defaults={"seen_at": at})
        _renew_lease(account, case)
    others = Account.objects.filter(
        pk__in=case.visits.filter(seen_at__gt=at - SEEN_WITHIN).values("account")
    )
    return tuple(others.exclude(pk=account.pk).order_by("display_name", "login"))


def keep_draft(account: Account, number: str, *, place: str, text: str) -> None:
    """Keep words that are being written; empty ones are forgotten. Raises NotFound."""
    case = for_staff(account, number)
    if place not in PLACES:
        return
    if not text.strip():
        forget_draft(account, case, place=place)
        return
    words, at = text[:DRAFT_LENGTH_MAX], clock.now()
    kept = DeskDraft.objects.filter(case=case, account=account, place=place).first()
    if kept is None:
        kept = DeskDraft(case=case, account=account, place=place)
    kept.text, kept.saved_at = words, at
    kept.save()


def drafts_of(account: Account, case: Case) -> dict[str, str]:
    """The words that somebody began on a case, by place; every place is there."""
    begun = {one.place: one.text for one in case.desk_drafts.filter(account=account)}
    return {place: begun.get(place, "") for place in PLACES}


def forget_draft(account: Account, case: Case, *, place: str) -> None:
    """Forget words that were sent."""
    DeskDraft.objects.filter(case=case, account=account, place=place).delete()


def _renew_lease(account: Account, case: Case) -> None:
    if case.agent_id != account.pk or case.lease_until is None:
        return
    now, minutes = clock.now(), parameters_of(case).integer("desk.lease_minutes")
    held = Case.objects.filter(pk=case.pk, agent=account, lease_until__gt=now)
    held.update(lease_until=now + timedelta(minutes=minutes))

"""Whose hand it is: mandates in force, and what each verb of a borrower's asks of them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tideover.app import clock
from tideover.app.db.models import Account, Borrower, Mandate, Scope
from tideover.app.verbs.refusals import NotFound


def in_force(on: date | None = None) -> QuerySet[Mandate]:
    """The mandates that count on a day (today): begun, not over, not ended, and looked at."""
    day = on or clock.today()
    rows = Mandate.objects.filter(ended_at__isnull=True, first_day__lte=day, last_day__gte=day)
    return rows.filter(Q(source=Mandate.Source.PORTAL) | Q(checked_at__isnull=False))


def held_by(account: Account) -> tuple[Mandate, ...]:
    """The mandates by which an account may act today, the oldest first."""
    if not account.is_active or account.is_staff_member:
        return ()
    return tuple(in_force().filter(holder=account).select_related("borrower"))


def for_holder(account: Account, mandate_id: UUID | str) -> Borrower | None:
    """The borrower that an account may act for by that mandate, with the mandate in hand."""
    try:
        known = UUID(str(mandate_id))
    except ValueError:
        return None
    mandate = next((one for one in held_by(account) if one.pk == known), None)
    if mandate is None:
        return None
    borrower = mandate.borrower
    borrower.mandate = mandate
    return borrower


def holder_of_phone(phone_index: str) -> Account | None:
    """Whose telephone it is among those who may act for somebody today and borrow nothing here."""
    mandate = in_force().filter(phone_index=phone_index).select_related("holder").first()
    return mandate.holder if mandate and mandate.holder.is_active else None


def owned_by(borrower: Borrower) -> Q:
    """The condition on cases and loans that they are this borrower's and this hand may see them.

    The mandate is read again by the query itself, so that one that has ended finds nothing.
    """
    if borrower.mandate is None:
        return Q(borrower=borrower)
    alive = in_force().filter(pk=borrower.mandate.id, holder=borrower.mandate.holder)
    return Q(borrower=borrower, borrower__mandates__in=alive)


def demand_scope(borrower: Borrower, scope: Scope) -> None:
    """Raise NotFound when somebody acts for the borrower and the mandate does not go so far."""
    if borrower.mandate is not None and scope.value not in borrower.mandate.scopes:
        raise NotFound("page")


def demand_themselves(borrower: Borrower) -> None:
    """Raise NotFound when somebody acts for the borrower: it is for the borrower alone."""
    if borrower.mandate is not None:
        raise NotFound("page")

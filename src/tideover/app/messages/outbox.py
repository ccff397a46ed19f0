"""Writing messages into the outbox and showing them."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from tideover.app import clock
from tideover.app.db.models import Borrower, OutboxMessage

_LENGTH_MAX = 500


def post(
    borrower: Borrower,
    *,
    kind: str,
    text_zh: str,
    text_en: str,
    key: str,
    chase_on: date | None = None,
) -> bool:
    """Put a message to the borrower's phone into the outbox, in the borrower's language.

    Call it in the transaction of what the message tells about. `key` names the message: the same
    key is written once. `chase_on` is given for a message that asks for money that is late; a
    second one to the same borrower on that day is not written. True when it was written.
    """
    text = text_en if borrower.language == "en" else text_zh
    try:
        with transaction.atomic():
            OutboxMessage.objects.create(
                key=key,
                borrower=borrower,
                kind=kind,
                to=borrower.phone,
                text=text[:_LENGTH_MAX],
                created_at=clock.now(),
                chase_on=chase_on,
            )
    except IntegrityError:
        same = Q(key=key)
        if chase_on is not None:
            same |= Q(borrower=borrower, chase_on=chase_on)
        if not OutboxMessage.objects.filter(same).exists():
            raise
        return False
    return True


def recent(*, borrower: Borrower | None = None, count_max: int = 50) -> tuple[OutboxMessage, ...]:
    """The newest messages first; only one borrower's when given."""
    messages = OutboxMessage.objects.select_related("borrower").order_by("-created_at")
    if borrower is not None:
        messages = messages.filter(borrower=borrower)
    return tuple(messages[:count_max])

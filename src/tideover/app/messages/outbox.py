"""Writing messages into the outbox and showing them."""

from django.db import IntegrityError, transaction

from tideover.app import clock
from tideover.app.db.models import Borrower, OutboxMessage

_LENGTH_MAX = 500


def post(borrower: Borrower, *, kind: str, text_zh: str, text_en: str, key: str) -> None:
    """Put a message to the borrower's phone into the outbox, in the borrower's language.

    Call it in the transaction of what the message tells about. `key` names the message: the same
    key is written once.
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
            )
    except IntegrityError:
        if not OutboxMessage.objects.filter(key=key).exists():
            raise


def recent(*, borrower: Borrower | None = None, count_max: int = 50) -> tuple[OutboxMessage, ...]:
    """The newest messages first; only one borrower's when given."""
    messages = OutboxMessage.objects.select_related("borrower").order_by("-created_at")
    if borrower is not None:
        messages = messages.filter(borrower=borrower)
    return tuple(messages[:count_max])

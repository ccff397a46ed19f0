"""Writing messages into the outbox and showing them."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from tideover.app import clock
from tideover.app.db.models import Borrower, Channel, ContactAddress, OutboxMessage
from tideover.policy import Words

_LENGTH_MAX = 500
#: Somebody waits for these with the phone in hand, whatever they like to be told by.
CODES = ("sign-in.code", "signing-code")


def post(
    borrower: Borrower,
    *,
    kind: str,
    text_zh: str,
    text_en: str,
    key: str,
    chase_on: date | None = None,
) -> bool:
    """Put a message to the borrower into the outbox, in their language, by the way they like.

    Call it in the transaction of what the message tells about. `key` names the message: the same
    key is written once. `chase_on` is given for a message that asks for money that is late; a
    second one to the same borrower on that day is not written. True when it was written.
    """
    channel, to = way_to(borrower, kind=kind)
    words = Words(text_zh, text_en)
    return post_to(
        borrower, channel=channel, to=to, kind=kind, words=words, key=key, chase_on=chase_on
    )


def post_to(
    borrower: Borrower,
    *,
    channel: str,
    to: str,
    kind: str,
    words: Words,
    key: str,
    chase_on: date | None = None,
) -> bool:
    """Put a message into the outbox for one address; as `post` otherwise."""
    text = words.in_language("en" if borrower.language == "en" else "zh")
    at = clock.now()
    try:
        with transaction.atomic():
            OutboxMessage.objects.create(
                key=key,
                borrower=borrower,
                kind=kind,
                channel=channel,
                to=to,
                text=text[:_LENGTH_MAX],
                created_at=at,
                # What is only shown in the portal has arrived with that.
                sent_at=at if channel == Channel.PORTAL else None,
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


def post_to_phone(phone: str, *, kind: str, words: Words, key: str) -> bool:
    """Put a message to somebody who is no borrower into the outbox, in Chinese; once a key."""
    try:
        with transaction.atomic():
            OutboxMessage.objects.create(
                key=key, kind=kind, channel=Channel.SMS, to=phone, text=words.zh[:_LENGTH_MAX],
                created_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def way_to(borrower: Borrower, *, kind: str) -> tuple[str, str]:
    """The channel and the address a message of this kind goes to: the phone where nothing else."""
    if kind not in CODES and borrower.notify_by != Channel.SMS:
        address = ContactAddress.objects.filter(
            borrower=borrower,
            channel=borrower.notify_by,
            confirmed_at__isnull=False,
            closed_at__isnull=True,
            failure__isnull=True,
        ).first()
        if address is not None:
            return address.channel, address.address
    return Channel.SMS, borrower.phone


def recent(*, borrower: Borrower | None = None, count_max: int = 50) -> tuple[OutboxMessage, ...]:
    """The newest messages first; only one borrower's when given."""
    messages = OutboxMessage.objects.select_related("borrower").order_by("-created_at")
    if borrower is not None:
        messages = messages.filter(borrower=borrower)
    return tuple(messages[:count_max])


def not_arrived(borrower: Borrower) -> tuple[OutboxMessage, ...]:
    """The messages to a borrower that came back or were given up, the newest first."""
    given_up = OutboxMessage.objects.filter(borrower=borrower, given_up_at__isnull=False)
    return tuple(given_up.order_by("-given_up_at")[:10])


def give_up(message: OutboxMessage, *, why: str) -> None:
    """Keep that a message cannot arrive by its channel; the phone gets it where it was another.

    The address is not used again until the borrower connects it anew. It happens once.
    """
    at = clock.now()
    with transaction.atomic():
        left = OutboxMessage.objects.filter(pk=message.pk, given_up_at__isnull=True)
        if not left.update(given_up_at=at, failure=why[:200]):
            return
        borrower = message.borrower
        if borrower is None or message.channel == Channel.SMS or message.kind == "mailbox.confirm":
            return
        post_to(
            borrower,
            channel=Channel.SMS,
            to=borrower.phone,
            kind=message.kind,
            words=Words(message.text, message.text),
            key=f"{message.key}:sms"[:160],
        )

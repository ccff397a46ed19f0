"""Who is told of events: subscriptions are made and ended by whoever runs the service."""

import secrets
from collections.abc import Sequence
from typing import ClassVar

from django.db import IntegrityError, transaction

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import ChainEnd, WebhookSubscription
from tideover.app.verbs.refusals import NotFound
from tideover.app.webhooks import allowed
from tideover.money import Refusal

ACTOR = "operator"
_SECRET_BYTES = 32


class SubscriptionThere(Refusal):
    """A subscription of that name is here already."""

    code: ClassVar[str] = "subscription-there"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"a subscription named {name} is here already: take another name, or remove it first",
            f"已有名为 {name} 的订阅：请换一个名称，或先删除原订阅。",
        )


def add(name: str, url: str, *, kinds: Sequence[str]) -> str:
    """Tell an address of what happens from now on; returns the secret, which is shown once.

    `kinds` are beginnings of kinds, such as `case.`; none means all. Raises TargetNotAllowed,
    SubscriptionThere.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with atomic():
        end = ChainEnd.objects.first()
        row = WebhookSubscription(
            name=name, url=allowed(url), secret=secret, kinds=list(kinds) or [""],
            position=end.position if end is not None else 0, created_at=clock.now(),
        )  # fmt: skip
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise SubscriptionThere(name) from error
        _note("added", row)
    return secret


def remove(name: str) -> None:
    """Tell it nothing any more. Raises NotFound."""
    with atomic():
        row = _named(name)
        _note("removed", row)
        row.delete()


def resume(name: str) -> None:
    """Go on with a paused subscription where it stopped. Raises NotFound."""
    with atomic():
        row = _named(name)
        row.paused_at = row.failing_since = row.next_try_at = None
        row.tries = 0
        row.save()
        _note("resumed", row)


def listed() -> tuple[WebhookSubscription, ...]:
    """Every subscription, by name."""
    return tuple(WebhookSubscription.objects.order_by("name"))


def _named(name: str) -> WebhookSubscription:
    row = WebhookSubscription.objects.filter(name=name).first()
    if row is None:
        raise NotFound("subscription")
    return row


def _note(what: str, row: WebhookSubscription) -> None:
    log.append(
        "webhooks",
        kind=f"webhook.{what}",
        body={"name": row.name, "kinds": row.kinds},
        at=clock.now(),
        actor=ACTOR,
    )

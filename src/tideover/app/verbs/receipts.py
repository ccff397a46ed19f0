"""Idempotency: a command with a key takes effect once, however often it is sent.

The receipt is written in the transaction of the effect. The second caller with the same key and
the same request gets the first one's answer; with another request it is refused. A command that
was refused leaves no receipt: it may be sent again. Receipts are kept for the life of the loan.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import IntegrityError, transaction

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db.atomic import atomic
from tideover.app.db.log import canonical
from tideover.app.db.models import CommandReceipt
from tideover.money import Refusal

Answer = Mapping[str, Any]


class KeyReused(Refusal):
    """The key belongs to another request."""

    code: ClassVar[str] = "key-reused"

    def __init__(self, *, command: str, key: str) -> None:
        self.command = command
        self.key = key
        super().__init__(
            f"This form was already sent with other content ({command}, key {key}). "
            "Open the page again and send it from there.",
            "这张表单已经用不同的内容提交过。请重新打开页面后再提交。",
        )


class KeyMissing(Refusal):
    """A command came without its key, or with one too long to keep."""

    code: ClassVar[str] = "key-missing"

    def __init__(self, *, command: str, length: int, length_max: int) -> None:
        self.command = command
        self.length = length
        super().__init__(
            f"{command} came with a key of {length} characters; it needs one of 1 to {length_max}. "
            "Open the page again and send it from there.",
            "这次提交缺少有效的标识。请重新打开页面后再提交。",
        )


_KEY_LENGTH_MAX = 120


def run_once(
    effect: Callable[[], Answer], *, actor: str, command: str, key: str, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Run the effect in one transaction and keep its answer; or return the answer kept before.

    `request` is what was asked, JSON-ready: its digest tells a repeat from another request. The
    answer is JSON-ready and holds ids, never personal text. Raises KeyMissing and KeyReused, and
    whatever the effect raises, in which case nothing is kept.
    """
    if not 1 <= len(key) <= _KEY_LENGTH_MAX:
        raise KeyMissing(command=command, length=len(key), length_max=_KEY_LENGTH_MAX)
    asked = hashlib.sha256(canonical(request)).hexdigest()
    with atomic():
        receipt = _claim(actor=actor, command=command, key=key, digest=asked)
        if receipt is None:
            return _earlier_answer(actor=actor, command=command, key=key, digest=asked)
        answer = dict(effect())
        receipt.answer = answer
        receipt.save(update_fields=["answer"])
        crash_point(f"{command}.done")
    crash_point(f"{command}.kept")
    return answer


def was_answered(*, actor: str, command: str, key: str) -> bool:
    """Whether a command with this key has taken effect, so that nothing need be prepared for it."""
    return CommandReceipt.objects.filter(actor=actor, command=command, key=key).exists()


def _claim(*, actor: str, command: str, key: str, digest: str) -> CommandReceipt | None:
    # On PostgreSQL a parallel claim of the same key waits here for the first one's transaction;
    # on SQLite it waits at BEGIN IMMEDIATE.
    try:
        with transaction.atomic():
            return CommandReceipt.objects.create(
                actor=actor, command=command, key=key, digest=digest, made_at=clock.now()
            )
    except IntegrityError:
        return None


def _earlier_answer(*, actor: str, command: str, key: str, digest: str) -> dict[str, Any]:
    earlier = CommandReceipt.objects.get(actor=actor, command=command, key=key)
    if earlier.digest != digest:
        raise KeyReused(command=command, key=key)
    return dict(earlier.answer or {})

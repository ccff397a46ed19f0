"""Which mailbox and which WeChat follower is whose: shown by a link opened after the sign-in.

The link holds the number of a row and a signature, no address. Whoever opens it must be signed in,
so a stranger's follower cannot be connected without the borrower; nobody is ever asked for a code.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.core.validators import validate_email
from django.db.models import QuerySet

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Borrower, Channel, ContactAddress
from tideover.app.messages import post_to
from tideover.app.verbs.acting import demand_themselves
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal
from tideover.policy import Words

_SALT = "tideover.address"
#: How long the link of each channel may be opened.
LINK_LIVES: Mapping[str, timedelta] = {
    Channel.WECHAT: timedelta(minutes=15),
    Channel.EMAIL: timedelta(days=1),
}
_LENGTH_MAX = 254
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class LinkExpired(Refusal):
    """A link that connects an address is too old, was altered, or was used by somebody."""

    code: ClassVar[str] = "link-expired"

    def __init__(self) -> None:
        super().__init__(
            "this link does not work any more; ask for a new one where you got it",
            "这个链接已经失效，请回到原来的地方重新获取",
        )


class NotAnAddress(Refusal):
    """What was typed is no e-mail address."""

    code: ClassVar[str] = "not-an-address"

    def __init__(self) -> None:
        super().__init__(
            "this does not look like an e-mail address; write it as name@example.com",
            "这不像一个邮箱地址，请按 name@example.com 的样子填写",
        )


class AddressTaken(Refusal):
    """The address is connected already, to this borrower or to another one."""

    code: ClassVar[str] = "address-taken"

    def __init__(self) -> None:
        super().__init__(
            "this address is connected to an account already; disconnect it there first, or call "
            "the hotline",
            "这个地址已经绑定过账户，请先在那边解除，或拨打官方热线",
        )


def index_of(channel: str, address: str) -> str:
    """The keyed digest by which an address is found again."""
    return blind_index(address.strip().lower(), purpose=f"address-{channel}")


def address_of(channel: str, address: str) -> ContactAddress | None:
    """The connected address of a borrower, if it is one."""
    rows = _in_use().filter(channel=channel, address_index=index_of(channel, address))
    return rows.select_related("borrower").first()


def addresses_of(borrower: Borrower) -> dict[str, ContactAddress]:
    """The borrower's connected addresses by channel."""
    demand_themselves(borrower)
    return {row.channel: row for row in _in_use().filter(borrower=borrower)}


def asked_by(channel: str, address: str) -> ContactAddress:
    """The row of an address that wants to be connected, made when there is none."""
    index = index_of(channel, address)
    row = (
        address_of(channel, address)
        or ContactAddress.objects.filter(
            channel=channel, address_index=index, borrower__isnull=True, closed_at__isnull=True
        ).first()
    )
    return row or ContactAddress.objects.create(
        channel=channel, address=address, address_index=index, asked_at=clock.now()
    )


def link_token(row: ContactAddress) -> str:
    """What stands in the link that connects the address: its number, a moment and a signature."""
    return TimestampSigner(salt=_SALT).sign(str(row.pk))


def confirm_mailbox(borrower: Borrower, mailbox: str, *, link_to: str) -> None:
    """Send the link that connects a mailbox to it; `link_to` is the page, the token is put after.

    Raises:
        NotAnAddress: it is none.
    """
    demand_themselves(borrower)
    address = _UNSEEN.sub("", mailbox).strip()
    try:
        if len(address) > _LENGTH_MAX:
            raise NotAnAddress
        validate_email(address)
    except ValidationError:
        raise NotAnAddress from None
    with atomic():
        row = ContactAddress.objects.create(
            channel=Channel.EMAIL, borrower=borrower, address=address,
            address_index=index_of(Channel.EMAIL, address), asked_at=clock.now(),
        )  # fmt: skip
        link = f"{link_to}?t={link_token(row)}"
        post_to(
            borrower,
            channel=Channel.EMAIL,
            to=address,
            kind="mailbox.confirm",
            words=Words(
                f"有人想用这个邮箱接收贷款协商的通知。如果是你，请登录后打开：{link}"
                "\n如果不是你，请忽略这封邮件。",
                "somebody wants news about a loan request at this mailbox. If it is you, sign in "
                f"and open {link}\nIf it is not, ignore this message.",
            ),
            key=f"mailbox:{row.pk}",
        )


def confirm(borrower: Borrower, token: str, *, is_sure: bool) -> ContactAddress:
    """The address of a link; connected to the borrower when they are sure.

    An address of the same channel that was connected before is let go.

    Raises:
        LinkExpired: too old, altered, another borrower's, or taken back.
        AddressTaken: somebody else's.
    """
    demand_themselves(borrower)
    row = _linked(token)
    if row.closed_at is not None or row.borrower_id not in {None, borrower.pk}:
        raise LinkExpired
    if row.confirmed_at is not None or not is_sure:
        return row
    with atomic():
        owner = address_of(row.channel, row.address)
        if owner is not None and owner.borrower_id != borrower.pk:
            raise AddressTaken
        at = clock.now()
        _in_use().filter(borrower=borrower, channel=row.channel).update(closed_at=at)
        row.borrower, row.confirmed_at = borrower, at
        row.save(update_fields=["borrower", "confirmed_at"])
        _tell(row, kind="address.connected", actor=borrower.account.login)
        post_to(
            borrower,
            channel=Channel.SMS,
            to=borrower.phone,
            kind="address.connected",
            words=_CONNECTED[row.channel],
            key=f"address:{row.pk}",
        )
    return row


def close_address(borrower: Borrower, channel: str) -> None:
    """Let the borrower's address of a channel go. Raises NotFound when there is none."""
    demand_themselves(borrower)
    with atomic():
        row = _in_use().filter(borrower=borrower, channel=channel).first()
        if row is None:
            raise NotFound("address")
        row.closed_at = clock.now()
        row.save(update_fields=["closed_at"])
        Borrower.objects.filter(pk=borrower.pk, notify_by=channel).update(notify_by=Channel.SMS)
        _tell(row, kind="address.closed", actor=borrower.account.login)


def tell_by(borrower: Borrower, channel: str) -> None:
    """Tell the borrower by this channel from now on. Raises NotFound for one not connected."""
    demand_themselves(borrower)
    if channel != Channel.SMS and channel not in addresses_of(borrower):
        raise NotFound("address")
    Borrower.objects.filter(pk=borrower.pk).update(notify_by=channel)


def _linked(token: str) -> ContactAddress:
    longest = max(LINK_LIVES.values())
    try:
        number = TimestampSigner(salt=_SALT).unsign(token, max_age=longest)
        row = ContactAddress.objects.filter(pk=UUID(number)).first()
        if row is not None:
            TimestampSigner(salt=_SALT).unsign(token, max_age=LINK_LIVES[row.channel])
    except (BadSignature, ValueError):
        raise LinkExpired from None
    if row is None:
        raise LinkExpired
    return row


def _in_use() -> QuerySet[ContactAddress]:
    return ContactAddress.objects.filter(
        confirmed_at__isnull=False, closed_at__isnull=True, borrower__isnull=False
    )


def _tell(row: ContactAddress, *, kind: str, actor: str) -> None:
    body = {"address": str(row.pk), "channel": row.channel}
    log.append("channels", kind=kind, body=body, at=clock.now(), actor=actor)


_CONNECTED: Mapping[str, Words] = {
    Channel.WECHAT: Words(
        "你的账户已绑定一个微信。如果不是你本人操作，请登录后在“怎样联系我”里解除，或拨打官方热线。",
        "a WeChat was connected to your account. If that was not you, sign in and disconnect it "
        "under “How to reach me”, or call the official hotline.",
    ),
    Channel.EMAIL: Words(
        "你的账户已绑定一个邮箱。如果不是你本人操作，请登录后在“怎样联系我”里解除，或拨打官方热线。",
        "a mailbox was connected to your account. If that was not you, sign in and disconnect it "
        "under “How to reach me”, or call the official hotline.",
    ),
}

"""Who carries a message out of the house: nobody in the demo, gateways otherwise.

A provider is told the key of the message, and must deliver one key once: a message is handed over
again when nobody can say whether the first time arrived.
"""

from collections.abc import Mapping
from functools import cache
from typing import ClassVar, Protocol

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tideover.app import clock
from tideover.app.db.models import Channel, ContactAddress, OutboxMessage
from tideover.app.wechat import (
    OfficialAccount,
    OutOfWindow,
    Platform,
    PlatformRefused,
    Unreachable,
    account_from_environment,
)
from tideover.money import Refusal


class NotDelivered(Refusal):
    """The provider did not take the message; it is tried again later, unless `is_final`."""

    code: ClassVar[str] = "not-delivered"

    def __init__(self, why: str, *, is_final: bool = False) -> None:
        self.is_final = is_final
        super().__init__(f"the message was not taken: {why}", f"消息未能发出：{why}")


class Provider(Protocol):
    """Hands one message over."""

    def deliver(self, message: OutboxMessage) -> str:
        """Hand it over and return the provider's name for it, if it has one.

        Raises NotDelivered when it was not taken.
        """


class OnScreen:
    """The demo's: the message is shown in the outbox and goes nowhere."""

    def deliver(self, message: OutboxMessage) -> str:  # noqa: ARG002 - as every provider
        """Nothing leaves."""
        return ""


class MailGateway:
    """Sends through SMTP to a gateway that makes text messages of mail to `number@domain`."""

    def __init__(self, domain: str) -> None:
        self._domain = domain

    def deliver(self, message: OutboxMessage) -> str:
        """Send it with its key as the message's number, so that a second copy is known as one."""
        return _send(message, to=f"{message.to}@{self._domain}", domain=self._domain, subject="")


class Mailbox:
    """Sends e-mail, through the provider that Anymail was set up for or through SMTP."""

    def deliver(self, message: OutboxMessage) -> str:
        """Send it; the subject says nothing about a loan, since it is seen on a locked screen."""
        english = message.borrower is not None and message.borrower.language == "en"
        subject = "You have a new message" if english else "你有一条新消息"
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
        return _send(message, to=str(message.to), domain=domain, subject=subject)


class WeChat:
    """Sends as the official account: words within 48 hours, the one template afterwards."""

    def __init__(self, account: OfficialAccount, *, portal: str) -> None:
        self.platform = Platform(account)
        self._template = account.template
        self._portal = portal

    def deliver(self, message: OutboxMessage) -> str:
        """Send it; for good not where the follower has gone or the platform takes no words now."""
        follower = ContactAddress.objects.filter(
            borrower=message.borrower, channel=Channel.WECHAT, closed_at__isnull=True,
            confirmed_at__isnull=False,
        ).first()  # fmt: skip
        if follower is None or follower.address != message.to:
            raise NotDelivered("this WeChat is connected no more", is_final=True)
        is_open = follower.window_until is not None and clock.now() < follower.window_until
        try:
            if is_open:
                try:
                    return self.platform.send_text(str(message.to), str(message.text))
                except OutOfWindow:
                    if not self._template:
                        raise
            if self._template and not follower.failure:
                return self.platform.send_template(str(message.to), case="—", url=self._portal)
        except OutOfWindow as refusal:
            raise NotDelivered(str(refusal), is_final=True) from refusal
        except (PlatformRefused, Unreachable) as refusal:
            raise NotDelivered(str(refusal)) from refusal
        raise NotDelivered("the 48 hours in which WeChat takes words are over", is_final=True)


class ByChannel:
    """Hands each message to the provider of its channel."""

    def __init__(self, providers: Mapping[str, Provider]) -> None:
        self._providers = providers

    def deliver(self, message: OutboxMessage) -> str:
        """Hand it over; for good not by a channel that this deployment does not have."""
        found = self._providers.get(message.channel)
        if found is None:
            raise NotDelivered(f"there is no way out by {message.channel}", is_final=True)
        return found.deliver(message)


def provider() -> Provider:
    """The providers this deployment uses; in the demo nothing leaves."""
    if settings.DEMO:
        return OnScreen()
    domain: str = settings.SMS_DOMAIN
    ways: dict[str, Provider] = {
        Channel.SMS: MailGateway(domain) if domain else OnScreen(),
    }
    if settings.SENDS_MAIL:
        ways[Channel.EMAIL] = Mailbox()
    if (wechat := wechat_provider()) is not None:
        ways[Channel.WECHAT] = wechat
    return ByChannel(ways)


@cache
def wechat_provider() -> WeChat | None:
    """The official account's provider, which keeps the token; None without an account."""
    account = account_from_environment()
    return WeChat(account, portal=settings.PORTAL_ADDRESS) if account else None


def _send(message: OutboxMessage, *, to: str, domain: str, subject: str) -> str:
    number = f"<{message.id}@{domain}>"
    mail = EmailMessage(
        subject=subject,
        body=str(message.text),
        to=[to],
        headers={"Message-ID": number, "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    mail.metadata = {"message": str(message.id)}  # type: ignore[attr-defined]
    try:
        mail.send()
    except (OSError, AnymailError) as error:  # smtplib's errors are of the first family
        raise NotDelivered(str(error)[:150] or type(error).__name__) from error
    status = getattr(mail, "anymail_status", None)
    return str(getattr(status, "message_id", None) or number)

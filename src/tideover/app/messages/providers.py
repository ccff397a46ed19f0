"""Who carries a message out of the house: nobody in the demo, a mail gateway otherwise.

A provider is told the key of the message, and must deliver one key once: a message is handed over
again when nobody can say whether the first time arrived.
"""

from typing import ClassVar, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tideover.app.db.models import OutboxMessage
from tideover.money import Refusal


class NotDelivered(Refusal):
    """The provider did not take the message; it is tried again later."""

    code: ClassVar[str] = "not-delivered"

    def __init__(self, why: str) -> None:
        super().__init__(f"the message was not taken: {why}", f"消息未能发出：{why}")


class Provider(Protocol):
    """Hands one message over."""

    def deliver(self, message: OutboxMessage) -> None:
        """Hand it over. Raises NotDelivered when it was not taken."""


class OnScreen:
    """The demo's: the message is shown in the outbox and goes nowhere."""

    def deliver(self, message: OutboxMessage) -> None:
        """Nothing leaves."""


class MailGateway:
    """Sends through SMTP to a gateway that makes text messages of mail to `number@domain`."""

    def __init__(self, domain: str) -> None:
        self._domain = domain

    def deliver(self, message: OutboxMessage) -> None:
        """Send it with its key as the message's number, so that a second copy is known as one."""
        mail = EmailMessage(
            subject="",
            body=str(message.text),
            to=[f"{message.to}@{self._domain}"],
            headers={"Message-ID": f"<{message.id}@{self._domain}>"},
            connection=get_connection(),
        )
        try:
            mail.send()
        except OSError as error:  # smtplib's errors are of this family too
            raise NotDelivered(str(error) or type(error).__name__) from error


def provider() -> Provider:
    """The one this deployment uses: `TIDEOVER_SMS_DOMAIN` names the gateway's domain."""
    domain: str = settings.SMS_DOMAIN
    return MailGateway(domain) if domain else OnScreen()

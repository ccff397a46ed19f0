"""Messages to people leave through an outbox: a row in the transaction of what they tell about."""

from tideover.app.messages.draining import Drained, QuietHours, drain
from tideover.app.messages.outbox import post, recent
from tideover.app.messages.providers import MailGateway, NotDelivered, OnScreen, Provider, provider

__all__ = [
    "Drained",
    "MailGateway",
    "NotDelivered",
    "OnScreen",
    "Provider",
    "QuietHours",
    "drain",
    "post",
    "provider",
    "recent",
]

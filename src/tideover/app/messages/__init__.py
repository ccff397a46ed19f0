"""Messages to people leave through an outbox: a row in the transaction of what they tell about."""

from tideover.app.messages.draining import Drained, QuietHours, drain
from tideover.app.messages.outbox import give_up, not_arrived, post, post_to, post_to_phone, recent
from tideover.app.messages.providers import (
    ByChannel,
    Mailbox,
    MailGateway,
    NotDelivered,
    OnScreen,
    Provider,
    WeChat,
    provider,
    wechat_provider,
)

__all__ = [
    "ByChannel",
    "Drained",
    "MailGateway",
    "Mailbox",
    "NotDelivered",
    "OnScreen",
    "Provider",
    "QuietHours",
    "WeChat",
    "drain",
    "give_up",
    "not_arrived",
    "post",
    "post_to",
    "post_to_phone",
    "provider",
    "recent",
    "wechat_provider",
]

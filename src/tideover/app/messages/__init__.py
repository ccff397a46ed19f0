"""Messages to people leave through an outbox: a row in the transaction of what they tell about."""

from tideover.app.messages.outbox import post, recent

__all__ = ["post", "recent"]

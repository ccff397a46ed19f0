"""The thread of a case: what borrower and lender write to each other, whatever the channel."""

from tideover.app.verbs.conversation.flags import close_flag
from tideover.app.verbs.conversation.thread import FlagView, Said, said_again, thread_for, thread_of
from tideover.app.verbs.conversation.writing import (
    MESSAGE_LENGTH_MAX,
    SameMessage,
    TooManyMessages,
    reply,
    write,
)

__all__ = [
    "MESSAGE_LENGTH_MAX",
    "FlagView",
    "Said",
    "SameMessage",
    "TooManyMessages",
    "close_flag",
    "reply",
    "said_again",
    "thread_for",
    "thread_of",
    "write",
]

"""The thread of a case: what borrower and lender write to each other, whatever the channel."""

from tideover.app.verbs.conversation.distress import hear_distress
from tideover.app.verbs.conversation.flags import close_flag
from tideover.app.verbs.conversation.telephone import (
    Caller,
    ask_call_back,
    call_done,
    caller_of,
    calls_to_make,
    next_slot,
    note_call,
)
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
    "Caller",
    "FlagView",
    "Said",
    "SameMessage",
    "TooManyMessages",
    "ask_call_back",
    "call_done",
    "caller_of",
    "calls_to_make",
    "close_flag",
    "hear_distress",
    "next_slot",
    "note_call",
    "reply",
    "said_again",
    "thread_for",
    "thread_of",
    "write",
]

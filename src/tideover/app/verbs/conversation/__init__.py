"""The thread of a case: what borrower and lender write to each other, whatever the channel."""

from tideover.app.verbs.conversation.distress import hear_distress
from tideover.app.verbs.conversation.flags import close_flag
from tideover.app.verbs.conversation.limits import (
    ContactRefused,
    QuietNow,
    ThirdParty,
    TooManyCalls,
    calls_today,
    demand_may_call,
)
from tideover.app.verbs.conversation.notes import keep_note, notes_of
from tideover.app.verbs.conversation.telephone import (
    Caller,
    ask_call_back,
    ask_to_be_called,
    begin,
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
    "ContactRefused",
    "FlagView",
    "QuietNow",
    "Said",
    "SameMessage",
    "ThirdParty",
    "TooManyCalls",
    "TooManyMessages",
    "ask_call_back",
    "ask_to_be_called",
    "begin",
    "call_done",
    "caller_of",
    "calls_to_make",
    "calls_today",
    "close_flag",
    "demand_may_call",
    "hear_distress",
    "keep_note",
    "next_slot",
    "note_call",
    "notes_of",
    "reply",
    "said_again",
    "thread_for",
    "thread_of",
    "write",
]

"""What comes in by WeChat and by e-mail: kept first, then put into the borrower's one case.

Whoever is not known becomes a task for the desk; nothing that came in is lost.
"""

from tideover.app.verbs.arriving import mail, wechat
from tideover.app.verbs.arriving.addresses import (
    AddressTaken,
    LinkExpired,
    NotAnAddress,
    address_of,
    addresses_of,
    asked_by,
    close_address,
    confirm,
    confirm_mailbox,
    link_token,
    tell_by,
)
from tideover.app.verbs.arriving.desk import (
    NoCaseThere,
    Task,
    assign,
    close_task,
    tasks,
    tasks_count,
)
from tideover.app.verbs.arriving.fetching import Fetched, fetch_arrived
from tideover.app.verbs.arriving.refusing import is_replay, note_refused

__all__ = [
    "AddressTaken",
    "Fetched",
    "LinkExpired",
    "NoCaseThere",
    "NotAnAddress",
    "Task",
    "address_of",
    "addresses_of",
    "asked_by",
    "assign",
    "close_address",
    "close_task",
    "confirm",
    "confirm_mailbox",
    "fetch_arrived",
    "is_replay",
    "link_token",
    "mail",
    "note_refused",
    "tasks",
    "tasks_count",
    "tell_by",
    "wechat",
]

"""Agreed changes and a core banking system elsewhere: asked before the offer, booked after signing.

With the embedded core, which is the default, none of this does anything.
"""

from tideover.app.verbs.hosting.booking import BookedInHost, book_waiting, failing, queue
from tideover.app.verbs.hosting.expressing import (
    HostCannotBook,
    HostDisagrees,
    demand_bookable,
    remarks,
)
from tideover.app.verbs.hosting.syncing import Synced, managed_loans, sync, sync_when_due

__all__ = [
    "BookedInHost",
    "HostCannotBook",
    "HostDisagrees",
    "Synced",
    "book_waiting",
    "demand_bookable",
    "failing",
    "managed_loans",
    "queue",
    "remarks",
    "sync",
    "sync_when_due",
]

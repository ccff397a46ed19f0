"""The core banking system in which the loan book lives, and what it can be asked to do.

By default the ledger of this service is the book (`EmbeddedCore`). `TIDEOVER_HOST` names another
one; then an agreed change is first said in that system's own operations, before an offer is made.
"""

from tideover.app.host.choosing import HostUnknown, core
from tideover.app.host.embedded import EmbeddedCore
from tideover.app.host.interface import (
    Expression,
    HostCore,
    HostLine,
    HostLoan,
    HostPayment,
    HostRefused,
    HostUnreachable,
    NotInHost,
)
from tideover.app.host.operations import (
    ChangeRate,
    ForgivePrincipal,
    Operation,
    PauseInterest,
    Reage,
    WaiveCharges,
    WaiveInterest,
    operation_from_record,
    operation_to_record,
)

__all__ = [
    "ChangeRate",
    "EmbeddedCore",
    "Expression",
    "ForgivePrincipal",
    "HostCore",
    "HostLine",
    "HostLoan",
    "HostPayment",
    "HostRefused",
    "HostUnknown",
    "HostUnreachable",
    "NotInHost",
    "Operation",
    "PauseInterest",
    "Reage",
    "WaiveCharges",
    "WaiveInterest",
    "core",
    "operation_from_record",
    "operation_to_record",
]

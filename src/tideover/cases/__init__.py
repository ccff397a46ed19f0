"""The conversation about one hardship: states, commands, events, and the chain they are kept in.

`decide(case, command)` returns events and changes nothing; `apply(case, event)` never refuses.
Commands and events are in `tideover.cases.commands` and `tideover.cases.events`, refusals in
`tideover.cases.refusals`.
"""

from tideover.cases import commands, events, refusals
from tideover.cases.case import (
    REQUIRED_SECTIONS,
    Case,
    apply,
    fold,
)
from tideover.cases.chain import (
    GENESIS,
    ChainFault,
    ChainHead,
    ChainRow,
    Damage,
    digest,
    head,
    verify_chain,
)
from tideover.cases.commands import COMMANDS, Command, EvidenceOutcome
from tideover.cases.events import EVENTS, CaseEvent
from tideover.cases.on_file import EvidenceOnFile, OfferSetOnFile, Table
from tideover.cases.records import (
    canonical_bytes,
    event_from_record,
    event_to_record,
    record_digest,
)
from tideover.cases.refusals import CommandNotAllowed, StaleCase, UnableToDecide
from tideover.cases.rounds import (
    BY_POLICY,
    FoundSet,
    OfferOnFile,
    Round,
    RoundAnswer,
    RoundOutcome,
    Terms,
)
from tideover.cases.states import CLOSED, ON_THE_TABLE, OPEN, UNDECIDED, CaseState, Turn
from tideover.cases.table import DECISIONS, allowed, check_version, decide, diagram

__all__ = [
    "BY_POLICY",
    "CLOSED",
    "COMMANDS",
    "DECISIONS",
    "EVENTS",
    "GENESIS",
    "ON_THE_TABLE",
    "OPEN",
    "REQUIRED_SECTIONS",
    "UNDECIDED",
    "Case",
    "CaseEvent",
    "CaseState",
    "ChainFault",
    "ChainHead",
    "ChainRow",
    "Command",
    "CommandNotAllowed",
    "Damage",
    "EvidenceOnFile",
    "EvidenceOutcome",
    "FoundSet",
    "OfferOnFile",
    "OfferSetOnFile",
    "Round",
    "RoundAnswer",
    "RoundOutcome",
    "StaleCase",
    "Table",
    "Terms",
    "Turn",
    "UnableToDecide",
    "allowed",
    "apply",
    "canonical_bytes",
    "check_version",
    "commands",
    "decide",
    "diagram",
    "digest",
    "event_from_record",
    "event_to_record",
    "events",
    "fold",
    "head",
    "record_digest",
    "refusals",
    "verify_chain",
]

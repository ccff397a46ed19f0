"""The conversation about one hardship: states, commands, events, and the chain they are kept in."""

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

__all__ = [
    "GENESIS",
    "ChainFault",
    "ChainHead",
    "ChainRow",
    "Damage",
    "digest",
    "head",
    "verify_chain",
]

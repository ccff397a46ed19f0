"""Keeping a signed plan: is it kept, what is said when, what ending it costs, what it switches off.

Everything here follows from the state of the loan on a day and the policy of the agreement; nothing
reads a clock or remembers anything.
"""

from tideover.agreements.keeping.ending import Ending, ending
from tideover.agreements.keeping.judging import KeepingRules, PlanJudgement, judge_plan
from tideover.agreements.keeping.protection import Protection, protection_on
from tideover.agreements.keeping.quoting import (
    QuoteBeforeEvents,
    SettlementQuote,
    settlement_quote,
)
from tideover.agreements.keeping.telling import (
    Notice,
    NoticeKind,
    next_look,
    notices_due,
    receipt_due,
)

__all__ = [
    "Ending",
    "KeepingRules",
    "Notice",
    "NoticeKind",
    "PlanJudgement",
    "Protection",
    "QuoteBeforeEvents",
    "SettlementQuote",
    "ending",
    "judge_plan",
    "next_look",
    "notices_due",
    "protection_on",
    "receipt_due",
    "settlement_quote",
]

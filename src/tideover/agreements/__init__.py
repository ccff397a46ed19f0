"""Agreements as text and as data: key facts, clauses, cost table, schedule, and how a plan goes."""

from tideover.agreements.composing import compose
from tideover.agreements.document import (
    AgreementDocument,
    Clause,
    CostRow,
    Row,
    document_digest,
    document_to_record,
)
from tideover.agreements.facts import AgreementFacts, Party, annual_rate_words, rate_words
from tideover.agreements.progress import AnotherSchedule, PlanProgress, plan_progress

__all__ = [
    "AgreementDocument",
    "AgreementFacts",
    "AnotherSchedule",
    "Clause",
    "CostRow",
    "Party",
    "PlanProgress",
    "Row",
    "annual_rate_words",
    "compose",
    "document_digest",
    "document_to_record",
    "plan_progress",
    "rate_words",
]

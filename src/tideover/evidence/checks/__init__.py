"""Checks of a document against itself, the calendar, the case and its own making.

Each yields findings: where, why, how sure, and what would settle it. None is a verdict.
"""

from tideover.evidence.checks.duplicates import duplicate
from tideover.evidence.checks.editing import edits
from tideover.evidence.checks.facts import Facts, disagreements
from tideover.evidence.checks.findings import (
    SUSPICIOUS,
    Finding,
    Outcome,
    Weight,
    outcome_of,
    told,
)
from tideover.evidence.checks.sums import disagreeing_sums

__all__ = [
    "SUSPICIOUS",
    "Facts",
    "Finding",
    "Outcome",
    "Weight",
    "disagreeing_sums",
    "disagreements",
    "duplicate",
    "edits",
    "outcome_of",
    "told",
]

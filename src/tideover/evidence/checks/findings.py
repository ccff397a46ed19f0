"""What a check found: where, why, how sure, and what would settle it. Never a verdict."""

from dataclasses import dataclass
from enum import StrEnum

from tideover.evidence.reading import Where
from tideover.policy import Words


class Weight(StrEnum):
    """What a finding says about the document; a person decides what it means."""

    NOTE = "note"
    """Worth knowing, and no reason for doubt."""
    UNREAD = "unread"
    """Something that is needed could not be read or checked."""
    EDITED = "edited"
    """The file was changed after it was made."""
    CONTRADICTION = "contradiction"
    """The document disagrees with itself, with the calendar or with what the case says."""
    DUPLICATE = "duplicate"
    """The same document, or nearly, was handed in elsewhere."""


#: Weights that make a document suspicious: somebody must look, nobody is refused for it.
SUSPICIOUS = frozenset({Weight.EDITED, Weight.CONTRADICTION, Weight.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found in a document."""

    code: str
    weight: Weight
    why: Words
    settles: Words
    """What would settle it, for whoever decides."""
    sure: int
    """Per mille."""
    where: Where | None = None
    """None when it concerns the whole file."""


def told(english: str, chinese: str) -> Words:
    """Return one sentence in both languages."""
    return Words(zh=chinese, en=english)


class Outcome(StrEnum):
    """What the checks came to; a person decides."""

    VERIFIED = "verified"
    """Everything that can be checked here was, and agrees."""
    UNVERIFIABLE = "unverifiable"
    """It cannot be told from the file alone: ask for a better copy, or ask who issued it."""
    CONTRADICTED = "contradicted"
    """It disagrees with itself, with the calendar or with the case."""


def outcome_of(findings: tuple[Finding, ...]) -> Outcome:
    """Return what the findings come to."""
    weights = {finding.weight for finding in findings}
    if Weight.CONTRADICTION in weights:
        return Outcome.CONTRADICTED
    if weights - {Weight.NOTE}:
        return Outcome.UNVERIFIABLE
    return Outcome.VERIFIED

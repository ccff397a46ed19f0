"""What a cause needs as evidence: which papers the policy book asks for, and words for each."""

from dataclasses import dataclass

from tideover.evidence.need_words import NEED_WORDS
from tideover.policy import Parameters, Words


@dataclass(frozen=True, slots=True)
class EvidenceNeed:
    """One paper that would help, why, and what it may look like."""

    code: str
    """As the policy book names it, for example `termination_letter`."""
    label: Words
    why: Words
    examples: tuple[Words, ...]


class NeedWithoutWords(LookupError):
    """The policy book asks for a paper that nobody could explain to a borrower."""

    def __init__(self, code: str, *, cause: str) -> None:
        self.code = code
        super().__init__(
            f"policy parameter 'evidence.{cause}' asks for {code!r}, which has no words in "
            "tideover.evidence.need_words; add a label, a why and examples"
        )


def needed(cause: str, parameters: Parameters) -> tuple[EvidenceNeed, ...]:
    """Return the papers that show `cause`, the most useful first.

    They are what the policy asks for and never a condition: a borrower may say “I do not have
    this” to any of them, and a person decides.

    Raises:
        ParameterUnknown: the book knows no such cause.
        NeedWithoutWords: the book asks for a paper that has no words.
    """
    return tuple(_need(code, cause=cause) for code in parameters.names(f"evidence.{cause}"))


def _need(code: str, *, cause: str) -> EvidenceNeed:
    if code not in NEED_WORDS:
        raise NeedWithoutWords(code, cause=cause)
    label, why, examples = NEED_WORDS[code]
    return EvidenceNeed(code, label, why, examples)

"""What a rule answers: never only no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from tideover.policy.words import Words

__all__ = ["Verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One rule's answer with its reason, numbers inside, and where the rule comes from.

    A verdict that is not `binding` is a notice: it tells a reader something about the plan and
    stops nothing.
    """

    rule: str
    passed: bool
    because: Words
    reference: str
    binding: bool = True

    @property
    def stops(self) -> bool:
        """Whether this verdict alone rules the plan out."""
        return self.binding and not self.passed

    def to_record(self) -> dict[str, object]:
        """Return the verdict as a JSON-ready record."""
        return {
            "rule": self.rule,
            "passed": self.passed,
            "because": self.because.to_record(),
            "reference": self.reference,
            "binding": self.binding,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> Self:
        """Return the verdict that `to_record` wrote down."""
        because = record["because"]
        words = because if isinstance(because, Mapping) else {"zh": "", "en": ""}
        return cls(
            rule=str(record["rule"]),
            passed=bool(record["passed"]),
            because=Words.from_record(words),
            reference=str(record["reference"]),
            binding=bool(record["binding"]),
        )

"""What became of the cases, class by class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: `difference` is the first cell that differs, None when all agree."""

    case_class: str
    case_id: str
    difference: str | None

    @property
    def has_passed(self) -> bool:
        """Whether every figure agrees."""
        return self.difference is None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases of a class pass."""

    case_class: str
    passed: int
    total: int

    @property
    def line(self) -> str:
        """The line printed: `class passed/total`."""
        return f"{self.case_class} {self.passed}/{self.total}"


def tallies(outcomes: Iterable[Outcome]) -> tuple[Tally, ...]:
    """Return one tally a class, in the order the classes came, and the total."""
    counts: dict[str, list[int]] = {}
    for outcome in outcomes:
        count = counts.setdefault(outcome.case_class, [0, 0])
        count[0] += outcome.has_passed
        count[1] += 1
    by_class = tuple(Tally(name, passed, total) for name, (passed, total) in counts.items())
    whole = Tally("total", sum(one.passed for one in by_class), sum(one.total for one in by_class))
    return (*by_class, whole)

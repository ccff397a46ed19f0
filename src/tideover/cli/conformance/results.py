"""What became of the cases, class by class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tideover.money import Money

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a reader says of one case.

    `difference` is the first cell that differs, None when all agree. `dropped` is what a host
    drops of split interest, so that its own table does not conserve it; None when nothing is.
    """

    difference: str | None
    dropped: Money | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case, and what its reader says of it."""

    case_class: str
    case_id: str
    checked: Checked

    @property
    def difference(self) -> str | None:
        """The first cell that differs, None when all agree."""
        return self.checked.difference

    @property
    def not_conserved(self) -> str | None:
        """What the host drops, in major units; None when every cent is conserved."""
        return self.checked.dropped.text if self.checked.dropped else None

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

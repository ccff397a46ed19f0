"""A run read for the report: sums of both policies, words of the chosen language."""

from dataclasses import dataclass
from typing import Any

from tideover.money import currency
from tideover.policy import Words
from tideover.portfolio.report.figures import large
from tideover.portfolio.running import Run
from tideover.portfolio.tallies import ARMS

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A run and the language it is told in."""

    run: Run
    language: str

    def say(self, zh: str, en: str) -> str:
        """Return the words of the language."""
        return Words(zh, en).in_language(self.language)

    def sum(self, name: str) -> int:
        """Return a sum; nothing counted is nought."""
        return self.run.tally.get(name, 0)

    def both(self, name: str) -> tuple[int, int]:
        """Return a sum under policy A and under B."""
        return self.sum(f"{ARMS[0]}/{name}"), self.sum(f"{ARMS[1]}/{name}")

    @property
    def symbol(self) -> str:
        """The sign of the book's currency."""
        return currency(self.text("currency")).symbol

    def large(self, minor: int) -> str:
        """Return an amount as a reader of a book's sums wants it."""
        return large(minor, language=self.language, symbol=self.symbol)

    def signed(self, minor: int) -> str:
        """Return a difference with its sign."""
        return self.large(minor) if minor < 0 else "+" + self.large(minor)

    def listed(self, name: str) -> list[dict[str, Any]]:
        """Return records that were kept with the run."""
        found: Any = self.run.made_of[name]
        return list(found)

    def text(self, name: str) -> str:
        """Return an argument of the run."""
        return str(self.run.made_of[name])

    @property
    def months(self) -> int:
        """How many months were looked ahead."""
        return int(self.text("months"))

    @property
    def names(self) -> tuple[str, str]:
        """What the two policies are called."""
        names = {
            one["name"].rpartition("_")[2]: one
            for one in self.listed("policies")
            if one["name"].startswith("grant.name_")
        }
        one = names[self.language]
        return one["A"], one["B"]

    def assumed(self, name: str) -> str:
        """Return the value of an assumption."""
        return next(
            str(one["value"])
            for one in self.listed("assumptions")
            if one["name"] == f"simulation.{name}"
        )

    def labels(self, dimension: str, *, least: int = 1) -> list[str]:
        """Return the groups in which at least so many asked, in the order of words."""
        start = f"A/by/{dimension}/asked="
        return sorted(
            name.removeprefix(start)
            for name, many in self.run.tally.items()
            if name.startswith(start) and many >= least
        )

    @property
    def dimensions(self) -> list[str]:
        """Return the columns by which groups are looked at, the cause apart."""
        found = {name.split("/")[2] for name in self.run.tally if name.startswith("A/by/")}
        return sorted(found - {"cause"})

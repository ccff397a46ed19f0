"""One way to print a measurement beside its goal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, its unit, and the goal that it must not pass (or must reach)."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    is_floor: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the goal holds; a figure without one is context."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.is_floor else self.value <= self.goal


def print_measured(title: str, rows: list[Measured]) -> bool:
    """Print the rows under a title and return whether every goal is met."""
    print(f"\n{title}")
    for row in rows:
        goal = ""
        if row.goal is not None:
            sign = "≥" if row.is_floor else "≤"
            goal = f"{sign} {row.goal:g} {row.unit}  {'met' if row.is_met else 'MISSED'}"
        print(f"  {row.name:<44} {row.value:>10.1f} {row.unit:<8} {goal}")
    return all(row.is_met for row in rows)

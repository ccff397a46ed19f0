"""The rows of a schedule while a loan is being folded: what is charged and what is paid."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from tideover.loan.components import Component

#: Minor units by component.
Amounts = dict[Component, int]


def nothing() -> Amounts:
    """Return zero of every component."""
    return dict.fromkeys(Component, 0)


@dataclass(slots=True)
class Row:
    """One row: the days it stands for, what it asks, what was paid of it, and when it was met.

    An `is_extra` row follows the maturity, for charges or credits after it. Under a grace its
    interest is asked by `carrier`, a later row.
    """

    start: date
    due: date
    charged: Amounts = field(default_factory=nothing)
    paid: Amounts = field(default_factory=nothing)
    in_advance: int = 0
    late: int = 0
    met_on: date | None = None
    is_down_payment: bool = False
    is_extra: bool = False
    is_reaged: bool = False
    credited_principal: int = 0
    carrier: Self | None = None

    @property
    def asked(self) -> int:
        """Everything asked."""
        return sum(self.charged.values())

    @property
    def paid_in_all(self) -> int:
        """Everything paid."""
        return sum(self.paid.values())

    @property
    def outstanding(self) -> int:
        """Everything asked and not paid."""
        return sum(self.left(component) for component in Component)

    @property
    def is_met(self) -> bool:
        """Whether it was met and asks nothing more since."""
        return self.met_on is not None and not self.outstanding

    def left(self, component: Component) -> int:
        """Return what is asked of one component and not paid."""
        return self.charged[component] - self.paid[component]

    def pay(self, component: Component, amount: int, *, on: date) -> int:
        """Pay up to `amount` of one component; return how much of it was taken."""
        taken = max(min(self.left(component), amount), 0)
        self.paid[component] += taken
        if on < self.due:
            self.in_advance += taken
        elif on > self.due:
            self.late += taken
        self.met_on = None if self.outstanding else on
        return taken

    def ask(self, *, principal: int, interest: int) -> None:
        """Ask another principal and interest."""
        self.charged[Component.PRINCIPAL] = principal
        self.charged[Component.INTEREST] = interest

    def charge(self, component: Component, amount: int) -> None:
        """Ask more of one component; the row is open again."""
        self.charged[component] += amount
        self.met_on = None

    def take(self, other: "Row") -> None:
        """Take over what another row asks and what was paid of it, nothing of it late."""
        for component in Component:
            self.charged[component] += other.charged[component]
            self.paid[component] += other.paid[component]
        self.in_advance += other.in_advance

    def note_met(self, on: date) -> None:
        """Note whether the row is met now; a row met already keeps its day."""
        if self.outstanding:
            self.met_on = None
        elif self.met_on is None:
            self.met_on = on

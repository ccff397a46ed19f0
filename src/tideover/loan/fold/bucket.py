"""The working account of one schedule line while a loan is being folded. Minor units only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from tideover.dates import DayCount, Period
from tideover.loan.components import Component
from tideover.loan.rates import AnnualRate, DailyRate, Rate
from tideover.loan.reasons import Reason
from tideover.loan.rebuilding import bearing_pieces
from tideover.loan.schedule import ScheduleLine
from tideover.loan.terms import PenaltyBase
from tideover.money import Rounding

#: What each part of a debt is counted in: whole minor units by component.
Amounts = dict[Component, int]

#: Walking a tuple costs a third of walking the enumeration.
PARTS: Final = tuple(Component)
# 360, 364, 365 and 366 divide it.
_PARTS_OF_YEAR: Final = 360 * 91 * 73 * 61
# A compounded factor is correct to fifty digits, so it has fewer decimals than that.
_PARTS_COMPOUNDED: Final = 10**50


def no_amounts() -> Amounts:
    """Return zero of every component."""
    return dict.fromkeys(PARTS, 0)


@dataclass(frozen=True, slots=True)
class LateRules:
    """How overdue principal goes on costing: its rate, the penalty on top, and the grace."""

    rate: Rate | None
    base: PenaltyBase
    uplift: Fraction
    grace_days: int
    rounding: Rounding
    _known: dict[tuple[date, date], int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def denominator(self) -> int:
        """What `units` counts in: every day count of this rate divides it."""
        match self.rate:
            case None:
                return 1
            case DailyRate():
                return self.rate.of_day.denominator
            case AnnualRate(compounds_a_year=None) | AnnualRate(day_count=DayCount.MONTHLY):
                return self.rate.of_year.denominator * _PARTS_OF_YEAR
            case AnnualRate():
                return _PARTS_COMPOUNDED

    def units(self, start: date, end: date) -> int:
        """Return the late interest on one unit from `start` to `end`, exact, in `denominator`s."""
        if self.rate is None:
            return 0
        found = self._known.get((start, end))
        if found is None:
            exact = self.rate.over_late(Period(start, end)) * self.denominator
            found = self._known[start, end] = exact.numerator
        return found


@dataclass(slots=True)
class Bucket:
    """What one line asks for, and what was paid and waived of it.

    `bears_interest` is False for amounts carried over a restructure. The late interest is kept
    exact in `late_units`, and is rounded once, cumulatively, so days never lose a minor unit;
    `stretches` are the late days with the principal unpaid in them, `made_by` says which change
    made the line where the first schedule did not. `is_stopped` says that the loan closed before
    the line fell due; `settled` is what was paid and waived of all components
    together.
    """

    line: ScheduleLine
    asked: Amounts
    rules: LateRules
    bears_interest: bool = True
    paid: Amounts = field(default_factory=no_amounts)
    waived: Amounts = field(default_factory=no_amounts)
    charged: Amounts = field(default_factory=no_amounts)
    settled: int = 0
    late_units: int = 0
    penalty_units: int = 0
    late_interest: int = 0
    late_penalty: int = 0
    late_to: date | None = None
    is_stopped: bool = False
    stretches: list[tuple[date, date, int]] = field(default_factory=list)
    made_by: Reason | None = None
    #: The day its period began, before any change made the rest of it anew.
    begun: date = field(init=False)
    #: The day the line falls due, and the last day on which paying late costs nothing.
    due: date = field(init=False)
    grace_until: date = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.line.period.start
        self.fall_due_with(self.line)

    def fall_due_with(self, line: ScheduleLine) -> None:
        """Belong to another line, whose due date is then that of the bucket."""
        self.line = line
        self.due = line.due_date
        self.grace_until = self.due + timedelta(days=self.rules.grace_days)

    @classmethod
    def of(cls, line: ScheduleLine, rules: LateRules) -> "Bucket":
        """Return the bucket of a schedule line nothing has happened to."""
        asked = {
            Component.PRINCIPAL: line.principal.minor,
            Component.INTEREST: line.interest.minor,
            Component.PENALTY: 0,
            Component.FEE: line.fee.minor,
        }
        return cls(line, asked, rules)

    def left(self, component: Component) -> int:
        """Return what is still asked of one component."""
        return self.owed(component) - self.paid[component] - self.waived[component]

    def owed(self, component: Component) -> int:
        """Return what the line asks for in all, late interest and penalty included."""
        asked = self.asked[component]
        if component is Component.INTEREST:
            return asked + self.late_interest
        if component is Component.PENALTY:
            return asked + self.late_penalty
        return asked

    @property
    def has_unpaid_principal(self) -> bool:
        """Whether principal of the line is still to be paid."""
        return self.left(Component.PRINCIPAL) > 0

    def left_in_all(self) -> int:
        """Return what is still asked of all components together."""
        asked = sum(self.asked.values()) + self.late_interest + self.late_penalty
        return asked - self.settled

    def accrue(self, to: date, pauses: Sequence[Period]) -> None:
        """Count late interest on unpaid principal up to `to`, which itself does not count.

        Nothing counts while the grace lasts; once it is over all days since the due date do,
        those of a pause excepted.
        """
        if not self.bears_interest or to <= self.grace_until:
            return
        part = Component.PRINCIPAL
        unpaid = self.asked[part] - self.paid[part] - self.waived[part]
        start = self.late_to or self.due
        if unpaid > 0 and start < to:
            if pauses:
                for piece in bearing_pieces(Period(start, to), pauses):
                    self._count_late(piece.start, piece.end, unpaid)
            else:
                self._count_late(start, to, unpaid)
        self.late_to = to

    def _count_late(self, start: date, to: date, unpaid: int) -> None:
        rules = self.rules
        units = rules.units(start, to)
        self.stretches.append((start, to, unpaid))
        self.late_units += unpaid * units
        self.penalty_units += self._penalty_base(unpaid) * units
        whole, up = rules.denominator, rules.uplift
        self.late_interest = rules.rounding.of(self.late_units, whole)
        self.late_penalty = rules.rounding.of(
            self.penalty_units * up.numerator, whole * up.denominator
        )

    def _penalty_base(self, unpaid: int) -> int:
        """What penalty counts on: unpaid principal, or all that the line asked for on its day."""
        if self.rules.base is PenaltyBase.PRINCIPAL:
            return unpaid
        parts = (Component.INTEREST, Component.FEE)
        return unpaid + sum(
            max(self.asked[part] - self.paid[part] - self.waived[part], 0) for part in parts
        )

    def take(self, component: Component, amount: int) -> int:
        """Pay up to `amount` of one component and return what was used."""
        used = max(min(amount, self.left(component)), 0)
        self.paid[component] += used
        self.settled += used
        return used

    def give_back(self, component: Component, amount: int) -> None:
        """Take a payment of one component out again."""
        self.paid[component] -= amount
        self.settled -= amount

    def take_waiver_back(self, component: Component, amount: int) -> None:
        """Undo so much of a waiver of one component."""
        self.waived[component] -= amount
        self.settled -= amount

    def waive(self, component: Component, amount: int) -> int:
        """Give up an amount of one component, nothing when it is below zero."""
        given = max(amount, 0)
        self.waived[component] += given
        self.settled += given
        return given

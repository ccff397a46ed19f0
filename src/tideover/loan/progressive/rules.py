"""The conventions of a host core system, as options of the terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tideover.loan.components import Component


class Due(StrEnum):
    """When a payment falls, seen from an instalment. On the due date it is due, not late."""

    PAST_DUE = "past-due"  # 已逾期
    DUE = "due"  # 当期
    IN_ADVANCE = "in-advance"  # 提前


class Future(StrEnum):
    """Which instalment a payment in advance goes to.

    NEXT: the next unpaid. LAST: the last unpaid. NEXT_LAST: the one that runs, then the last.
    SHARED: all that are unpaid, in equal parts.
    """

    NEXT = "next"
    LAST = "last"
    NEXT_LAST = "next-last"
    SHARED = "shared"


class Kind(StrEnum):
    """What money that came in is: allocation may differ by kind."""

    PAYMENT = "payment"
    DOWN_PAYMENT = "down-payment"
    MERCHANT_REFUND = "merchant-refund"
    PAYOUT_REFUND = "payout-refund"
    GOODWILL = "goodwill"
    INTEREST_WAIVER = "interest-waiver"
    INTEREST_REFUND = "interest-refund"


#: An order of allocation: when a payment falls, and which component it pays.
Order = tuple[tuple[Due, Component], ...]

_PENALTY_FIRST: Final = (
    Component.PENALTY,
    Component.FEE,
    Component.PRINCIPAL,
    Component.INTEREST,
)

#: Penalty, fee, principal, interest: past due, then due, then in advance.
USUAL_ORDER: Final[Order] = tuple((due, part) for due in Due for part in _PENALTY_FIRST)


class Remainder(StrEnum):
    """What becomes of the cents that rounding leaves when interest is split into equal parts.

    LAST_ROW: the last part takes them, so that every cent is conserved. DROPPED: nobody is asked
    for them; the state says how many, and a part rounded up asks some too many (a negative rest).
    """

    LAST_ROW = "last-row"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Allocation:
    """How one kind of payment is spread: past due first (oldest first), due, then in advance."""

    order: Order = USUAL_ORDER
    future: Future = Future.NEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRules:
    """What a host core system does with a loan whose schedule follows the money.

    `recalculates`: payments change interest to come; if not, rows stand until they are changed
    by agreement. `rests_by_period` counts interest of an early payment to the due date, and
    `closes_at_rest` that of a payment that closes the loan. `overdue_bears_interest`: principal
    past due goes on bearing interest. `by_component` spreads a payment component by component
    through all instalments instead of instalment by instalment.

    `down_payment` is the part of what is paid out that is due the same day, paid by itself when
    `pays_down_itself`. `tranches_run_full_term` gives every tranche all instalments of its own.
    `counts_whole_steps`, `moves_to_step_start` and `levels_by_opening`: see `Basis`. With
    `keeps_excess_with_row` what is paid above the instalment on its due date stays with it, and
    later instalments are lower. Without `projects` the schedule is
    built once and never levelled again. With the kinds of refunds in `gives_interest_back` comes
    the interest that the refunded part has borne since it was paid out. `remainder` says what
    becomes of the cents that rounding leaves of split interest: a host may drop them, and then
    the state names the amount. Without `waives_on_re_age` a re-age that waives interest keeps it.
    """

    recalculates: bool = False
    rests_by_period: bool = False
    closes_at_rest: bool = False
    overdue_bears_interest: bool = True
    by_component: bool = False
    allocations: Mapping[Kind, Allocation] = field(default_factory=dict)
    down_payment: Fraction = Fraction(0)
    pays_down_itself: bool = False
    tranches_run_full_term: bool = False
    counts_whole_steps: bool = False
    moves_to_step_start: bool = False
    levels_by_opening: bool = False
    keeps_excess_with_row: bool = False
    projects: bool = True
    gives_interest_back: frozenset[Kind] = frozenset()
    remainder: Remainder = Remainder.LAST_ROW
    waives_on_re_age: bool = True

    def allocation(self, kind: Kind) -> Allocation:
        """Return how a kind of payment is spread: as ordinary payments are, unless said."""
        usual = self.allocations.get(Kind.PAYMENT, Allocation())
        return self.allocations.get(kind, usual)

    def runs_to_due_date(self, *, closes: bool) -> bool:
        """Return whether interest of an early payment counts to the due date of its window."""
        if self.rests_by_period:
            return self.closes_at_rest
        return closes and self.closes_at_rest

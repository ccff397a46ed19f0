"""A loan whose schedule follows the money, under random settings of its host and random events.

The settings are those that decide where money goes: the order of components, row by row or
component by component, which row is paid ahead, up to which day an early payment counts, and
whether principal past due bears interest. Whatever arrives, back-dated or taken back, rows stay in
order (`host_invariants.py`), and what arrives in another order ends in the same state.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from host_invariants import out_of_order
from host_operations import OPERATIONS, TERMS, yuan
from tideover.dates import DayCount
from tideover.loan import AnnualRate, Component, Disbursed, Paid, Reversed
from tideover.loan.progressive import (
    Allocation,
    Credited,
    Due,
    Future,
    HostRules,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedState,
    projected_state,
)
from tideover.money import Refusal

RATES: Final = (
    AnnualRate.percent("9.9", DayCount.MONTHLY),
    AnnualRate.percent("26", DayCount.ACT_ACT_YEAR_END),
    AnnualRate.percent("12", DayCount.ACT_360),
)
#: Components in order, the same for what is late, due and ahead.
ORDERS: Final = tuple(
    tuple((due, part) for due in Due for part in parts)
    for parts in (
        (Component.PENALTY, Component.FEE, Component.PRINCIPAL, Component.INTEREST),
        (Component.FEE, Component.PENALTY, Component.INTEREST, Component.PRINCIPAL),
        (Component.INTEREST, Component.PRINCIPAL, Component.FEE, Component.PENALTY),
    )
)
#: An instalment, a cent more, two of them, a cent, and anything.
CENTS: Final = st.sampled_from([1, 16_326, 17_151, 17_152, 34_302]) | st.integers(1, 120_000)
#: Days between two steps: about an instalment, or a season, so that many lives outlast the loan.
GAPS: Final = st.sampled_from([0, 1, 5, 10, 28, 30, 31, 33, 92])


def paying_ahead(future: Future = Future.NEXT, order: int = 0, **settings: bool) -> HostRules:
    """Rules of a host that recalculates interest and spreads a payment in one of `ORDERS`."""
    allocations = {Kind.PAYMENT: Allocation(ORDERS[order], future)}
    return HostRules(recalculates=True, allocations=allocations, **settings)


host_rules = st.builds(
    lambda order, future, **settings: HostRules(
        allocations={Kind.PAYMENT: Allocation(order, future)}, **settings
    ),
    order=st.sampled_from(ORDERS),
    future=st.sampled_from(Future),
    recalculates=st.sampled_from([True, True, True, False]),
    by_component=st.booleans(),
    closes_at_rest=st.booleans(),
    rests_by_period=st.booleans(),
    overdue_bears_interest=st.booleans(),
)


class HostMachine(RuleBasedStateMachine):
    """One loan: `events` are those that were not refused, in their order of arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[ProjectedEvent] = []
        self.count = 0
        self.steps = 0

    @initialize(
        rules=host_rules,
        rate=st.sampled_from(RATES),
        start=st.sampled_from([date(2026, 1, 1), date(2026, 1, 31), date(2027, 11, 15)]),
    )
    def disburse(self, rules: HostRules, rate: AnnualRate, start: date) -> None:
        self.terms = replace(TERMS, rate=rate, disbursed_on=start)
        self.rules, self.today = rules, start
        self.events = [Disbursed(start, "out", TERMS.principal)]
        self.found = self.after(self.events)

    @rule(cents=CENTS, gap=GAPS)
    def pay(self, cents: int, gap: int) -> None:
        """Money paid lowers what would close the loan by itself, but for a cent of rounding or two.

        Where that bears to the due date, principal that is paid before does not.
        """
        self.today += timedelta(gap)
        before = self.after(self.events)
        if self._try(lambda on, name: Paid(on, name, yuan(cents))):
            fell = before.payoff - before.overpaid - self.found.payoff + self.found.overpaid
            assert fell.minor >= cents - 2
            assert fell.minor <= cents + 2 or self.rules.closes_at_rest

    @rule(more=st.integers(-1, 1), gap=GAPS)
    def pay_it_off(self, more: int, gap: int) -> None:
        """What is stated closes the loan: less leaves it open, and more is overpaid."""
        self.today += timedelta(gap)
        before = self.after(self.events)
        paid = max(before.payoff + yuan(more), yuan(1))
        if self._try(lambda on, name: Paid(on, name, paid)):
            over = max(paid - before.payoff, yuan(0))
            assert self.found.overpaid == before.overpaid + over
            assert bool(self.found.outstanding.total) == (paid < before.payoff)

    @rule(cents=CENTS, kind=st.sampled_from([Kind.GOODWILL, Kind.MERCHANT_REFUND]), gap=GAPS)
    def credit(self, cents: int, kind: Kind, gap: int) -> None:
        self._try(lambda on, name: Credited(on, name, yuan(cents), kind), gap)

    @rule(cents=st.integers(1, 3_000))
    def pay_back(self, cents: int) -> None:
        self._try(lambda on, name: PaidBack(on, name, yuan(cents)))

    @rule(name=st.sampled_from(list(OPERATIONS)), gap=GAPS)
    def operate(self, name: str, gap: int) -> None:
        self._try(OPERATIONS[name], gap)

    @rule(
        cents=st.sampled_from([1, 700]),
        name=st.sampled_from([name for name in OPERATIONS if name.startswith(("re-", "terms"))]),
        gap=GAPS,
    )
    def pay_off_refund_and_change(self, cents: int, name: str, gap: int) -> None:
        """All of it is paid, some of it is owed again, and the rows are started again or more."""
        owed = max(self.found.payoff.minor, 1)
        self._try(lambda on, reference: Paid(on, reference, yuan(owed)))
        self._try(lambda on, reference: PaidBack(on, reference, yuan(cents)))
        self._try(OPERATIONS[name], gap)

    @rule(place=st.integers(1, 100))
    def undo_and_redo(self, place: int) -> None:
        """What is undone never happened, and done again in its place it is as it was."""
        at = place % len(self.events)
        one = self.events[at]
        if at == 0 or isinstance(one, Reversed) or one not in self.in_force():
            return
        never = [*self.events[:at], *self.events[at + 1 :]]
        try:
            without = self.after(never)
        except Refusal:
            return
        undone = [*self.events, Reversed(self.today, "undone", one.reference)]
        assert self.after(undone) == without
        again = replace(one, reference=f"{one.reference} again")
        assert self.after([*undone[:at], one, again, *undone[at + 1 :]]) == self.found

    @rule(place=st.integers(1, 100))
    def undo(self, place: int) -> None:
        """Take back an event other than the disbursement; the rest may then be refused."""
        others = [e for e in self.events[1:] if not isinstance(e, Reversed)]
        if others:
            of = others[place % len(others)].reference
            self._try(lambda on, name: Reversed(on, name, of))

    @rule(gap=GAPS)
    def let_time_pass(self, gap: int) -> None:
        self.today += timedelta(gap)
        self.found = self.after(self.events)

    @invariant()
    def is_in_order(self) -> None:
        self.steps += 1
        if self.events:
            rests = self.rules.closes_at_rest
            assert not list(out_of_order(self.found, self.in_force(), closes_at_rest=rests))

    @invariant()
    def does_not_depend_on_the_order_of_arrival(self) -> None:
        by_day: dict[date, list[ProjectedEvent]] = {}
        for event in self.events:
            by_day.setdefault(event.on, []).append(event)
        days = list(by_day.values())
        Random(len(self.events)).shuffle(days)
        if len(days) > 1:
            assert self.after([event for day in days for event in day]) == self.found

    def after(self, events: list[ProjectedEvent]) -> ProjectedState:
        return projected_state(self.terms, events, rules=self.rules, on=self.today)

    def in_force(self) -> list[ProjectedEvent]:
        undone = {event.of for event in self.events if isinstance(event, Reversed)}
        return [event for event in self.events if event.reference not in undone]

    def _try(self, make: Callable[[date, str], ProjectedEvent], gap: int = 0) -> bool:
        """Let an event arrive; what is refused by name has not happened. Return whether it has."""
        self.today += timedelta(gap)
        self.count += 1
        arrived = [*self.events, make(self.today, f"e-{self.count:04}")]
        try:
            self.found = self.after(arrived)
        except Refusal:
            self.found = self.after(self.events)
            return False
        self.events = arrived
        return True

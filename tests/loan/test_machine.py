"""A loan under random events: the invariants hold after every step, whatever order they came in."""

import os
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import strategies as s
from tideover.loan import (
    Charged,
    Component,
    Components,
    Disbursed,
    Event,
    LoanState,
    LoanTerms,
    Method,
    Paid,
    Restructured,
    Reversed,
    Waived,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money

_DAYS = st.integers(0, 40)
_CENTS = st.integers(0, 400_000)


class LoanMachine(RuleBasedStateMachine):
    """Pays, misses, reverses, charges, waives and restructures one loan."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.taken_back: set[str] = set()
        self.count = 0
        self.known: object = None

    @initialize(loan=s.loans())
    def disburse(self, loan: LoanTerms) -> None:
        self.terms = loan
        self.today = loan.disbursed_on
        self.events = [Disbursed(loan.disbursed_on, "out", loan.principal)]

    @rule(days=_DAYS)
    def let_time_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(cents=_CENTS, ago=_DAYS)
    def pay(self, cents: int, ago: int) -> None:
        self._add(Paid(self._day(ago), self._name("paid"), Money(cents, CNY)))

    @rule()
    def pay_what_is_past_due(self) -> None:
        self._add(Paid(self.today, self._name("paid"), self.state().past_due.total))

    @rule(cents=st.integers(0, 5_000), ago=_DAYS)
    def charge(self, cents: int, ago: int) -> None:
        amount = Money(cents, CNY)
        name = self._name("charged")
        self._add(Charged(self._day(ago), name, Component.FEE, amount, "notice"))

    @rule(cents=st.integers(0, 20_000), part=st.sampled_from(Component))
    def waive(self, cents: int, part: Component) -> None:
        self._add(Waived(self.today, self._name("waived"), part, Money(cents, CNY), "hardship"))

    @rule(place=st.integers(0, 100))
    def reverse(self, place: int) -> None:
        live = [
            e for e in self.events if isinstance(e, Paid) and e.reference not in self.taken_back
        ]
        if not live:
            return
        target = live[place % len(live)]
        before = loan_state(self.terms, [e for e in self.events if e is not target], self.today)
        self.taken_back.add(target.reference)
        self._add(Reversed(self.today, self._name("reversed"), of=target.reference))

        assert self.state() == before

    @precondition(lambda self: len(self.events) > 1)
    @rule(count=st.integers(1, 12), capitalise=st.booleans(), days=st.integers(1, 60))
    def restructure(self, count: int, capitalise: bool, days: int) -> None:
        before = self.state()
        owed = before.outstanding
        if not owed.principal or self.terms.rate is None:
            return
        none = Components.zero(CNY)
        rest = Components.of({Component.INTEREST: owed.interest, Component.FEE: owed.fee}, CNY)
        waived = Components.of({Component.PENALTY: owed.penalty}, CNY)
        capitalised, carried = (rest, none) if capitalise else (none, rest)
        terms = LoanTerms(
            principal=owed.principal + capitalised.total,
            rate=self.terms.rate,
            method=Method.LEVEL,
            instalments=count,
            disbursed_on=self.today,
            earliest_due=self.today + timedelta(days=days),
        )
        self._add(
            Restructured(
                self.today,
                self._name("agreed"),
                build_schedule(terms),
                None,
                waived,
                capitalised,
                carried,
                "restructure",
            )
        )

        after = self.state()
        # The value of the debt is what it was, less what was given up.
        assert after.payoff == before.payoff - waived.total
        assert after.restructured_on == self.today

    @invariant()
    def every_cent_is_somewhere(self) -> None:
        found = self.state()
        received = sum(
            event.amount.minor
            for event in self.events
            if isinstance(event, Paid) and event.reference not in self.taken_back
        )
        differences = {e.reference for e in self.events if isinstance(e, Restructured)}
        credited = sum(
            part.amount.minor
            for part in found.allocations
            if part.payment_reference not in differences
        )
        assert credited <= received
        if not differences:
            assert credited + found.in_advance_credit.minor == received

    @invariant()
    def it_is_never_outstanding_and_overpaid(self) -> None:
        found = self.state()

        assert not (found.outstanding and found.in_advance_credit)
        assert found.payoff <= found.outstanding.total

    @invariant()
    def the_schedule_clears_its_opening_balance(self) -> None:
        schedule = self.state().schedule

        cleared = sum(line.principal.minor for line in schedule.lines)
        assert cleared == schedule.opening_balance.minor

    @invariant()
    def looking_twice_or_in_parts_gives_the_same(self) -> None:
        # Nothing is left over in the engine from the question before.
        assert loan_state(self.terms, tuple(self.events), self.today) == self.state()

    def state(self) -> LoanState:
        known = (len(self.events), self.today)
        if known != self.known:
            self.known, self.found = known, loan_state(self.terms, self.events, self.today)
        return self.found

    def _add(self, event: Event) -> None:
        self.events.append(event)

    def _name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def _day(self, ago: int):
        return max(self.today - timedelta(days=ago), self.terms.disbursed_on)


class TestLoanMachine(LoanMachine.TestCase):
    """What every `make test` runs."""

    settings = settings(max_examples=200, stateful_step_count=30, deadline=None)


@pytest.mark.soak
@pytest.mark.skipif("TIDEOVER_SOAK" not in os.environ, reason="make soak: a million steps")
class TestLoanMachineForLong(LoanMachine.TestCase):
    """A million steps."""

    settings = settings(max_examples=34_000, stateful_step_count=30, deadline=None)

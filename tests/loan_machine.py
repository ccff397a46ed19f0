"""A loan under random events of every kind, back-dated, undone and done again.

Shared by the tests of every commit and by the long run. The invariants hold after every step; what
arrives in another order ends in the same state; and what a stretch of days adds is what a second
engine in plain fractions says (`interest_oracle.py`).
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import strategies as s
from interest_oracle import grown_by, oracle_can_tell
from invariants import check_state
from tideover.loan import (
    Accelerated,
    ArrearsCapitalised,
    Charged,
    Component,
    Components,
    DailyRate,
    Disbursed,
    DueDateMoved,
    Event,
    GraceGiven,
    InterestPaused,
    LoanState,
    LoanTerms,
    Method,
    Paid,
    PrincipalForgiven,
    RateChanged,
    ReAged,
    ReAmortised,
    Refunded,
    Reinstated,
    Restructured,
    Reversed,
    Settled,
    TermsAdded,
    Waived,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money, Refusal

_DAYS = st.integers(0, 40)
_CENTS = st.integers(0, 400_000).map(lambda minor: Money(minor, CNY))
_FEW_CENTS = st.integers(0, 20_000).map(lambda minor: Money(minor, CNY))
_PARTS = st.sampled_from(Component)
_CHARGED = st.sampled_from([Component.FEE, Component.PENALTY])
_COUNTS = st.integers(1, 6)


class LoanMachine(RuleBasedStateMachine):
    """One loan: `events` are those the fold accepted, in their order of arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.count = 0
        self.steps = 0
        self.known: object = None
        self.checked: LoanState | None = None

    @initialize(loan=s.loans(), in_tranches=st.booleans())
    def disburse(self, loan: LoanTerms, in_tranches: bool) -> None:
        self.terms, self.today = loan, loan.disbursed_on
        amount = loan.principal.minor
        first = Money((amount + 1) // 2 if in_tranches else amount, CNY)
        self.events = [Disbursed(loan.disbursed_on, "out", first)]

    # Money

    @rule(amount=_CENTS, ago=_DAYS)
    def pay(self, amount: Money, ago: int) -> None:
        self._try(lambda on, name: Paid(on, name, amount), ago)

    @rule()
    def pay_what_is_past_due(self) -> None:
        amount = self.state().past_due.total
        self._try(lambda on, name: Paid(on, name, amount))

    @rule(more=st.integers(0, 1))
    def pay_it_off(self, more: int) -> None:
        before = self.state()
        amount = before.payoff + Money(more, CNY)
        self._try(lambda on, name: Paid(on, name, amount))
        assert not before.outstanding or self.state().is_settled

    @rule(amount=_FEW_CENTS, ago=_DAYS)
    def refund(self, amount: Money, ago: int) -> None:
        self._try(lambda on, name: Refunded(on, name, amount), ago)

    @rule(amount=_CENTS, ago=_DAYS)
    def lend_more(self, amount: Money, ago: int) -> None:
        self._try(lambda on, name: Disbursed(on, name, amount), ago)

    @rule(amount=_FEW_CENTS, ago=_DAYS, part=_CHARGED)
    def charge(self, amount: Money, ago: int, part: Component) -> None:
        self._try(lambda on, name: Charged(on, name, part, amount, "notice"), ago)

    @rule(amount=_FEW_CENTS, ago=_DAYS, part=_PARTS)
    def waive(self, amount: Money, ago: int, part: Component) -> None:
        self._try(lambda on, name: Waived(on, name, part, amount, "hardship"), ago)

    # Changes

    @rule(length=st.integers(-1, 90), ago=_DAYS)
    def pause(self, length: int, ago: int) -> None:
        self._change(lambda on, name: InterestPaused(on, name, on + timedelta(days=length)), ago)

    @rule(rate=s.daily_rates, ago=_DAYS)
    def change_rate(self, rate: DailyRate, ago: int) -> None:
        self._change(lambda on, name: RateChanged(on, name, rate), ago)

    @rule(place=st.integers(0, 5), days=st.integers(-3, 40), ago=_DAYS)
    def move_due_date(self, place: int, days: int, ago: int) -> None:
        lines = self.state().schedule.lines
        if not lines:  # the disbursement was taken back
            return
        due = lines[place % len(lines)].due_date
        self._change(lambda on, name: DueDateMoved(on, name, due, due + timedelta(days)), ago)

    @rule(count=st.integers(0, 4), ago=_DAYS)
    def add_terms(self, count: int, ago: int) -> None:
        self._change(lambda on, name: TermsAdded(on, name, count), ago)

    @rule(principal=st.integers(0, 3), interest=st.integers(0, 2), ago=_DAYS)
    def give_grace(self, principal: int, interest: int, ago: int) -> None:
        self._change(lambda on, name: GraceGiven(on, name, principal, interest), ago)

    @rule(count=_COUNTS, days=st.integers(0, 60), ago=_DAYS)
    def re_age(self, count: int, days: int, ago: int) -> None:
        self._change(lambda on, name: ReAged(on, name, count, on + timedelta(days=days)), ago)

    @rule(ago=_DAYS, kind=st.sampled_from([ReAmortised, ArrearsCapitalised, Reinstated]))
    def change_plainly(self, ago: int, kind: type) -> None:
        self._change(lambda on, name: kind(on, name), ago)

    @rule(ago=_DAYS)
    def accelerate(self, ago: int) -> None:
        self._change(lambda on, name: Accelerated(on, name, "breach"), ago)

    @rule(amount=_CENTS, ago=_DAYS)
    def forgive(self, amount: Money, ago: int) -> None:
        self._try(lambda on, name: PrincipalForgiven(on, name, amount, "hardship"), ago)

    @rule(shares=st.tuples(*[st.integers(0, 100)] * 4), ago=_DAYS)
    def settle(self, shares: tuple[int, ...], ago: int) -> None:
        owed = self.state().outstanding
        given = {
            part: Money(owed.get(part).minor * share // 100, CNY)
            for part, share in zip(Component, shares, strict=True)
        }
        waived = Components.of(given, CNY)
        self._try(lambda on, name: Settled(on, name, waived, "settlement"), ago)

    @rule(count=_COUNTS, capitalise=st.booleans(), days=st.integers(1, 60))
    def agree(self, count: int, capitalise: bool, days: int) -> None:
        before = self.state()
        owed, none = before.outstanding, Components.zero(CNY)
        if not owed.principal or self.terms.rate is None:
            return
        rest = Components.of({Component.INTEREST: owed.interest, Component.FEE: owed.fee}, CNY)
        waived = Components.of({Component.PENALTY: owed.penalty}, CNY)
        capitalised, carried = (rest, none) if capitalise else (none, rest)
        terms = replace(
            self.terms, principal=owed.principal + capitalised.total, method=Method.LEVEL,
            fee_rate=self.terms.fee_rate * 0, instalments=count, disbursed_on=self.today,
            earliest_due=self.today + timedelta(days=days),
        )  # fmt: skip
        schedule = build_schedule(terms)
        name = self._try(
            lambda on, name: Restructured(
                on, name, schedule, self.terms.rate, waived, capitalised, carried, "restructure"
            )
        )
        assert name is not None
        # The value of the debt is what it was, less what was given up.
        assert self.state().payoff == before.payoff - waived.total

    # Undoing, and time

    @rule(place=st.integers(0, 100))
    def undo(self, place: int) -> None:
        target = self.events[place % len(self.events)]
        self._try(lambda on, name: Reversed(on, name, of=target.reference))

    @rule(place=st.integers(0, 100))
    def undo_and_do_again(self, place: int) -> None:
        target = self.events[place % len(self.events)]
        before = self.state()
        undone = self._try(lambda on, name: Reversed(on, name, of=target.reference))
        if undone is not None:
            self._try(lambda on, name: Reversed(on, name, of=undone))
            assert self.state() == before

    @rule(days=_DAYS)
    def let_time_pass(self, days: int) -> None:
        before = self.state()
        self.today += timedelta(days=days)
        after = self.state()
        assert after.without_effect == before.without_effect
        assert after.closed_lines == before.closed_lines
        if oracle_can_tell(self.terms, before):
            exact = grown_by(self.terms, self.in_force(), before, to=self.today)
            # Each line rounds its interest and its penalty once.
            bound = 2 * len(before.lines) + 2
            assert abs(after.payoff.minor - before.payoff.minor - exact) <= bound

    @invariant()
    def every_invariant_holds(self) -> None:
        self.steps += 1
        if self.events and self.state() is not self.checked:
            check_state(self.state(), self.in_force())
            self._check_order_of_arrival()
            self.checked = self.state()  # a step that was refused has changed nothing

    def _check_order_of_arrival(self) -> None:
        by_day: dict[date, list[Event]] = {}
        for event in self.events:
            by_day.setdefault(event.on, []).append(event)
        groups = list(by_day.values())
        Random(len(self.events)).shuffle(groups)
        arrived = [event for group in groups for event in group]
        assert loan_state(self.terms, arrived, self.today) == self.state()

    def state(self) -> LoanState:
        known = (len(self.events), self.today)
        if known != self.known:
            self.known, self.found = known, loan_state(self.terms, self.events, self.today)
        return self.found

    def in_force(self) -> list[Event]:
        """The events that were not taken back."""
        undone: set[str] = set()
        reversals = [event for event in self.events if isinstance(event, Reversed)]
        for event in sorted(reversals, key=lambda event: event.on)[::-1]:
            if event.reference not in undone:
                undone.add(event.of)
        return [
            event
            for event in self.events
            if event.reference not in undone and not isinstance(event, Reversed)
        ]

    def _change(self, make, ago: int) -> None:
        """A change on the day itself keeps what the debt is worth."""
        before = self.state()
        name = self._try(make, ago)
        if name is not None and not ago:
            assert self.state().payoff == before.payoff

    def _try(self, make, ago: int = 0) -> str | None:
        """Let an event arrive; what the fold refuses by name has not happened."""
        self.count += 1
        name = f"e-{self.count:04}"
        on = max(self.today - timedelta(days=ago), self.terms.disbursed_on)
        arrived = [*self.events, make(on, name)]
        try:
            found = loan_state(self.terms, arrived, self.today)
        except Refusal:
            return None
        self.events, self.known, self.found = arrived, (len(arrived), self.today), found
        return name

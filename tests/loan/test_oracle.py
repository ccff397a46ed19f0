"""A second engine, day by day in plain fractions, that shares nothing with the fold but the terms.

Late interest of a line on a day is the sum, over the days since its due date, of the principal
unpaid at the end of each day (within the grace: at the end of the grace) times the daily rate.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import strategies as s
from tideover.loan import (
    Component,
    Disbursed,
    LoanTerms,
    Method,
    Paid,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money

ONE_DAY = timedelta(days=1)
PARTS = (Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL)


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


class OracleLine:
    """One line: what is paid of it, and its unpaid principal at the end of every day."""

    def __init__(self, line, terms: LoanTerms) -> None:
        self.due = line.due_date
        self.rate = terms.rate.of_day
        self.free_until = self.due + timedelta(days=terms.grace_days)
        self.asked = {
            Component.PRINCIPAL: line.principal.minor,
            Component.INTEREST: line.interest.minor,
            Component.FEE: line.fee.minor,
            Component.PENALTY: 0,
        }
        self.paid = dict.fromkeys(PARTS, 0)
        self.unpaid_by_day: dict[date, int] = {}

    def late(self, on: date) -> Fraction:
        if on <= self.free_until:
            return Fraction(0)
        days = (on - self.due).days
        return sum(
            (
                self.rate * self.unpaid_by_day[max(self.due + timedelta(days=n), self.free_until)]
                for n in range(days)
            ),
            start=Fraction(0),
        )

    def left(self, part: Component, on: date) -> int:
        asked = self.asked[part]
        if part is Component.INTEREST:
            asked += half_up(self.late(on))
        if part is Component.PENALTY:
            asked += half_up(self.late(on) / 2)
        return asked - self.paid[part]


class Oracle:
    """Walks every day from the disbursement and takes the payments as they come."""

    def __init__(self, terms: LoanTerms) -> None:
        self.terms = terms
        self.lines = [OracleLine(line, terms) for line in build_schedule(terms).lines]
        self.day = terms.disbursed_on

    def walk_to(self, day: date) -> None:
        while self.day < day:
            for line in self.lines:
                line.unpaid_by_day[self.day] = line.left(Component.PRINCIPAL, self.day)
            self.day += ONE_DAY

    def pay(self, amount: int) -> None:
        for line in self.lines:
            for part in PARTS:
                used = min(amount, line.left(part, self.day))
                line.paid[part] += used
                amount -= used

    def past_due(self) -> dict[Component, int]:
        return {
            part: sum(line.left(part, self.day) for line in self.lines if line.due < self.day)
            for part in PARTS
        }


@st.composite
def stories(draw):
    """A loan by the day and payments that never close it early."""
    loan = replace(
        draw(s.loans()),
        method=draw(st.sampled_from([Method.LEVEL, Method.EQUAL_PRINCIPAL])),
        grace_days=draw(st.integers(0, 3)),
        allocation_order=PARTS,
    )
    steps = draw(st.lists(st.tuples(st.integers(1, 45), st.integers(0, 110)), max_size=8))
    return loan, steps, draw(st.integers(0, 60))


class TestDayByDay:
    @given(stories())
    @settings(max_examples=120, deadline=None)
    def test_agrees_to_the_cent_with_the_fold(self, story):
        loan, steps, more = story
        oracle = Oracle(loan)
        events = [Disbursed(loan.disbursed_on, "out", loan.principal)]
        for place, (days, percent) in enumerate(steps):
            on = oracle.day + timedelta(days=days)
            oracle.walk_to(on)
            before = loan_state(loan, events, on)
            wanted = before.past_due.total.minor + before.due_today.total.minor
            amount = wanted * percent // 100 + percent
            assume(amount < before.payoff.minor)
            events.append(Paid(on, f"{place}", Money(amount, CNY)))
            oracle.pay(amount)
        oracle.walk_to(oracle.day + timedelta(days=more))

        found = loan_state(loan, events, oracle.day).past_due

        assert {part: found.get(part).minor for part in PARTS} == oracle.past_due()

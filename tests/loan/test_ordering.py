"""Which events count on a day, and in which order: fold/ordering.py."""

from datetime import date
from itertools import permutations
from typing import Final

import pytest

from tideover.loan import (
    Charged,
    Component,
    Components,
    Disbursed,
    NothingToReverse,
    Paid,
    ReAmortised,
    Reversed,
    Settled,
)
from tideover.loan.fold.ordering import events_in_force
from tideover.money import CNY, Money, NegativeAmount

DAY: Final = date(2026, 3, 1)
NEXT: Final = date(2026, 3, 2)
OUT: Final = Disbursed(DAY, "out", Money(1_000, CNY))


def paid(reference: str, on: date = DAY) -> Paid:
    return Paid(on, reference, Money(10, CNY))


def references(*events: object, on: date = NEXT) -> list[str]:
    return [event.reference for event in events_in_force(events, on=on, currency=CNY)]


class TestEventsInForce:
    def test_count_on_their_own_day_and_not_before(self):
        assert references(OUT, paid("p", NEXT), on=NEXT) == ["out", "p"]
        assert references(OUT, paid("p", NEXT), on=DAY) == ["out"]

    def test_begin_with_the_disbursement_and_take_payments_of_a_day_by_reference(self):
        events = (OUT, paid("a"), paid("b"), paid("c"))

        assert {tuple(references(*one)) for one in permutations(events)} == {("out", "a", "b", "c")}

    def test_keep_what_lies_between_two_payments_of_a_day(self):
        fee = Charged(DAY, "fee", Component.FEE, Money(5, CNY), "late")

        assert references(OUT, paid("b"), fee, paid("a")) == ["out", "b", "fee", "a"]

    def test_count_again_when_their_reversal_is_reversed_and_others_stay_reversed(self):
        gone, back = Reversed(DAY, "r1", of="a"), Reversed(NEXT, "r2", of="r1")
        other = Reversed(DAY, "r0", of="b")

        # From the latest on: r2 takes r1 back, so r1 takes nothing; r0 still takes b.
        assert references(OUT, paid("a"), paid("b"), other, gone, back) == ["out", "a"]

    def test_may_be_taken_back_on_their_own_day_but_not_before(self):
        assert references(OUT, paid("a"), Reversed(DAY, "r", of="a")) == ["out"]
        with pytest.raises(NothingToReverse, match="no such event by then; check the reference"):
            references(OUT, paid("a", NEXT), Reversed(DAY, "r", of="a"))

    def test_may_be_of_nothing_but_not_of_less(self):
        nothing = Paid(DAY, "p", Money(0, CNY))
        less = Paid(DAY, "p", Money(-1, CNY))

        assert references(OUT, nothing) == ["out", "p"]
        with pytest.raises(NegativeAmount, match="the amount of event 'p'"):
            references(OUT, less)

    def test_give_up_nothing_less_than_nothing(self):
        given = Components.of({Component.FEE: Money(-1, CNY)}, CNY)

        with pytest.raises(NegativeAmount, match="the amount of event 's'"):
            references(OUT, Settled(DAY, "s", given, "settlement"))

    def test_of_other_kinds_keep_the_order_they_came_in(self):
        assert references(OUT, ReAmortised(DAY, "z"), ReAmortised(DAY, "a")) == ["out", "z", "a"]

    def test_taken_back_twice_are_refused_in_both_languages(self):
        twice = (Reversed(DAY, "r1", of="a"), Reversed(NEXT, "r2", of="a"))

        with pytest.raises(NothingToReverse, match="it was taken back by 'r2'") as refused:
            references(OUT, paid("a"), *twice)

        assert refused.value.zh.endswith("已被 'r2' 冲正")

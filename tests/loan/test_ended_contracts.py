"""Contracts that end, go on or are settled, and what becomes of their lines: fold/rescheduling.py.

The loan is 10,000.00 at 5.00 a day, in five equal parts of principal.
"""

from datetime import date

from folded import paid, split, state, yuan
from tideover.loan import (
    Accelerated,
    Component,
    Reinstated,
    Settled,
)
from tideover.loan import Components as Parts
from tideover.money import CNY

ON = date(2018, 9, 20)


def parts(**amounts: str) -> Parts:
    return Parts.of({Component(name): yuan(text) for name, text in amounts.items()}, CNY)


class TestWhatEndsAndGoesOn:
    END = Accelerated(date(2018, 10, 20), "end", "breach")

    def test_goes_on_with_nothing_when_all_was_paid(self):
        goes_on = Reinstated(date(2018, 10, 25), "on")

        found = state(self.END, paid("2018-10-21", "12000"), goes_on, on="2018-10-25")

        # 2,000.00 + 160.00 + 5.00, and 8,000.00 + 36.00: 10,201.00.
        assert (found.without_effect, found.in_advance_credit.text) == (("on",), "1799.00")

    def test_goes_on_only_once(self):
        first, second = (Reinstated(date(2018, 10, day), f"on {day}") for day in (25, 26))
        again = Accelerated(date(2018, 10, 26), "again", "breach")

        found = state(self.END, first, again, on="2018-10-26")

        assert len(found.lines) == 2  # the late one, and all the rest at once
        goes_on = state(self.END, first, again, second, on="2018-10-26")
        assert [line.due_date for line in goes_on.lines][1:] == [
            date(2018, 11, 11), date(2018, 12, 11), date(2019, 1, 11), date(2019, 2, 11),
        ]  # fmt: skip

    def test_goes_on_for_a_single_cent(self):
        all_but_one = paid("2018-10-21", "10200.99")  # of 10,201.00

        found = state(self.END, all_but_one, Reinstated(date(2018, 10, 21), "on"), on="2018-10-21")

        assert (found.without_effect, found.payoff.text) == ((), "0.01")
        assert found.lines[-1].due_date == date(2019, 2, 11)

    def test_that_ends_twice_has_ended_once(self):
        again = Accelerated(date(2018, 10, 22), "again", "breach")
        goes_on = Reinstated(date(2018, 10, 25), "on")

        found = state(self.END, again, goes_on, on="2018-10-25")

        assert found.without_effect == ("again",)
        assert len(found.lines) == 5

    def test_ended_after_the_last_due_date_ends_nothing_and_may_go_on(self):
        ended = Accelerated(date(2019, 3, 1), "end", "breach")
        goes_on = Reinstated(date(2019, 3, 2), "on")

        found = state(ended, goes_on, on="2019-03-02")

        assert found.without_effect == ("end", "on")
        assert found.payoff == state(on="2019-03-02").payoff

    def test_gone_on_after_the_last_date_falls_due_on_the_next_of_the_grid(self):
        goes_on = Reinstated(date(2019, 2, 11), "on")

        found = state(self.END, goes_on, on="2019-02-11")

        assert found.lines[-1].due_date == date(2019, 3, 11)


class TestSettled:
    def test_gives_up_what_it_says_and_leaves_the_rest_due(self):
        given = Settled(ON, "s", parts(principal="4000", interest="45"), "settlement")

        found = state(given, on="2018-09-20")

        assert split(found.outstanding) == ("6000.00", "0.00", "0.00", "0.00")
        assert [line.due_date for line in found.lines] == [ON]
        assert state(given, paid("2018-09-20", "6000"), on="2018-09-20").is_settled

    def test_after_the_last_due_date_makes_no_line_more(self):
        given = Settled(date(2019, 3, 1), "s", parts(principal="4000"), "settlement")

        found = state(given, on="2019-03-01")

        assert len(found.lines) == 5
        assert found.outstanding.principal.text == "6000.00"

    def test_of_a_paid_loan_is_named(self):
        given = Settled(date(2018, 9, 21), "s", parts(principal="1"), "settlement")

        found = state(paid("2018-09-20", "10045"), given, on="2018-09-21")

        assert found.without_effect == ("s",)

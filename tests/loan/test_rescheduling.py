"""What goes over from the lines that a change closes to the lines it makes: fold/rescheduling.py.

The loan is 10,000.00 at 5.00 a day, in five equal parts of principal.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from folded import TERMS, paid, split, state, yuan
from tideover.loan import (
    Accelerated,
    ArrearsCapitalised,
    Charged,
    Component,
    DailyRate,
    InterestPaused,
    LineStatus,
    PrincipalForgiven,
    RateChanged,
    ReAged,
    ReAmortised,
    Reinstated,
    TermsAdded,
    Waived,
)

ON = date(2018, 9, 20)
#: From 20 September on interest is 2.00 a day: 45.00 before, 42.00 to 11 October.
CHEAPER = RateChanged(ON, "cheaper", DailyRate.parse("0.0002"))


def charged(day: str, part: Component, amount: str, reference: str = "") -> Charged:
    return Charged(
        date.fromisoformat(day), reference or f"{part} {day}", part, yuan(amount), "notice"
    )


def waived(day: str, part: Component, amount: str) -> Waived:
    return Waived(date.fromisoformat(day), f"waived {part} {day}", part, yuan(amount), "hardship")


class TestCharges:
    def test_and_what_was_waived_of_them_go_over_to_the_new_line(self):
        found = state(
            charged("2018-09-15", Component.FEE, "20"),
            charged("2018-09-15", Component.PENALTY, "15"),
            waived("2018-09-16", Component.FEE, "12"),
            waived("2018-09-16", Component.PENALTY, "5"),
            CHEAPER,
            on="2018-09-20",
        )

        assert split(found.outstanding) == ("10000.00", "45.00", "10.00", "8.00")
        assert split(found.lines[0].waived) == ("0.00", "0.00", "5.00", "12.00")
        assert split(found.lines[0].remaining) == ("2000.00", "87.00", "10.00", "8.00")
        assert split(found.lines[1].remaining) == ("2000.00", "49.60", "0.00", "0.00")
        # The line that was closed keeps nothing of them.
        assert split(found.closed_lines[0].waived) == ("0.00", "0.00", "0.00", "0.00")

    def test_of_interest_are_owed_at_once_and_bear_none(self):
        interest = charged("2018-09-15", Component.INTEREST, "50")

        found = state(interest, CHEAPER, on="2018-09-20")

        assert split(found.outstanding) == ("10000.00", "95.00", "0.00", "0.00")
        assert state(interest, on="2018-09-15").payoff.text == "10070.00"  # 4 days of 5.00
        assert found.lines[0].remaining.interest.text == "137.00"

    def test_of_a_later_line_stay_with_the_line_that_takes_its_place(self):
        found = state(charged("2018-10-15", Component.FEE, "20"), replace(
            CHEAPER, on=date(2018, 10, 20)
        ), on="2018-10-20")  # fmt: skip

        assert [line.remaining.fee.text for line in found.lines] == ["0.00", "20.00"] + ["0.00"] * 3

    def test_of_a_line_that_has_no_place_any_more_go_to_the_last(self):
        again = ReAged(date(2018, 11, 20), "again", 1, date(2018, 12, 1))
        found = state(
            charged("2018-10-15", Component.FEE, "20"),
            charged("2018-11-15", Component.FEE, "7"),
            again,
            on="2018-11-20",
        )

        assert found.lines[-1].remaining.fee.text == "27.00"
        assert split(found.outstanding)[3] == "27.00"


class TestTheLastLine:
    def test_alone_can_be_changed(self):
        ahead = [paid(f"2018-{month}-11", "2000", month) for month in ("10", "11", "12")]

        found = state(*ahead, replace(CHEAPER, on=date(2019, 1, 20)), on="2019-01-20")

        assert found.without_effect == ()
        # 2,000.00: nine days of 1.00, and 22 of 0.40.
        assert found.lines[-1].line.interest.text == "17.80"


class TestWaivers:
    def test_of_interest_lower_what_was_earned(self):
        found = state(waived("2018-09-18", Component.INTEREST, "30"), CHEAPER, on="2018-09-20")

        # 45.00 less 30.00, and 42.00 to come.
        assert found.lines[0].remaining.interest.text == "57.00"
        assert split(found.outstanding) == ("10000.00", "15.00", "0.00", "0.00")

    def test_of_principal_leave_less_to_spread(self):
        found = state(waived("2018-09-18", Component.PRINCIPAL, "2500"), CHEAPER, on="2018-09-20")

        assert [line.line.principal.text for line in found.lines] == ["1500.00"] * 5
        # Seven days of 10,000.00 × 0.0005 and two of 7,500.00: 42.50 earned, and 21 days of
        # 7,500.00 × 0.0002: 31.50.
        assert found.lines[0].line.interest.text == "74.00"
        assert found.payoff.text == "7542.50"


class TestMoneyInAdvance:
    def test_is_paid_in_again(self):
        found = state(paid("2018-09-18", "2200"), CHEAPER, on="2018-09-20")

        # 2,087.00 for the first line, 49.60 and 63.40 for the second.
        assert [split(line.paid)[:2] for line in found.lines[:3]] == [
            ("2000.00", "87.00"),
            ("63.40", "49.60"),
            ("0.00", "0.00"),
        ]
        assert [line.status for line in found.lines[:3]] == [
            LineStatus.PAID,
            LineStatus.PART_PAID,
            LineStatus.FUTURE,
        ]
        assert found.payoff.text == "7845.00"  # 10,045.00 less 2,200.00
        assert [one.amount.minor for one in found.allocations] == [8_700, 200_000, 4_960, 6_340]

    def test_pays_what_is_late_before_a_change_takes_it_in(self):
        # Paid ahead for November when the contract ends: the money is there for what is late.
        found = state(
            paid("2018-10-11", "2150"),
            paid("2018-10-12", "500"),
            ReAmortised(date(2018, 11, 20), "again"),
            on="2018-11-20",
        )

        # 124.00 of interest and 376.00 of principal were paid for November; 1,624.00 is late by
        # 9 days: 7.31 and 3.65, which are carried; 6,000.00 + 1,624.00 are spread over three.
        assert found.outstanding.principal.text == "7624.00"
        assert [line.line.principal.text for line in found.lines] == [
            "2541.33",
            "2541.33",
            "2541.34",
        ]
        assert found.restructured_on == date(2018, 11, 20)
        assert (found.days_past_due, found.days_past_due_before_restructure) == (0, 9)


class TestFees:
    TERMS = replace(TERMS, fee_rate=Fraction("0.003"))

    def test_of_a_period_that_has_begun_are_owed_whatever_they_count_on_later(self):
        forgiven = PrincipalForgiven(ON, "gift", yuan("5000"), "hardship")

        found = state(forgiven, on="2018-09-20", terms=self.TERMS)

        # 0.3 % of 10,000.00 for the month under way, of 5,000.00 from the next one on.
        assert [line.line.fee.text for line in found.lines] == ["30.00", *["15.00"] * 4]
        assert found.outstanding.fee.text == "30.00"

    def test_of_periods_that_have_not_begun_are_not_asked_when_all_falls_due(self):
        ended = Accelerated(ON, "end", "breach")

        found = state(ended, on="2018-09-20", terms=self.TERMS)

        assert [split(line.remaining) for line in found.lines] == [
            ("10000.00", "45.00", "0.00", "30.00")
        ]

    def test_of_a_period_that_begins_on_the_day_are_not(self):
        ended = Accelerated(date(2018, 10, 11), "end", "breach")

        found = state(paid("2018-10-11", "2180"), ended, on="2018-10-11", terms=self.TERMS)

        assert split(found.outstanding) == ("8000.00", "0.00", "0.00", "0.00")

    def test_go_on_counting_on_all_that_was_lent(self):
        found = state(CHEAPER, on="2018-09-20", terms=self.TERMS)

        assert [line.line.fee.text for line in found.lines] == ["30.00"] * 5

    def test_count_on_what_joined_the_principal(self):
        joined = ArrearsCapitalised(date(2018, 10, 21), "joined")

        found = state(joined, on="2018-10-21", terms=self.TERMS)

        # 150.00, ten late days of 2,000.00 (10.00 and 5.00) and 30.00 of fee: 195.00 joins.
        assert found.capitalised.total.text == "195.00"
        assert split(found.capitalised) == ("0.00", "160.00", "5.00", "30.00")
        # 0.3 % of 10,000.00 for the month under way, then of 10,195.00: 30.585, half up.
        assert [line.line.fee.text for line in found.lines] == ["30.00", *["30.59"] * 3]


class TestForgiven:
    def test_lowers_what_fees_count_on_by_what_it_gives_itself(self):
        terms = replace(TERMS, fee_rate=Fraction("0.003"))
        before = waived("2018-09-18", Component.PRINCIPAL, "1000")
        gift = PrincipalForgiven(ON, "gift", yuan("500"), "hardship")

        found = state(before, gift, on="2018-09-20", terms=terms)

        # 0.3 % of 8,500.00 from the next period on.
        assert [line.line.fee.text for line in found.lines] == ["30.00", *["25.50"] * 4]
        assert found.outstanding.principal.text == "8500.00"

    def test_more_than_is_owed_closes_the_loan(self):
        gift = PrincipalForgiven(ON, "gift", yuan("99999"), "hardship")

        found = state(gift, on="2018-09-20")

        assert split(found.outstanding) == ("0.00", "45.00", "0.00", "0.00")

    def test_what_was_paid_ahead_comes_free_and_closes_the_loan(self):
        gift = waived("2018-10-10", Component.PRINCIPAL, "500")

        found = state(paid("2018-10-10", "9900"), gift, on="2018-10-10")

        # 9,900.00 came in; 9,500.00 of principal and 29 days of 5.00 were owed.
        assert (found.is_settled, found.in_advance_credit.text) == (True, "255.00")
        assert found.accrued_interest.text == "0.00"

    def test_nothing_of_principal_where_none_is_left_is_named(self):
        gift = PrincipalForgiven(date(2018, 9, 21), "gift", yuan("1"), "hardship")

        found = state(paid("2018-09-20", "10045"), gift, on="2018-09-21")

        assert found.without_effect == ("gift",)


class TestPauses:
    def test_after_the_last_due_date_stop_late_interest(self):
        pause = InterestPaused(date(2019, 3, 1), "p", date(2019, 3, 11))

        before, after = (state(pause, on=day).payoff for day in ("2019-03-01", "2019-03-11"))

        assert before == after
        # A day later 10,000.00 costs 5.00 and half of it again.
        assert state(pause, on="2019-03-12").payoff.minor == after.minor + 750

    def test_of_a_paid_loan_are_named(self):
        pause = InterestPaused(date(2019, 3, 1), "p", date(2019, 3, 11))

        found = state(paid("2018-09-20", "10045"), pause, on="2019-03-01")

        assert found.without_effect == ("p",)


class TestGraceLeft:
    TERMS = replace(TERMS, grace_on_principal=3)

    def test_is_what_lines_that_have_passed_did_not_use(self):
        changed = replace(CHEAPER, on=date(2018, 11, 15))

        found = state(
            paid("2018-10-11", "150"), paid("2018-11-11", "155"), changed, on="2018-11-15",
            terms=self.TERMS,
        )  # fmt: skip

        assert [line.line.principal.text for line in found.lines] == ["0.00"] * 3 + ["5000.00"] * 2

    def test_counts_a_line_that_falls_due_on_the_day_as_passed(self):
        changed = replace(CHEAPER, on=date(2018, 10, 11))

        found = state(paid("2018-10-11", "150"), changed, on="2018-10-11", terms=self.TERMS)

        assert [bool(line.line.principal) for line in found.lines] == [False] * 3 + [True] * 2

    def test_is_forgotten_when_lines_start_afresh(self):
        again = ReAged(ON, "again", 4, date(2018, 10, 20))
        terms = replace(self.TERMS, grace_on_interest=3)

        found = state(again, on="2018-09-20", terms=terms)

        assert [line.line.principal.text for line in found.lines] == ["2500.00"] * 4
        assert all(line.line.interest for line in found.lines)

    def test_is_forgotten_when_an_ended_contract_goes_on(self):
        terms = replace(self.TERMS, grace_on_interest=3)
        ended = Accelerated(ON, "end", "breach")

        found = state(ended, Reinstated(date(2018, 9, 25), "on"), on="2018-09-25", terms=terms)

        assert [line.line.principal.text for line in found.lines] == ["2000.00"] * 5
        assert all(line.line.interest for line in found.lines)


class TestBalloon:
    TERMS = replace(TERMS, amortised_over=10)

    def test_is_taken_by_terms_added(self):
        found = state(TermsAdded(ON, "more", 3), on="2018-09-20", terms=self.TERMS)

        # Ten parts of 1,000.00: eight lines, and the last two parts with the eighth.
        assert [line.line.principal.text for line in found.lines] == ["1000.00"] * 7 + ["3000.00"]

    def test_is_gone_when_more_terms_are_added_than_it_would_take(self):
        found = state(TermsAdded(ON, "more", 15), on="2018-09-20", terms=self.TERMS)

        assert [line.line.principal.text for line in found.lines] == ["500.00"] * 20

    def test_is_forgotten_by_a_re_age(self):
        found = state(ReAged(ON, "again", 4, date(2018, 10, 20)), on="2018-09-20", terms=self.TERMS)

        assert [line.line.principal.text for line in found.lines] == ["2500.00"] * 4

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from strategies import histories
from strategies import loans as loan_terms
from tideover.dates import DayCount
from tideover.loan import (
    AnnualRate,
    DailyRate,
    DayFigures,
    Disbursed,
    LoanState,
    LoanTerms,
    Method,
    Paid,
    days_ahead,
    loan_state,
)
from tideover.money import CNY, Money


def figures(state: LoanState) -> DayFigures:
    owed = state.outstanding
    return DayFigures(
        principal=owed.principal.minor,
        interest=owed.interest.minor,
        penalty=owed.penalty.minor,
        fee=owed.fee.minor,
        past_due=state.past_due.total.minor,
        due_today=state.due_today.total.minor,
        credit=state.in_advance_credit.minor,
        days_past_due=state.days_past_due,
    )


class TestDaysAhead:
    @given(st.data())
    def test_are_what_a_fold_of_each_day_gives(self, data):
        terms = data.draw(loan_terms())
        events = data.draw(histories(terms))
        start = terms.disbursed_on + timedelta(days=data.draw(st.integers(0, 320)))

        ahead = days_ahead(terms, events, start=start, count=40)

        for place, found in enumerate(ahead):
            on = start + timedelta(days=place)
            assert found == figures(loan_state(terms, events, on))

    @given(st.data())
    def test_end_before_an_event_of_a_later_day(self, data):
        terms = data.draw(loan_terms())
        events = data.draw(histories(terms))
        start = terms.disbursed_on + timedelta(days=data.draw(st.integers(0, 320)))
        later = [(event.on - start).days for event in events if event.on > start]

        ahead = days_ahead(terms, events, start=start, count=40)

        assert len(ahead) == min([40, *later])

    def test_count_what_happens_on_the_day_they_start(self):
        out = Disbursed(date(2026, 8, 3), "out", Money(100_000, CNY))
        paid = Paid(date(2026, 9, 3), "half", Money(51_550, CNY))

        (found,) = days_ahead(weilidai(), [out, paid], start=date(2026, 9, 3), count=1)

        assert (found.due_today, found.principal) == (0, 50_000)

    def test_of_a_compounded_rate_count_late_days_in_one_stretch(self):
        rate = AnnualRate(Fraction(24, 100), DayCount.ACT_365F, 1)
        terms = replace(weilidai(), overdue_rate=rate, principal=Money(10**9, CNY))
        out = Disbursed(date(2026, 8, 3), "out", terms.principal)

        ahead = days_ahead(terms, [out], start=date(2026, 9, 1), count=60)

        for place in (0, 10, 31, 59):
            on = date(2026, 9, 1) + timedelta(days=place)
            assert ahead[place] == figures(loan_state(terms, [out], on))

    def test_are_none_before_the_loan_is_paid_out(self):
        out = Disbursed(date(2026, 8, 3), "out", Money(100_000, CNY))

        assert days_ahead(weilidai(), [out], start=date(2026, 8, 2), count=10) == ()

    def test_match_days_worked_by_hand(self):
        out = Disbursed(date(2026, 8, 3), "out", Money(100_000, CNY))
        paid = Paid(date(2026, 9, 3), "half", Money(51_550, CNY))

        ahead = days_ahead(weilidai(), [out, paid], start=date(2026, 10, 2), count=4)

        # 1,000.00 at 0.05 % a day in two equal parts. September: 31 days, 15.50 and 500.00 paid.
        # Then 0.25 a day: 29 days make 7.25, 30 days 7.50, due on 3 October with 500.00. On the
        # 4th grace still holds; on the 5th two late days: 0.50 more and half of it as penalty.
        assert [one.interest for one in ahead] == [725, 750, 750, 800]
        assert [one.penalty for one in ahead] == [0, 0, 0, 25]
        assert [one.due_today for one in ahead] == [0, 50_750, 0, 0]
        assert [one.past_due for one in ahead] == [0, 0, 50_750, 50_825]
        assert [one.days_past_due for one in ahead] == [0, 0, 1, 2]


class TestDayFigures:
    @given(st.lists(st.integers(0, 10**9), min_size=8, max_size=8))
    def test_come_back_from_the_row_they_are_stored_as(self, row):
        found = DayFigures.of_row(row)

        assert list(found.row) == row
        assert found.outstanding == sum(row[:4])


def weilidai() -> LoanTerms:
    return LoanTerms(
        principal=Money(100_000, CNY),
        rate=DailyRate(Fraction(1, 2000)),
        method=Method.EQUAL_PRINCIPAL,
        instalments=2,
        disbursed_on=date(2026, 8, 3),
        penalty_uplift=Fraction(1, 2),
        grace_days=1,
    )

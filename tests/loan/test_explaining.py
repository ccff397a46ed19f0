from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as s
from tideover.dates import DayCount
from tideover.loan import (
    AnnualRate,
    DailyRate,
    LoanTerms,
    Method,
    NoSuchLine,
    build_schedule,
    explain_line,
)
from tideover.money import CNY, Money

TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=date(2018, 9, 11),
)


class TestExplainLine:
    @given(s.terms(), st.data())
    def test_explains_the_line_that_is_in_the_schedule(self, terms, data):
        number = data.draw(st.integers(1, terms.instalments))
        line = build_schedule(terms).lines[number - 1]

        found = explain_line(terms, number)

        assert found.line == line
        assert found.opening_balance == line.closing_balance + line.principal
        assert found.reasons[-1].en.startswith("instalment:")
        assert line.instalment.text in found.reasons[-1].en
        assert all(reason.zh and reason.en for reason in found.reasons)

    def test_says_what_was_multiplied_and_rounded(self):
        words = [reason.en for reason in explain_line(TERMS, 2).reasons]

        assert words == [
            "period: from 2018-10-11 (counted) to 2018-11-11 (not counted), 31 days",
            "interest: 8000.00 × 0.0005 a day × 31 days = 124, rounded half-up to 124.00",
            "principal: 10000.00 ÷ 5 = 2000.00",
            "instalment: 2000.00 + 124.00 = 2124.00; principal left 6000.00",
        ]

    def test_says_which_line_takes_the_balance(self):
        uneven = replace(TERMS, principal=Money(100_000, CNY), instalments=3)

        words = [explain_line(uneven, number).reasons[2].en for number in (2, 3)]

        assert words == [
            "principal: 1000.00 ÷ 3 = 333.33",
            "principal: 1000.00 ÷ 3 = 333.34; the last line takes the balance",
        ]

    def test_says_when_principal_comes_back_at_the_end(self):
        late = replace(TERMS, method=Method.INTEREST_ONLY)

        words = [explain_line(late, number).reasons[2].en for number in (4, 5)]

        assert words == [
            "principal: none before the last line",
            "principal: all of it on the last line, 10000.00",
        ]

    def test_says_what_part_of_a_year_counts(self):
        by_days = replace(TERMS, rate=AnnualRate.percent("18", DayCount.ACT_365F))

        assert "18 % a year × 31/365 of a year" in explain_line(by_days, 2).reasons[1].en

    def test_says_what_was_carried(self):
        late = replace(TERMS, method=Method.LEVEL, instalments=2, earliest_due=date(2026, 9, 11))

        earliest = " ".join(reason.en for reason in explain_line(late, 1).reasons)
        last = " ".join(reason.zh for reason in explain_line(late, 2).reasons)
        assert "carried on" in earliest
        assert "前期结转利息" in last

    def test_names_the_fee(self):
        flat = replace(TERMS, method=Method.FLAT, rate=None, fee_rate=Fraction("0.0041"))

        words = [reason.en for reason in explain_line(flat, 1).reasons]
        assert "fee: 10000.00 × 0.41 % = 41.00" in words

    def test_refuses_a_line_that_is_not_there(self):
        with pytest.raises(NoSuchLine, match="no line 6: give a number from 1 to 5"):
            explain_line(TERMS, 6)

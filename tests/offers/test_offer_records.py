"""Records bring offers back exactly; waiting and credit tell what doing nothing costs."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import TODAY, card, household, paid_until, policy, request, steady, weilidai, yuan
from tideover.loan import loan_state
from tideover.money import CNY, Money
from tideover.offers import (
    cost_of_waiting,
    credit_mark,
    find_offers,
    offer_from_record,
    offer_set_from_record,
    offer_set_to_record,
    offer_to_record,
)


class TestRecords:
    @steady
    @given(st.integers(30_000, 300_000), st.booleans())
    def test_bring_every_figure_word_and_verdict_back(self, able, is_card):
        terms = card() if is_card else weilidai()
        found = find_offers(request(able=Money(able, CNY).text, terms=terms))

        for offer in found.offers:
            assert offer_from_record(json.loads(json.dumps(offer_to_record(offer)))) == offer
        record = json.loads(json.dumps(offer_set_to_record(found)))
        assert offer_set_from_record(record) == found

    def test_bring_refusals_back(self):
        found = find_offers(request(household=household(able="0")))

        assert offer_set_from_record(json.loads(json.dumps(offer_set_to_record(found)))) == found

    def test_keep_the_policy_digest(self):
        found = find_offers(request())

        assert offer_set_to_record(found)["policy_digest"] == policy().digest


class TestWaiting:
    def test_adds_what_the_working_says(self):
        terms = weilidai()
        thirty, ninety = cost_of_waiting(terms, paid_until(terms, instalments=2), on=TODAY)

        # By 23 December 1,000 is 50 days late and the next 1,000, due 3 December, 20 days:
        # 70,000 yuan-days × 0.0004 = 28.00 interest and half of it, 14.00, penalty. Today it is
        # 8.00 and 4.00. Waiting adds 42.00 − 12.00 = 30.00.
        assert thirty.on == date(2026, 12, 23)
        assert thirty.penalty == yuan("14.00")
        assert thirty.added == yuan("30.00")
        assert thirty.days_past_due == 50
        # 99.20 + 84.00 of the two lines and the 28.00.
        assert thirty.interest == yuan("211.20")
        assert thirty.past_due == yuan("2225.20")
        assert ninety.added > thirty.added

    def test_equals_the_state_of_that_day(self):
        terms, events = weilidai(), paid_until(weilidai(), instalments=2)
        for cost in cost_of_waiting(terms, events, on=TODAY, days=(1, 7, 200)):
            state = loan_state(terms, events, TODAY + timedelta(days=cost.days))
            assert cost.past_due == state.past_due.total

    def test_counts_nothing_that_an_agreement_carries(self):
        terms = weilidai()
        plan = find_offers(request()).offers[0].proposal.restructured
        events = (*paid_until(terms, instalments=2), plan)

        soon = cost_of_waiting(terms, events, on=TODAY, days=(41,))[0]

        # The earliest instalment is due that very day: nothing is late yet.
        assert soon.added == yuan("0")


class TestCreditMark:
    @pytest.mark.parametrize(
        ("days", "mark"),
        [(0, "N"), (1, "N"), (2, "1"), (30, "1"), (31, "2"), (60, "2"), (90, "3"), (120, "4"),
         (150, "5"), (180, "6"), (181, "7"), (1000, "7")],
    )  # fmt: skip
    def test_follows_the_days_past_due(self, days, mark):
        assert f"“{mark}”" in credit_mark(days, policy()).zh

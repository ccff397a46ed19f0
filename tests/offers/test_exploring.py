"""Every length on one curve: the figures of the offers are points of it, to the fen."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from factories import card, request, steady, weilidai, yuan
from tideover.money import CNY, Money
from tideover.offers import find_offers, plans_by_length
from tideover.offers.joint import around

ables = st.integers(20_000, 300_000).map(lambda minor: Money(minor, CNY).text)
loans = st.sampled_from([(weilidai(), 2), (weilidai(principal=yuan("87654.32")), 1), (card(), 3)])


class TestPlansByLength:
    @steady
    @given(ables, loans)
    def test_hold_each_offer_to_the_fen(self, able, loan):
        terms, paid = loan
        asked = request(able=able, terms=terms, paid=paid)
        points = {point.instalments: point for point in plans_by_length(asked)}

        for offer in find_offers(asked).offers:
            if offer.proposal.pause_months or offer.key == "concession":
                continue
            point = points[offer.instalments]
            assert point.payment == offer.payment
            assert point.total == offer.total
            assert point.latest_due == offer.latest_due
            assert point.fits

    @steady
    @given(loans)
    def test_grow_lighter_a_month_and_dearer_in_all(self, loan):
        terms, paid = loan
        points = plans_by_length(request(able="680", terms=terms, paid=paid), longest=24)

        for shorter, longer in itertools.pairwise(points):
            assert longer.payment <= shorter.payment
            assert longer.cost >= shorter.cost

    def test_begin_to_fit_where_the_shortest_offer_is(self):
        asked = request(able="680")
        shortest = next(offer for offer in find_offers(asked).offers if offer.key == "shortest")

        fitting = [point.instalments for point in plans_by_length(asked) if point.fits]

        assert fitting[0] == shortest.instalments


class TestAround:
    def test_breaks_even_between_the_fall_that_fits_and_the_one_that_does_not(self):
        asked = request(able="680")
        offer = find_offers(asked).offers[0]

        told = around(asked, offer)

        falls = {-case.income_change: case.holds for case in told.stress if case.income_change}
        assert all(holds == (fall <= told.break_even_fall) for fall, holds in falls.items())

    def test_says_in_which_months_even_the_stated_income_is_too_little(self):
        asked = request(able="680")
        offer = find_offers(asked).offers[0]
        poorer = request(able="300")

        assert around(asked, offer).months_short == ()
        told = around(poorer, offer)
        assert told.break_even_fall == 0
        assert set(told.months_short) == {
            due.line.due_date.replace(day=1)
            for due in offer.proposal.due_lines
            if due.amount.minor > 300_00
        }

    def test_counts_the_other_ways_from_what_is_owed_today(self):
        asked = request(able="680")
        offer = find_offers(asked).offers[0]

        ways = {one.name: one for one in around(asked, offer).alternatives}

        assert ways["family_loan"].annual_cost == 0
        assert ways["early_settlement"].annual_cost is None
        assert ways["do_nothing_90"].total_cost > ways["do_nothing_30"].total_cost

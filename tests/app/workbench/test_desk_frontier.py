"""Plans between the offers are of the same engine, so they lie on one line with them."""

import pytest
from django.utils import translation

import factories
from tideover.app.workbench.pages.frontier_points import cost_of, frontier_points
from tideover.loan import loan_state
from tideover.offers import find_offers


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(params=["weilidai", "card"])
def asked(request):
    terms = getattr(factories, request.param)()
    return factories.request(terms=terms, paid=2 if request.param == "weilidai" else 4)


@pytest.fixture
def offers(asked):
    return find_offers(asked).offers


@pytest.fixture
def points(asked, offers):
    state = loan_state(asked.terms, asked.events, asked.on)
    return frontier_points(asked.terms, state, offers=offers, shown=offers[0])


class TestCostOf:
    def test_is_what_the_offer_says_of_itself(self, offers):
        for offer in offers:
            cost = offer.annual_cost

            assert cost_of(offer.proposal) == cost.total_interest + cost.total_fee


class TestFrontierPoints:
    def test_hold_the_offers_as_they_are(self, offers, points):
        named = {point.instalments: point for point in points if point.label}

        assert named
        for offer in offers:
            if offer.instalments in named and offer.key != "pause-first":
                assert named[offer.instalments].payment == offer.payment

    def test_fall_in_payment_and_rise_in_cost_as_they_get_longer(self, points):
        payments = [point.payment for point in points]
        costs = [point.cost for point in points]

        assert payments == sorted(payments, reverse=True)
        assert costs == sorted(costs)

    def test_are_few_enough_to_be_drawn_at_once(self, points):
        assert 3 <= len(points) <= 16

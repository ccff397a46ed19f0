"""What may be granted beyond time (grants, granted, ways, reach): every combination of a policy."""

from dataclasses import replace
from fractions import Fraction

import pytest

from factories import request, weilidai, yuan
from tideover.dates import DayCount
from tideover.loan import AnnualRate, DailyRate
from tideover.offers import OfferRequest, find_offers
from tideover.offers.grants import Grant, grants_of, rate_after, waived_by
from tideover.offers.situation import situation_of
from tideover.options import ArrearsTreatment
from tideover.policy import DatedParameter, Parameters


def under(asked: OfferRequest, **values: object) -> OfferRequest:
    """The request by a policy in which these numbers of the lender are others."""
    now = asked.parameters
    dated: dict[str, DatedParameter] = dict(now.dated)
    for name, value in values.items():
        key = name.replace("__", ".")
        before = dated[key]
        dated[key] = replace(before, values=((before.values[0][0], value),))
    return replace(asked, parameters=Parameters.gather(dated, on=now.on, product=now.product))


class TestGrants:
    def test_are_every_combination_the_least_first(self):
        grants = grants_of(request().parameters)

        # Nothing and two shares of the interest, twenty cuts, three parts of the principal.
        assert len(grants) == 3 * 21 * 4
        assert grants[0] == Grant()
        assert len(grants.singles) == 2 + 20 + 3
        order = [(one.principal_forgiven, one.rate_cut, one.interest_waived) for one in grants.each]
        assert order == sorted(order)

    def test_never_go_beyond_the_most_that_policy_allows(self):
        less = under(request(), forgiveness__principal_share_max=Fraction(1, 20))

        assert {one.principal_forgiven for one in grants_of(less.parameters).each} == {
            0, Fraction(1, 20),
        }  # fmt: skip

    def test_have_both_treatments_of_unpaid_interest_where_policy_has(self):
        both = under(request(), arrears__capitalise_interest=True)
        joins = under(both, arrears__freeze_interest=False)

        assert {one.arrears for one in grants_of(both.parameters).each} == set(ArrearsTreatment)
        assert grants_of(both.parameters)[0].arrears is ArrearsTreatment.CARRY
        assert {one.arrears for one in grants_of(joins.parameters).each} == {
            ArrearsTreatment.CAPITALISE
        }


class TestCapitalising:
    def test_makes_one_principal_of_what_is_owed_where_policy_says_so(self):
        asked = under(
            request(able="680"), arrears__capitalise_interest=True, arrears__freeze_interest=False
        )

        found = find_offers(asked)

        # 8,000.00 of principal and 163.20 of unpaid interest; the penalty of 4.00 is waived.
        assert found.offers
        for offer in found.offers:
            event = offer.proposal.restructured
            assert event.schedule.opening_balance == yuan("8163.20")
            assert not event.carried
            kinds = {one.kind: one.amount for one in offer.proposal.concessions}
            assert kinds["capitalisation"] == yuan("163.20")
            assert offer.affordable


class TestRateAfter:
    @pytest.mark.parametrize(
        ("rate", "half"),
        [
            (DailyRate.parse("0.0004"), DailyRate.parse("0.0002")),
            (AnnualRate.percent("18"), AnnualRate.percent("9")),
            (
                AnnualRate(Fraction(1, 10), DayCount.MONTHLY, compounds_a_year=2),
                AnnualRate(Fraction(1, 20), DayCount.MONTHLY, compounds_a_year=2),
            ),
        ],
    )
    def test_lowers_the_rate_and_keeps_how_it_counts(self, rate, half):
        one = situation_of(request(terms=weilidai(rate=rate)))

        assert rate_after(one, Grant(rate_cut=Fraction(1, 2))) == half


class TestWaivedBy:
    def test_rounds_every_part_down(self):
        one = situation_of(request())
        grant = Grant(interest_waived=Fraction(1, 3), principal_forgiven=Fraction(1, 3))

        waived = waived_by(one, grant)

        # 163.20 ÷ 3 are 54.40, 8,000.00 ÷ 3 are 2,666.66 and two thirds of a fen.
        assert (waived.interest, waived.principal) == (yuan("54.40"), yuan("2666.66"))
        assert waived.penalty == yuan("4.00")

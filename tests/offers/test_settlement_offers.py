"""Settling for less: settling, settlement, and the joint settling of a household."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import card, household, policy, request, steady, weilidai, yuan
from tideover.agreements.keeping import KeepingRules, ending, judge_plan
from tideover.loan import Paid, loan_state
from tideover.money import CNY, Money
from tideover.offers import (
    Offer,
    OfferRequest,
    OfferSet,
    Wish,
    WishKind,
    find_offers,
    offer_from_record,
    offer_to_record,
    rejudge_offer,
)
from tideover.offers.joint import find_plans
from tideover.offers.plan_file import read_plan
from tideover.offers.settling import at_hand
from tideover.options import LegalForm

#: 171 days after the second instalment of 3 October 2026 was missed: 9,990.00 is owed in all.
DAY = date(2027, 4, 23)
OUTGOINGS = 300_000


def asked(savings: str, *, able: str = "50", on: date = DAY, **changes: object) -> OfferRequest:
    """A household that cannot carry its loan by time alone, and has saved something."""
    asking = request(able=able, paid=1, on=on, **changes)
    product = asking.parameters.product
    home = replace(asking.household, savings=yuan(savings))
    return replace(asking, household=home, parameters=policy(product, on=on))


def in_parts() -> OfferRequest:
    """Somebody who asks to settle, and needs two months for it."""
    wish = Wish(kind=WishKind.SETTLE, lump_sum=yuan("6600"))
    return replace(asked("0", able="330"), wish=wish)


def settled(found: OfferSet) -> Offer:
    offer = found.offer("settlement")
    assert offer is not None
    return offer


class TestAtHand:
    def test_is_savings_less_a_month_of_what_is_needed(self):
        home = replace(household(), savings=yuan("5000.50"))

        assert at_hand(home, policy()) == yuan("2000.50")

    def test_is_nothing_where_savings_do_not_reach_the_reserve_or_are_not_told(self):
        assert not at_hand(replace(household(), savings=yuan("2999")), policy())
        assert not at_hand(household(), policy())

    def test_is_what_the_borrower_offers_where_that_is_told(self):
        home = replace(household(), savings=yuan("90000"))

        assert at_hand(home, policy(), offered=yuan("1234")) == yuan("1234")


class TestAnOffer:
    def test_asks_for_what_can_be_put_up_and_forgives_the_rest_as_worked_by_hand(self):
        offer = settled(find_offers(asked("10500")))

        # 10,500 − 3,000 are at hand, and the month of the payment can carry 50.00: 7,550.00.
        # Owed are 9,990.00: penalty 154.80, interest 835.20, principal 9,000.00. Given up are
        # 2,440.00, in that order: 154.80, 835.20, and 1,450.00 of principal. At 202 days 70 %
        # are the least, 6,993.00.
        assert (offer.instalments, offer.payment, offer.total) == (1, yuan("7550"), yuan("7550"))
        waived = offer.waived
        assert (waived.penalty, waived.interest) == (yuan("154.80"), yuan("835.20"))
        assert waived.principal == yuan("1450")
        assert offer.proposal.legal_form is LegalForm.SETTLEMENT
        assert offer.annual_cost.effective == 0
        assert offer.credit_code == "11"
        assert offer.needs_approval
        assert not offer.affordable

    def test_says_what_is_paid_from_what_is_at_hand(self):
        offer = settled(find_offers(asked("10500")))

        assert (
            "付清 ¥7,550.00（其中 ¥7,500.00 从手头的钱里出），其余 ¥2,440.00 不再收" in offer.why.zh
        )
        assert "¥7,550.00 is paid, ¥7,500.00 of it from what is at hand" in offer.why.en

    def test_forgives_no_principal_of_those_who_can_pay_it(self):
        offer = settled(find_offers(asked("90000")))

        assert offer.waived.total == offer.waived.penalty == yuan("154.80")
        assert offer.total == yuan("9835.20")
        assert offer.credit_code is None

    def test_is_paid_in_parts_where_one_payment_does_not_reach_the_least(self):
        # 6,600.00 are at hand. With the 330.00 of one month they are 6,930.00, below the least of
        # 6,993.00; two months bring 6,600 + 330 + 330 = 7,260.00, less what is kept for rounding.
        offer = settled(find_offers(in_parts()))

        assert offer.instalments == 2
        assert yuan("6993") <= offer.total <= yuan("7260")
        assert offer.proposal.due_lines[0].amount == offer.proposal.due_lines[1].amount

    def test_charges_no_more_fees_of_a_card(self):
        # 11,500 − 3,000 are at hand, and the month can carry 20.00.
        offer = settled(find_offers(asked("11500", able="20", terms=card())))

        assert offer.proposal.legal_form is LegalForm.SETTLEMENT
        assert not offer.annual_cost.total_interest
        assert offer.total == yuan("8520")

    def test_comes_back_from_its_record(self):
        offer = settled(find_offers(asked("10500")))

        assert offer_from_record(offer_to_record(offer)) == offer

    @steady
    @given(
        savings=st.integers(300_000, 2_500_000), able=st.integers(0, 60_000),
        days=st.integers(0, 400), terms=st.sampled_from([weilidai(), card()]),
    )  # fmt: skip
    def test_conserves_what_is_owed_and_stays_within_means_and_policy(
        self, savings, able, days, terms
    ):
        on = date(2026, 11, 23) + timedelta(days=days)
        asking = asked(Money(savings, CNY).text, able=Money(able, CNY).text, on=on, terms=terms)
        offer = find_offers(asking).offer("settlement")
        if offer is None:
            return
        state = loan_state(asking.terms, asking.events, offer.proposal.restructured.on)
        owed, late = state.outstanding, loan_state(asking.terms, asking.events, on).days_past_due
        assert offer.total + offer.waived.total == owed.total
        share = Fraction("0.9" if late < 90 else "0.8" if late < 180 else
                         "0.7" if late < 360 else "0.6")  # fmt: skip
        assert offer.total.minor >= owed.total.minor * share
        drawn = 0
        months = {one.month: one.capacity.minor for one in find_offers(asking).capacity}
        for due in offer.proposal.due_lines:
            month = due.line.due_date.replace(day=1)
            drawn += max(0, due.amount.minor - months.get(month, 0))
        assert drawn <= savings - OUTGOINGS
        # Nothing of the principal is forgiven while penalty, interest or a fee is still asked for.
        if offer.waived.principal:
            assert offer.waived.total - offer.waived.principal == owed.total - owed.principal


class TestWhenItIsOffered:
    def test_stands_beside_the_concession_where_nothing_fits(self):
        found = find_offers(asked("13000", able="160", on=date(2026, 11, 23)))

        keys = [offer.key for offer in found.offers]
        assert keys == ["concession", "settlement"]
        assert [offer.key for offer in found.offers if offer.is_recommended] == keys[:1]

    def test_is_not_proposed_unasked_where_a_plan_fits(self):
        found = find_offers(asked("90000", able="700"))

        assert found.offers
        assert found.offer("settlement") is None
        assert "settlement_not_possible" not in {one.code for one in found.refused}

    def test_is_the_third_where_it_was_asked_for_and_the_arrears_are_old(self):
        wish = Wish(kind=WishKind.SETTLE, lump_sum=yuan("8000"))
        found = find_offers(replace(asked("90000", able="700"), wish=wish))

        assert [offer.key for offer in found.offers][-1] == "settlement"
        assert len(found.offers) <= 3
        assert not settled(found).is_recommended
        # What was offered is all that is at hand, with the 700.00 of the month.
        assert settled(found).total == yuan("8700")

    def test_is_refused_by_name_where_the_arrears_are_young_and_a_plan_fits(self):
        wish = Wish(kind=WishKind.SETTLE, lump_sum=yuan("9000"))
        found = find_offers(request(wish=wish))

        assert found.offer("settlement") is None
        (refused,) = (one for one in found.refused if one.code == "settlement_not_possible")
        assert "20 days past due" in refused.words.en
        assert "from 90 days on" in refused.words.en

    def test_says_what_is_missing_where_the_means_do_not_reach(self):
        found = find_offers(asked("9000"))

        # 6,000.00 of 6,993.00 less 50.00 of the month.
        (refused,) = (one for one in found.refused if one.code == "settlement_not_possible")
        assert "¥6,943.00 is needed" in refused.words.en
        assert refused.would_change.en == "with ¥943.00 more it would do"

    def test_is_nothing_a_book_without_it_offers(self):
        asking = asked("90000")
        dated = {name: one for name, one in asking.parameters.dated.items()
                 if not name.startswith("settlement.")}  # fmt: skip
        bare = type(asking.parameters).gather(dated, on=DAY, product="weilidai")

        assert find_offers(replace(asking, parameters=bare)).offer("settlement") is None


class TestActivation:
    def test_books_what_was_offered_and_the_payment_ends_the_debt(self):
        asking = in_parts()
        offer = settled(find_offers(asking))
        signed = (*asking.events, offer.proposal.restructured)

        state = loan_state(asking.terms, signed, DAY)
        assert [(line.due_date, line.remaining.total) for line in state.lines] == [
            (due.line.due_date, due.amount) for due in offer.proposal.due_lines
        ]
        assert state.outstanding.total == offer.total
        paid = [Paid(due.line.due_date, f"s-{due.line.number}", due.amount)
                for due in offer.proposal.due_lines]  # fmt: skip
        assert loan_state(asking.terms, (*signed, *paid), offer.latest_due).is_settled

    def test_leaves_a_missed_settlement_free_of_interest_and_breaks_it(self):
        asking = asked("10500")
        offer = settled(find_offers(asking))
        signed = (*asking.events, offer.proposal.restructured)
        late = loan_state(asking.terms, signed, date(2027, 9, 1))

        assert late.outstanding.total == offer.total
        rules = KeepingRules.of(asking.parameters, grace_days=1)
        assert judge_plan(late, rules).is_broken

    def test_brings_all_of_it_back_when_it_is_ended_unpaid(self):
        asking = asked("10500")
        offer = settled(find_offers(asking))
        part = Paid(date(2027, 6, 3), "part", yuan("1000"))
        signed = (*asking.events, offer.proposal.restructured, part)

        found = ending(asking.terms, signed, on=date(2027, 9, 1), reference="A1-ended",
                       concessions_lost=False)  # fmt: skip

        # 7,550.00 less the 1,000.00 paid, and the 2,440.00 that was given up.
        assert found.before.total == yuan("6550")
        assert found.reinstated == offer.waived
        assert found.after.total == yuan("8990")

    def test_is_followed_by_plans_at_the_rate_of_the_contract(self):
        asking = asked("10500")
        offer = settled(find_offers(asking))
        signed = (*asking.events, offer.proposal.restructured)
        again = find_offers(replace(asking, events=signed, on=date(2027, 9, 1),
                                    parameters=policy(on=date(2027, 9, 1)),
                                    household=household(able="700")))  # fmt: skip

        assert again.offers[0].annual_cost.nominal == pytest.approx(Fraction("0.146"), abs=0.001)


class TestRejudged:
    def test_is_judged_again_by_the_numbers_of_another_book(self):
        asking = asked("10500")
        offer = settled(find_offers(asking))
        dated = dict(asking.parameters.dated)
        name = "settlement.shares_min"
        dated[name] = replace(
            dated[name], values=((date(2025, 1, 1), ("0.9", "0.9", "0.9", "0.9")),)
        )
        stricter = type(asking.parameters).gather(dated, on=DAY, product="weilidai")

        same = rejudge_offer(asking, offer, parameters=asking.parameters)
        other = rejudge_offer(asking, offer, parameters=stricter)

        assert not same.changes
        assert [change.rule for change in other.changes] == ["settlement.minimum-share"]


class TestFeesOfACard:
    def test_are_not_cut_and_that_is_said_by_name(self):
        text = """
            as_of: 2026-11-23
            income: [{name: odd jobs, monthly: 3250}]
            outgoings: [{name: rent, category: housing, monthly: 3000}]
            debts:
              - {name: card, product: card-instalment, fee_rate: "0.006", principal: 20000,
                 disbursed: 2026-05-11, instalments: 12}
        """
        answer = find_plans(read_plan(text, name="home.yaml").request)

        (refused,) = answer.rejected
        assert refused.code == "concession.rate_cuts"
        assert "the fee of 0.60% an instalment" in refused.words.en
        assert "每期 0.60%" in refused.words.zh

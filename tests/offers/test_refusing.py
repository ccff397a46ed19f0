"""When there is no offer: refusing, coded, without blame, and with somewhere to go."""

import json
from datetime import date
from fractions import Fraction

import pytest

from factories import TODAY, codes, household, request, weilidai, yuan
from tideover.loan import DailyRate, Paid, loan_state
from tideover.offers import (
    Wish,
    WishKind,
    find_offers,
    offer_from_record,
    offer_to_record,
)


class TestNoOffer:
    def test_says_that_the_contract_fits_when_nothing_is_overdue(self):
        paid_up = request(paid=3, able="2000")

        found = find_offers(paid_up)

        assert codes(found.refused) == ["ability_sufficient"]
        assert found.offers == ()
        assert found.next_steps == ()

    def test_still_helps_when_the_contract_fits_but_something_is_overdue(self):
        assert find_offers(request(able="2000")).offers

    def test_refers_on_when_nothing_can_be_paid(self):
        found = find_offers(request(household=household(able="0")))

        assert codes(found.refused) == ["no_repayment_ability"]
        assert "暂停还款" in found.next_steps[0].zh
        assert any("12348" in step.zh for step in found.next_steps)

    def test_does_not_blame_when_income_does_not_reach(self):
        poor = household(able="0", outgoings="3000", incomes=())

        refused = find_offers(request(household=poor)).refused[0]

        assert "不是你的错" in refused.words.zh
        assert "¥3,000.00" in refused.words.zh

    def test_catches_a_debt_that_would_never_fall(self):
        # A month of interest on 8,000 is 8,000 × 0.0004 × 31 = 99.20.
        refused = find_offers(request(able="99.20")).refused[0]

        assert refused.code == "never_amortises"
        assert "¥99.20" in refused.words.zh

    def test_names_the_longest_plan_and_what_is_missing(self):
        refused = find_offers(request(able="150")).refused[0]

        assert refused.code == "over_legal_limit"
        assert "最长可分 56 期，到2031年8月3日（周日）为止" in refused.words.zh
        assert refused.would_change.zh.startswith("每月多 ¥")

    def test_has_nothing_to_plan_for_a_settled_loan(self):
        asked = request()
        events = (*asked.events, Paid(TODAY, "all", yuan("20000")))

        assert codes(find_offers(request(events=events)).refused) == ["nothing_owed"]


class TestWish:
    @pytest.mark.parametrize(
        ("monthly", "code"), [("99.20", "never_amortises"), ("150", "over_legal_limit")]
    )
    def test_is_answered_when_it_cannot_be_met_beside_what_can(self, monthly, code):
        wish = Wish(kind=WishKind.PAY_LESS, monthly=yuan(monthly))

        found = find_offers(request(wish=wish))

        assert codes(found.refused) == [code]
        assert len(found.offers) == 3

    def test_for_a_longer_pause_than_allowed_names_the_longest(self):
        found = find_offers(request(wish=Wish(kind=WishKind.PAUSE, pause_months=9)))

        assert codes(found.refused) == ["over_policy_limit"]
        assert "最长可停 6 个月" in found.refused[0].words.zh

    def test_within_reach_is_not_refused(self):
        wish = Wish(kind=WishKind.PAY_LESS, monthly=yuan("500"))

        assert find_offers(request(wish=wish)).refused == ()


class TestBeforeTheBook:
    def test_matured_loans_are_restructured_until_the_consumer_maximum(self):
        old = weilidai(disbursed_on=date(2022, 1, 3))

        found = find_offers(request(terms=old))

        # 60 months from 3 January 2022 end on 3 January 2027: one instalment, far above 680.
        assert found.offers == ()
        assert codes(found.refused) == ["over_legal_limit"]


class TestConcession:
    def test_lowers_the_rate_as_little_as_makes_a_plan_fit(self):
        found = find_offers(request(able="170"))

        # At 14.60 % the longest plan asks for 201.57. Over 56 months 8,000.00 at 7.30 %, half of
        # it, ask for 169.0 or so, and the 163.20 carried for 2.92 more: still above 170.00. At
        # 6.57 %, a cut of 55 %, both together are the first that are not.
        (offer,) = found.offers
        event = offer.proposal.restructured
        assert codes(found.refused) == ["over_legal_limit"]
        assert offer.key == "concession"
        assert event.rate == DailyRate.parse("0.00018")
        assert offer.instalments == 56
        assert offer.affordable
        assert offer.needs_approval
        assert "降到 6.57%" in offer.why.zh
        (given,) = (one for one in offer.proposal.concessions if one.kind == "rate_reduction")
        assert given.rate == Fraction("0.0657")

    def test_waives_unpaid_interest_before_it_lowers_the_rate(self):
        # 163.20 are unpaid: 201.57 a month less a quarter of 163.20 ÷ 56, which is 0.73.
        (offer,) = find_offers(request(able="201")).offers

        event = offer.proposal.restructured
        assert event.waived.interest == yuan("40.80")
        assert event.rate is None
        assert event.schedule.opening_balance == yuan("8000")
        assert offer.payment == yuan("200.85")

    def test_forgives_principal_only_where_no_interest_at_all_would_not_do(self):
        # 8,000.00 ÷ 56 are 142.86, and 81.60, half of the interest, 1.46: 144.32 without interest.
        enough = find_offers(request(able="144.32")).offers[0]
        (offer,) = find_offers(request(able="144.31")).offers

        event = offer.proposal.restructured
        assert not enough.waived.principal
        assert event.waived.principal == yuan("400")
        assert event.schedule.opening_balance == yuan("7600")
        assert offer.proposal.owed.principal == yuan("8000")
        assert offer.credit_code == "11"
        assert {"rule": "forgiveness.within-policy", "passed": True} in [
            {"rule": one.rule, "passed": one.passed} for one in offer.verdicts
        ]
        assert any("减免本金 ¥400.00" in one.zh for one in offer.approval_because)
        kinds = [one.kind for one in offer.proposal.concessions]
        assert "principal_forgiveness" in kinds

    @pytest.mark.parametrize("able", ["201", "150", "116"])
    def test_is_booked_as_it_was_offered_to_the_cent(self, able):
        asked = request(able=able)
        offer = find_offers(asked).offers[0]
        paid = (
            Paid(due.line.due_date, f"plan-{due.line.number}", due.amount)
            for due in offer.proposal.due_lines
        )
        events = (*asked.events, offer.proposal.restructured, *paid)

        state = loan_state(asked.terms, events, offer.latest_due)

        assert state.is_settled
        assert not state.in_advance_credit

    def test_is_not_made_where_all_that_may_be_granted_would_not_do(self):
        # 6,400.00 and 81.60 over 56 months: 114.29 and 1.46.
        assert find_offers(request(able="115.74")).offers == ()

    def test_is_kept_exactly(self):
        offer = find_offers(request(able="170")).offers[0]

        assert offer_from_record(json.loads(json.dumps(offer_to_record(offer)))) == offer

    def test_holds_for_a_second_plan_as_well(self):
        asked = request(able="170")
        signed = (*asked.events, find_offers(asked).offers[0].proposal.restructured)

        again = find_offers(request(able="180", events=signed, on=date(2027, 3, 1)))

        # Two instalments are missed by then, and two months fewer are left; the rate agreed goes on
        # at 6.57 %.
        assert again.offers
        for offer in again.offers:
            assert offer.proposal.restructured.rate == DailyRate.parse("0.00018")
            assert not any("利率" in reason.zh for reason in offer.approval_because)
            assert offer.annual_cost.nominal < Fraction("0.0658")

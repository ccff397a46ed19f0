"""All loans of a household: request, standing, plans, frontier, rejecting, value, stress.

Also alternatives, the answer, finding and wording; wishes have a module of their own.
"""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st
from joint_requests import LATER_JOB, card_debt, debt, plans

from factories import (
    TODAY,
    codes,
    household,
    policy,
    request,
    steady,
    yuan,
)
from tideover.affordability import OtherDebt
from tideover.money import CNY, Money
from tideover.offers import find_offers
from tideover.offers.joint import JointRequest
from tideover.offers.joint.frontier import search
from tideover.offers.joint.standing import standing_of
from tideover.offers.search import build
from tideover.offers.situation import situation_of
from tideover.options import LegalForm

ONE = plans()
TWO = plans("1400", debt(), card_debt())


class TestOneLoan:
    def test_gets_the_same_shortest_plan_as_the_service_offers(self):
        alone = find_offers(request()).offers[0]
        joint = ONE.offers[0]

        assert joint.plan.parts[0].proposal.schedule == alone.schedule
        assert joint.plan.draft.payment == alone.payment
        assert joint.extra_interest == alone.extra_interest
        assert joint.annual_cost == alone.annual_cost.effective

    def test_is_stated_as_it_is(self):
        (one,) = ONE.debts

        assert one.outstanding_principal == yuan("8000")
        assert one.days_past_due == 20

    def test_shows_a_flat_fee_as_the_true_rate_it_is(self):
        # 12 instalments of 0.60 % flat: 13.0 % nominal, 13.8 % effective (dossier, F1).
        (one,) = plans("680", card_debt()).debts

        assert Fraction("0.137") < one.annual_cost < Fraction("0.139")


class TestAllLoans:
    @steady
    @given(st.integers(0, 300_000))
    def test_together_never_ask_for_more_than_a_month_allows(self, able):
        answer = plans(Money(able, CNY).text, debt(), card_debt())
        limits = {month.month: month.capacity for month in answer.capacity}

        for offer in answer.offers:
            assert offer.plan.passed
            for month, amount in offer.plan.draft.months.items():
                assert amount <= limits[month]

    def test_are_each_held_to_the_limit_of_their_own_form(self):
        forms = {part.debt.name: part.proposal.legal_form for part in TWO.offers[0].plan.parts}

        assert forms == {
            "微粒贷": LegalForm.TERM_EXTENSION,
            "信用卡": LegalForm.PERSONALISED_INSTALMENTS,
        }

    def test_that_are_kept_up_stay_as_they_are_where_that_fits(self):
        answer = plans("2400", debt(), card_debt(paid=6))

        assert answer.offers
        for offer in answer.offers:
            assert [part.debt.name for part in offer.plan.parts] == ["微粒贷"]
            # 1,072.00 a month of the card's contract come first.
            assert all(amount <= yuan("1328") for amount in offer.plan.draft.months.values())

    def test_need_no_plan_when_all_contracts_fit(self):
        answer = plans("3000", debt(paid=3), card_debt(paid=6))

        assert codes(answer.declined) == ["ability_sufficient"]
        assert answer.offers == ()

    def test_share_with_creditors_who_have_no_terms(self):
        other = OtherDebt(creditor="某平台", monthly=yuan("500"))
        answer = plans(home=household(able="1000", other_debts=(other,)))

        assert answer.capacity[0].capacity < yuan("1000")


class TestFrontier:
    def test_is_beaten_by_nothing_on_it(self):
        points = ONE.frontier
        for one in points:
            for other in points:
                at_least = (
                    other.total_interest <= one.total_interest
                    and other.monthly <= one.monthly
                    and other.lender_value_change >= one.lender_value_change
                )
                assert other == one or not at_least

    def test_starts_with_the_shortest_plan_that_fits(self):
        assert ONE.frontier[0].instalments == 14
        assert ONE.frontier[0].monthly == yuan("639.06")

    def test_gives_the_middle_way_between_the_shortest_and_the_lightest(self):
        keys = {offer.key: offer.plan.draft.asked for offer in ONE.offers}

        assert keys["shortest"] < keys["balanced"] < keys["lightest"]


class TestRejected:
    def test_names_the_rule_that_stopped_the_best_of_the_rest_and_what_would_change_it(self):
        heavy, long, cheap = ONE.rejected

        # 684.23 − 680.00 with thirteen instalments; 56 is the longest until the sixtieth month.
        assert heavy.code == "payment.within-capacity"
        assert "13 instalments ask for up to ¥684.23" in heavy.words.en
        assert heavy.would_change.en.startswith("with ¥4.23 more a month")
        assert long.code == "restructure.within-consumer-maximum"
        assert long.words.en.startswith("57 instalments")
        assert cheap.code == "concession.rate_cuts"
        assert "13 instalments would do" in cheap.words.en

    def test_of_cards_says_their_own_limit(self):
        found = {one.code for one in plans("700", card_debt()).rejected}

        assert found == {"payment.within-capacity", "personalised.within-legal-limit"}

    def test_is_empty_where_nothing_was_looked_for(self):
        assert plans("0").rejected == ()
        assert plans("3000", debt(paid=3)).looked_at == 0

    def test_comes_from_more_than_five_hundred_combinations(self):
        # 371 lengths after pauses by time alone, and 56 lengths with each of 25 concessions alone.
        assert ONE.looked_at == 371 + 25 * 56


class TestShorter:
    def test_tells_what_one_instalment_less_would_ask_for(self):
        shorter = ONE.offers[0].shorter

        assert shorter is not None
        assert (shorter.instalments, shorter.monthly) == (13, yuan("684.23"))
        assert not shorter.fits

    @steady
    @given(st.integers(20_000, 300_000))
    def test_is_the_plan_that_the_scalar_engine_builds(self, able):
        for offer in plans(Money(able, CNY).text).offers:
            if offer.shorter is None:
                continue
            situation = situation_of(request(able=Money(able, CNY).text))
            plan = build(
                situation,
                instalments=offer.shorter.instalments,
                pause_months=offer.plan.draft.pause_months,
            )
            assert plan is not None
            assert offer.shorter.monthly == max(one.amount for one in plan.facts.payments)
            assert offer.shorter.total_interest == plan.cost.total_interest
            assert offer.shorter.fits == plan.passed


class TestProperties:
    @steady
    @given(st.integers(0, 250_000), st.integers(0, 50_000), st.booleans())
    def test_more_income_never_lengthens_the_shortest_plan(self, able, more, is_joint):
        debts = (debt(), card_debt()) if is_joint else (debt(),)
        shortest = [
            next((one for one in plans(Money(minor, CNY).text, *debts).offers
                  if one.key == "shortest"), None)
            for minor in (able, able + more)
        ]  # fmt: skip

        if shortest[0] is not None and shortest[1] is not None:
            assert shortest[1].plan.draft.asked <= shortest[0].plan.draft.asked

    @steady
    @given(st.integers(0, 250_000), st.booleans())
    def test_offers_show_the_figures_they_were_chosen_by(self, able, is_joint):
        debts = (debt(), card_debt()) if is_joint else (debt(),)
        answer = plans(Money(able, CNY).text, *debts)
        points = {(one.instalments, one.pause_months): one for one in answer.frontier}

        for offer in answer.offers:
            draft = offer.plan.draft
            point = points.get((draft.asked, draft.pause_months))
            if point is not None and offer.key != "concession":
                assert point.monthly == draft.payment
                assert point.total_interest == draft.total_interest
                assert point.lender_value_change == offer.lender_value_change

    @steady
    @given(st.integers(20_000, 250_000))
    def test_no_point_of_the_frontier_is_beaten_by_another(self, able):
        points = plans(Money(able, CNY).text, debt(), card_debt(paid=6)).frontier
        merits = [
            (-one.total_cost.minor, -one.monthly.minor, one.lender_value_change.minor)
            for one in points
        ]

        for mine in merits:
            assert not any(
                other != mine and all(a >= b for a, b in zip(other, mine, strict=True))
                for other in merits
            )


class TestValue:
    def test_of_an_agreement_is_more_than_of_none(self):
        assert all(offer.lender_value_change.minor > 0 for offer in ONE.offers)

    def test_falls_when_later_money_is_valued_less_and_rises_with_safety(self):
        standing = standing_of(
            JointRequest(on=TODAY, household=household(), debts=(debt(),), parameters=policy())
        )
        grid, curve = search(standing).grid, standing.curve
        safe = replace(curve, base=0, slope=0)
        curves = (curve, replace(curve, discount=0.12), safe, replace(safe, discount=0))

        found = [replace(grid, curve=one).search((0,)) for one in curves]
        value, dearer, safer, free = (int(one.value[0]) for one in found)

        assert dearer < value < safer < free
        # With no chance of a break and no discount a plan is worth what it asks for.
        assert free == found[0].dues[:, 0].sum()


class TestNothingFits:
    def test_refers_on(self):
        answer = plans("0")

        assert codes(answer.declined) == ["no_repayment_ability"]
        assert answer.next_steps
        assert answer.stress == ()

    def test_counts_all_loans_in_the_reason(self):
        answer = plans("370", debt("甲"), debt("乙"), debt("丙"))

        asked, able = re.findall(r"¥([0-9,.]+)\b", answer.declined[0].words.en)

        assert answer.declined[0].code == "over_legal_limit"
        assert yuan(able) < yuan(asked)


class TestConcession:
    def test_lowers_all_rates_where_no_plan_fits_at_those_of_the_contracts(self):
        answer = plans("170")

        (offer,) = answer.offers
        assert codes(answer.declined) == ["over_legal_limit"]
        assert offer.key == "concession"
        assert offer.plan.parts[0].proposal.schedule == (
            find_offers(request(able="170")).offers[0].schedule
        )


class TestAlternatives:
    ways: ClassVar = {one.name: one for one in ONE.alternatives}

    def test_cost_what_the_working_says(self):
        # Interest 163.20 and penalty 4.00 owed today.
        assert self.ways["early_settlement"].total_cost == yuan("167.20")
        assert self.ways["early_settlement"].monthly == yuan("8167.20")
        # 438.00 of the present schedule, 8.00 late interest, 4.00 penalty.
        assert self.ways["bring_current"].total_cost == yuan("450.00")
        # 8,167.20 × 0.75 % = 61.254, rounded 61.25, twelve times 735.00, and the 167.20.
        assert self.ways["card_instalment"].total_cost == yuan("902.20")

    def test_show_a_fee_plan_at_about_twice_its_stated_rate(self):
        # 0.75 % a month is 9 % a year as stated.
        rate = self.ways["card_instalment"].annual_cost

        assert rate is not None
        assert Fraction("0.17") < rate < Fraction("0.18")

    def test_tell_what_doing_nothing_leads_to(self):
        thirty, ninety = self.ways["do_nothing_30"], self.ways["do_nothing_90"]

        assert thirty.monthly == yuan("2225.20")
        assert ninety.total_cost > thirty.total_cost
        assert "征信记“2”" in thirty.risk.zh

    def test_each_have_one_sentence_of_risk_in_both_languages(self):
        assert all(one.risk.zh and one.risk.en for one in ONE.alternatives)


class TestStress:
    def test_breaks_a_plan_that_leaves_little_room(self):
        # 639.06 of 680.00: income of 3,755.56 may fall by 45.49 before 90 % of the rest is short.
        assert ONE.break_even_fall == Fraction(12, 1000)
        assert [case.holds for case in ONE.stress] == [False, False]

    def test_delays_a_recovery(self):
        home = household(able="0", incomes=(replace(LATER_JOB, since=date(2027, 3, 1)),))
        answer = plans(home=home)

        late = answer.stress[-1]
        assert late.delay_months == 3
        assert not late.holds

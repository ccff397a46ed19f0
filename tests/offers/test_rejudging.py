from datetime import date

import pytest

from factories import policy, request
from tideover.offers import Wish, WishKind, find_offers, rejudge, rejudge_offer
from tideover.policy import Parameters, load_book


def changed(name: str, value: object) -> Parameters:
    """Today's policy with one number replaced."""
    from dataclasses import replace

    today = policy()
    dated = today.dated[name]
    other = replace(dated, values=((date(2025, 1, 1), value),))
    return Parameters.gather({**today.dated, name: other}, on=today.on, product=today.product)


class TestRejudge:
    def test_sees_no_difference_under_the_same_policy(self):
        same = load_book().on(date(2026, 11, 23), product="weilidai")

        assert not rejudge(request(), same).is_different

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("agent.instalments_max", 12, "“更符合你的预算”¥639.06 × 14 期，变为"),
            ("lightest.instalments_max", 30, "“每月最轻”¥394.73 × 24 期，须复核，变为"),
            ("pause.months_usual", 2, "“先停一停”"),
            ("plan.instalments_max", 13, "“更符合你的预算”不再提供"),
        ],
    )
    def test_lists_what_would_be_answered_differently(self, name, value, said):
        asked = request(wish=Wish(kind=WishKind.PAUSE))

        answer = rejudge(asked, changed(name, value))

        assert answer.is_different
        assert any(said in one.zh for one in answer.differences)
        assert all(one.en for one in answer.differences)

    def test_names_refusals_that_come_and_go(self):
        answer = rejudge(request(able="550"), changed("plan.instalments_max", 10))

        assert any("over_legal_limit 成立" in one.zh for one in answer.differences)


class TestRejudgeOffer:
    def test_says_the_same_under_the_same_policy(self):
        asked = request()

        for offer in find_offers(asked).offers:
            again = rejudge_offer(asked, offer, parameters=policy())
            assert not again.is_different

    def test_names_the_rule_with_both_verdicts_and_their_numbers(self):
        asked = request()
        offer = find_offers(asked).offers[0]

        again = rejudge_offer(asked, offer, parameters=changed("plan.instalments_max", 13))

        # The shortest plan has 14 instalments.
        (change,) = again.changes
        assert change.rule == "plan.within-lender-maximum"
        assert (change.before.passed, change.after.passed) == (True, False)
        assert "60" in change.before.because.en
        assert "13" in change.after.because.en

    def test_sees_that_an_approver_is_needed(self):
        asked = request()
        offer = find_offers(asked).offers[0]

        again = rejudge_offer(asked, offer, parameters=changed("agent.instalments_max", 12))

        assert not again.changes
        assert again.is_different
        assert "above the agent's 12" in again.approval_after[0].en

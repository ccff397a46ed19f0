"""Sets of rules and their hit policies: rule_sets.py, legal_forms.py, penalty.py, yaml_once.py."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.policy import (
    FORM_LINES,
    BookFault,
    FormFacts,
    HitPolicy,
    NoValueYet,
    by_priority,
    judge,
    legal_form,
    load_book,
    penalty_uplift,
    rule_names,
    rule_sets,
)
from tideover.policy.yaml_once import read_once

TODAY = date(2026, 11, 23)
POLICY = load_book().on(TODAY, product="weilidai")
LOAN = FormFacts(
    is_card=False, starts_on=TODAY, original_maturity=date(2027, 6, 3), original_months=10,
    extended_months=8,
)  # fmt: skip


#: Three weeks before it matures, lent anew for twenty months.
AT_MATURITY = {
    "starts_on": date(2027, 5, 13), "extended_months": 19, "months_from_start": 20,
}  # fmt: skip


class TestRuleSets:
    def test_are_named_with_how_their_answers_are_taken(self):
        assert {one.name: one.hit_policy for one in rule_sets()} == {
            "plan": HitPolicy.COLLECT,
            "legal-form": HitPolicy.FIRST,
            "refusal": HitPolicy.PRIORITY,
            "value-of-the-day": HitPolicy.UNIQUE,
        }

    def test_of_a_plan_holds_every_rule(self):
        (plan,) = (one for one in rule_sets() if one.name == "plan")

        assert plan.rules == rule_names()


class TestCollect:
    def test_lets_every_rule_answer_though_one_stops_the_plan(self):
        from test_policy_rules import FACTS, payment

        poor = replace(FACTS, payments=(payment(capacity=1),), cost_simple=Fraction(3, 10))

        stopped = [one.rule for one in judge(poor, POLICY) if one.stops]

        assert stopped == ["payment.within-capacity", "cost.within-cap"]


class TestFirst:
    @pytest.mark.parametrize(
        ("changes", "form"),
        [
            ({}, "term_extension"),
            # Ten months may be extended by ten, not by eleven.
            ({"extended_months": 10}, "term_extension"),
            ({"extended_months": 11}, "restructure"),
            ({"extended_months": 0}, "restructure"),
            ({"starts_on": date(2027, 6, 2)}, "term_extension"),
            # Once it has matured it is not extended but renewed, and after a month restructured.
            ({"starts_on": date(2027, 6, 3)}, "renewal"),
            ({"starts_on": date(2027, 7, 4), "days_past_due": 31}, "restructure"),
            # A pause that moves the five instalments left is a deferral, more of them are not.
            ({"pause_months": 3, "instalments": 5, "instalments_left": 5}, "deferral"),
            ({"pause_months": 3, "instalments": 6, "instalments_left": 5}, "term_extension"),
            # From thirty days before it matures, at up to thirty days past due, for twenty months.
            (AT_MATURITY, "renewal"),
            ({**AT_MATURITY, "starts_on": date(2027, 5, 4)}, "renewal"),
            ({**AT_MATURITY, "starts_on": date(2027, 5, 3)}, "restructure"),
            ({**AT_MATURITY, "days_past_due": 30}, "renewal"),
            ({**AT_MATURITY, "days_past_due": 31}, "restructure"),
            ({**AT_MATURITY, "months_from_start": 21}, "restructure"),
            ({**AT_MATURITY, "is_eased": True}, "restructure"),
            ({**AT_MATURITY, "extended_months": 8}, "term_extension"),
            ({**AT_MATURITY, "is_card": True}, "personalised_instalments"),
            ({"is_card": True}, "personalised_instalments"),
            ({"is_card": True, "extended_months": 11}, "personalised_instalments"),
        ],
    )
    def test_takes_the_form_of_the_first_line_that_holds(self, changes, form):
        assert legal_form(replace(LOAN, **changes), POLICY) == form

    def test_always_ends_at_a_line_that_holds(self):
        assert FORM_LINES[-1].holds(replace(LOAN, extended_months=999), POLICY)


class TestPriority:
    @pytest.mark.parametrize(
        "codes", tuple(permutations(["above_capacity", "never_amortises", "odd"]))
    )
    def test_tells_the_most_important_reason_first(self, codes):
        assert by_priority(codes) == ("never_amortises", "above_capacity", "odd")


class TestUnique:
    def test_refuses_two_values_for_one_first_day(self, tmp_path):
        path = tmp_path / "law" / "cn.yaml"
        path.parent.mkdir()
        path.write_text(
            "cap:\n  label: a\n  label_zh: b\n  unit: count\n  reference: r\n"
            "  confidence: D\n  values:\n    2026-01-01: 3\n    2026-01-01: 4\n",
            encoding="utf-8",
        )

        with pytest.raises(BookFault, match="line 9: 2026-01-01 is told already on line 8"):
            load_book(tmp_path)

    @given(st.dates(min_value=date(2010, 1, 1), max_value=date(2035, 1, 1)))
    def test_finds_one_value_or_says_that_there_is_none_yet(self, day):
        dated = load_book().packs["law/cn"]["cost.all_in_max"]
        days = [first for first, _ in dated.values if first <= day]

        if not days:
            with pytest.raises(NoValueYet):
                dated.on(day)
        else:
            assert dated.on(day).first_day == max(days)


class TestReadOnce:
    def test_says_where_a_file_stops_being_yaml(self):
        tree, faults = read_once("a: [1\nb: 2\n")

        assert tree is None
        assert "is not YAML" in faults[0]

    def test_finds_a_key_told_twice_however_deep(self):
        assert read_once("a:\n  - {b: 1, b: 2}\n")[1] == ("line 2: b is told already on line 2",)

    def test_reads_an_empty_file_as_nothing(self):
        assert read_once("") == (None, ())


class TestPenaltyUplift:
    @pytest.mark.parametrize(
        ("yearly", "uplift"),
        [
            # 14.6 % × 1.5 = 21.9 %, under 24 %: the whole half is taken.
            ("0.146", Fraction(1, 2)),
            # 16 % × 1.5 = 24 %, just at the cap.
            ("0.16", Fraction(1, 2)),
            # 18.25 % × 1.5 = 27.375 %; 24 / 18.25 − 1 = 23/73, about 31.5 %.
            ("0.1825", Fraction(23, 73)),
            ("0.24", Fraction(0)),
            ("0.30", Fraction(0)),
            ("0", Fraction(1, 2)),
        ],
    )
    def test_is_held_under_the_cap(self, yearly, uplift):
        assert penalty_uplift(Fraction(yearly), POLICY) == uplift

    def test_is_the_products_own_before_there_was_a_cap(self):
        old = load_book().on(date(2017, 8, 3), product="weilidai")

        assert penalty_uplift(Fraction("0.1825"), old) == Fraction(1, 2)

    @given(st.fractions(min_value=Fraction(1, 100), max_value=Fraction(24, 100)))
    def test_never_lifts_interest_and_penalty_above_the_cap(self, yearly):
        assert yearly * (1 + penalty_uplift(yearly, POLICY)) <= Fraction(24, 100)

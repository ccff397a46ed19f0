"""Facts, registry, verdicts; rules, and what they grant: granting, renewing, settling.

Each rule is tried on both sides of its limit.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tideover.money import CNY, Money
from tideover.policy import (
    BandsDoNotMatch,
    DuePayment,
    Parameters,
    PlanFacts,
    SettledFacts,
    Verdict,
    Words,
    judge,
    least_share,
    load_book,
    rule_names,
    rule_text,
)

TODAY = date(2026, 11, 23)
NONE = Money.zero(CNY)


def money(minor):
    return Money(minor, CNY)


def payment(day=date(2027, 1, 3), amount=60_000, principal=48_000, capacity=68_000):
    return DuePayment(
        on=day,
        amount=money(amount),
        principal=money(principal),
        interest=money(amount - principal),
        capacity=money(capacity),
    )


FACTS = PlanFacts(
    legal_form="term_extension",
    is_card=False,
    on=TODAY,
    disbursed_on=date(2026, 8, 3),
    original_maturity=date(2027, 6, 3),
    original_months=10,
    latest_due=date(2028, 2, 3),
    extended_months=8,
    months_from_disbursement=18,
    months_from_start=15,
    payments=(payment(), payment(date(2027, 2, 3))),
    pause_months=0,
    shortest_instalments=2,
    cost_simple=Fraction("0.146"),
    principal=money(800_000),
    capitalised_interest=NONE,
    penalty=money(400),
    waived_penalty=money(400),
    waived_interest=NONE,
    unpaid_interest=NONE,
    forgiven_principal=NONE,
    capitalised=NONE,
)


def verdict(rule, product="weilidai", **changes) -> Verdict | None:
    policy = load_book().on(TODAY, product=product)
    return next((one for one in judge(replace(FACTS, **changes), policy) if one.rule == rule), None)


#: 9,990.00 owed at 204 days past due; 70 % are 6,993.00.
SETTLED = SettledFacts(
    owed=money(999_000), paid=money(699_300), drawn=money(650_000), at_hand=money(650_000),
    value=money(680_000), without=money(450_000), nothing_fits=False,
)  # fmt: skip
SETTLES = {
    "legal_form": "settlement", "starts_on": TODAY, "days_past_due": 204,
    "forgiven_principal": money(200_000), "unpaid_interest": money(99_000),
    "waived_interest": money(99_000), "rate_cut": Fraction(1),
    "payments": (payment(amount=699_300, principal=699_300),),
}  # fmt: skip
RENEWED = {
    "legal_form": "renewal", "starts_on": date(2027, 5, 4), "months_from_start": 20,
    "extended_months": 19,
}  # fmt: skip


class TestJudge:
    def test_passes_a_plan_that_every_rule_allows(self):
        verdicts = judge(FACTS, load_book().on(TODAY, product="weilidai"))

        assert not any(one.stops for one in verdicts)

    def test_evaluates_all_rules_and_not_just_up_to_the_first_that_stops(self):
        bad = replace(FACTS, extended_months=11, cost_simple=Fraction("0.25"), pause_months=7)

        stopped = [one.rule for one in judge(bad, load_book().on(TODAY, product="weilidai"))
                   if one.stops]  # fmt: skip

        assert stopped == ["extension.within-legal-limit", "pause.within-policy", "cost.within-cap"]

    def test_gives_reasons_in_both_languages_and_a_reference(self):
        for one in judge(FACTS, load_book().on(TODAY, product="weilidai")):
            assert one.because.zh
            assert one.because.en
            assert one.reference
            assert Verdict.from_record(one.to_record()) == one

    def test_explains_every_rule_by_name(self):
        assert all(rule_text(name) for name in rule_names())
        assert len(rule_names()) == len(set(rule_names())) == 29


class TestLimits:
    @pytest.mark.parametrize(
        ("rule", "product", "inside", "outside"),
        [
            (
                "extension.before-maturity", "weilidai",
                {"on": date(2027, 6, 2)}, {"on": date(2027, 6, 3)},
            ),
            (
                "extension.within-legal-limit", "weilidai",
                {"extended_months": 10}, {"extended_months": 11},
            ),
            # A loan of more than a year may be extended to the longest term of the product, 20.
            (
                "extension.within-legal-limit", "weilidai",
                {"original_months": 15, "extended_months": 5},
                {"original_months": 15, "extended_months": 6},
            ),
            (
                "extension.within-legal-limit", "weilidai",
                {"original_months": 12, "extended_months": 12},
                {"original_months": 12, "extended_months": 13},
            ),
            (
                "personalised.cards-only", "card-instalment",
                {"legal_form": "personalised_instalments", "is_card": True},
                {"legal_form": "personalised_instalments", "is_card": False},
            ),
            (
                "personalised.within-legal-limit", "card-instalment",
                {"legal_form": "personalised_instalments", "months_from_start": 60},
                {"legal_form": "personalised_instalments", "months_from_start": 61},
            ),
            (
                "restructure.within-consumer-maximum", "weilidai",
                {"legal_form": "restructure", "months_from_disbursement": 60},
                {"legal_form": "restructure", "months_from_disbursement": 61},
            ),
            (
                "plan.within-lender-maximum", "weilidai",
                {"payments": (payment(),) * 60}, {"payments": (payment(),) * 61},
            ),
            ("pause.within-policy", "weilidai", {"pause_months": 6}, {"pause_months": 7}),
            (
                "payment.within-capacity", "weilidai",
                {"payments": (payment(capacity=60_000),)},
                {"payments": (payment(), payment(capacity=59_999))},
            ),
            (
                "payment.above-interest", "weilidai",
                {"payments": (payment(principal=1),)}, {"payments": (payment(principal=0),)},
            ),
            (
                "cost.within-cap", "weilidai",
                {"cost_simple": Fraction("0.24")}, {"cost_simple": Fraction("0.2401")},
            ),
            (
                "arrears.no-interest-on-interest", "weilidai",
                {"capitalised_interest": NONE}, {"capitalised_interest": money(1)},
            ),
            (
                "waiver.within-policy", "weilidai",
                {"waived_penalty": money(400)}, {"waived_penalty": money(401)},
            ),
            # Half of what is unpaid, a whole cut of the rate, a fifth of the principal before it.
            (
                "waiver.interest-within-policy", "weilidai",
                {"unpaid_interest": money(1001), "waived_interest": money(500)},
                {"unpaid_interest": money(1001), "waived_interest": money(501)},
            ),
            (
                "rate.cut-within-policy", "weilidai",
                {"rate_cut": Fraction(1)}, {"rate_cut": Fraction(101, 100)},
            ),
            (
                "forgiveness.within-policy", "weilidai",
                {"principal": money(800_000), "forgiven_principal": money(200_000)},
                {"principal": money(800_000), "forgiven_principal": money(200_001)},
            ),
            (
                "forgiveness.within-policy", "weilidai",
                {"principal": money(805_000), "capitalised": money(5_000),
                 "forgiven_principal": money(200_000)},
                {"principal": money(805_000), "capitalised": money(5_001),
                 "forgiven_principal": money(200_000)},
            ),
        ],
    )  # fmt: skip
    def test_are_met_on_the_limit_and_not_one_step_beyond(self, rule, product, inside, outside):
        allowed, stopped = (
            verdict(rule, product, **inside),
            verdict(rule, product, **outside),
        )

        assert allowed is not None
        assert allowed.passed
        assert stopped is not None
        assert stopped.stops

    def test_do_not_apply_to_other_legal_forms(self):
        assert verdict("extension.within-legal-limit", legal_form="restructure") is None
        assert verdict("restructure.within-consumer-maximum") is None


class TestNotices:
    def test_say_that_a_plan_is_longer_than_needed_without_stopping_it(self):
        longer = verdict("term.not-longer-than-needed", shortest_instalments=1)

        assert longer is not None
        assert not longer.passed
        assert not longer.stops
        assert longer.because.zh == "比负担得起的最短期限（1 期）长 1 期，利息会更多"

    def test_tell_of_the_observation_period_and_the_disclosure(self):
        assert verdict("probation.applies") is not None
        assert verdict("disclosure.before-signature") is not None


class TestReasons:
    def test_carry_the_numbers(self):
        within = verdict("extension.within-legal-limit")
        over = verdict("payment.within-capacity", payments=(payment(amount=70_000),))

        assert within is not None
        assert within.because == Words(
            "累计展期 8 个月，上限为原期限 10 个月",
            "extended by 8 months in all; the limit is the original term, 10 months",
        )
        assert over is not None
        assert over.because.zh == "有 1 期超过当月能力；2027年1月应还 ¥700.00，能还 ¥680.00"


class TestLateCost:
    def test_is_told_where_lateness_is_added(self):
        policy = load_book().on(TODAY, product="weilidai")
        late = {
            rate: next(
                (one for one in judge(replace(FACTS, cost_late=rate), policy)
                 if one.rule == "penalty.within-cap"), None,
            )
            for rate in (None, Fraction("0.24"), Fraction("0.27375"))
        }  # fmt: skip

        assert late[None] is None
        assert late[Fraction("0.24")].passed
        assert not late[Fraction("0.27375")].passed
        # It tells and stops nothing: the contract stands, and what is above can be refused.
        assert not late[Fraction("0.27375")].stops
        assert "27.4%" in late[Fraction("0.27375")].because.en


class TestRenewal:
    @pytest.mark.parametrize(
        ("rule", "changes", "passed"),
        [
            ("renewal.product-allowed", {}, True),
            ("renewal.product-allowed", {"is_card": True}, False),
            # It matures on 3 June 2027, and thirty days before that is 4 May.
            ("renewal.near-maturity", {}, True),
            ("renewal.near-maturity", {"starts_on": date(2027, 5, 3)}, False),
            ("renewal.not-long-in-arrears", {"days_past_due": 30}, True),
            ("renewal.not-long-in-arrears", {"days_past_due": 31}, False),
            ("renewal.same-principal", {}, True),
            ("renewal.same-principal", {"forgiven_principal": money(1)}, False),
            ("renewal.same-principal", {"capitalised": money(1)}, False),
            # Twenty months are the longest term of the product, counted from the new contract.
            ("renewal.within-legal-limit", {}, True),
            ("renewal.within-legal-limit", {"months_from_start": 21}, False),
        ],
    )
    def test_has_limits_of_its_own(self, rule, changes, passed):
        answer = verdict(rule, **{**RENEWED, **changes})

        assert answer is not None
        assert answer.passed is passed
        assert answer.binding

    def test_is_not_held_to_the_limits_of_other_forms(self):
        renewed = replace(FACTS, **RENEWED, months_from_disbursement=99)
        rules = {one.rule for one in judge(renewed, load_book().on(TODAY, product="weilidai"))}

        assert not {one for one in rules if one.startswith(("extension.", "restructure."))}

    def test_is_allowed_from_the_day_supervision_allowed_it(self):
        book = load_book()

        assert not book.on(date(2025, 3, 13), product="weilidai").flag("renewal.allowed")
        assert book.on(date(2025, 3, 14), product="weilidai").flag("renewal.allowed")
        assert not book.on(TODAY, product="card-instalment").flag("renewal.allowed")


class TestSettlement:
    @pytest.mark.parametrize(
        ("rule", "changes", "more", "passed"),
        [
            ("settlement.when-allowed", {"days_past_due": 90}, {}, True),
            ("settlement.when-allowed", {"days_past_due": 89}, {}, False),
            ("settlement.when-allowed", {"days_past_due": 1}, {"nothing_fits": True}, True),
            ("settlement.minimum-share", {}, {}, True),
            ("settlement.minimum-share", {}, {"paid": money(699_299)}, False),
            # From 360 days 60 % do, 5,994.00; below 180 days it is 80 %, 7,992.00.
            ("settlement.minimum-share", {"days_past_due": 360}, {"paid": money(599_400)}, True),
            ("settlement.minimum-share", {"days_past_due": 179}, {"paid": money(799_199)}, False),
            ("settlement.within-means", {}, {}, True),
            ("settlement.within-means", {}, {"at_hand": money(649_999)}, False),
            ("settlement.soon", {}, {}, True),
            ("settlement.soon", {"payments": (payment(),) * 4}, {}, False),
            # Ninety-two days after 23 November 2026 is 23 February 2027.
            ("settlement.soon", {"payments": (payment(date(2027, 2, 23)),)}, {}, True),
            ("settlement.soon", {"payments": (payment(date(2027, 2, 24)),)}, {}, False),
            ("settlement.better-than-no-agreement", {}, {"value": money(450_000)}, True),
            ("settlement.better-than-no-agreement", {}, {"value": money(449_999)}, False),
        ],
    )
    def test_has_limits_of_its_own(self, rule, changes, more, passed):
        settled = replace(SETTLED, **more)
        answer = verdict(rule, **{**SETTLES, "settled": settled, **changes})

        assert answer is not None
        assert answer.passed is passed
        assert answer.binding

    def test_is_not_held_to_the_limits_of_other_concessions_nor_to_the_month(self):
        facts = replace(FACTS, **SETTLES, settled=SETTLED)
        answers = {one.rule: one for one in judge(facts, load_book().on(TODAY, product="weilidai"))}

        assert not any(one.stops for one in answers.values())
        assert not answers["payment.within-capacity"].passed
        assert not {one for one in answers if one.startswith(("forgiveness.", "rate."))}
        assert "probation.applies" not in answers

    @pytest.mark.parametrize(
        ("days", "share"),
        [(0, "0.9"), (89, "0.9"), (90, "0.8"), (180, "0.7"), (359, "0.7"), (360, "0.6"),
         (9999, "0.6")],
    )  # fmt: skip
    def test_asks_for_less_the_older_the_arrears(self, days, share):
        assert least_share(days, load_book().on(TODAY, product="weilidai")) == Fraction(share)

    @pytest.mark.parametrize(
        "days", [("0", "90"), ("1", "90", "180", "360"), ("0", "90", "90", "9")]
    )
    def test_refuses_bands_that_do_not_go_together(self, days):
        policy = load_book().on(TODAY, product="weilidai")
        name = "settlement.days_from"
        changed = replace(policy.dated[name], values=((date(2025, 1, 1), days),))
        other = Parameters.gather({**policy.dated, name: changed}, on=TODAY, product="weilidai")

        with pytest.raises(BandsDoNotMatch, match="give one share for each number of days"):
            least_share(90, other)

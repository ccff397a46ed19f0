from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tideover.dates import DayCount
from tideover.loan import (
    PROFILES,
    AnnualRate,
    BalloonTooEarly,
    Conventions,
    LevelRule,
    LoanTerms,
    Method,
    UnknownProfile,
    build_schedule,
    level_instalment_of,
    profile,
)
from tideover.loan.progressive import HostRules, Remainder
from tideover.money import USD, Money, Rounding

TERMS = LoanTerms(
    principal=Money(2_800_000, USD),
    rate=AnnualRate.percent("14.07"),
    method=Method.LEVEL,
    instalments=60,
    disbursed_on=date(2018, 3, 1),
    conventions=profile("us-consumer").conventions,
)


class TestProfile:
    def test_is_found_by_its_name(self):
        assert {profile(name).name for name in PROFILES} == set(PROFILES)

    @pytest.mark.parametrize(
        ("name", "uplift", "grace_days", "is_equalised"),
        [
            ("cn-consumer", Fraction(1, 2), 0, False),
            ("weilidai", Fraction(1, 2), 1, False),
            ("us-consumer", Fraction(0), 0, False),
            ("fineract-progressive", Fraction(0), 0, True),
            ("fineract-cumulative", Fraction(0), 0, True),
        ],
    )
    def test_says_what_lateness_costs_and_whether_payments_are_evened(
        self, name, uplift, grace_days, is_equalised
    ):
        found = profile(name)

        assert (found.penalty_uplift, found.grace_days) == (uplift, grace_days)
        assert found.conventions.is_equalised is is_equalised

    def test_refuses_a_name_it_does_not_have(self):
        with pytest.raises(
            UnknownProfile, match="no profile 'xx'; use one of cn-consumer, weilidai"
        ):
            profile("xx")

    def test_only_that_of_one_host_drops_remainders(self):
        hosts = {name: one.host for name, one in PROFILES.items() if one.host}

        dropping = [name for name, host in hosts.items() if host.remainder is Remainder.DROPPED]
        assert dropping == ["fineract-progressive"]
        assert HostRules().remainder is Remainder.LAST_ROW

    def test_us_consumer_rounds_the_payment_up(self):
        # A lender's own figure for 28,000 at 14.07 % in 60: 652.53 (exact 652.5243…).
        assert level_instalment_of(TERMS).text == "652.53"
        assert build_schedule(TERMS).lines[0].instalment.text == "652.53"


class TestBalloon:
    def test_is_what_is_left_when_the_instalment_is_that_of_a_longer_loan(self):
        # 120,000 at 6 % over 360: 719.46; after 12 payments the balance is the 13th of the long
        # loan's opening balances.
        long = replace(
            TERMS, principal=Money(12_000_000, USD), rate=AnnualRate.percent("6"), instalments=360
        )
        short = replace(long, instalments=12, amortised_over=360)

        lines = build_schedule(short).lines

        assert lines[0].instalment.text == "719.47"
        assert lines[:-1] == build_schedule(long).lines[:11]
        assert lines[-1].principal == build_schedule(long).lines[10].closing_balance

    def test_cannot_come_before_the_end(self):
        with pytest.raises(BalloonTooEarly, match="60 instalments cannot be amortised over 12"):
            replace(TERMS, amortised_over=12)


class TestCompoundRate:
    def test_compounds_as_stated_whatever_the_payments(self):
        # Canada: 6 % compounded twice a year is (1.03)^(1/6) − 1 = 0.493862 % a month.
        rate = AnnualRate.percent("6")
        canada = replace(rate, compounds_a_year=2)
        monthly = replace(TERMS, rate=canada).nominal_factor()

        assert abs((1 + monthly) ** 6 - Fraction("1.03")) < Fraction(1, 10**30)

    def test_of_once_a_year_is_the_effective_rate(self):
        yearly = AnnualRate(AnnualRate.percent("6").of_year, DayCount.MONTHLY, 1)
        monthly = replace(TERMS, rate=yearly).nominal_factor()

        assert abs((1 + monthly) ** 12 - Fraction("1.06")) < Fraction(1, 10**30)


class TestNominalLevel:
    def test_works_the_payment_out_by_the_month_and_the_interest_by_days(self):
        actual = replace(
            TERMS,
            rate=AnnualRate.percent("14.07", DayCount.ACT_360),
            conventions=Conventions(
                level=LevelRule.ROUNDED, payment_rounding=Rounding.UP, is_nominal_level=True
            ),
        )
        lines = build_schedule(actual).lines

        assert lines[0].instalment.text == "652.53"
        # 28,000 × 14.07 % × 31 / 360 = 339.2433…
        assert lines[0].interest.text == "339.24"
        assert lines[-1].instalment > lines[0].instalment


class TestMultiple:
    @pytest.mark.parametrize(("principal", "level"), [(30_150, "100.00"), (30_450, "102.00")])
    def test_rounds_a_tie_the_way_the_payment_is_rounded(self, principal: int, level: str):
        # 301.50 / 3 = 100.50 lies between 100 and 101; 304.50 / 3 = 101.50 between 101 and 102.
        host = replace(profile("fineract-progressive").conventions, payment_multiple=100)
        terms = replace(
            TERMS,
            principal=Money(principal, USD),
            rate=AnnualRate.percent("0"),
            instalments=3,
            conventions=host,
        )

        assert level_instalment_of(terms).text == level

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as s
from tideover.dates import DayCount
from tideover.loan import (
    AnnualRate,
    CashFlow,
    DailyRate,
    EffectiveRate,
    LoanTerms,
    Method,
    NoSingleRate,
    build_schedule,
    cash_flows,
    cost_of_credit,
    periodic_irr,
    present_value_of,
    simple_daily_rate,
    unit_period_rate,
    xirr,
)
from tideover.loan.cost.roots import NoSignChange, bracket_around, bracketed_root
from tideover.money import CNY, USD, Money

REFERENCE = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=date(2018, 9, 11),
)


def near(rate: Fraction, expected: str, within: str = "1e-9") -> bool:
    return abs(rate - Fraction(expected)) <= Fraction(within)


class TestXirr:
    @given(s.terms(methods=(Method.LEVEL, Method.EQUAL_PRINCIPAL)))
    @settings(max_examples=40)
    def test_makes_the_flows_worth_nothing(self, terms):
        flows = cash_flows(build_schedule(terms))
        rate = xirr(flows).of_year
        base = Decimal(rate.numerator) / Decimal(rate.denominator) + 1
        out = flows[0].on

        worth = sum(
            Decimal(flow.amount.minor) / base ** (Decimal((flow.on - out).days) / 365)
            for flow in flows
        )

        assert abs(worth) < Decimal(terms.principal.minor) / 10**9 + Decimal("0.001")

    @given(st.permutations(cash_flows(build_schedule(REFERENCE))))
    def test_does_not_depend_on_the_order(self, flows):
        assert xirr(flows) == xirr(cash_flows(build_schedule(REFERENCE)))

    def test_matches_the_spreadsheet_example(self):
        # The example in Microsoft's documentation of XIRR: 0.373362535.
        flows = [
            CashFlow(date.fromisoformat(day), Money(amount * 100, USD))
            for day, amount in [
                ("2008-01-01", -10_000),
                ("2008-03-01", 2_750),
                ("2008-10-30", 4_250),
                ("2009-02-15", 3_250),
                ("2009-04-01", 2_750),
            ]
        ]

        assert near(xirr(flows).of_year, "0.3733625335")
        assert xirr(flows).percent_text == "37.3363"

    @pytest.mark.parametrize("amounts", [(), (-5, -6), (-5, 11, -6), (0, 0)])
    def test_refuses_flows_without_one_rate(self, amounts):
        flows = [
            CashFlow(date(2026, month, 1), Money(amount, CNY))
            for month, amount in enumerate(amounts, start=1)
        ]

        with pytest.raises(NoSingleRate, match="no single rate"):
            xirr(flows)

    def test_says_where_the_sign_turns(self):
        flows = [
            CashFlow(date(2026, 1, 1), Money(-5, CNY)),
            CashFlow(date(2026, 2, 1), Money(11, CNY)),
            CashFlow(date(2026, 3, 1), Money(-6, CNY)),
        ]

        with pytest.raises(NoSingleRate, match="2 times, at 2026-02-01, 2026-03-01") as refused:
            xirr(flows)

        assert refused.value.changes == (date(2026, 2, 1), date(2026, 3, 1))


class TestEuropeanRate:
    """The equation of Directive 2008/48/EC, Annex I, is that of XIRR by actual days over 365."""

    @pytest.mark.parametrize(
        ("paid", "published"),
        [
            # The worked examples of Directive 98/7/EC: 1,000 lent.
            ([(546, "1200")], "12.96"),
            ([(365, "600"), (730, "600")], "13.07"),
            ([(90, "272"), (181, "272"), (365, "544")], "13.23"),
        ],
    )
    def test_agrees_with_the_examples_of_the_directive(self, paid, published):
        lent = date(2001, 1, 1)
        flows = [CashFlow(lent, Money(-100_000, CNY))] + [
            CashFlow(lent + timedelta(days=days), Money.parse(amount, CNY)) for days, amount in paid
        ]

        assert near(xirr(flows).of_year * 100, published, "0.005")


class TestPresentValue:
    def test_at_the_effective_rate_is_nothing_on_any_day(self):
        flows = cash_flows(build_schedule(REFERENCE))
        rate = xirr(flows)

        for day in (date(2018, 9, 11), date(2019, 1, 1), date(2030, 1, 1)):
            assert abs(present_value_of(flows, rate=rate, on=day)) < Fraction(1, 10**20)

    def test_of_a_year_ahead_is_divided_by_the_rate(self):
        flow = CashFlow(date(2027, 1, 1), Money(11_000, CNY))
        rate = EffectiveRate(Fraction(1, 10))

        assert near(present_value_of([flow], rate=rate, on=date(2026, 1, 1)), "10000", "1e-20")


class TestCostOfCredit:
    def test_of_a_loan_by_the_day_is_the_contract_rate(self):
        cost = cost_of_credit(build_schedule(REFERENCE))

        # 0.05 % × 365 = 18.25 %; the effective rate was recomputed as 0.198563507.
        assert cost.nominal_percent == "18.25"
        assert near(cost.effective, "0.198563507")
        assert cost.effective_percent == "19.8564"
        assert (cost.total_interest.text, cost.total.text) == ("457.00", "10457.00")

    @given(s.loans())
    @settings(max_examples=40)
    def test_of_a_loan_without_fees_is_near_its_daily_rate(self, loan):
        loan = replace(
            loan,
            method=Method.LEVEL,
            fee_rate=Fraction(0),
            principal=Money(10**8, CNY),
            earliest_due=None,
        )

        cost = cost_of_credit(build_schedule(loan))

        assert near(cost.nominal, str(loan.rate.simple_annual), "1e-5")

    @pytest.mark.parametrize(
        ("fee", "count", "published"),
        [
            # A bank's own page of cash instalments with the IRR-based annual rate beside them.
            ("0.0041", 3, "7.365"),
            ("0.0038", 6, "7.775"),
            ("0.0038", 12, "8.313"),
            ("0.0038", 18, "8.471"),
        ],
    )
    def test_by_month_agrees_with_what_a_bank_publishes(self, fee, count, published):
        terms = replace(
            REFERENCE, method=Method.FLAT, rate=None, instalments=count, fee_rate=Fraction(fee)
        )

        cost = cost_of_credit(build_schedule(terms), by_month=True)

        assert near(cost.nominal * 100, published, "0.0006")

    def test_counts_what_the_borrower_really_received(self):
        schedule = build_schedule(REFERENCE)

        dearer = cost_of_credit(schedule, financed=Money(950_000, CNY))

        assert dearer.effective > cost_of_credit(schedule).effective

    def test_of_free_money_is_nothing(self):
        free = build_schedule(replace(REFERENCE, rate=DailyRate.parse("0")))

        cost = cost_of_credit(free)

        assert (cost.nominal, cost.effective) == (0, 0)


class TestPeriodicIrr:
    @pytest.mark.parametrize(
        ("principal", "payment", "count", "percent"),
        [
            (120_000, 3_734, 36, "7.52275"),
            (12_000, 623, 36, "46.40352"),
            (6_000, 544, 12, "15.8643"),
        ],
    )
    def test_agrees_with_published_rates(self, principal, payment, count, percent):
        flows = [Money(-principal * 100, CNY), *[Money(payment * 100, CNY)] * count]

        assert near(periodic_irr(flows) * 1200, percent, "0.00005")

    def test_leaves_out_periods_in_which_nothing_is_paid(self):
        flows = [Money(minor, CNY) for minor in (-10_000, 0, 12_100, 0)]

        # 100.00 for 121.00 two periods later: 10 % a period.
        assert near(periodic_irr(flows), "0.1", "1e-30")

    def test_refuses_flows_in_one_direction(self):
        with pytest.raises(NoSingleRate, match="never change sign"):
            periodic_irr([Money(5, CNY), Money(6, CNY)])


class TestSimpleDailyRate:
    def test_gives_back_the_rate_a_schedule_was_made_with(self):
        flows = cash_flows(build_schedule(REFERENCE))

        assert near(simple_daily_rate(flows), "0.0005", "1e-20")

    @pytest.mark.parametrize(
        ("paid", "expected"),
        [
            # 100.00 lent: after ten days 1 % a day are 10.00 more, and after 31 a loss of 1 %.
            ([(10, 11_000)], "0.01"),
            ([(31, 6_900)], "-0.01"),
            # Nearly all is lost: the rate is close to the least there can be, −1/31.
            ([(31, 1)], "-0.03225483870967741935483870967741935"),
            # 10 days at 1 % on 100.00, 40.00 paid; 20 days on 70.00: 14.00.
            ([(10, 4_000), (30, 8_400)], "0.01"),
            ([(10, 4_000), (30, 6_000)], "0"),
        ],
    )
    def test_is_found_by_hand_on_either_side_of_nothing(self, paid, expected):
        lent = date(2026, 1, 1)
        flows = [CashFlow(lent, Money(-10_000, CNY))] + [
            CashFlow(lent + timedelta(days=days), Money(minor, CNY)) for days, minor in paid
        ]

        assert near(simple_daily_rate(flows), expected, "1e-30")

    def test_is_above_the_least_that_its_longest_gap_allows(self):
        lent = date(2026, 1, 1)
        flows = [
            CashFlow(lent + timedelta(days=days), Money(minor, CNY))
            for days, minor in ((0, -10_000), (10, 1), (41, 1))
        ]

        rate = simple_daily_rate(flows)

        # Interest is settled after ten days and after 31 more.
        ten, more = 1 + 10 * rate, 1 + 31 * rate
        assert rate > Fraction(-1, 31)
        assert abs(-10_000 + 1 / ten + 1 / (ten * more)) < Fraction(1, 10**15)

    @pytest.mark.parametrize("measure", [simple_daily_rate, lambda flows: xirr(flows).of_year])
    def test_takes_what_happens_on_one_day_together(self, measure):
        lent, later, last = date(2026, 1, 1), date(2027, 1, 1), date(2027, 6, 1)
        flows = [(lent, -6_000), (lent, -4_000), (later, 13_650), (last, 500), (last, -500)]

        rate = measure([CashFlow(day, Money(minor, CNY)) for day, minor in flows])

        # 100.00 for 136.50 after 365 days: 36.5 % a year, 0.1 % a day.
        assert near(rate, "0.001" if measure is simple_daily_rate else "0.365", "1e-20")

    def test_refuses_flows_in_one_direction(self):
        with pytest.raises(NoSingleRate):
            simple_daily_rate([CashFlow(date(2026, 1, 1), Money(5, CNY))])


class TestUnitPeriodRate:
    @pytest.mark.parametrize(
        ("advanced", "payment", "count", "whole", "odd", "per_year", "published"),
        [
            # Regulation Z, appendix J, examples (i) to (iii).
            ("5000", "230", 24, 1, "0", 12, "9.69"),
            ("6000", "200", 36, 1, "19/30", 12, "11.82"),
            ("5000", "219.17", 24, 0, "6/15", 24, "10.34"),
            ("10000", "385", 40, 1, "39/90", 4, "8.97"),
            ("500", "17.60", 30, 4, "4/7", 52, "14.96"),
        ],
    )
    def test_agrees_with_the_regulator(
        self, advanced, payment, count, whole, odd, per_year, published
    ):
        rate = unit_period_rate(
            Money.parse(advanced, USD),
            payments=[Money.parse(payment, USD)] * count,
            whole_periods=whole,
            odd_fraction=Fraction(odd),
        )

        assert near(rate * per_year * 100, published, "0.005")

    @pytest.mark.parametrize(("paid", "rate"), [("950", "-0.05"), ("1", "-0.999")])
    def test_is_below_nothing_when_less_comes_back(self, paid, rate):
        found = unit_period_rate(Money.parse("1000", USD), payments=[Money.parse(paid, USD)])

        assert near(found, rate, "1e-30")


class TestRoots:
    """The search in cost/roots.py; actuarial and flows use it."""

    @given(st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000))
    def test_finds_the_root_it_is_asked_for(self, root):
        target = Decimal(root.numerator) / Decimal(root.denominator)

        def curve(x: Decimal) -> Decimal:
            return x**3 - target**3

        low, high = bracket_around(curve, Decimal(1), least=Decimal(0))
        found = bracketed_root(curve, low=low, high=high)

        assert abs(found - target) <= target * Decimal("1e-24")

    def test_says_so_when_there_is_none(self):
        with pytest.raises(NoSignChange, match="does not change sign"):
            bracket_around(lambda x: x * x + 1, Decimal(1), least=Decimal(0))

    def test_day_counts_other_than_days_have_a_cost_too(self):
        terms = replace(REFERENCE, rate=AnnualRate.percent("18", DayCount.THIRTY_E_360))

        assert near(cost_of_credit(build_schedule(terms)).nominal, "0.18", "0.005")

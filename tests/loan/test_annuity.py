"""cost/annuity.py and cost/several.py."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tideover.loan import NoSingleRate
from tideover.loan.cost.annuity import (
    Annuity,
    future_value,
    periods_needed,
    present_value,
    rate_of,
)
from tideover.loan.cost.several import all_rates, nearest_rate, sign_changes, worth_at

rates = st.integers(0, 400).map(lambda points: Fraction(points, 10_000))
amounts = st.integers(1, 10**7).map(Fraction)


class TestAnnuity:
    @given(rates, st.integers(1, 120), amounts, st.booleans())
    def test_parts_add_up_to_the_payment_and_clear_the_value(self, rate, periods, present, early):
        loan = Annuity(rate=rate, periods=periods, present=present, is_advance=early)

        principal = sum(loan.principal(period) for period in range(1, periods + 1))
        assert principal == -present
        for period in range(1, periods + 1):
            assert loan.interest(period) + loan.principal(period) == loan.payment

    @given(rates, st.integers(1, 120), amounts, amounts, st.booleans())
    def test_values_undo_each_other(self, rate, periods, payment, present, early):
        future = future_value(
            rate, periods=periods, payment=payment, present=present, is_advance=early
        )
        back = present_value(
            rate, periods=periods, payment=payment, future=future, is_advance=early
        )

        assert back == present

    @given(rates, st.integers(1, 120), amounts, st.booleans())
    @settings(max_examples=50)
    def test_periods_and_rate_are_found_again(self, rate, periods, present, early):
        if early and periods == 1:
            return
        payment = Annuity(rate=rate, periods=periods, present=present, is_advance=early).payment

        needed = periods_needed(rate, payment=payment, present=present, is_advance=early)
        found = rate_of(periods=periods, payment=payment, present=present, is_advance=early)

        assert needed is not None
        assert abs(needed - periods) < Fraction(1, 10**20)
        assert abs(found - rate) < Fraction(1, 10**20)

    @given(rates, st.integers(1, 120), amounts, amounts, st.booleans())
    @settings(max_examples=50)
    def test_reaches_the_future_value_asked_for(self, rate, periods, present, future, early):
        plan = Annuity(rate=rate, periods=periods, present=present, future=future, is_advance=early)

        reached = future_value(
            rate, periods=periods, payment=plan.payment, present=present, is_advance=early
        )
        assert reached == future

    def test_finds_the_periods_to_a_future_value_by_hand(self):
        # 100 a period at 1 % and 1,000 at once: 1,000 × 1.01² + 100 × 2.01 = 1,221.10.
        given = {"payment": Fraction(-100), "present": Fraction(-1000)}
        future = Fraction("1221.1")

        found = periods_needed(Fraction(1, 100), future=future, **given)
        assert found is not None
        assert abs(found - 2) < Fraction(1, 10**20)
        assert abs(rate_of(periods=2, future=future, **given) - Fraction(1, 100)) < 1e-20
        # Without interest: (1,221.10 − 1,000) / 100.
        assert periods_needed(Fraction(0), future=future, **given) == Fraction("2.211")

    def test_saves_from_nothing_by_hand(self):
        # 100 at the end of each of two periods at 1 %: 101 + 100.
        plan = Annuity(rate=Fraction(1, 100), periods=2, future=Fraction(201))

        assert plan.payment == -100
        assert future_value(Fraction(1, 100), periods=2, payment=Fraction(-100)) == 201
        # 101 a period later, and 100 at the start of it.
        assert present_value(Fraction(1, 100), periods=1, payment=Fraction(-101)) == 100

    def test_finds_the_periods_of_amounts_below_one(self):
        given = {"payment": Fraction(-1, 1000), "present": Fraction(1, 1000)}

        found = periods_needed(Fraction(1, 10), **given)

        # 1.1^n = 1 / (1 − 0.1), so n = 1.10544…
        assert found is not None
        assert abs(found - Fraction("1.1054487136")) < Fraction(1, 10**7)

    def test_never_comes_to_what_the_interest_alone_keeps_up(self):
        # 100 held at 1 % give 1 a period for ever: they never grow to another amount, and an
        # endless row of payments of 1 is worth 100, which is never quite reached.
        held = {"payment": Fraction(1), "present": Fraction(-100)}
        assert periods_needed(Fraction(1, 100), future=Fraction(50), **held) is None
        begun = {"payment": Fraction(1), "present": Fraction(-50)}
        assert periods_needed(Fraction(1, 100), future=Fraction(100), **begun) is None

    def test_stays_exact_where_binary_arithmetic_breaks(self):
        # IPMT(14.79 %, 297, 300, −270.51): doubles give −2423, the truth is 16.9656277….
        loan = Annuity(rate=Fraction("0.1479"), periods=300, present=Fraction("-270.51"))

        assert abs(loan.interest(297) - Fraction("16.9656277018672")) < Fraction(1, 10**10)

    def test_never_ends_when_the_payment_is_the_interest(self):
        assert periods_needed(Fraction(1, 100), payment=Fraction(-1), present=Fraction(100)) is None
        assert periods_needed(Fraction(0), payment=Fraction(0), present=Fraction(1)) is None

    def test_has_no_rate_when_all_money_flows_one_way(self):
        with pytest.raises(NoSingleRate):
            rate_of(periods=12, payment=Fraction(400), present=Fraction(10_000))


class TestSeveralRates:
    # 100 × (x − 1.1)(x − 1.2)(x − 1.5) with x = 1 + rate: rates of 10, 20 and 50 %.
    FLOWS = (
        (Fraction(0), Fraction(100)),
        (Fraction(1), Fraction(-380)),
        (Fraction(2), Fraction(477)),
        (Fraction(3), Fraction(-198)),
    )

    def test_are_all_found(self):
        found = [float(rate) for rate in all_rates(self.FLOWS)]

        assert found == pytest.approx([0.1, 0.2, 0.5])

    def test_the_nearest_to_zero_is_named(self):
        nearest = nearest_rate(self.FLOWS)

        assert nearest is not None
        assert abs(nearest - Fraction(1, 10)) < Fraction(1, 10**12)
        assert sign_changes(self.FLOWS) == 3

    def test_of_a_loan_without_interest_is_exactly_none(self):
        flows = (
            (Fraction(0), Fraction(-2)),
            (Fraction(1), Fraction(1)),
            (Fraction(2), Fraction(1)),
        )

        (found,) = all_rates(flows)

        assert abs(found) < Fraction(1, 10**30)

    def test_of_nothing_in_all_are_none(self):
        assert all_rates([(Fraction(0), Fraction(1)), (Fraction(0), Fraction(-1))]) == ()

    def test_the_nearest_may_be_above_when_the_lowest_is_far_below(self):
        # 100 × (x − 0.5)(x − 1.1): rates of −50 and 10 %; the flows come in any order.
        flows = [
            (Fraction(2), Fraction(55)),
            (Fraction(0), Fraction(100)),
            (Fraction(3), Fraction(0)),
            (Fraction(1), Fraction(-160)),
        ]

        nearest = nearest_rate(flows)

        assert nearest is not None
        assert abs(nearest - Fraction(1, 10)) < Fraction(1, 10**12)
        assert sign_changes(flows) == 2

    def test_signs_of_amounts_below_one_count_too(self):
        assert sign_changes([(Fraction(0), Fraction(1, 2)), (Fraction(1), Fraction(-1, 2))]) == 1

    @pytest.mark.parametrize(
        ("paid", "count"),
        [
            (Fraction(1_178_000), 1),
            (Fraction(1_227_000), 0),
            (Fraction(7, 10**6), 1),
            (Fraction(37, 10**7), 0),
        ],
    )
    def test_are_searched_up_to_the_growth_stated(self, paid, count):
        # ln 1,178,000 = 13.979 and ln 1,227,000 = 14.020; the search ends at 14. ln 0.000007 is
        # −11.87 and ln 0.0000037 is −12.51; it begins at −12.
        flows = [(Fraction(0), Fraction(-1)), (Fraction(1), paid)]

        assert len(all_rates(flows)) == count

    def test_none_is_none(self):
        assert nearest_rate([(Fraction(0), Fraction(1)), (Fraction(1), Fraction(2))]) is None

    @given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=8), rates)
    @settings(max_examples=40)
    def test_worth_is_the_sum_of_discounted_flows(self, amounts, rate):
        flows = [(Fraction(place), Fraction(amount)) for place, amount in enumerate(amounts)]

        exact = sum((amount / (1 + rate) ** place for place, amount in enumerate(amounts)), 0)
        assert abs(worth_at(flows, rate=rate) - exact) < Fraction(1, 10**30)

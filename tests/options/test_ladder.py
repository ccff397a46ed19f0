"""The ladder of a Flex Modification, and a statement of another country in the same language."""

from datetime import date
from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import steady
from tideover.affordability import (
    Household,
    Income,
    IncomeKind,
    Outgoing,
    OutgoingCategory,
    capacity_by_month,
    months_ahead,
)
from tideover.money import GBP, USD, Money
from tideover.options import (
    Modification,
    flex_modification,
    income_target,
    level_payment,
    modification,
)
from tideover.policy import ProductUnknown, load_book

DAY = date(2026, 11, 23)
FLEX = load_book().pack_on(DAY, pack="us/flex-modification")


def dollars(text: str) -> Money:
    return Money.parse(text, USD)


def modified(**changes) -> Modification:
    """A loan of 200,000 at 6 % with 300 months to go, 6,000 in arrears."""
    usual = {
        "principal": dollars("200000"),
        "arrears": dollars("6000"),
        "payment": level_payment(dollars("200000"), rate=Fraction(6, 100), months=300),
        "rate": Fraction(6, 100),
        "modified_rate": Fraction(6, 100),
        "months": 300,
        "parameters": FLEX,
    }
    return flex_modification(**{**usual, **changes})


class TestLadder:
    def test_capitalises_then_extends_then_forbears_by_hand(self):
        # 200,000 at 0.5 % over 300 months: 1,288.60 a month; a fifth less is 1,030.88.
        # 206,000 over 480 months at 0.5 %: 206,000 × 0.005 / (1 − 1.005^−480) = 1,133.44, above it.
        # 1,030.88 carries 187,360.21 over 480 months, so 18,639.78 or so waits.
        ladder = modified()

        assert [step.kind for step in ladder.steps] == [
            "capitalisation", "term_extension", "forbearance",
        ]  # fmt: skip
        assert ladder.target == dollars("1030.88")
        assert ladder.steps[1].payment == dollars("1133.44")
        assert ladder.months == 480
        assert ladder.payment == dollars("1030.88")
        assert abs(ladder.forborne - dollars("18639.78")) < dollars("2")
        assert ladder.is_met

    def test_stops_at_the_step_that_reaches_the_target(self):
        # At 3 % 206,000 over 300 months ask for 976.88, below 1,030.88: nothing is extended.
        ladder = modified(modified_rate=Fraction(3, 100))

        assert [step.kind for step in ladder.steps] == ["capitalisation", "rate_reduction"]
        assert ladder.payment == dollars("976.88")
        assert ladder.months == 300

    def test_extends_no_further_than_needed(self):
        ladder = modified(modified_rate=Fraction(4, 100))

        assert ladder.steps[-1].kind == "term_extension"
        shorter = level_payment(ladder.principal, rate=ladder.rate, months=ladder.months - 1)
        assert ladder.payment <= ladder.target < shorter

    def test_never_raises_the_rate(self):
        assert modified(modified_rate=Fraction(8, 100)).rate == Fraction(6, 100)

    def test_may_end_before_the_target(self):
        ladder = modified(payment=dollars("500"))

        assert not ladder.is_met
        assert ladder.forborne == dollars("61800")  # 30 % of 206,000

    @steady
    @given(st.integers(10_000_00, 900_000_00), st.integers(0, 50_000_00), st.integers(60, 470))
    def test_each_step_lowers_the_payment(self, principal, arrears, months):
        ladder = modified(
            principal=Money(principal, USD), arrears=Money(arrears, USD), months=months,
            payment=level_payment(Money(principal, USD), rate=Fraction(6, 100), months=months),
            modified_rate=Fraction(45, 1000),
        )  # fmt: skip

        payments = [step.payment for step in ladder.steps]
        assert payments == sorted(payments, reverse=True)
        assert ladder.months <= 480


class TestPublishedFlexLadder:
    """What Freddie Mac itself answers: the example responses of its Resolve Retention API 3.0.

    Its published specification gives the loan before and after a Flex Modification, in the cent.
    Source: workoutservice, `requestWorkout`, responses 4 and 5 (September 2025).
    """

    def test_ends_at_the_most_that_may_wait(self):
        # Response 4. Unpaid 203,826.75 and 2,208.12 of arrears; 3.25 %, published rate 6.5 %; 313
        # months to go; the payment on record is 200.00, so a fifth less cannot be reached.
        ladder = modified(
            principal=dollars("203826.75"), arrears=dollars("2208.12"), payment=dollars("200"),
            rate=Fraction("0.0325"), modified_rate=Fraction("0.065"), months=313,
        )  # fmt: skip

        assert [step.kind for step in ladder.steps] == [
            "capitalisation", "term_extension", "forbearance",
        ]  # fmt: skip
        assert ladder.principal == dollars("206034.87")
        assert (ladder.rate, ladder.months) == (Fraction("0.0325"), 480)
        assert ladder.forborne == dollars("61810.46")
        assert ladder.principal - ladder.forborne == dollars("144224.41")
        assert ladder.payment == dollars("537.30")
        assert not ladder.is_met

    #: Response 5. Unpaid 347,868.83 and 8,261.88 of arrears; 4.75 %, published rate 6.5 %; 322
    #: months to go at 1,913.14.
    LOAN: ClassVar = {
        "principal": dollars("347868.83"), "arrears": dollars("8261.88"),
        "rate": Fraction("0.0475"), "modified_rate": Fraction("0.065"), "months": 322,
        "parameters": FLEX,
    }  # fmt: skip

    def test_lets_so_much_wait_that_the_published_payment_is_reached(self):
        ladder = modification(**self.LOAN, target=dollars("1530.41"))

        assert ladder.principal == dollars("356130.71")
        assert (ladder.rate, ladder.months) == (Fraction("0.0475"), 480)
        assert ladder.principal - ladder.forborne == dollars("328584.90")
        assert ladder.forborne == dollars("27545.81")
        assert ladder.payment == dollars("1530.41")

    def test_aims_ten_cents_higher_than_was_published(self):
        # A fifth of 1,913.14 less is 1,530.51; the answer took 20.01 % off where 20.00 would do.
        ladder = modified(**self.LOAN, payment=dollars("1913.14"))

        assert ladder.target == ladder.payment == dollars("1530.51")
        assert dollars("27545.81") - ladder.forborne == dollars("21.47")


class TestPublishedLadder:
    """The worked example of HUD Mortgagee Letter 2009-23, to the dollar it was published in."""

    PACK = load_book().pack_on(date(2009, 8, 15), pack="us/fha-hamp")

    def test_aims_at_the_published_payment(self):
        # Gross income 3,500: 31 % is 1,085; less 300 for taxes and insurance, 785 is left.
        target = income_target(dollars("3500"), escrow=dollars("300"), parameters=self.PACK)

        assert target == dollars("785")

    def test_lets_wait_what_was_published(self):
        # Unpaid 150,000, now 1,220 a month of which 920 principal and interest; three payments,
        # 3,660, are missing. At 6 % over thirty years 785 carries 130,931: 19,069 must wait, and
        # the partial claim is 19,069 + 3,660 = 22,729. At most 45,000 − 3,660 = 41,340 could.
        ladder = modification(
            principal=dollars("150000"), arrears=dollars("3660"), target=dollars("785"),
            rate=Fraction(65, 1000), modified_rate=Fraction(6, 100), months=324,
            parameters=self.PACK,
        )  # fmt: skip

        assert [step.kind for step in ladder.steps] == [
            "arrears_wait", "rate_reduction", "term_extension", "forbearance",
        ]  # fmt: skip
        assert (ladder.rate, ladder.months) == (Fraction(6, 100), 360)
        assert round((ladder.principal - deferred(ladder)).minor / 100) == 130_931
        assert round(deferred(ladder).minor / 100) == 19_069
        assert round(ladder.forborne.minor / 100) == 22_729
        assert ladder.payment == dollars("785")

    def test_lets_no_more_wait_than_was_published(self):
        ladder = modification(
            principal=dollars("150000"), arrears=dollars("3660"), target=dollars("300"),
            rate=Fraction(6, 100), modified_rate=Fraction(6, 100), months=360,
            parameters=self.PACK,
        )  # fmt: skip

        assert deferred(ladder) == dollars("41340")
        assert not ladder.is_met


def deferred(ladder: Modification) -> Money:
    return ladder.forborne - dollars("3660")


class TestTarget:
    """A payment that is exactly at the target has reached it."""

    @staticmethod
    def asking(target: Money) -> Money:
        """The payment of which four fifths, rounded down, are `target`."""
        return Money(-(-target.minor * 5 // 4), USD)

    def test_reached_by_the_capitalisation_ends_there(self):
        now = level_payment(dollars("206000"), rate=Fraction(6, 100), months=300)

        ladder = modified(payment=self.asking(now), modified_rate=Fraction(3, 100))

        assert ladder.target == now
        assert [step.kind for step in ladder.steps] == ["capitalisation"]

    def test_reached_by_the_rate_ends_there(self):
        lower = level_payment(dollars("206000"), rate=Fraction(4, 100), months=300)

        ladder = modified(payment=self.asking(lower), modified_rate=Fraction(4, 100))

        assert [step.kind for step in ladder.steps] == ["capitalisation", "rate_reduction"]

    @pytest.mark.parametrize("months", [301, 400, 480])
    def test_reached_by_the_term_takes_the_fewest_months(self, months):
        longer = level_payment(dollars("206000"), rate=Fraction(6, 100), months=months)

        ladder = modified(payment=self.asking(longer))

        assert ladder.months == months
        assert ladder.steps[-1].kind == "term_extension"
        assert not ladder.forborne

    def test_out_of_reach_of_a_term_that_is_the_longest_extends_nothing(self):
        ladder = modified(months=480, payment=dollars("1000"))

        assert [step.kind for step in ladder.steps] == ["capitalisation", "forbearance"]

    @pytest.mark.parametrize("waiting", ["10000", "61800"])
    def test_reached_by_forbearance_lets_the_least_wait(self, waiting):
        left = dollars("206000") - dollars(waiting)
        least = level_payment(left, rate=Fraction(6, 100), months=480)

        ladder = modified(months=480, payment=self.asking(least))

        # A cent of principal is worth less than a cent a month, so the target is met to the cent;
        # a dollar more of principal would ask for more than it, before anything is rounded.
        monthly = Fraction(6, 1200)
        unit = monthly / (1 - 1 / (1 + monthly) ** 480)
        kept = ladder.principal - ladder.forborne
        assert kept.minor * unit <= ladder.target.minor < (kept.minor + 1) * unit


class TestLevelPayment:
    def test_at_no_interest_is_the_principal_over_the_months(self):
        # 100.00 over three months: 33.33…
        assert level_payment(dollars("100"), rate=Fraction(0), months=3) == dollars("33.33")


class TestStandardFinancialStatement:
    def test_keeps_a_tenth_up_to_twenty_pounds(self):
        policy = load_book().pack_on(DAY, pack="uk/standard-financial-statement")
        home = Household(
            incomes=(Income(name="wage", kind=IncomeKind.WAGE, monthly=Money.parse("1500", GBP)),),
            outgoings=(
                Outgoing(category=OutgoingCategory.HOUSING, monthly=Money.parse("1200", GBP)),
            ),
            currency=GBP,
        )

        (month,) = capacity_by_month(home, months=months_ahead(DAY, count=1), parameters=policy)

        # 300 left, a tenth would be 30, the most is 20.
        assert month.buffer.display == "£20.00"
        assert month.capacity.display == "£280.00"

    def test_is_a_pack_of_its_own(self):
        with pytest.raises(ProductUnknown, match="us/flex-modification"):
            load_book().pack_on(DAY, pack="us/hamp")

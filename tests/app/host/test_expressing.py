"""Plans said in the core's operations: what it can do in one, in several, and not at all."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tideover.app.host import (
    ChangeRate,
    EmbeddedCore,
    ForgivePrincipal,
    PauseInterest,
    Reage,
    WaiveCharges,
    WaiveInterest,
    operation_from_record,
    operation_to_record,
)
from tideover.app.host.fineract.expressing import CAPITALISED, CARRIED, FLAT, express
from tideover.app.host.operations import UnpaidInterest
from tideover.loan import (
    AnnualRate,
    Components,
    DailyRate,
    Disbursed,
    LoanTerms,
    Method,
    loan_state,
)
from tideover.money import CNY, Money
from tideover.options import ArrearsTreatment, restructure

ON, FIRST = date(2026, 4, 15), date(2026, 5, 10)
NONE = Money.zero(CNY)


def terms(method=Method.LEVEL):
    return LoanTerms(
        principal=Money(1_000_000, CNY),
        rate=DailyRate.parse("0.0005"),
        method=method,
        instalments=10,
        disbursed_on=date(2026, 1, 10),
        penalty_uplift=Fraction(1, 2),
    )


def owed():
    return loan_state(terms(), _paid_out(), ON).outstanding


def _paid_out():
    return (Disbursed(date(2026, 1, 10), "out", Money(1_000_000, CNY)),)


def plan(*, waive=None, arrears=ArrearsTreatment.CARRY, rate=None, method=Method.LEVEL):
    known = terms(method)
    return restructure(
        known,
        loan_state(known, _paid_out(), ON),
        starts_on=ON,
        earliest_due=FIRST,
        instalments=12,
        waive=waive,
        arrears=arrears,
        rate=rate,
    )


def all_but_principal(**parts):
    rest = {"interest": owed().interest, "penalty": owed().penalty, "fee": NONE}
    return Components(principal=NONE, **(rest | parts))


class TestExpress:
    def test_a_plan_that_gives_up_all_interest_needs_charges_waived_and_one_reage(self):
        said = express(plan(waive=all_but_principal()))

        assert said.operations == (
            WaiveCharges(ON, owed().penalty),
            Reage(FIRST, 12, UnpaidInterest.WAIVE),
        )
        assert "2 operations" in said.remarks[0].en
        assert "2 步" in said.remarks[0].zh

    def test_says_why_unpaid_interest_that_is_carried_cannot_be_booked(self):
        said = express(plan())

        assert not said.is_possible
        assert said.reasons == (CARRIED,)

    def test_says_why_capitalised_interest_cannot_be_booked(self):
        assert express(plan(arrears=ArrearsTreatment.CAPITALISE)).reasons == (CAPITALISED,)

    def test_says_why_a_flat_loan_cannot(self):
        flat = LoanTerms(
            principal=Money(1_200_000, CNY),
            rate=DailyRate.parse("0"),
            method=Method.FLAT,
            instalments=12,
            disbursed_on=date(2026, 1, 10),
            fee_rate=Fraction(1, 100),
        )
        state = loan_state(flat, (Disbursed(date(2026, 1, 10), "out", flat.principal),), ON)
        proposal = restructure(flat, state, starts_on=ON, earliest_due=FIRST, instalments=18)

        assert FLAT in express(proposal).reasons

    def test_forgiving_principal_and_another_rate_come_before_the_reage(self):
        forgiven = Money(100_000, CNY)
        waive = Components(
            principal=forgiven, interest=owed().interest, penalty=owed().penalty, fee=NONE
        )

        said = express(plan(waive=waive, rate=AnnualRate.percent("9.6")))

        assert [type(one) for one in said.operations] == [
            WaiveCharges, ForgivePrincipal, ChangeRate, Reage,
        ]  # fmt: skip
        assert said.operations[1] == ForgivePrincipal(ON, forgiven)
        # 9.6 % is written without trailing zeros.
        assert said.operations[2] == ChangeRate(ON, Decimal("9.6"))

    def test_a_daily_rate_becomes_per_cent_of_365_days(self):
        said = express(plan(waive=all_but_principal(), rate=DailyRate.parse("0.0003")))

        # 0.0003 × 365 × 100 = 10.95
        assert ChangeRate(ON, Decimal("10.95")) in said.operations

    def test_the_embedded_core_has_nothing_to_say(self):
        said = EmbeddedCore().express(plan())

        assert said.is_possible
        assert said.operations == said.remarks == ()


class TestRecords:
    @pytest.mark.parametrize(
        "operation",
        [
            Reage(FIRST, 12, UnpaidInterest.WAIVE),
            WaiveInterest(ON, Money(12_345, CNY)),
            WaiveCharges(ON, Money(1, CNY)),
            ForgivePrincipal(ON, Money(100_000, CNY)),
            ChangeRate(ON, Decimal("9.6")),
            PauseInterest(ON, FIRST),
        ],
    )
    def test_come_back_as_they_were(self, operation):
        assert operation_from_record(operation_to_record(operation)) == operation

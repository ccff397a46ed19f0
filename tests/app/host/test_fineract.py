"""The adapter against the stand-in, over real HTTP."""

from datetime import date
from decimal import Decimal

import pytest
from fineract_stand_in import PASSWORD, TENANT, USER, Loan

from tideover.app.host import (
    ChangeRate,
    ForgivePrincipal,
    HostLine,
    HostPayment,
    HostRefused,
    HostUnreachable,
    NotInHost,
    PauseInterest,
    Reage,
    WaiveCharges,
    WaiveInterest,
)
from tideover.app.host.fineract import FineractClient, FineractCore
from tideover.app.host.operations import UnpaidInterest
from tideover.money import CNY, Money

REFERENCE = "WLD-0001"
ON, FIRST = date(2026, 11, 23), date(2027, 1, 3)


@pytest.fixture
def core(fineract, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fineract.loans[REFERENCE] = Loan(
        number=7,
        reference=REFERENCE,
        principal="7000",
        disbursed="2026-08-03",
        lines=[("2026-12-03", "1084.00"), ("2027-01-03", "1074.40")],
        reaged={2: [("2027-01-03", "3600.10"), ("2027-02-03", "3600.09")]},
    )
    client = FineractClient(fineract.base, tenant=TENANT, user=USER, password=PASSWORD)
    return FineractCore(client, reason_id=5)


class TestReadLoan:
    def test_reads_lines_without_the_disbursement_and_payments_in_order(self, core, fineract):
        late = fineract.pay(REFERENCE, "2026-10-03", "1080.00")
        early = fineract.pay(REFERENCE, "2026-09-03", "1090.12")
        late["manuallyReversed"] = True

        loan = core.read_loan(REFERENCE)

        assert loan.principal == Money(700_000, CNY)
        assert loan.lines[0] == HostLine(date(2026, 12, 3), Money(108_400, CNY))
        assert loan.payments == (
            HostPayment(str(early["id"]), date(2026, 9, 3), Money(109_012, CNY), False),
            HostPayment(str(late["id"]), date(2026, 10, 3), Money(108_000, CNY), True),
        )

    def test_a_loan_it_has_not_is_named(self, core):
        with pytest.raises(NotInHost, match="WLD-9999"):
            core.read_loan("WLD-9999")

    def test_parts_of_a_cent_are_refused_and_never_rounded(self, core, fineract):
        fineract.loans[REFERENCE].lines[0] = ("2026-12-03", "1084.005")

        with pytest.raises(HostRefused, match=r"1084\.005"):
            core.read_loan(REFERENCE)

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_a_core_that_cannot_just_now_is_unreachable(self, core, fineract, status):
        fineract.faults = [status]

        with pytest.raises(HostUnreachable, match=str(status)):
            core.read_loan(REFERENCE)

    def test_nobody_there_is_unreachable(self):
        client = FineractClient("http://127.0.0.1:9", tenant=TENANT, user=USER, password=PASSWORD)

        with pytest.raises(HostUnreachable):
            FineractCore(client, reason_id=1).read_loan(REFERENCE)


class TestPreview:
    def test_gives_the_new_lines_of_a_reage(self, core):
        lines = core.preview(REFERENCE, [Reage(FIRST, 2, UnpaidInterest.KEEP)])

        assert lines == (
            HostLine(date(2027, 1, 3), Money(360_010, CNY)),
            HostLine(date(2027, 2, 3), Money(360_009, CNY)),
        )

    def test_changes_nothing(self, core, fineract):
        core.preview(REFERENCE, [Reage(FIRST, 2, UnpaidInterest.KEEP)])

        assert all(method == "GET" for method, _ in fineract.asked)

    def test_cannot_tell_of_several_operations(self, core):
        several = [WaiveInterest(ON, Money(100, CNY)), Reage(FIRST, 2, UnpaidInterest.KEEP)]

        assert core.preview(REFERENCE, several) is None

    def test_hands_on_why_the_core_refuses(self, core):
        with pytest.raises(HostRefused, match="cannot be re-aged"):
            core.preview(REFERENCE, [Reage(FIRST, 99, UnpaidInterest.KEEP)])


class TestBook:
    @pytest.mark.parametrize(
        ("operation", "command"),
        [
            (Reage(FIRST, 2, UnpaidInterest.WAIVE), "reAge"),
            (WaiveInterest(ON, Money(5_600, CNY)), "waiveinterest"),
            (ForgivePrincipal(ON, Money(10_000, CNY)), "goodwillCredit"),
        ],
    )
    def test_a_transaction_once_for_a_key(self, core, fineract, operation, command):
        for _ in range(2):
            core.book(REFERENCE, operation, key="HX-1/1")

        made = fineract.loans[REFERENCE].transactions
        assert [one["command"] for one in made] == [command]
        assert made[0]["externalId"] == "HX-1/1"

    def test_once_though_the_answer_was_lost(self, core, fineract):
        fineract.faults = [0, "lose"]
        fineract.faults[0] = None  # the look before it works

        with pytest.raises(HostUnreachable):
            core.book(REFERENCE, Reage(FIRST, 2, UnpaidInterest.KEEP), key="HX-1/1")
        core.book(REFERENCE, Reage(FIRST, 2, UnpaidInterest.KEEP), key="HX-1/1")

        assert len(fineract.loans[REFERENCE].transactions) == 1

    def test_another_rate_is_asked_for_and_approved_once(self, core, fineract):
        for _ in range(2):
            core.book(REFERENCE, ChangeRate(ON, Decimal("9.6")), key="HX-1/1")

        assert [one["statusEnum"]["id"] for one in fineract.reschedules] == [200]
        assert fineract.loans[REFERENCE].rate == "9.6"

    def test_a_rate_that_was_asked_for_and_not_approved_is_taken_up(self, core, fineract):
        # Two looks and the request work; the approval fails.
        fineract.faults = [None, None, None, 503]
        with pytest.raises(HostUnreachable):
            core.book(REFERENCE, ChangeRate(ON, Decimal("9.6")), key="HX-1/1")

        core.book(REFERENCE, ChangeRate(ON, Decimal("9.6")), key="HX-1/1")

        assert [one["statusEnum"]["id"] for one in fineract.reschedules] == [200]

    def test_a_pause_of_interest(self, core, fineract):
        core.book(REFERENCE, PauseInterest(ON, FIRST), key="HX-1/1")

        assert fineract.loans[REFERENCE].pauses[0]["endDate"] == "2027-01-03"

    def test_waives_the_open_charges_whole(self, core, fineract):
        fineract.loans[REFERENCE].charges = [_charge(1, "3.00"), _charge(2, "1.00")]

        core.book(REFERENCE, WaiveCharges(ON, Money(400, CNY)), key="HX-1/1")

        assert {one["amountOutstanding"] for one in fineract.loans[REFERENCE].charges} == {"0"}

    def test_never_waives_more_than_was_agreed(self, core, fineract):
        fineract.loans[REFERENCE].charges = [_charge(1, "3.00"), _charge(2, "1.00")]

        with pytest.raises(HostRefused, match="gives up"):
            core.book(REFERENCE, WaiveCharges(ON, Money(399, CNY)), key="HX-1/1")

        assert fineract.loans[REFERENCE].charges[0]["amountOutstanding"] == "3.00"


def _charge(number, amount):
    return {
        "id": number,
        "amount": amount,
        "amountOutstanding": amount,
        "amountWaived": "0",
        "dueDate": [2026, 11, 3],
    }

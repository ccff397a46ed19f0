"""Terms, events and schedules as records (records.py, event_records.py) and back."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as s
from operations import BY_DAY, OPERATIONS
from tideover.dates import DayCount, Frequency, Unit
from tideover.loan import (
    AnnualRate,
    BadRecord,
    Component,
    Components,
    DailyRate,
    GraceGiven,
    LoanTerms,
    Method,
    ReAged,
    Restructured,
    Reversed,
    build_schedule,
    components_from_record,
    components_to_record,
    event_from_record,
    event_to_record,
    schedule_from_record,
    schedule_to_record,
    terms_from_record,
    terms_to_record,
)
from tideover.loan.event_records import KINDS
from tideover.loan.records import rate_from_record, rate_to_record
from tideover.money import CNY, Money, Refusal

#: What a record of terms must say, and no more.
SHORT = {
    "currency": "CNY",
    "principal": "10000.00",
    "rate": {"of_day": "1/2000"},
    "method": "equal-principal",
    "instalments": 5,
    "disbursed_on": "2018-09-11",
}


def through_json(record):
    return json.loads(json.dumps(record))


class TestRecords:
    @given(s.terms())
    def test_of_terms_come_back_the_same(self, terms):
        assert terms_from_record(through_json(terms_to_record(terms))) == terms

    @given(s.terms())
    def test_of_schedules_come_back_the_same(self, terms):
        schedule = build_schedule(terms)

        assert schedule_from_record(through_json(schedule_to_record(schedule))) == schedule

    @given(st.data())
    def test_of_events_come_back_the_same(self, data):
        loan = data.draw(s.loans())
        for event in data.draw(s.histories(loan)):
            assert event_from_record(through_json(event_to_record(event))) == event

    @given(s.terms(), s.principals)
    def test_of_an_agreement_come_back_the_same(self, terms, amount):
        carried = Components.of({Component.FEE: amount}, CNY)
        event = Restructured(
            date(2026, 1, 1),
            "agreed",
            build_schedule(terms),
            DailyRate.parse("0.0003"),
            Components.zero(CNY),
            Components.zero(CNY),
            carried,
            "term-extension",
        )

        assert event_from_record(through_json(event_to_record(event))) == event
        assert components_from_record(components_to_record(carried), CNY) == carried

    @pytest.mark.parametrize("name", OPERATIONS)
    def test_of_every_kind_of_event_come_back_the_same(self, name):
        event = OPERATIONS[name](BY_DAY, date(2024, 3, 20), "one")
        record = through_json(event_to_record(event))

        assert event_from_record(record) == event
        assert KINDS[record["kind"]] is type(event)

    def test_of_a_re_ageing_keep_its_frequency(self):
        event = ReAged(date(2026, 1, 1), "r", 4, date(2026, 1, 8), Frequency(1, Unit.WEEKS))

        assert event_from_record(through_json(event_to_record(event))) == event

    @pytest.mark.parametrize("field", ["amount", "currency"])
    def test_of_money_say_how_much_and_in_which_currency(self, field):
        record = event_to_record(OPERATIONS["pay"](BY_DAY, date(2024, 3, 20), "one"))
        del record[field]

        with pytest.raises(BadRecord, match=f"'{field}' is missing"):
            event_from_record(record)

    @given(s.terms(), st.permutations(list(Component)))
    def test_of_terms_keep_the_order_of_allocation(self, terms, order):
        terms = replace(terms, allocation_order=tuple(order))

        assert terms_from_record(through_json(terms_to_record(terms))) == terms

    @pytest.mark.parametrize("compounds", [None, 1, 12])
    def test_of_a_rate_say_how_often_it_compounds_if_it_does(self, compounds):
        rate = AnnualRate(Fraction(24, 100), DayCount.ACT_365F, compounds)
        record = through_json(rate_to_record(rate))

        assert rate_from_record(record) == rate
        assert record.get("compounds_a_year", "not said") == (compounds or "not said")

    def test_of_grace_on_principal_alone_give_none_on_interest(self):
        event = GraceGiven(date(2018, 10, 1), "p", 3)

        assert event.grace_on_interest == 0
        assert event_from_record(an_event("grace-given", grace_on_principal=3)) == event

    def test_of_a_reversal_come_back_the_same(self):
        event = Reversed(date(2026, 1, 1), "r", of="p")

        assert event_from_record(event_to_record(event)) == event

    def test_have_defaults_for_what_they_leave_out(self):
        terms = terms_from_record(SHORT)

        assert terms.principal == Money(1_000_000, CNY)
        assert build_schedule(terms).total_interest.text == "457.00"
        assert terms == LoanTerms(
            principal=Money(1_000_000, CNY),
            rate=DailyRate.parse("0.0005"),
            method=Method.EQUAL_PRINCIPAL,
            instalments=5,
            disbursed_on=date(2018, 9, 11),
        )

    @pytest.mark.parametrize(
        ("read", "record", "words"),
        [
            (
                terms_from_record,
                {},
                "^this record of loan terms cannot be read: the field 'currency' is missing",
            ),
            (
                terms_from_record,
                {**SHORT, "method": "by-luck"},
                "record of loan terms cannot be read: 'by-luck' is not a valid Method",
            ),
            (
                schedule_from_record,
                {"currency": "CNY"},
                "^this record of a schedule cannot be read: the field 'opening_balance' is missing",
            ),
            (
                schedule_from_record,
                {"currency": "CNY", "opening_balance": "1", "start": "soon", "lines": []},
                "record of a schedule cannot be read: Invalid isoformat string: 'soon'",
            ),
            (event_from_record, {"kind": "paid"}, "'on' is missing"),
            (
                event_from_record,
                {"kind": "lost", "on": "2026-01-01", "reference": "x"},
                "no kind 'lost'",
            ),
            (
                event_from_record,
                {"kind": "paid", "on": "yesterday", "reference": "x"},
                "cannot be read",
            ),
        ],
    )
    def test_that_cannot_be_read_are_refused(self, read, record, words):
        with pytest.raises(BadRecord, match=words):
            read(record)

    def test_with_an_impossible_value_are_refused(self):
        with pytest.raises(Refusal):
            schedule_from_record({"currency": "XXX", "opening_balance": "1", "lines": []})


def an_event(kind: str, **fields: object) -> dict[str, object]:
    return {"kind": kind, "on": "2018-10-01", "reference": "p", **fields}


PAID = {"currency": "CNY", "amount": "5.00"}


class TestHostileRecords:
    """Whatever a file holds, it is an event or a refusal that says what is wrong with it."""

    @pytest.mark.parametrize(
        ("record", "words"),
        [
            (an_event("paid", currency="CNY", amount=5), "5 is not text"),
            (an_event("paid", **PAID) | {"reference": {"a": 1}}, "is not text"),
            (an_event("paid", **PAID) | {"reference": 7}, "7 is not text"),
            (an_event("paid", **PAID, amonut="7"), "paid has no field 'amonut'"),
            (an_event("paid", **PAID, zeal="1", amonut="7"), "paid has no field 'amonut'"),
            (an_event("lost"), "there is no kind 'lost'"),
            (an_event("accelerated"), "the field 'reason' is missing"),
            (an_event("paid", **PAID) | {"kind": ["paid"]}, "unhashable"),
            (an_event("paid", amount="5", currency=7), "cannot be read"),
            (an_event("terms-added", count="many"), "'many' is not a whole number"),
            (an_event("terms-added", count=1.5), "1.5 is not a whole number"),
            (an_event("terms-added", count=True), "True is not a whole number"),
            (an_event("grace-given", grace_on_principal=None), "None is not a whole number"),
            (an_event("rate-changed", rate={"of_day": "1/0"}), "Fraction"),
            (an_event("rate-changed", rate={"of_day": "-1/2000"}), "'-1/2000' is below zero"),
            (
                an_event("rate-changed", rate={"of_year": "-0.01", "day_count": "monthly"}),
                "'-0.01' is below zero",
            ),
            (an_event("settled", currency="CNY", waived=[], reason="x"), "cannot be read"),
            (an_event("charged", **PAID, component="tip", reason="x"), "not a valid Component"),
            (an_event("accelerated", reason=None), "None is not text"),
        ],
    )
    def test_are_refused_by_name(self, record, words):
        with pytest.raises(BadRecord, match=words) as refused:
            event_from_record(record)

        assert str(refused.value).startswith("this record of an event cannot be read: ")
        assert "无法读取该记录" in refused.value.zh

    def test_of_a_rate_of_zero_are_read(self):
        record = an_event("rate-changed", rate={"of_day": "0"})

        assert event_from_record(record).rate == DailyRate.parse("0")

    def test_of_terms_with_an_impossible_fraction_are_refused(self):
        with pytest.raises(BadRecord, match="loan terms"):
            terms_from_record({**SHORT, "fee_rate": "1/0"})
        with pytest.raises(BadRecord, match="loan terms"):
            terms_from_record({**SHORT, "principal": 10_000})

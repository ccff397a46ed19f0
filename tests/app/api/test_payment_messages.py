"""The webhook of payments: signed, fresh, and one payment however often it is told."""

import json
from datetime import date

import pytest
from django.test import Client

from accounts import make_loan, weilidai_terms
from tideover.app import clock
from tideover.app.db.models import BankLine, JournalEntry
from tideover.app.home import secret
from tideover.app.verbs import ledger
from tideover.app.verbs.payments.receiving import SETTING, signature

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ADDRESS = "/api/v1/payments"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{TODAY}T10:00:00+08:00")


@pytest.fixture
def loan():
    return make_loan(weilidai_terms(disbursed_on=date(2026, 8, 3)), paid=2, until=TODAY)


def message(loan, **changes: str) -> bytes:
    told = {
        "bank_reference": "W-1", "paid_on": "2026-11-23", "amount": "500.00",
        "loan_reference": loan.reference,
    }  # fmt: skip
    return json.dumps(told | changes).encode()


def send(body: bytes, *, key: str | None = None, age: int = 0, signed: str | None = None):
    seconds = int(clock.now().timestamp()) - age
    own = signature(body, seconds=seconds, key=(key or secret(SETTING)).encode())
    header = signed if signed is not None else f"t={seconds},v1={own}"
    return Client(enforce_csrf_checks=True).post(
        ADDRESS, body, content_type="application/json", headers={"Tideover-Signature": header}
    )


class TestPaymentMessages:
    def test_books_a_payment_once_however_often_it_is_told(self, loan):
        answers = [send(message(loan)), send(message(loan)), send(message(loan, remark="again"))]

        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert [answer.json()["status"] for answer in answers] == ["booked", "booked", "known"]
        assert (
            JournalEntry.objects.filter(kind="loan.paid", reference__endswith=":W-1").count() == 1
        )
        assert ledger.verify().faults == ()

    def test_keeps_what_names_no_loan_in_suspense(self, loan):
        answer = send(message(loan, loan_reference="NO-SUCH"))

        assert answer.json()["status"] == "suspense"
        assert BankLine.objects.get().status == "suspense"

    @pytest.mark.parametrize(
        "how",
        [{"key": "another"}, {"age": 400}, {"age": -400}, {"signed": ""}, {"signed": "t=x,v1=y"}],
    )
    def test_takes_nothing_that_is_not_signed_and_fresh(self, loan, how):
        answer = send(message(loan), **how)

        assert answer.status_code == 401
        assert answer.json()["code"] == "payment-not-signed"
        assert not BankLine.objects.exists()

    def test_refuses_the_number_of_another_transaction(self, loan):
        send(message(loan))

        answer = send(message(loan, amount="600.00"))

        assert answer.status_code == 409
        assert "ask the bank which of the two is right" in answer.json()["detail"]

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"[]",
            b"{",
            b'{"amount": 5}',
            b'{"no": "such"}',
            b"[" * 9000,
            b"\xff\xfe",
        ],
    )
    def test_says_what_a_body_must_be(self, loan, body):
        answer = send(body)

        assert answer.status_code == 422
        assert answer.json()["code"] == "not-a-payment"

    def test_names_the_field_that_cannot_be_read(self, loan):
        answer = send(message(loan, paid_on="2026-13-01"))

        assert answer.status_code == 422
        assert "paid_on" in answer.json()["detail"]

    def test_takes_only_a_post(self):
        assert Client().get(ADDRESS).status_code == 405

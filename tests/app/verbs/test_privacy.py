"""Nothing that tells who somebody is lies readable in the database, whatever was done there."""

import json

import lender as story
import pytest
from django.db import connection

from tideover.app import clock
from tideover.app.verbs import demo, offering, payments, sign_in

pytestmark = pytest.mark.django_db

PERSONAL = ("张三", "李四", "13800000001", "13800000002", "110101199001010011", "裁员", "离职证明")


def everything_stored() -> str:
    """Every cell of every table as text, with bytes read as UTF-8 as far as they go."""
    cells: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            cells += [f"{table}: {readable(cell)}" for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def readable(cell: object) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("utf-8", errors="replace")
    return str(cell)


def forms_of(text: str) -> tuple[str, str]:
    """A text as it is, and as JSON without other letters than ASCII writes it."""
    return text, json.dumps(text)[1:-1]


class TestTheDatabase:
    def test_holds_no_readable_person_after_the_whole_story(self, lender):
        story.signed(lender)
        sign_in.send_code(lender.borrower.phone, key="again", address="192.0.2.1")
        payments.book(lender.finance, demo.bank_file(clock.today()), "bank.csv", key="book")

        stored = everything_stored()

        found = [text for text in PERSONAL if any(form in stored for form in forms_of(text))]
        assert found == []
        assert "HC-" in stored, "the search looks at what was stored"

    def test_holds_no_readable_word_of_a_borrowers_message(self, lender):
        number = story.offered(lender)
        words = "我母亲住院了，能不能再少一点"
        offering.ask_to_talk(lender.borrower, number, words, key="talk")

        stored = everything_stored()

        assert not any(form in stored for form in forms_of("住院"))

"""Two people at one tape in the same moment: one effect, whoever is first."""

import lender as story
import pytest
from test_tape_undoing import books_hold, files
from together import together

from tideover.app.db.models import Loan, LogEvent, Tape
from tideover.app.verbs import payments
from tideover.app.verbs.tape import importing, undoing
from tideover.money import Refusal


@pytest.fixture
def lender(committed):
    return story.open_lender()


def brought_in(lender, key: str) -> dict[str, int]:
    return importing.import_tape(lender.finance, files(), key=key)


class TestOneMoment:
    def test_the_same_tape_twice_is_imported_once(self, lender):
        results = together(*(lambda key=key: brought_in(lender, key) for key in ("a", "b")))

        assert sorted((one["loans"], one["known"]) for one in results) == [(0, 2), (2, 0)]
        assert Tape.objects.count() == 1
        books_hold()

    def test_it_is_undone_or_paid_on_and_never_both(self, lender):
        brought_in(lender, "import")
        tape = Tape.objects.get().pk
        line = "B-1,2026-11-20,200.00,演示·张三,WLD-1,\n"
        content = ("交易流水号,交易日期,金额,付款人,借据号,附言\n" + line).encode()

        undone, _paid = together(
            lambda: undoing.undo(lender.finance, tape, key="undo"),
            lambda: payments.book(lender.finance, content, "bank.csv", key="bank"),
        )

        is_there = Loan.objects.filter(reference="WLD-1").exists()
        assert isinstance(undone, Refusal) == is_there
        # Money for a loan that is gone waits in suspense, so it is lost in neither order.
        assert LogEvent.objects.filter(kind="suspense.received").exists() != is_there
        books_hold()

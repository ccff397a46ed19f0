"""A tape at the desk: looked at, imported once, taken back whole unless its loans moved on."""

from datetime import date

import lender as story
import pytest
from test_tape import LOANS, PAYMENTS, loan_line

from tideover.app.db.models import Account, Borrower, Loan, LogEvent, Tape
from tideover.app.verbs import audit, closing, ledger, loans, payments, tape
from tideover.app.verbs.application import open_case
from tideover.app.verbs.books.opening import borrower_by_phone
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.tape import importing, previewing, undoing
from tideover.money import Refusal

PHONE = "10000000101"
HEADING = "交易流水号,交易日期,金额,付款人,借据号,附言\n"
HEAD, PAID_WLD, PAID_CARD = PAYMENTS.splitlines()
PAYMENTS_OF_WLD = f"{HEAD}\n{PAID_WLD}\n"
PAYMENTS_OF_CARD = f"{HEAD}\n{PAID_CARD}\n"


@pytest.fixture
def lender(db, monkeypatch):
    monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:30:00+08:00")
    return story.open_lender()


def files(loans_text: str = LOANS, payments_text: str = PAYMENTS) -> tape.TapeFiles:
    return tape.TapeFiles(loans=loans_text.encode(), payments=payments_text.encode())


def imported(lender, content: tape.TapeFiles | None = None, *, key: str = "import") -> int:
    importing.import_tape(lender.finance, content or files(), key=key)
    return Tape.objects.latest("id").pk


def books_hold(closed_through: date = date(2026, 11, 1)) -> None:
    assert ledger.verify().faults == ()
    assert ledger.verify_stored(closed_through) == ()
    assert audit.verify().holds


class TestPreview:
    def test_says_of_each_line_what_it_is_and_writes_nothing(self, lender):
        new = LOANS.splitlines()[2]
        tape.load(loan_line().encode(), tape.NO_PAYMENTS)
        before = LogEvent.objects.count()

        wrong = new.replace("CARD-1", "CARD-2").replace("12000.00", "twelve")
        seen = importing.preview(lender.finance, files(LOANS + wrong + "\n", PAYMENTS_OF_CARD))

        assert [(one.number, one.status) for one in seen.lines] == [
            (4, previewing.REFUSED),
            (2, previewing.KNOWN),
            (3, previewing.NEW),
        ]
        why = seen.lines[0].because[0]
        assert (why.en.startswith("principal: "), why.zh.startswith("本金：")) == (True, True)
        assert (seen.report.loans, seen.report.known, seen.refused) == (1, 1, 1)
        assert LogEvent.objects.count() == before

    def test_is_for_finance_and_the_administrator_alone(self, lender):
        with pytest.raises(NotFound):
            importing.preview(lender.agent, files())
        with pytest.raises(NotFound):
            importing.import_tape(lender.agent, files(), key="k")
        with pytest.raises(NotFound):
            undoing.undo(lender.agent, 1, key="k")

    def test_refuses_more_loans_than_one_command_should_hold(self, lender, monkeypatch):
        monkeypatch.setattr(importing, "LOANS_AT_ONCE", 1)

        with pytest.raises(importing.TooManyLoans, match="2 loans and the desk imports up to 1"):
            importing.preview(lender.finance, files())


class TestImporting:
    def test_twice_has_one_effect(self, lender):
        first = importing.import_tape(lender.finance, files(), key="a")
        again = importing.import_tape(lender.finance, files(), key="b")

        assert (first["loans"], first["payments"], first["known"]) == (2, 2, 0)
        assert (again["loans"], again["known"]) == (0, 2)
        assert Tape.objects.count() == 1
        assert LogEvent.objects.filter(kind="tape.imported").get().actor == lender.finance.login
        books_hold()

    def test_a_larger_file_brings_only_what_is_new(self, lender):
        imported(lender, files(loan_line(), PAYMENTS_OF_WLD))

        importing.import_tape(lender.finance, files(), key="whole")

        assert [one.loans.count() for one in Tape.objects.order_by("id")] == [1, 1]
        books_hold()

    def test_a_known_loan_with_other_terms_is_refused_by_name(self, lender):
        imported(lender)

        with pytest.raises(tape.TapeProblems, match="WLD-1 is here already with another borrower"):
            importing.import_tape(
                lender.finance, files(loan_line(principal="9000.00"), HEAD), key="b"
            )

    def test_a_payment_more_of_a_known_loan_is_sent_to_the_bank_file(self, lender):
        imported(lender)
        more = PAYMENTS + "WLD-1,P-2,2026-10-09,100.00\n"

        with pytest.raises(tape.TapeProblems, match="book the payment with a bank file"):
            importing.import_tape(lender.finance, files(payments_text=more), key="b")


class TestUndoing:
    def test_takes_the_loans_out_of_the_book_and_leaves_its_sums_at_nought(self, lender):
        held = imported(lender)
        references = list(Loan.objects.filter(tape=held).values_list("reference", flat=True))

        assert undoing.undo(lender.finance, held, key="undo") == 2

        assert not Loan.objects.filter(reference__in=references).exists()
        for loan in Loan.every.filter(reference__in=references):
            assert set(ledger.balances_of(loan).values()) == {0}
            assert not loans.state(loan, date(2026, 11, 23)).outstanding
            assert not loan.fold.is_open
        assert LogEvent.objects.filter(kind="tape.undone").count() == 1
        books_hold()

    def test_forgets_who_came_with_it_and_nobody_else(self, lender):
        held = imported(lender)
        people = Borrower.objects.count()

        undoing.undo(lender.finance, held, key="undo")

        assert borrower_by_phone(PHONE) is None
        assert Borrower.objects.count() == people
        gone = Borrower.objects.exclude(pk__in=[lender.borrower.pk, lender.stranger.pk]).get()
        assert (gone.name, gone.phone, gone.id_number) == ("", "", "")
        assert not Account.objects.get(pk=gone.account_id).is_active
        assert borrower_by_phone(str(lender.borrower.phone)) is not None

    def test_leaves_a_borrower_with_another_loan_as_they_are(self, lender):
        line = loan_line(
            borrower_name=str(lender.borrower.name), phone=str(lender.borrower.phone),
            id_number=str(lender.borrower.id_number),
        )  # fmt: skip
        held = imported(lender, files(line, HEAD))

        undoing.undo(lender.finance, held, key="undo")

        assert borrower_by_phone(str(lender.borrower.phone)) == lender.borrower
        assert Account.objects.get(pk=lender.borrower.account_id).is_active

    def test_lets_the_tape_come_again_put_right(self, lender):
        undoing.undo(lender.finance, imported(lender), key="undo")

        right = files(LOANS.replace("00000019900101101X", "000000199001011028"))
        held = imported(lender, right, key="right")
        same = imported(lender, right, key="right again")

        assert held == same
        loan = Loan.objects.get(reference="WLD-1")
        assert (loan.edition, loan.stream) == (2, "loan:WLD-1/2")
        assert loans.state(loan, date(2026, 9, 3)).outstanding.principal.text == "9000.00"
        books_hold()
        undoing.undo(lender.finance, held, key="undo the second")
        imported(lender, key="a third time")
        assert Loan.objects.get(reference="WLD-1").edition == 3
        books_hold()

    def test_a_closed_day_in_between_is_taken_back_with_it(self, lender, monkeypatch):
        held = imported(lender)
        closing.close(date(2026, 11, 23))
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-24T10:30:00+08:00")

        undoing.undo(lender.finance, held, key="undo")
        closing.close(date(2026, 11, 24))

        books_hold(date(2026, 11, 24))

    def test_happens_once(self, lender):
        held = imported(lender)
        undoing.undo(lender.finance, held, key="undo")

        assert undoing.undo(lender.finance, held, key="undo") == 2
        with pytest.raises(NotFound):
            undoing.undo(lender.finance, held, key="again")


class TestWhatHappenedSince:
    def refused(self, lender, held: int) -> str:
        with pytest.raises(undoing.LoansMovedOn) as refusal:
            undoing.undo(lender.finance, held, key="undo")
        assert undoing.preview_undo(lender.finance, held).in_the_way == refusal.value.reasons
        assert Loan.objects.filter(tape=held).count() == 2
        return str(refusal.value)

    def test_a_payment_is_named_and_undone_first(self, lender):
        held = imported(lender)
        line = "B-1,2026-11-20,200.00,演示·张三,WLD-1,\n"
        payments.book(lender.finance, (HEADING + line).encode(), "bank.csv", key="bank")

        assert "loan WLD-1 has had since: Payment" in self.refused(lender, held)

    def test_a_case_is_named(self, lender):
        held = imported(lender)
        number = open_case(borrower_by_phone(PHONE), "CARD-1", key="case").number

        assert f"loan CARD-1 has case {number}" in self.refused(lender, held)

    def test_is_told_in_both_languages(self, lender):
        held = imported(lender)
        open_case(borrower_by_phone(PHONE), "CARD-1", key="case")

        with pytest.raises(Refusal) as refusal:
            undoing.undo(lender.finance, held, key="undo")
        assert "借据 CARD-1 已有案件" in refusal.value.zh

    def test_a_tape_too_large_for_one_command_says_what_to_do(self, lender, monkeypatch):
        held = imported(lender)
        monkeypatch.setattr(undoing, "LOANS_AT_ONCE", 1)

        with pytest.raises(undoing.TapeTooLarge, match="brought 2 loans and up to 1"):
            undoing.preview_undo(lender.finance, held)

from datetime import date

import pytest

from accounts import make_loan, make_staff, weilidai_terms, yuan
from tideover.app.db.models import Account, BankFile, BankLine, Loan, LogEvent, Role
from tideover.app.verbs import audit, ledger, loans, payments
from tideover.app.verbs.reading.tables import FileUnreadable
from tideover.app.verbs.receipts import KeyReused
from tideover.app.verbs.refusals import NotFound

TODAY = date(2026, 11, 23)
HEADING = "交易流水号,交易日期,金额,付款人,借据号,附言"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{TODAY}T10:00:00+08:00")


@pytest.fixture
def finance() -> Account:
    return make_staff(Role.FINANCE)


@pytest.fixture
def loan() -> Loan:
    return make_loan(weilidai_terms(disbursed_on=date(2026, 8, 3)), paid=2, until=TODAY)


def file(*lines: str) -> bytes:
    return "\n".join([HEADING, *lines, ""]).encode()


def line(loan: Loan, *, number: str = "B-1", amount: str = "500.00", on: str = "2026-11-20") -> str:
    return f"{number},{on},{amount},演示·某人,{loan.reference},"


@pytest.mark.django_db
class TestPreview:
    def test_it_says_what_each_line_would_change_and_changes_nothing(
        self, finance: Account, loan: Loan
    ) -> None:
        events = LogEvent.objects.count()
        content = file(
            line(loan), "B-2,2026-11-20,88.00,演示·无名,,红包", "B-3,2026-13-01,x,,,", line(loan)
        )

        shown = payments.preview(finance, content, "bank.csv")

        assert [one.status for one in shown.lines] == [
            "matched",
            "unmatched",
            "unreadable",
            "duplicate",
        ]
        assert (shown.total, shown.matched_total) == (yuan("1088.00"), yuan("500.00"))
        matched = shown.lines[0]
        assert matched.payer_masked == "演示·某*"
        assert matched.before == loans.state(loan, TODAY).past_due.total
        assert matched.after is not None
        assert matched.after < matched.before
        assert matched.settles[0].en.startswith("instalment 3: ¥500.00 paid")
        assert LogEvent.objects.count() == events

    def test_its_after_is_what_booking_brings(self, finance: Account, loan: Loan) -> None:
        content = file(line(loan), line(loan, number="B-2", amount="1.00"))
        shown = payments.preview(finance, content, "bank.csv")
        payments.book(finance, content, "bank.csv", key="k")

        assert shown.lines[-1].after == loans.state(loan, TODAY).past_due.total

    @pytest.mark.parametrize("remark", ["还款 {0}", "{0}", "微粒贷还款，{0}谢谢"])
    def test_a_loan_named_in_the_remark_is_found(
        self, finance: Account, loan: Loan, remark: str
    ) -> None:
        content = file(f"B-1,2026-11-20,1.00,,,{remark.format(loan.reference)}")

        (found,) = payments.preview(finance, content, "bank.csv").lines
        assert (found.status, found.loan_reference) == ("matched", loan.reference)

    def test_a_remark_that_names_two_loans_is_nobodys_guess(
        self, finance: Account, loan: Loan
    ) -> None:
        other = make_loan(weilidai_terms(disbursed_on=date(2026, 8, 3)), until=TODAY)
        content = file(f"B-1,2026-11-20,1.00,,,{loan.reference} {other.reference}")

        (found,) = payments.preview(finance, content, "bank.csv").lines
        assert found.status == "unmatched"

    @pytest.mark.parametrize("role", [Role.AGENT, Role.APPROVER])
    def test_it_is_for_finance_only(self, role: Role) -> None:
        with pytest.raises(NotFound):
            payments.preview(make_staff(role), file(), "bank.csv")

    def test_a_file_that_is_no_table_is_refused(self, finance: Account) -> None:
        with pytest.raises(FileUnreadable, match="heading lacks"):
            payments.preview(finance, b"a,b\n1,2\n", "bank.csv")


@pytest.mark.django_db
class TestBook:
    def test_it_books_to_loans_and_keeps_strays_in_suspense(
        self, finance: Account, loan: Loan
    ) -> None:
        content = file(line(loan), "B-2,2026-11-20,88.00,,,")

        result = payments.book(finance, content, "bank.csv", key="k")

        assert (result.booked, result.suspense, result.duplicates) == (1, 1, 0)
        assert result.total == yuan("500.00")
        received = loans.payments_received(loan.borrower, loan.reference)[0]
        assert (received.reference, received.on, received.amount) == (
            "B-1",
            date(2026, 11, 20),
            yuan("500.00"),
        )
        assert ledger.verify().faults == ()

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
    def test_it_reads_what_banks_write(self, finance: Account, loan: Loan, encoding: str) -> None:
        content = file(line(loan, amount='"１，５００．００"')).decode().encode(encoding)

        assert payments.book(finance, content, "bank.csv", key="k").total == yuan("1500.00")

    def test_the_same_file_has_one_effect_whatever_its_name_and_key(
        self, finance: Account, loan: Loan
    ) -> None:
        content = file(line(loan))
        first = payments.book(finance, content, "bank.csv", key="k1")
        again = payments.book(finance, content, "bank.csv", key="k1")
        renamed = payments.book(finance, content, "copy.csv", key="k2")

        assert again == first
        assert (renamed.booked, renamed.duplicates) == (0, 1)
        assert BankFile.objects.count() == 1
        assert payments.preview(finance, content, "bank.csv").already_booked

    def test_files_that_overlap_or_are_shuffled_book_each_line_once(
        self, finance: Account, loan: Loan
    ) -> None:
        one, two, three = (line(loan, number=f"B-{n}", amount=f"{n}.00") for n in (1, 2, 3))
        payments.book(finance, file(one, two), "a.csv", key="k1")
        payments.book(finance, file(three, two, one, three), "b.csv", key="k2")

        amounts = [one.amount_minor for one in BankLine.objects.order_by("bank_reference")]
        assert amounts == [100, 200, 300]
        assert len(loans.payments_received(loan.borrower, loan.reference)) == 2 + 3

    def test_one_line_that_cannot_be_read_and_nothing_is_booked(
        self, finance: Account, loan: Loan
    ) -> None:
        content = file(line(loan), line(loan, number="B-2", amount="-5"), "B-3,,1.00,,,")

        with pytest.raises(payments.BankFileProblems) as refused:
            payments.book(finance, content, "bank.csv", key="k")
        assert [(one.line, one.field) for one in refused.value.problems] == [
            (3, "amount"),
            (4, "paid_on"),
        ]
        assert not BankLine.objects.exists()
        assert not BankFile.objects.exists()

    def test_an_amount_no_ledger_holds_is_refused_with_its_line(
        self, finance: Account, loan: Loan
    ) -> None:
        content = file(line(loan, amount="9" * 20))

        (shown,) = payments.preview(finance, content, "bank.csv").lines
        assert shown.status == "unreadable"
        with pytest.raises(payments.BankFileProblems, match=r"bank\.csv:2 amount"):
            payments.book(finance, content, "bank.csv", key="k")

    @pytest.mark.parametrize("other", [{"amount": "700.00"}, {"on": "2026-11-19"}])
    def test_one_number_for_two_transactions_is_refused_and_never_swallowed(
        self, finance: Account, loan: Loan, other: dict[str, str]
    ) -> None:
        within = file(line(loan), line(loan, **other))
        assert payments.preview(finance, within, "a.csv").lines[1].status == "unreadable"
        with pytest.raises(payments.BankFileProblems, match=r"a\.csv:3 bank_reference.*B-1"):
            payments.book(finance, within, "a.csv", key="k-1")
        assert not BankLine.objects.exists()

        payments.book(finance, file(line(loan)), "b.csv", key="k-2")
        after = file(line(loan, **other))
        assert payments.preview(finance, after, "c.csv").lines[0].status == "unreadable"
        with pytest.raises(payments.BankFileProblems, match=r"c\.csv:2 bank_reference.*B-1"):
            payments.book(finance, after, "c.csv", key="k-3")

    def test_a_payment_before_the_disbursement_is_refused_with_its_line(
        self, finance: Account, loan: Loan
    ) -> None:
        with pytest.raises(payments.BankFileProblems, match=r"bank\.csv:2"):
            payments.book(finance, file(line(loan, on="2026-08-01")), "bank.csv", key="k")
        assert not BankLine.objects.exists()

    def test_a_key_belongs_to_its_file(self, finance: Account, loan: Loan) -> None:
        payments.book(finance, file(line(loan)), "a.csv", key="k")

        with pytest.raises(KeyReused):
            payments.book(finance, file(line(loan, number="B-2")), "b.csv", key="k")

    def test_every_payment_is_in_the_log_without_the_payers_name(
        self, finance: Account, loan: Loan
    ) -> None:
        payments.book(
            finance, file(line(loan), "B-2,2026-11-20,88.00,演示·无名,,"), "b.csv", key="k"
        )

        bodies = b"".join(bytes(event.body) for event in LogEvent.objects.all())
        assert b"B-1" in bodies
        assert "某人".encode() not in bodies
        assert "无名".encode() not in bodies
        assert audit.verify().holds


@pytest.mark.usefixtures("committed")
class TestBookAtOneMoment:
    def test_two_overlapping_files_at_once_book_each_line_once(self) -> None:
        from together import together

        finance = make_staff(Role.FINANCE)
        loan = make_loan(weilidai_terms(disbursed_on=date(2026, 8, 3)), until=TODAY)
        lines = [line(loan, number=f"B-{n}") for n in range(4)]
        files = [file(*lines[:3]), file(*lines[::-1])]

        results = together(
            *[
                lambda place=place: payments.book(
                    finance, files[place % 2], f"{place}.csv", key=f"k{place}"
                )
                for place in range(6)
            ]
        )

        assert sum(result.booked for result in results) == 4
        assert len(loans.payments_received(loan.borrower, loan.reference)) == 4
        assert ledger.verify().faults == ()

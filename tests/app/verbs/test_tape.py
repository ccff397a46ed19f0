from datetime import date

import pytest

from accounts import yuan
from tideover.app.db.models import Account, Borrower, JournalEntry, Loan, LogEvent
from tideover.app.verbs import ledger, loans, tape
from tideover.app.verbs.reading.tables import FileUnreadable
from tideover.app.verbs.tape import rows

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
LOANS = """\
reference,product,borrower_name,phone,id_number,currency,principal,method,daily_rate,fee_rate,instalments,disbursed_on
WLD-1,weilidai,演示·张三,10000000101,00000019900101101X,CNY,10000.00,equal-principal,0.0005,,10,2026-08-03
CARD-1,card-instalment,演示·张三,10000000101,00000019900101101X,CNY,12000.00,flat,,0.006,12,2026-06-10
"""
PAYMENTS = """\
loan_reference,payment_reference,paid_on,amount
WLD-1,P-1,2026-09-03,1155.00
CARD-1,P-1,2026-07-10,1072.00
"""


def check(loans_text: str = LOANS, payments_text: str = PAYMENTS) -> tape.TapeReport:
    return tape.check(loans_text.encode(), payments_text.encode(), today=TODAY)


def problems_of(loans_text: str = LOANS, payments_text: str = PAYMENTS) -> list[tuple[object, ...]]:
    with pytest.raises(tape.TapeProblems) as refused:
        check(loans_text, payments_text)
    return [(one.file, one.line, one.field) for one in refused.value.problems]


def loan_line(**changes: str) -> str:
    heading, line, _ = LOANS.splitlines()
    cells = dict(zip(heading.split(","), line.split(","), strict=True)) | changes
    return f"{heading}\n{','.join(cells.values())}\n"


def payment_line(**changes: str) -> str:
    heading, line, _ = PAYMENTS.splitlines()
    cells = dict(zip(heading.split(","), line.split(","), strict=True)) | changes
    return f"{heading}\n{','.join(cells.values())}\n"


class TestLoad:
    def test_it_brings_in_borrowers_loans_payments_and_their_books(self) -> None:
        report = tape.load(LOANS.encode(), PAYMENTS.encode(), today=TODAY)

        assert (report.borrowers, report.loans, report.payments) == (1, 2, 2)
        assert (report.disbursed, report.paid) == (yuan("22000.00"), yuan("2227.00"))
        # 10,000 at 0.05 % a day from 3 August: 155 interest by 3 September (31 days), so 1,155
        # pays the first instalment and leaves 9,000.
        state = loans.state(Loan.objects.get(reference="WLD-1"), date(2026, 9, 3))
        assert state.outstanding.principal == yuan("9000.00")
        assert ledger.verify().faults == ()

    def test_the_terms_take_penalty_and_grace_from_the_policy_book(self) -> None:
        tape.load(LOANS.encode(), PAYMENTS.encode(), today=TODAY)

        terms = loans.terms(Loan.objects.get(reference="WLD-1"))
        # The book adds half, to no more than 24 % in all: 0.24 / (365 x 0.0005) - 1 = 23/73.
        assert (str(terms.penalty_uplift), terms.grace_days) == ("23/73", 1)

    def test_loaded_again_it_changes_nothing(self) -> None:
        tape.load(LOANS.encode(), PAYMENTS.encode(), today=TODAY)
        events = LogEvent.objects.count()

        report = tape.load(LOANS.encode(), PAYMENTS.encode(), today=TODAY)

        assert (report.loans, report.payments, report.known) == (0, 0, 2)
        assert LogEvent.objects.count() == events

    def test_a_loan_that_is_here_with_other_terms_is_refused(self) -> None:
        tape.load(LOANS.encode(), PAYMENTS.encode(), today=TODAY)

        with pytest.raises(tape.TapeProblems, match="WLD-1 is here already with another borrower"):
            tape.load(loan_line(instalments="12").encode(), tape.NO_PAYMENTS, today=TODAY)

    def test_one_wrong_line_and_nothing_is_imported(self) -> None:
        with pytest.raises(tape.TapeProblems):
            tape.load((LOANS + "WLD-2,weilidai,x\n").encode(), PAYMENTS.encode(), today=TODAY)

        for model in (Loan, Borrower, Account, JournalEntry, LogEvent):
            assert not model.objects.exists()


class TestCheck:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
    def test_it_reads_what_spreadsheets_write(self, encoding: str, separator: str) -> None:
        files = [text.replace(",", separator).encode(encoding) for text in (LOANS, PAYMENTS)]

        assert tape.check(*files, today=TODAY) == check()

    def test_it_reads_chinese_headings_and_full_width_digits(self) -> None:
        names = {column.name: column.zh for column in tape.PAYMENT_COLUMNS}
        heading, *lines = PAYMENTS.splitlines()
        chinese = ",".join(names[name] for name in heading.split(","))

        wide = lines[0].replace("1155.00", "１１５５．００")
        assert check(payments_text=f"{chinese}\n{wide}\n{lines[1]}\n") == check()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"principal": "-10000"}, "principal"),
            ({"principal": "ten"}, "principal"),
            ({"principal": "1.005"}, "principal"),
            ({"principal": "0"}, "terms"),
            ({"daily_rate": "0.05"}, "daily_rate"),
            ({"daily_rate": "0.05%"}, "daily_rate"),
            ({"daily_rate": ""}, "daily_rate"),
            ({"instalments": "0"}, "instalments"),
            ({"instalments": "ten"}, "instalments"),
            ({"disbursed_on": "2026-02-30"}, "disbursed_on"),
            ({"disbursed_on": "2026-11-24"}, "disbursed_on"),
            ({"product": "huabei"}, "product"),
            ({"method": "balloon"}, "method"),
            ({"currency": "RMB"}, "currency"),
            ({"phone": "1000000010"}, "phone"),
            ({"id_number": "123"}, "id_number"),
            ({"borrower_name": ""}, "borrower_name"),
            ({"reference": "WLD 1"}, "reference"),
            ({"reference": "-2-1"}, "reference"),
            ({"method": "flat", "daily_rate": "", "fee_rate": "0.6"}, "fee_rate"),
        ],
    )
    def test_it_names_line_and_field_of_a_wrong_loan(
        self, changes: dict[str, str], field: str
    ) -> None:
        payments = PAYMENTS.splitlines()[0] + "\n"

        assert problems_of(loan_line(**changes), payments) == [("loans.csv", 2, field)]

    def test_it_refuses_a_first_due_date_before_the_disbursement(self) -> None:
        heading, line, _ = LOANS.splitlines()
        text = f"{heading},earliest_due\n{line},2026-08-02\n"

        assert problems_of(text, payment_line()) == [("loans.csv", 2, "terms")]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"amount": "-1"}, "amount"),
            ({"amount": "0"}, "amount"),
            ({"amount": "much"}, "amount"),
            ({"paid_on": "2026-08-02"}, "paid_on"),
            ({"paid_on": "2026-12-01"}, "paid_on"),
            ({"loan_reference": "WLD-9"}, "loan_reference"),
            ({"payment_reference": ""}, "payment_reference"),
        ],
    )
    def test_it_names_line_and_field_of_a_wrong_payment(
        self, changes: dict[str, str], field: str
    ) -> None:
        assert problems_of(payments_text=payment_line(**changes)) == [("payments.csv", 2, field)]

    def test_it_lists_everything_at_once(self) -> None:
        loans_text = LOANS + LOANS.splitlines()[1] + "\n\n"
        payments_text = PAYMENTS + PAYMENTS.splitlines()[1] + "\n" + "X,P-9,yesterday,1\n"

        assert problems_of(loans_text, payments_text) == [
            ("loans.csv", 4, "reference"),
            ("loans.csv", 5, ""),
            ("payments.csv", 4, "payment_reference"),
            ("payments.csv", 5, "paid_on"),
        ]

    def test_it_refuses_one_phone_for_two_persons(self) -> None:
        other = LOANS.splitlines()[2].replace("CARD-1", "CARD-2").replace("101101X", "101102X")

        assert problems_of(LOANS + other + "\n") == [("loans.csv", 4, "id_number")]

    def test_every_problem_says_in_both_languages_what_to_do(self) -> None:
        with pytest.raises(tape.TapeProblems) as refused:
            check(loan_line(daily_rate="0.05"))

        (problem, *_) = refused.value.problems
        assert "write 0.0005" in str(problem)
        assert "第 2 行" in problem.zh
        assert "0.0005" in problem.zh


class TestFileUnreadable:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x00\x01\x02",
            b"PK\x03\x04\xff\xfe\x00",
            b"reference,principal\n1,2\n",
            LOANS.encode().replace(b"WLD-1", b'"WLD-1'),
            LOANS.encode() + b"," * 40 + b"\n",
        ],
        ids=["empty", "binary", "workbook", "columns missing", "open quote", "too many cells"],
    )
    def test_a_file_that_is_no_such_table_is_refused_by_name(self, content: bytes) -> None:
        with pytest.raises(FileUnreadable, match=r"loans\.csv"):
            tape.check(content, PAYMENTS.encode(), today=TODAY)


def test_the_columns_are_those_the_module_documents() -> None:
    described = rows.__doc__ or ""

    for column in tape.LOAN_COLUMNS:
        assert f"{column.name} {column.zh}" in described

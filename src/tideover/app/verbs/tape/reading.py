"""Reading a tape: every line of it, what it stands for, and everything that is wrong with it."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tideover.app.db.models import Loan
from tideover.app.verbs.reading.tables import Problem, Row, faults_of, read_table
from tideover.app.verbs.tape.clashes import loan_clashes, payment_clashes
from tideover.app.verbs.tape.rows import (
    LOAN_COLUMNS,
    PAYMENT_COLUMNS,
    LoanCells,
    PaymentCells,
)
from tideover.loan import Paid
from tideover.policy import Words

#: Loans that the desk brings in, or takes back, in one command: it is one transaction, and nobody
#: else writes meanwhile on SQLite.
LOANS_AT_ONCE = 500
#: What stands for a payments file where there is none: its heading.
NO_PAYMENTS = ",".join(column.name for column in PAYMENT_COLUMNS).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeFiles:
    """The two files of a tape as they came, with their names."""

    loans: bytes
    payments: bytes
    loans_name: str = "loans.csv"
    payments_name: str = "payments.csv"

    @property
    def digest(self) -> str:
        """The SHA-256 of the content of both, whatever they are called."""
        parts = (hashlib.sha256(content).digest() for content in (self.loans, self.payments))
        return hashlib.sha256(b"".join(parts)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """What a tape says.

    `loans` and `payments` are the lines that can be read; those of loans that are here already,
    with the same borrower and terms, are `known` by reference and change nothing.
    """

    rows: tuple[Row, ...]
    loans: tuple[LoanCells, ...]
    payments: tuple[PaymentCells, ...]
    known: Mapping[str, Loan]
    problems: tuple[Problem, ...]

    @property
    def new_loans(self) -> tuple[LoanCells, ...]:
        """The loans that are not here yet."""
        return tuple(loan for loan in self.loans if loan.reference not in self.known)

    @property
    def new_payments(self) -> tuple[PaymentCells, ...]:
        """The payments of loans that are not here yet."""
        return tuple(one for one in self.payments if one.loan_reference not in self.known)

    @property
    def payments_by_loan(self) -> Mapping[str, Sequence[Paid]]:
        """The payments of each loan by its reference, in the order of the file."""
        found: dict[str, list[Paid]] = defaultdict(list)
        for one in self.payments:
            payment = Paid(one.paid_on, one.payment_reference, one.amount)
            found[one.loan_reference].append(payment)
        return found


def read_tape(files: TapeFiles, *, today: date) -> Tape:
    """Read both files against each other and against the book. Raises FileUnreadable."""
    loan_rows = read_table(files.loans, name=files.loans_name, columns=LOAN_COLUMNS)
    payment_rows = read_table(files.payments, name=files.payments_name, columns=PAYMENT_COLUMNS)
    loans, loan_faults = _loans(loan_rows, file=files.loans_name, today=today)
    payments, payment_faults = _payments(payment_rows, file=files.payments_name, today=today)
    known = _known(loans)
    # Across lines only what could be read is compared.
    across = (
        *loan_clashes(loans, known=known, file=files.loans_name),
        *payment_clashes(
            payments, loans, known=known, rows=loan_rows, file=files.payments_name
        ),
    )  # fmt: skip
    return Tape(
        rows=loan_rows,
        loans=loans,
        payments=payments,
        known=known,
        problems=(*loan_faults, *payment_faults, *across),
    )


def _known(loans: Sequence[LoanCells]) -> dict[str, Loan]:
    found: dict[str, Loan] = {}
    references = sorted({loan.reference for loan in loans})
    for start in range(0, len(references), _LOOKED_UP_AT_ONCE):
        some = references[start : start + _LOOKED_UP_AT_ONCE]
        rows = Loan.objects.filter(reference__in=some).select_related("borrower")
        found |= {row.reference: row for row in rows}
    return found


# Databases take so many values in one question, and not many more.
_LOOKED_UP_AT_ONCE = 500


def _loans(
    rows: Sequence[Row], *, file: str, today: date
) -> tuple[tuple[LoanCells, ...], tuple[Problem, ...]]:
    good: list[LoanCells] = []
    problems: list[Problem] = []
    names = [column.name for column in LOAN_COLUMNS]
    for row in rows:
        cells = LoanCells(row, today)
        faults = _empty(row, file) or faults_of(cells, names, row=row, file=file)
        # Terms are made of the cells: they are judged once each cell can be read.
        faults = faults or faults_of(cells, ["terms"], row=row, file=file)
        problems.extend(faults)
        if not faults:
            good.append(cells)
    return tuple(good), tuple(problems)


def _payments(
    rows: Sequence[Row], *, file: str, today: date
) -> tuple[tuple[PaymentCells, ...], tuple[Problem, ...]]:
    good: list[PaymentCells] = []
    problems: list[Problem] = []
    names = [column.name for column in PAYMENT_COLUMNS]
    for row in rows:
        cells = PaymentCells(row, today)
        faults = _empty(row, file) or faults_of(cells, names, row=row, file=file)
        problems.extend(faults)
        if not faults:
            good.append(cells)
    return tuple(good), tuple(problems)


def _empty(row: Row, file: str) -> tuple[Problem, ...]:
    if not row.is_empty:
        return ()
    words = Words(zh="空行：请删除这一行。", en="the line is empty: delete it.")
    return (Problem(file=file, line=row.line, field="", words=words),)

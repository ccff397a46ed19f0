"""Importing a lender's book: one CSV of loans, one of payments.

`check` says everything that is wrong, with file, line and field. `load` checks and then writes
everything in one transaction, or nothing. The columns are described in `rows`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.verbs.books.opening import (
    add_borrower,
    borrower_by_id_number,
    open_loan,
)
from tideover.app.verbs.reading.tables import Problem, Row, faults_of, read_table
from tideover.app.verbs.tape.clashes import loan_clashes, payment_clashes
from tideover.app.verbs.tape.rows import (
    LOAN_COLUMNS,
    PAYMENT_COLUMNS,
    LoanCells,
    PaymentCells,
)
from tideover.loan import Paid
from tideover.money import CNY, Money, Refusal, total
from tideover.policy import Words

__all__ = ["LOAN_COLUMNS", "PAYMENT_COLUMNS", "TapeProblems", "TapeReport", "check", "load"]

_SHOWN_MAX = 200


class TapeProblems(Refusal):
    """The tape has problems; all of them are in `problems`, and nothing was imported."""

    code: ClassVar[str] = "tape-problems"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.file, one.line, one.field)))
        count = len(self.problems)
        shown = self.problems[:_SHOWN_MAX]
        super().__init__(
            "\n".join(
                [f"the tape has {count} problem(s); nothing was imported:", *map(str, shown)]
            ),
            "\n".join([f"数据有 {count} 处问题，未导入任何内容：", *(one.zh for one in shown)]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeReport:
    """What a tape holds, or what was loaded from it."""

    borrowers: int
    loans: int
    payments: int
    disbursed: Money
    paid: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tape:
    """A tape without problems."""

    loans: tuple[LoanCells, ...]
    payments: tuple[PaymentCells, ...]

    @property
    def report(self) -> TapeReport:
        """Its sums."""
        return TapeReport(
            borrowers=len({loan.id_number for loan in self.loans}),
            loans=len(self.loans),
            payments=len(self.payments),
            disbursed=total((loan.principal for loan in self.loans), CNY),
            paid=total((payment.amount for payment in self.payments), CNY),
        )

    def payments_of(self, loan: LoanCells) -> tuple[Paid, ...]:
        """The payments of one loan, in the order of the file."""
        return tuple(
            Paid(one.paid_on, one.payment_reference, one.amount)
            for one in self.payments
            if one.loan_reference == loan.reference
        )


def check(
    loans_csv: bytes,
    payments_csv: bytes,
    *,
    loans_name: str = "loans.csv",
    payments_name: str = "payments.csv",
    today: date | None = None,
) -> TapeReport:
    """Say what the tape holds. Writes nothing.

    Raises TapeProblems with every problem, or FileUnreadable when a file is no table at all.
    """
    return _read(
        loans_csv, payments_csv, names=(loans_name, payments_name), today=today or clock.today()
    ).report


def load(
    loans_csv: bytes,
    payments_csv: bytes,
    *,
    loans_name: str = "loans.csv",
    payments_name: str = "payments.csv",
    actor: str = "tape",
    today: date | None = None,
) -> TapeReport:
    """Import the whole tape through the log, the journal and the schedules, or nothing of it.

    Raises what `check` raises; a loan that is here already is a problem too.
    """
    day, at = today or clock.today(), clock.now()
    with atomic():
        tape = _read(loans_csv, payments_csv, names=(loans_name, payments_name), today=day)
        for loan in tape.loans:
            _open(loan, tape.payments_of(loan), actor=actor, at=at, until=day)
    return tape.report


def _open(
    loan: LoanCells, payments: tuple[Paid, ...], *, actor: str, at: datetime, until: date
) -> None:
    borrower = borrower_by_id_number(loan.id_number) or add_borrower(
        name=loan.borrower_name, phone=loan.phone, id_number=loan.id_number
    )
    open_loan(
        borrower,
        loan.terms,
        reference=loan.reference,
        product=loan.product,
        account_last4=loan.account_last4,
        events=payments,
        actor=actor,
        at=at,
        until=until,
    )


def _read(loans_csv: bytes, payments_csv: bytes, *, names: tuple[str, str], today: date) -> _Tape:
    loans_name, payments_name = names
    loan_rows = read_table(loans_csv, name=loans_name, columns=LOAN_COLUMNS)
    payment_rows = read_table(payments_csv, name=payments_name, columns=PAYMENT_COLUMNS)
    loans, loan_faults = _loans(loan_rows, file=loans_name, today=today)
    payments, payment_faults = _payments(payment_rows, file=payments_name, today=today)
    # Across lines only what could be read is compared.
    across = (
        *loan_clashes(loans, file=loans_name),
        *payment_clashes(payments, loans, rows=loan_rows, file=payments_name),
    )
    problems = (*loan_faults, *payment_faults, *across)
    if problems:
        raise TapeProblems(problems)
    return _Tape(loans=loans, payments=payments)


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

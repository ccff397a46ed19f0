"""Importing a lender's book: one CSV of loans, one of payments.

`check` says everything that is wrong, with file, line and field. `load` checks and then writes
everything in one transaction, or nothing; the same tape twice has one effect. At the desk
`previewing` shows the lines, `importing` asks whose hand it is, and `undoing` takes a tape back.
The columns are described in `rows`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import IntegrityError

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Account, Loan
from tideover.app.db.models import Tape as TapeRow
from tideover.app.verbs.books.opening import (
    add_borrower,
    borrower_by_id_number,
    open_loan,
)
from tideover.app.verbs.reading.tables import Problem
from tideover.app.verbs.tape.reading import NO_PAYMENTS, Tape, TapeFiles, read_tape
from tideover.app.verbs.tape.rows import LOAN_COLUMNS, PAYMENT_COLUMNS, LoanCells
from tideover.loan import Paid
from tideover.money import CNY, Money, Refusal, total

__all__ = [
    "LOAN_COLUMNS",
    "NO_PAYMENTS",
    "PAYMENT_COLUMNS",
    "TapeFiles",
    "TapeProblems",
    "TapeReport",
    "check",
    "load",
    "load_files",
    "report_of",
]

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
    """What a tape brings that is not here yet, or what was loaded from it.

    `known` loans are here already with the same terms and borrower; nothing happens to them.
    """

    borrowers: int
    loans: int
    payments: int
    known: int
    disbursed: Money
    paid: Money


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
    files = TapeFiles(
        loans=loans_csv,
        payments=payments_csv,
        loans_name=loans_name,
        payments_name=payments_name,
    )
    return report_of(_sound(files, today=today or clock.today()))


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

    Raises what `check` raises.
    """
    files = TapeFiles(
        loans=loans_csv,
        payments=payments_csv,
        loans_name=loans_name,
        payments_name=payments_name,
    )
    return load_files(files, today=today or clock.today(), actor=actor)


def load_files(
    files: TapeFiles, *, today: date, actor: str, by: Account | None = None
) -> TapeReport:
    """Import a tape `by` whoever is at the desk, or nobody at the command line; see `load`.

    Loans that are here already, with the same borrower and terms, are left alone.
    """
    try:
        return _load(files, today=today, actor=actor, by=by)
    except IntegrityError:
        # Somebody brought the same loans in at this very moment: now they are here.
        return _load(files, today=today, actor=actor, by=by)


def _load(files: TapeFiles, *, today: date, actor: str, by: Account | None) -> TapeReport:
    at = clock.now()
    with atomic():
        tape = _sound(files, today=today)
        report = report_of(tape)
        if not tape.new_loans:
            return report
        row = TapeRow.objects.create(
            digest=files.digest,
            name=files.loans_name[:200],
            payments_name=files.payments_name[:200] if tape.new_payments else "",
            payments_count=report.payments,
            imported_by=by,
            imported_at=at,
        )
        payments = tape.payments_by_loan
        for loan in tape.new_loans:
            paid = tuple(payments.get(loan.reference, ()))
            _open(loan, paid, row=row, actor=actor, at=at, until=today)
        _note(row, report, actor=actor, at=at)
    return report


def report_of(tape: Tape) -> TapeReport:
    """The sums of what is new on a tape."""
    new = tape.new_loans
    return TapeReport(
        borrowers=len({loan.id_number for loan in new}),
        loans=len(new),
        payments=len(tape.new_payments),
        known=len(tape.known),
        disbursed=total((loan.principal for loan in new), CNY),
        paid=total((payment.amount for payment in tape.new_payments), CNY),
    )


def _sound(files: TapeFiles, *, today: date) -> Tape:
    tape = read_tape(files, today=today)
    if tape.problems:
        raise TapeProblems(tape.problems)
    return tape


def _open(
    loan: LoanCells,
    payments: tuple[Paid, ...],
    *,
    row: TapeRow,
    actor: str,
    at: datetime,
    until: date,
) -> None:
    borrower = borrower_by_id_number(loan.id_number) or add_borrower(
        name=loan.borrower_name, phone=loan.phone, id_number=loan.id_number
    )
    taken_back = Loan.every.filter(reference=loan.reference).order_by("-edition").first()
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
        tape=row,
        edition=taken_back.edition + 1 if taken_back else 1,
    )


def _note(row: TapeRow, report: TapeReport, *, actor: str, at: datetime) -> None:
    noted = log.append(
        "tapes",
        kind="tape.imported",
        body={"digest": row.digest, "loans": report.loans, "payments": report.payments},
        at=at,
        actor=actor,
    )
    row.log_position = noted.position
    row.save(update_fields=["log_position"])

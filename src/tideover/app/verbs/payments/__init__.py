"""Payments that came in by the bank: look at what a file would change, then book it once.

A line is booked once, by the bank's own number of the transaction; a file once, by its bytes. So
the same file twice, a renamed file and two files that overlap have one effect. A line nobody can
tell the loan of is kept in suspense until somebody does.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError, transaction

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db import log
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Account, Agreement, BankFile, BankLine, Loan
from tideover.app.verbs import loans
from tideover.app.verbs.books.journal import book_suspense
from tideover.app.verbs.books.settling import settle_paid_off
from tideover.app.verbs.case import notices
from tideover.app.verbs.payments.previewing import BankFileLine, BankFilePreview, previewed
from tideover.app.verbs.payments.receiving import cells_of, teller
from tideover.app.verbs.payments.rows import (
    BANK_COLUMNS,
    BANK_FIELDS,
    BankCells,
    loan_of,
    payment_reference,
    refuse_another,
)
from tideover.app.verbs.payments.statements import read_statement
from tideover.app.verbs.reading.tables import Problem, faults_of
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right, demand
from tideover.loan import Paid
from tideover.money import CNY, Money, Refusal
from tideover.policy import Words

__all__ = [
    "BANK_COLUMNS",
    "BankFileLine",
    "BankFilePreview",
    "BankFileProblems",
    "BankFileResult",
    "book",
    "preview",
    "receive",
]


class BankFileProblems(Refusal):
    """Lines of the file cannot be read; all of them are in `problems`, and nothing was booked."""

    code: ClassVar[str] = "bank-file-problems"

    def __init__(self, problems: Sequence[Problem], *, is_clash: bool = False) -> None:
        self.problems = tuple(problems)
        # The bank's number was of another transaction before.
        self.is_clash = is_clash
        count = len(self.problems)
        super().__init__(
            "\n".join(
                [f"{count} problem(s) in the bank file; nothing was booked:"]
                + [str(problem) for problem in self.problems]
            ),
            "\n".join(
                [f"银行文件有 {count} 处问题，未入账："] + [problem.zh for problem in self.problems]
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileResult:
    """What booking a file did: lines booked to loans, put in suspense, known before."""

    name: str
    booked: int
    suspense: int
    duplicates: int
    total: Money


def preview(finance: Account, content: bytes, name: str) -> BankFilePreview:
    """Say what booking the file would change. Writes nothing.

    Raises NotFound for anybody but finance, FileUnreadable when it is no table.
    """
    _demand_finance(finance)
    return previewed(_cells(content, name), content=content, name=name, on=clock.today())


def book(finance: Account, content: bytes, name: str, *, key: str) -> BankFileResult:
    """Book every line of the file that is not booked yet.

    Raises NotFound for anybody but finance, FileUnreadable, BankFileProblems with every line that
    cannot be read (then nothing is booked), KeyReused.
    """
    _demand_finance(finance)
    digest = hashlib.sha256(content).hexdigest()
    answer = run_once(
        lambda: _book(finance, _cells(content, name), name=name, digest=digest),
        actor=finance.login,
        command="payments.book",
        key=key,
        request={"digest": digest},
    )
    crash_point("payment.file-booked")
    settle_paid_off(Loan.objects.filter(bank_lines__file__digest=digest), actor=finance.login)
    return BankFileResult(
        name=name,
        booked=answer["booked"],
        suspense=answer["suspense"],
        duplicates=answer["duplicates"],
        total=Money(answer["total_minor"], CNY),
    )


def receive(body: bytes, *, signed: str) -> dict[str, str]:
    """Book the one payment of a signed message; return `status` and, where it has one, its `loan`.

    The status is `booked`, `suspense`, or `known` where another message told of it before. The very
    same message gets the same answer again.

    Raises:
        NotSignedByUs, NotAPayment: it is not taken at all.
        BankFileProblems: a field cannot be read, or the number is of another transaction.
        SecretMissing: this deployment takes no such messages.
    """
    cells = cells_of(body, signed=signed)
    account, digest = teller(), hashlib.sha256(body).hexdigest()
    answer = run_once(
        lambda: _book(account, [cells], name=account.login, digest=digest),
        actor=account.login,
        command="payments.receive",
        key=digest,
        request={"digest": digest},
    )
    loans_paid = Loan.objects.filter(bank_lines__file__digest=digest)
    settle_paid_off(loans_paid, actor=account.login)
    if answer["duplicates"]:
        return {"status": "known"}
    if answer["suspense"]:
        return {"status": "suspense"}
    return {"status": "booked", "loan": loans_paid.values_list("reference", flat=True)[0]}


def _demand_finance(account: Account) -> None:
    demand(account, Right.BOOK_PAYMENTS)


def _cells(content: bytes, name: str) -> tuple[BankCells, ...]:
    today = clock.today()
    return tuple(BankCells(row, today) for row in read_statement(content, name=name).incoming)


def _book(
    finance: Account, lines: Sequence[BankCells], *, name: str, digest: str
) -> dict[str, Any]:
    problems = [
        problem
        for cells in lines
        for problem in faults_of(cells, BANK_FIELDS, row=cells.row, file=name)
    ]
    if problems:
        raise BankFileProblems(problems)
    at = clock.now()
    file, is_new = BankFile.objects.get_or_create(
        digest=digest,
        undone_at=None,
        defaults={"name": name[:200], "booked_by": finance, "booked_at": at},
    )
    counted = {"booked": 0, "suspense": 0, "duplicates": 0, "total_minor": 0}
    # Everything in one order, so that two files booked at once cannot wait for each other.
    matched = sorted(((cells, loan_of(cells)) for cells in lines), key=_loan_order)
    references = sorted({loan.reference for _, loan in matched if loan is not None})
    # A tape that was undone meanwhile took its loans out of the book.
    there = {reference for reference in references if lock_loan(reference) is not None}
    for cells, named in matched:
        loan = named if named is not None and named.reference in there else None
        if not is_new or not _keep_line(file, cells, loan):
            _demand_same(cells, name=name)
            counted["duplicates"] += 1
            continue
        if loan is None:
            _to_suspense(cells, actor=finance.login, at=at)
            counted["suspense"] += 1
            continue
        _to_loan(loan, cells, name=name, actor=finance.login, at=at)
        counted["booked"] += 1
        counted["total_minor"] += cells.amount.minor
    return counted


def _loan_order(pair: tuple[BankCells, Loan | None]) -> tuple[str, str]:
    cells, loan = pair
    return (loan.reference if loan is not None else "", cells.bank_reference)


def _keep_line(file: BankFile, cells: BankCells, loan: Loan | None) -> bool:
    """Write the line; False when a line with its number is here, or was just written elsewhere."""
    status = BankLine.Status.SUSPENSE if loan is None else BankLine.Status.BOOKED
    try:
        with transaction.atomic():
            BankLine.objects.create(
                file=file,
                number=cells.row.line,
                bank_reference=cells.bank_reference,
                event_reference=payment_reference(cells.bank_reference),
                paid_on=cells.paid_on,
                amount_minor=cells.amount.minor,
                currency=cells.amount.currency.code,
                loan_reference=cells.loan_reference,
                payer=cells.payer,
                status=status,
                loan=loan,
            )
    except IntegrityError:
        return False
    return True


def _demand_same(cells: BankCells, *, name: str) -> None:
    try:
        refuse_another(cells)
    except Refusal as refusal:
        words = Words(zh=refusal.zh, en=str(refusal))
        field = "bank_reference"
        problem = Problem(file=name, line=cells.row.line, field=field, words=words)
        raise BankFileProblems([problem], is_clash=True) from refusal


def _to_loan(loan: Loan, cells: BankCells, *, name: str, actor: str, at: datetime) -> None:
    crash_point("payment.line-kept")
    payment = Paid(cells.paid_on, payment_reference(cells.bank_reference), cells.amount)
    try:
        loans.record_event(loan, payment, actor=actor, at=at)
        crash_point("payment.loan-booked")
        _tell_received(loan, cells)
    except Refusal as refusal:
        words = Words(zh=refusal.zh, en=str(refusal))
        problem = Problem(file=name, line=cells.row.line, field="", words=words)
        raise BankFileProblems([problem]) from refusal


def _tell_received(loan: Loan, cells: BankCells) -> None:
    """Show the borrower of a plan that the payment is here, and whether it covers what is due."""
    agreement = Agreement.objects.filter(loan=loan, is_in_force=True).first()
    if agreement is not None:
        is_part = bool(loans.state(loan, clock.today()).past_due.total)
        notices.payment_received(agreement.case, is_part=is_part, key=cells.bank_reference[:60])


def _to_suspense(cells: BankCells, *, actor: str, at: datetime) -> None:
    row = log.append(
        "suspense",
        kind="suspense.received",
        body={
            "bank_reference": cells.bank_reference,
            "on": cells.paid_on.isoformat(),
            "amount": cells.amount.text,
            "currency": cells.amount.currency.code,
        },
        at=at,
        actor=actor,
    )
    book_suspense(
        reference=f"suspense:{payment_reference(cells.bank_reference)}",
        amount=cells.amount,
        effective_on=cells.paid_on,
        posted_at=at,
        log_position=row.position,
    )

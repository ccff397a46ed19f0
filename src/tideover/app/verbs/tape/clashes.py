"""What does not fit together in a tape: one line against the others, and against what is here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tideover.app.db.models import Loan
from tideover.app.verbs.books.loan_events import events, terms
from tideover.app.verbs.books.opening import borrower_by_phone
from tideover.app.verbs.reading.tables import Problem, Row
from tideover.app.verbs.tape.rows import LoanCells, PaymentCells
from tideover.loan import Paid
from tideover.money import Money
from tideover.policy import Words


def loan_clashes(
    loans: Sequence[LoanCells], *, known: Mapping[str, Loan], file: str
) -> Iterator[Problem]:
    """Loans that are here otherwise or told twice, and borrowers who are two persons.

    `known` are the loans of the book that the tape names, by reference.
    """
    earlier: dict[str, int] = {}
    persons: dict[str, LoanCells] = {}
    phones: dict[str, LoanCells] = {}
    for loan in loans:
        problem = _duplicate(loan, earlier, known, file) or _other_person(
            loan, persons, phones, file
        )
        if problem is not None:
            yield problem
        earlier.setdefault(loan.reference, loan.row.line)
        persons.setdefault(loan.id_number, loan)
        phones.setdefault(loan.phone, loan)


def _duplicate(
    loan: LoanCells, earlier: dict[str, int], known: Mapping[str, Loan], file: str
) -> Problem | None:
    words = None
    if loan.reference in earlier:
        line = earlier[loan.reference]
        words = Words(
            zh=f"借据号 {loan.reference} 与第 {line} 行重复：请删除其中一行。",
            en=f"{loan.reference} is also on line {line}: delete one of the two.",
        )
    elif loan.reference in known and not _is_same(loan, known[loan.reference]):
        words = Words(
            zh=f"借据号 {loan.reference} 已在账上，但借款人或合同条款不同：请核对后删除这一行，"
            "或先撤销当时的导入。",
            en=f"{loan.reference} is here already with another borrower or other terms: compare "
            "them; delete the line, or undo the import that brought it first.",
        )
    if words is None:
        return None
    return Problem(file=file, line=loan.row.line, field="reference", words=words)


def _is_same(cells: LoanCells, loan: Loan) -> bool:
    """Whether a line says of a loan what the book says; penalty and grace are not on a tape."""
    booked = terms(loan)
    told = replace(cells.terms, penalty_uplift=booked.penalty_uplift, grace_days=booked.grace_days)
    return (
        told == booked
        and cells.product == loan.product
        and cells.id_number == loan.borrower.id_number
    )


def _other_person(
    loan: LoanCells, persons: dict[str, LoanCells], phones: dict[str, LoanCells], file: str
) -> Problem | None:
    """One identity number is one person with one phone, in the file and in the database."""
    same_id, same_phone = persons.get(loan.id_number), phones.get(loan.phone)
    clashes = (
        same_id is not None
        and (same_id.phone, same_id.borrower_name) != (loan.phone, loan.borrower_name)
    ) or (same_phone is not None and same_phone.id_number != loan.id_number)
    known = borrower_by_phone(loan.phone)
    if not clashes and (known is None or known.id_number == loan.id_number):
        return None
    words = Words(
        zh="同一手机号或证件号码对应了不同的人：请核对姓名、手机号和证件号码。",
        en="one phone or identity number stands for two persons: compare name, phone and number.",
    )
    return Problem(file=file, line=loan.row.line, field="id_number", words=words)


def payment_clashes(
    payments: Sequence[PaymentCells],
    loans: Sequence[LoanCells],
    *,
    known: Mapping[str, Loan],
    rows: Sequence[Row],
    file: str,
) -> Iterator[Problem]:
    """Payments of no loan, payments told twice, and payments before the money was paid out.

    To a loan that is `known` a tape adds no payment: that is what bank files are for.
    """
    by_reference = {loan.reference: loan for loan in loans}
    booked = {
        (reference, event.reference, event.on, event.amount)
        for reference in sorted({one.loan_reference for one in payments} & known.keys())
        for event in events(known[reference])
        if isinstance(event, Paid)
    }
    told = {row.cells["reference"] for row in rows}
    seen: dict[tuple[str, str], int] = {}
    for payment in payments:
        found = _payment_words(payment, by_reference.get(payment.loan_reference), told, seen)
        if found is None and payment.loan_reference in known and _as_booked(payment) not in booked:
            found = "payment_reference", _NOT_BY_TAPE
        seen.setdefault((payment.loan_reference, payment.payment_reference), payment.row.line)
        if found is not None:
            field, words = found
            yield Problem(file=file, line=payment.row.line, field=field, words=words)


def _as_booked(payment: PaymentCells) -> tuple[str, str, date, Money]:
    return (
        payment.loan_reference,
        payment.payment_reference,
        payment.paid_on,
        payment.amount,
    )


_NOT_BY_TAPE = Words(
    zh="该贷款已在账上，而账上没有这笔还款：请删除这一行，并通过银行文件入账。",
    en="its loan is here already and this payment is not booked: delete the line and book the "
    "payment with a bank file.",
)


def _payment_words(
    payment: PaymentCells,
    loan: LoanCells | None,
    told: set[str],
    seen: dict[tuple[str, str], int],
) -> tuple[str, Words] | None:
    reference = payment.loan_reference
    if reference not in told:
        return "loan_reference", Words(
            zh=f"贷款文件里没有借据号 {reference}：请补充该贷款或更正借据号。",
            en=f"the loans file has no {reference}: add the loan or correct the reference.",
        )
    line = seen.get((reference, payment.payment_reference))
    if line is not None:
        return "payment_reference", Words(
            zh=f"流水号 {payment.payment_reference} 与第 {line} 行重复：请删除其中一行。",
            en=f"{payment.payment_reference} is also on line {line}: delete one of the two.",
        )
    if loan is not None and payment.paid_on < loan.disbursed_on:
        return "paid_on", Words(
            zh=f"还款日 {payment.paid_on} 早于放款日 {loan.disbursed_on}：请更正日期。",
            en=f"paid on {payment.paid_on}, before the disbursement on {loan.disbursed_on}: "
            "correct the date.",
        )
    return None

"""What booking a bank file would do, line by line."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tideover.app.db.models import BankFile, Loan
from tideover.app.verbs import loans
from tideover.app.verbs.payments.rows import (
    BANK_FIELDS,
    BankCells,
    demand_same,
    loan_of,
    payment_reference,
    refuse_another,
    standing_lines,
)
from tideover.app.verbs.reading.tables import Problem, faults_of
from tideover.loan import LoanState, Paid, loan_state
from tideover.money import CNY, Money, Refusal, total
from tideover.policy import Words
from tideover.safety import mask_name

MATCHED, UNMATCHED, DUPLICATE, UNREADABLE = "matched", "unmatched", "duplicate", "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileLine:
    """What a line of the file says, whose it is, and what booking it would change.

    `before` and `after` are what is past due on the loan today without and with the line.
    """

    number: int
    on: date | None
    amount: Money | None
    payer_masked: str
    remark: str
    status: str
    loan_reference: str | None
    because: Words
    before: Money | None
    after: Money | None
    settles: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFilePreview:
    """What booking a file would do."""

    name: str
    digest: str
    lines: tuple[BankFileLine, ...]
    total: Money
    matched_total: Money
    already_booked: bool


def previewed(
    cells: Sequence[BankCells], *, content: bytes, name: str, on: date
) -> BankFilePreview:
    """Say what booking the lines would do to each loan on a day. Writes nothing."""
    lines = tuple(_lines(cells, name=name, on=on))
    digest = hashlib.sha256(content).hexdigest()
    matched = (line.amount for line in lines if line.amount and line.status == MATCHED)
    return BankFilePreview(
        name=name,
        digest=digest,
        lines=lines,
        total=total((line.amount for line in lines if line.amount is not None), CNY),
        matched_total=total(matched, CNY),
        already_booked=BankFile.objects.filter(digest=digest, undone_at__isnull=True).exists(),
    )


def _lines(lines: Sequence[BankCells], *, name: str, on: date) -> Iterator[BankFileLine]:
    seen: dict[str, BankCells] = {}
    pending: dict[str, tuple[Paid, ...]] = {}
    for cells in lines:
        faults = faults_of(cells, BANK_FIELDS, row=cells.row, file=name)
        if faults:
            yield _unreadable(cells, faults[0])
            continue
        is_known = standing_lines().filter(bank_reference=cells.bank_reference).exists()
        if cells.bank_reference in seen or is_known:
            yield _again(cells, earlier=seen.get(cells.bank_reference))
            continue
        seen[cells.bank_reference] = cells
        loan = loan_of(cells)
        if loan is None:
            yield _plain(
                cells,
                UNMATCHED,
                zh="没有找到对应的借据号，将记入待查款项。",
                en="No loan is named that we know; it goes to suspense.",
            )
            continue
        earlier = pending.get(loan.reference, ())
        yield _matched(cells, loan, earlier=earlier, on=on)
        reference = payment_reference(cells.bank_reference)
        payment = Paid(cells.paid_on, reference, cells.amount)
        pending[loan.reference] = (*earlier, payment)


def _again(cells: BankCells, *, earlier: BankCells | None) -> BankFileLine:
    """A line whose number was there before: the same transaction, or another one."""
    try:
        refuse_another(cells)
        if earlier is not None:
            demand_same(cells, paid_on=earlier.paid_on, amount=earlier.amount)
    except Refusal as refusal:
        words = Words(zh=refusal.zh, en=str(refusal))
        place = cells.row.line
        return _unreadable(cells, Problem(file="", line=place, field="", words=words))
    return _plain(cells, DUPLICATE, zh="该流水此前已入账。", en="This transaction is booked.")


def _matched(cells: BankCells, loan: Loan, *, earlier: tuple[Paid, ...], on: date) -> BankFileLine:
    terms, events = loans.terms(loan), (*loans.events(loan), *earlier)
    reference = payment_reference(cells.bank_reference)
    payment = Paid(cells.paid_on, reference, cells.amount)
    try:
        before, after = loan_state(terms, events, on), loan_state(terms, (*events, payment), on)
    except Refusal as refusal:
        return _unreadable(
            cells,
            Problem(
                file="", line=cells.row.line, field="", words=Words(zh=refusal.zh, en=str(refusal))
            ),
        )
    return BankFileLine(
        number=cells.row.line,
        on=cells.paid_on,
        amount=cells.amount,
        payer_masked=mask_name(cells.payer),
        remark=cells.remark,
        status=MATCHED,
        loan_reference=loan.reference,
        because=Words(zh=f"借据号 {loan.reference}", en=f"loan {loan.reference}"),
        before=before.past_due.total,
        after=after.past_due.total,
        settles=tuple(_settled(before, after)),
    )


def _settled(before: LoanState, after: LoanState) -> Iterator[Words]:
    for was, now in zip(before.lines, after.lines, strict=False):
        paid = (now.paid - was.paid).total
        if not paid or was.line != now.line:
            continue
        if now.remaining:
            left = now.remaining.total.display
            yield Words(
                zh=f"第 {now.number} 期还 {paid.display}，余 {left}",
                en=f"instalment {now.number}: {paid.display} paid, {left} left",
            )
        else:
            yield Words(zh=f"第 {now.number} 期还清", en=f"instalment {now.number} is paid")
    if after.in_advance_credit > before.in_advance_credit:
        credit = (after.in_advance_credit - before.in_advance_credit).display
        yield Words(zh=f"溢缴 {credit}", en=f"{credit} overpaid")


def _unreadable(cells: BankCells, problem: Problem) -> BankFileLine:
    return _line(cells, UNREADABLE, on=None, amount=None, because=problem.words)


def _plain(cells: BankCells, status: str, *, zh: str, en: str) -> BankFileLine:
    words = Words(zh=zh, en=en)
    return _line(cells, status, on=cells.paid_on, amount=cells.amount, because=words)


def _line(
    cells: BankCells, status: str, *, on: date | None, amount: Money | None, because: Words
) -> BankFileLine:
    return BankFileLine(
        number=cells.row.line,
        on=on,
        amount=amount,
        payer_masked=mask_name(cells.payer),
        remark=cells.remark,
        status=status,
        loan_reference=cells.loan_reference or None,
        because=because,
        before=None,
        after=None,
        settles=(),
    )

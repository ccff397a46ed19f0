"""Taking a whole bank file back: each payment reversed, unless something was built on it since.

Nothing is deleted. The lines stay with the file, and the same bytes or numbers may be booked anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import (
    Account,
    Agreement,
    BankFile,
    BankLine,
    Case,
    JournalEntry,
    Loan,
    LogEvent,
)
from tideover.app.verbs import loans
from tideover.app.verbs.books.journal import book_from_suspense
from tideover.app.verbs.books.words import kind_words
from tideover.app.verbs.case import notices
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.cases import CaseState
from tideover.loan import Reversed
from tideover.money import CNY, Money, Refusal, currency, total
from tideover.policy import Words

#: What may happen to a loan after a payment without standing on it.
_STANDS_ALONE = frozenset({"loan.paid", "loan.accrued"})


class BuiltOnFile(Refusal):
    """Something was built on a bank file: it cannot be taken back whole any more."""

    code: ClassVar[str] = "built-on-bank-file"

    def __init__(self, name: str, reasons: Sequence[Words]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            "\n".join(
                [
                    f"{name} cannot be undone, something was built on it; reverse payments singly:",
                    *(one.en for one in self.reasons),
                ]
            ),
            "\n".join(
                [
                    f"{name} 不能整体撤销，因为之后已有以下处理；请改为逐笔冲正：",
                    *(one.zh for one in self.reasons),
                ]
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPreview:
    """What undoing a file would take back, and what stands in the way."""

    name: str
    lines: tuple[BankLine, ...]
    total: Money
    in_the_way: tuple[Words, ...]


def preview_undo(finance: Account, file_id: int) -> UndoPreview:
    """Return what undoing would take back. Writes nothing. Raises NotFound."""
    demand(finance, Right.BOOK_PAYMENTS)
    file = _standing(file_id)
    lines = _lines(file)
    return UndoPreview(
        name=file.name,
        lines=lines,
        total=total((_amount(line) for line in lines), CNY),
        in_the_way=tuple(_in_the_way(lines)),
    )


def undo(finance: Account, file_id: int, *, key: str) -> Money:
    """Reverse every payment of a file and take what is in suspense out again; return the sum.

    Borrowers of a plan are told that a payment was entered by mistake.

    Raises:
        BuiltOnFile: with everything that stands on it; nothing is undone.
        NotFound: there is no such file, it was undone already, or the account is not finance.
    """
    demand(finance, Right.BOOK_PAYMENTS)

    def effect() -> dict[str, Any]:
        # One undoing at a time: a file of nothing but suspense has no loan to be locked by.
        file = _standing(file_id, locked=True)
        lines = _lines(file)
        for reference in sorted({line.loan.reference for line in lines if line.loan}):
            lock_loan(reference)
        # Read again under the locks: what was built meanwhile counts.
        lines = _lines(file)
        reasons = tuple(_in_the_way(lines))
        if reasons:
            raise BuiltOnFile(file.name, reasons)
        for line in lines:
            _undo_line(line, actor=finance.login)
        file.undone_at, file.undone_by = clock.now(), finance
        file.save(update_fields=["undone_at", "undone_by"])
        log.append(
            "payments",
            kind="payments.file.undone",
            body={"digest": file.digest, "lines": len(lines)},
            at=file.undone_at,
            actor=finance.login,
        )
        return {"minor": sum(line.amount_minor for line in lines)}

    answer = run_once(
        effect, actor=finance.login, command="payments.undo", key=key, request={"file": file_id}
    )
    return Money(answer["minor"], CNY)


def _standing(file_id: int, *, locked: bool = False) -> BankFile:
    rows = BankFile.objects.select_for_update() if locked else BankFile.objects
    file = rows.filter(pk=file_id, undone_at__isnull=True).first()
    if file is None:
        raise NotFound("bank file")
    return file


def _lines(file: BankFile) -> tuple[BankLine, ...]:
    rows = file.lines.select_related("loan").order_by("number")
    return tuple(rows)


def _amount(line: BankLine) -> Money:
    return Money(line.amount_minor, currency(line.currency))


def _in_the_way(lines: Sequence[BankLine]) -> Iterator[Words]:
    for line in lines:
        entries = JournalEntry.objects.filter(
            reference__startswith=f"suspense:{line.event_reference}:"
        )
        if line.status == BankLine.Status.SUSPENSE and entries.exists():
            yield Words(
                f"流水 {line.bank_reference} 的待查款项已退回付款人",
                f"line {line.bank_reference} was paid back out of suspense",
            )
        elif line.status == BankLine.Status.BOOKED and entries.exists():
            yield Words(
                f"流水 {line.bank_reference} 曾为待查款项，后由人工归属到借据",
                f"line {line.bank_reference} was in suspense and somebody booked it to a loan",
            )
    for loan in {line.loan.pk: line.loan for line in lines if line.loan}.values():
        yield from _built_on(loan, [line for line in lines if line.loan == loan])


def _built_on(loan: Loan, lines: Sequence[BankLine]) -> Iterator[Words]:
    first = _position(loan, lines)
    later = LogEvent.objects.filter(stream=loan.stream, position__gt=first)
    for event in later.exclude(kind__in=_STANDS_ALONE).order_by("position"):
        what = kind_words(event.kind)
        yield Words(
            f"借据 {loan.reference} 之后又有：{what.zh}",
            f"loan {loan.reference} has had since: {what.en}",
        )
    signed = Agreement.objects.filter(loan=loan, signed_at__gt=lines[0].file.booked_at)
    for agreement in signed:
        yield Words(
            f"借据 {loan.reference} 之后签署了协议 {agreement.number}",
            f"agreement {agreement.number} of loan {loan.reference} was signed since",
        )
    for case in Case.objects.filter(loan=loan, state=CaseState.SETTLED.value):
        yield Words(
            f"案件 {case.number} 已因还清而结案",
            f"case {case.number} was closed because the loan was paid off",
        )


def _position(loan: Loan, lines: Sequence[BankLine]) -> int:
    """Where in the log the first payment of the file stands on this loan."""
    wanted = {line.event_reference for line in lines}
    logged = zip(log.read(loan.stream), loans.events(loan), strict=True)
    return min((row.position for row, event in logged if event.reference in wanted), default=0)


def _undo_line(line: BankLine, *, actor: str) -> None:
    at = clock.now()
    if line.loan is not None:
        gone = Reversed(clock.today(), f"{line.event_reference[:73]}:undone", line.event_reference)
        loans.record_event(line.loan, gone, actor=actor, at=at)
        agreement = Agreement.objects.filter(loan=line.loan, is_in_force=True).first()
        if agreement is not None:
            notices.payment_undone(agreement.case, key=line.event_reference[:60])
    else:
        _out_of_suspense(line, actor=actor)
    line.status = BankLine.Status.UNDONE
    line.save(update_fields=["status"])


def _out_of_suspense(line: BankLine, *, actor: str) -> None:
    at = clock.now()
    row = log.append(
        "suspense",
        kind="suspense.undone",
        body={"bank_reference": line.bank_reference, "amount": _amount(line).text},
        at=at,
        actor=actor,
    )
    book_from_suspense(
        kind="suspense.undone",
        reference=f"suspense:{line.event_reference}:undone",
        amount=_amount(line),
        effective_on=line.paid_on,
        posted_at=at,
        log_position=row.position,
    )

"""Taking a tape back whole, unless something happened to its loans since.

Nothing is deleted. Every payment and disbursement is reversed, so that the books of each loan stand
at nought; the loan is then out of the book, and its reference may come again on another tape. Who
came with the tape and has nothing else here is forgotten as a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import (
    Account,
    Borrower,
    Case,
    Loan,
    LoanFold,
    LogEvent,
    Mandate,
    SignInCode,
    Tape,
)
from tideover.app.verbs.books.loan_events import events, record_events, terms
from tideover.app.verbs.books.words import kind_words
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.app.verbs.tape.reading import LOANS_AT_ONCE
from tideover.loan import Reversed
from tideover.money import Money, Refusal
from tideover.policy import Words


class LoansMovedOn(Refusal):
    """Something happened to loans of the tape: it cannot be taken back whole any more."""

    code: ClassVar[str] = "loans-moved-on"

    def __init__(self, name: str, reasons: Sequence[Words]) -> None:
        self.reasons = tuple(reasons)
        en = (
            f"{name} cannot be undone, its loans have moved on; correct each of them by itself, "
            "or undo what came after first:"
        )
        zh = f"{name} 不能整体撤销，因为之后已有以下处理；请逐笔更正，或先撤销之后的处理："
        super().__init__(
            "\n".join([en, *(one.en for one in self.reasons)]),
            "\n".join([zh, *(one.zh for one in self.reasons)]),
        )


class TapeTooLarge(Refusal):
    """A tape brought more loans than can be taken back in one command."""

    code: ClassVar[str] = "tape-too-large"

    def __init__(self, name: str, count: int) -> None:
        self.count = count
        super().__init__(
            f"{name} brought {count:,} loans and up to {LOANS_AT_ONCE:,} are taken back at once: "
            "restore the backup that was made before it, and import it in parts",
            f"{name} 导入了 {count:,} 笔贷款，一次最多撤销 {LOANS_AT_ONCE:,} 笔："
            "请恢复导入之前的备份，再分批导入",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeUndo:
    """What undoing a tape would take back, and what stands in the way."""

    name: str
    loans: tuple[tuple[Loan, Money], ...]
    in_the_way: tuple[Words, ...]


def preview_undo(account: Account, tape_id: int) -> TapeUndo:
    """Return what undoing would take back. Writes nothing. Raises NotFound, TapeTooLarge."""
    demand(account, Right.IMPORT_LOANS)
    tape = _standing(tape_id)
    loans = _loans(tape)
    return TapeUndo(
        name=tape.name,
        loans=tuple((loan, _lent(loan)) for loan in loans),
        in_the_way=tuple(_in_the_way(tape, loans)),
    )


def undo(account: Account, tape_id: int, *, key: str) -> int:
    """Take every loan of the tape back; return how many.

    Raises:
        LoansMovedOn: with everything that happened since; nothing is undone.
        TapeTooLarge: it brought too many loans for one command.
        NotFound: there is no such tape, it was undone already, or the account may not.
    """
    demand(account, Right.IMPORT_LOANS)

    def effect() -> dict[str, Any]:
        tape = _standing(tape_id, locked=True)
        for loan in _loans(tape):
            lock_loan(loan.reference)
        # Read again under the locks: what happened meanwhile counts.
        loans = _loans(tape)
        reasons = tuple(_in_the_way(tape, loans))
        if reasons:
            raise LoansMovedOn(tape.name, reasons)
        for loan in loans:
            _take_back(loan, actor=account.login)
        forgotten = sum(_forget(one) for one in _borrowers(loans))
        tape.undone_at, tape.undone_by = clock.now(), account
        tape.save(update_fields=["undone_at", "undone_by"])
        log.append(
            "tapes",
            kind="tape.undone",
            body={"digest": tape.digest, "loans": len(loans), "borrowers": forgotten},
            at=tape.undone_at,
            actor=account.login,
        )
        return {"loans": len(loans)}

    answer = run_once(
        effect, actor=account.login, command="tape.undo", key=key, request={"tape": tape_id}
    )
    return int(answer["loans"])


def _standing(tape_id: int, *, locked: bool = False) -> Tape:
    rows = Tape.objects.select_for_update(no_key=True) if locked else Tape.objects
    tape = rows.filter(pk=tape_id, undone_at__isnull=True).first()
    if tape is None:
        raise NotFound("tape")
    return tape


def _loans(tape: Tape) -> tuple[Loan, ...]:
    rows = Loan.objects.filter(tape=tape)
    count = rows.count()
    if count > LOANS_AT_ONCE:
        raise TapeTooLarge(tape.name, count)
    return tuple(rows.select_related("borrower__account").order_by("reference"))


def _lent(loan: Loan) -> Money:
    return terms(loan).principal


def _in_the_way(tape: Tape, loans: Sequence[Loan]) -> Iterator[Words]:
    by_stream = {loan.stream: loan for loan in loans}
    later = LogEvent.objects.filter(stream__in=by_stream, position__gt=tape.log_position)
    for event in later.order_by("position"):
        reference, what = by_stream[event.stream].reference, kind_words(event.kind)
        yield Words(
            f"借据 {reference} 之后又有：{what.zh}",
            f"loan {reference} has had since: {what.en}",
        )
    for case in Case.objects.filter(loan__in=loans).select_related("loan").order_by("number"):
        yield Words(
            f"借据 {case.loan.reference} 已有案件 {case.number}",
            f"loan {case.loan.reference} has case {case.number}",
        )


def _take_back(loan: Loan, *, actor: str) -> None:
    at, today = clock.now(), clock.today()
    # What came last goes first, so that no payment is left without a loan.
    gone = [
        Reversed(today, f"{event.reference[:73]}:undone", event.reference)
        for event in events(loan)[::-1]
    ]
    record_events(loan, gone, actor=actor, at=at)
    # Of nothing lent nothing is settled either, and no day is closed for it any more.
    LoanFold.objects.filter(loan=loan).update(is_open=False)
    loan.taken_back_at = at
    loan.save(update_fields=["taken_back_at"])


def _borrowers(loans: Sequence[Loan]) -> tuple[Borrower, ...]:
    return tuple({loan.borrower.pk: loan.borrower for loan in loans}.values())


def _forget(borrower: Borrower) -> bool:
    """Forget a person who has nothing else here; True when there was nothing.

    Phone and number are free again: they may have been wrong, and come with another name.
    """
    if Loan.objects.filter(borrower=borrower).exists():
        return False
    if Mandate.objects.filter(holder=borrower.account).exists():
        return False
    if any(_names(relation, borrower) for relation in Borrower._meta.related_objects):  # noqa: SLF001
        return False
    SignInCode.objects.filter(borrower=borrower).delete()
    gone = f"forgotten-{borrower.pk}"
    borrower.name = borrower.phone = borrower.id_number = ""
    borrower.phone_index = borrower.id_number_index = gone
    borrower.save()
    borrower.account.is_active = False
    borrower.account.save(update_fields=["is_active"])
    return True


#: Loans are asked for by themselves, and a code that was sent is no tie.
_NO_TIES = (Loan, SignInCode)


def _names(relation: models.ForeignObjectRel, borrower: Borrower) -> bool:
    model = relation.related_model
    if model in _NO_TIES or isinstance(model, str):
        return False
    rows = model._default_manager.filter(**{relation.field.name: borrower})  # noqa: SLF001
    return bool(rows.exists())

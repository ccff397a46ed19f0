"""Money that came in and names no loan: looked at, assigned to a loan, or paid back. By a person.

Nothing leaves suspense by itself, and nothing is lost in it: every line says how long it has been
there, and `tideover ledger verify` compares the account with the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db import log
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Account, BankLine, JournalEntry, Loan
from tideover.app.verbs import loans
from tideover.app.verbs.books.journal import book_from_suspense
from tideover.app.verbs.books.settling import settle_paid_off
from tideover.app.verbs.payments.suggesting import Suggestion, suggestions
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.loan import Paid
from tideover.money import Money, Refusal, currency
from tideover.safety import mask_name

#: Older than this and a line is shown as waiting too long.
LATE_AFTER_DAYS = 3
REFUNDED = "suspense.refunded"


class NotInSuspense(Refusal):
    """The line was assigned or paid back already."""

    code: ClassVar[str] = "not-in-suspense"

    def __init__(self, line: BankLine) -> None:
        where = line.loan.reference if line.loan is not None else "its payer"
        super().__init__(
            f"transaction {line.bank_reference} went to {where} already and is no longer in "
            "suspense; look at it there",
            f"流水 {line.bank_reference} 已处理（{where}），不在待查款项中",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspenseLine:
    """A payment nobody could tell the loan of, and what somebody may think of it."""

    bank_reference: str
    paid_on: date
    amount: Money
    payer_masked: str
    named_loan: str
    days: int
    suggestions: tuple[Suggestion, ...]

    @property
    def is_late(self) -> bool:
        """Whether it has been waiting too long."""
        return self.days > LATE_AFTER_DAYS


def waiting(finance: Account) -> Sequence[SuspenseLine]:
    """What is in suspense, the oldest first. Raises NotFound for anybody but finance."""
    demand(finance, Right.BOOK_PAYMENTS)
    today = clock.today()
    lines = in_suspense()
    return tuple(_told(line, today) for line in lines.order_by("paid_on", "bank_reference"))


def assign(finance: Account, bank_reference: str, loan_reference: str, *, key: str) -> Loan:
    """Book a line in suspense as a payment of a loan, on the day it came in.

    Raises:
        NotInSuspense: somebody was quicker.
        NotFound: there is no such line or loan, or the account is not finance.
        Refusal: of the loan's events, where the payment cannot be booked.
    """
    demand(finance, Right.BOOK_PAYMENTS)

    def effect() -> dict[str, Any]:
        loan = lock_loan(loan_reference)
        if loan is None:
            raise NotFound("loan")
        line = _locked(bank_reference)
        amount, at = _amount(line), clock.now()
        line.status, line.loan = BankLine.Status.BOOKED, loan
        line.save(update_fields=["status", "loan"])
        _log_and_book(line, amount, kind="assigned", actor=finance.login)
        crash_point("suspense.left")
        payment = Paid(line.paid_on, line.event_reference, amount)
        loans.record_event(loan, payment, actor=finance.login, at=at)
        return {"loan": loan.reference}

    answer = run_once(
        effect,
        actor=finance.login,
        command="payments.assign",
        key=key,
        request={"line": bank_reference, "loan": loan_reference},
    )
    loan = Loan.objects.get(reference=answer["loan"])
    settle_paid_off([loan], actor=finance.login)
    return loan


def pay_back(finance: Account, bank_reference: str, *, key: str) -> Money:
    """Note that a line in suspense was paid back to who sent it; return how much.

    The transfer itself is made at the bank. Raises NotInSuspense and NotFound.
    """
    demand(finance, Right.BOOK_PAYMENTS)

    def effect() -> dict[str, Any]:
        line = _locked(bank_reference)
        _log_and_book(line, _amount(line), kind="refunded", actor=finance.login)
        return {"minor": line.amount_minor, "currency": line.currency}

    answer = run_once(
        effect,
        actor=finance.login,
        command="payments.pay_back",
        key=key,
        request={"line": bank_reference},
    )
    return Money(answer["minor"], currency(answer["currency"]))


def in_suspense() -> QuerySet[BankLine]:
    """The lines whose money is in suspense: of no loan, and not paid back."""
    paid_back = JournalEntry.objects.filter(kind=REFUNDED, reference=_entry_of_line())
    lines = BankLine.objects.filter(status=BankLine.Status.SUSPENSE)
    return lines.annotate(is_paid_back=Exists(paid_back)).filter(is_paid_back=False)


def _entry_of_line() -> Concat:
    return Concat(Value("suspense:"), OuterRef("event_reference"), Value(":refunded"))


def _locked(bank_reference: str) -> BankLine:
    rows = BankLine.objects.select_for_update(of=("self",), no_key=True).select_related("loan")
    line = rows.filter(bank_reference=bank_reference).exclude(status=BankLine.Status.UNDONE).first()
    if line is None:
        raise NotFound("bank line")
    if not in_suspense().filter(pk=line.pk).exists():
        raise NotInSuspense(line)
    return line


def _log_and_book(line: BankLine, amount: Money, *, kind: str, actor: str) -> None:
    at = clock.now()
    row = log.append(
        "suspense",
        kind=f"suspense.{kind}",
        body={
            "bank_reference": line.bank_reference,
            "amount": amount.text,
            "currency": line.currency,
            "loan": line.loan.reference if line.loan is not None else "",
        },
        at=at,
        actor=actor,
    )
    book_from_suspense(
        kind=f"suspense.{kind}",
        reference=f"suspense:{line.event_reference}:{kind}",
        amount=amount,
        effective_on=clock.today(),
        posted_at=at,
        log_position=row.position,
    )


def _amount(line: BankLine) -> Money:
    return Money(line.amount_minor, currency(line.currency))


def _told(line: BankLine, today: date) -> SuspenseLine:
    payer = str(line.payer or "")
    return SuspenseLine(
        bank_reference=line.bank_reference,
        paid_on=line.paid_on,
        amount=_amount(line),
        payer_masked=mask_name(payer),
        named_loan=line.loan_reference,
        days=(today - line.paid_on).days,
        suggestions=suggestions(
            payer=payer, amount_minor=line.amount_minor, currency=line.currency
        ),
    )

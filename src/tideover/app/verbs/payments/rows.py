"""One line of a bank file, and the loan it is for.

| column | what it is |
|---|---|
| bank_reference 交易流水号 | the bank's number of the transaction, unique |
| paid_on 交易日期 | the day the money came in |
| amount 金额 | above zero |
| payer 付款人 | optional |
| loan_reference 借据号 | optional: otherwise it is looked for in the remark |
| remark 附言 | optional |
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import QuerySet

from tideover.app.db.models import Agreement, BankLine, Loan
from tideover.app.verbs.reading import fields
from tideover.app.verbs.reading.tables import Column, Row
from tideover.app.verbs.tape.rows import DayInFuture, NotInForm
from tideover.money import CNY, Money, Refusal
from tideover.policy import Words

BANK_COLUMNS = (
    Column("bank_reference", "交易流水号"),
    Column("paid_on", "交易日期"),
    Column("amount", "金额"),
    Column("payer", "付款人", is_required=False),
    Column("loan_reference", "借据号", is_required=False),
    Column("remark", "附言", is_required=False),
)
BANK_FIELDS = ("bank_reference", "paid_on", "amount")
_LABELS = {column.name: (column.name, column.zh) for column in BANK_COLUMNS}
_BANK_REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,80}")
_WORD = re.compile(r"[A-Za-z0-9._-]{4,40}")


@dataclass(frozen=True, slots=True)
class BankCells:
    """The cells of a line, each read when it is asked for; a property returns or refuses."""

    row: Row
    today: date

    @property
    def bank_reference(self) -> str:
        """The bank's number of the transaction."""
        label = _LABELS["bank_reference"]
        text = unicodedata.normalize(
            "NFKC", fields.needed_text(self.row.cells, "bank_reference", label=label)
        )
        if _BANK_REFERENCE.fullmatch(text) is None:
            wanted = Words(
                zh="交易流水号（字母或数字）", en="a transaction number of letters or digits"
            )
            raise NotInForm(text, wanted=wanted)
        return text

    @property
    def paid_on(self) -> date:
        """The day the money came in: today or before."""
        day = fields.day(self.row.cells, "paid_on", today=self.today)
        if day is None:
            raise fields.FieldMissing(*_LABELS["paid_on"])
        if day > self.today:
            raise DayInFuture(day, self.today)
        return day

    @property
    def amount(self) -> Money:
        """What came in, above zero."""
        amount = fields.money(self.row.cells, "amount", unit=CNY, label=_LABELS["amount"])
        if not amount:
            wanted = Words(zh="大于零的金额", en="an amount above zero")
            raise NotInForm(amount.text, wanted=wanted)
        return amount

    @property
    def payer(self) -> str:
        """Who paid, as the bank writes it."""
        return self.row.cells.get("payer", "")[:60]

    @property
    def remark(self) -> str:
        """What the payer wrote."""
        return self.row.cells.get("remark", "")[:200]

    @property
    def loan_reference(self) -> str:
        """The loan named in its own column, or ""."""
        return unicodedata.normalize("NFKC", self.row.cells.get("loan_reference", ""))[:40]


class NumberOfAnother(Refusal):
    """The bank's number was of another transaction: one of the two would be lost."""

    code: ClassVar[str] = "bank-reference-of-another"

    def __init__(self, cells: BankCells, *, paid_on: date, amount: Money) -> None:
        number, own = cells.bank_reference, cells.amount.display
        super().__init__(
            f"{number} was {amount.display} of {paid_on} before, here it is {own} of "
            f"{cells.paid_on}; ask the bank which of the two is right",
            f"交易流水号 {number} 此前为 {paid_on} 的 {amount.display}，这里为 {cells.paid_on} 的 "
            f"{own}；请向银行核实",
        )


def standing_lines() -> QuerySet[BankLine]:
    """Every line but those that were undone."""
    return BankLine.objects.exclude(status=BankLine.Status.UNDONE)


def payment_reference(bank_reference: str) -> str:
    """Return by which reference a loan knows the payment of a line: a new one after an undoing."""
    undone = BankLine.objects.filter(
        bank_reference=bank_reference, status=BankLine.Status.UNDONE
    ).count()
    return f"{bank_reference[:74]}~{undone + 1}" if undone else bank_reference


def refuse_another(cells: BankCells) -> None:
    """Raise NumberOfAnother when a booked line of the same number is another transaction."""
    line = standing_lines().filter(bank_reference=cells.bank_reference).first()
    if line is not None:
        amount = Money(line.amount_minor, cells.amount.currency)
        demand_same(cells, paid_on=line.paid_on, amount=amount)


def demand_same(cells: BankCells, *, paid_on: date, amount: Money) -> None:
    """Raise NumberOfAnother when a line of the same number was of another day or amount."""
    if (paid_on, amount) != (cells.paid_on, cells.amount):
        raise NumberOfAnother(cells, paid_on=paid_on, amount=amount)


def loan_of(cells: BankCells) -> Loan | None:
    """The loan a line is for: by its own column, else the only one its remark names.

    A remark may name the loan or its agreement. Two loans in one remark are nobody's decision but
    a person's, so that line has none.
    """
    if cells.loan_reference:
        return Loan.objects.filter(reference=cells.loan_reference).first()
    words = _WORD.findall(unicodedata.normalize("NFKC", cells.remark))
    named = set(Loan.objects.filter(reference__in=words).values_list("pk", flat=True))
    named |= set(Agreement.objects.filter(number__in=words).values_list("loan_id", flat=True))
    return Loan.objects.get(pk=named.pop()) if len(named) == 1 else None

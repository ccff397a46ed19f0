"""One line of a loan tape: what it must hold, and the contract terms it stands for.

Columns of the loans file (heading in English or Chinese; amounts in major units, dates as
2026-10-05; rates as plain numbers, 0.0005 is 0.05 % a day):

| column | what it is |
|---|---|
| reference 借据号 | the loan's number at the lender, unique |
| product 产品 | a product of the policy book: weilidai, card-instalment |
| borrower_name 姓名, phone 手机号, id_number 证件号码 | the borrower |
| currency 币种 | CNY |
| principal 本金 | what was lent |
| method 还款方式 | equal-principal, level, interest-only, flat |
| daily_rate 日利率 | for all but flat |
| fee_rate 每期费率 | for flat: of the original principal, an instalment |
| instalments 期数, disbursed_on 放款日 | |
| earliest_due 首期应还日 | optional: otherwise a month after disbursement |
| overdue_daily_rate 逾期日利率 | optional: what overdue principal bears, otherwise daily_rate |
| account_last4 尾号 | optional: what the borrower knows the loan by |

Penalty and days of grace are those of the product in the policy book on the day of disbursement.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from tideover.app.verbs.reading import fields
from tideover.app.verbs.reading.tables import Column, Row
from tideover.loan import DailyRate, LoanTerms, Method, NotARate
from tideover.money import CNY, Currency, Money, Refusal, currency
from tideover.policy import PRODUCTS, Words, load_book, penalty_uplift

LOAN_COLUMNS = (
    Column("reference", "借据号"),
    Column("product", "产品"),
    Column("borrower_name", "姓名"),
    Column("phone", "手机号"),
    Column("id_number", "证件号码"),
    Column("currency", "币种"),
    Column("principal", "本金"),
    Column("method", "还款方式"),
    Column("daily_rate", "日利率"),
    Column("fee_rate", "每期费率", is_required=False),
    Column("instalments", "期数"),
    Column("disbursed_on", "放款日"),
    Column("earliest_due", "首期应还日", is_required=False),
    Column("overdue_daily_rate", "逾期日利率", is_required=False),
    Column("account_last4", "尾号", is_required=False),
)
PAYMENT_COLUMNS = (
    Column("loan_reference", "借据号"),
    Column("payment_reference", "还款流水号"),
    Column("paid_on", "还款日"),
    Column("amount", "金额"),
)
_LABELS = {column.name: (column.name, column.zh) for column in (*LOAN_COLUMNS, *PAYMENT_COLUMNS)}
_PHONE = re.compile(r"1\d{10}")
_ID_NUMBER = re.compile(r"\d{17}[\dX]")
# Never a minus in front: a spreadsheet that opens our files would compute it.
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_RATE = re.compile(r"\d+(?:\.\d+)?|\.\d+")
# Ten per cent of the principal in every instalment: above it somebody wrote a percentage.
_FEE_RATE_MAX = Fraction(1, 10)


class NotInForm(Refusal):
    """A cell does not have the form its column needs."""

    code: ClassVar[str] = "not-in-form"

    def __init__(self, text: str, *, wanted: Words) -> None:
        shown = text[:20]
        super().__init__(f"{shown!r} is not {wanted.en}", f"“{shown}”不是{wanted.zh}")


class FeeLooksLikePercent(Refusal):
    """A fee so high that it was surely meant as a percentage."""

    code: ClassVar[str] = "fee-looks-like-percent"

    def __init__(self, text: str) -> None:
        shown = format(Fraction(text) * 100 // 1, "d")
        super().__init__(
            f"a fee of {text} is {shown} % of the principal in every instalment; if it was meant "
            f"as a percentage, write it as a plain number: 0.006 is 0.6 %",
            f"每期费率 {text} 即每期收取本金的 {shown}%；"
            f"如果原意是百分数，请填写小数：0.6% 写作 0.006",
        )


class DayInFuture(Refusal):
    """Something that happened is dated after today."""

    code: ClassVar[str] = "day-in-future"

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            f"{day} is after today, {today}: a tape tells what has happened; correct the date",
            f"{day} 晚于今天 {today}：导入的应是已发生的业务，请更正日期",
        )


@dataclass(frozen=True, slots=True)
class LoanCells:
    """The cells of a line of the loans file, each read when it is asked for.

    Every property returns the value of its column or raises a Refusal that says what to write.
    """

    row: Row
    today: date

    @property
    def reference(self) -> str:
        """The loan's number."""
        wanted = Words(
            zh="借据号（1–40 个字母、数字或 . _ -，以字母或数字开头）",
            en="a reference of 1 to 40 letters, digits or . _ - that begins with a letter or digit",
        )
        return _formed(self.row, "reference", form=_REFERENCE, wanted=wanted)

    @property
    def product(self) -> str:
        """A product of the policy book."""
        return fields.choice(self.row.cells, "product", choices=PRODUCTS, label=_LABELS["product"])

    @property
    def borrower_name(self) -> str:
        """The borrower's name."""
        label = _LABELS["borrower_name"]
        return fields.needed_text(self.row.cells, "borrower_name", label=label)

    @property
    def phone(self) -> str:
        """The borrower's phone, eleven digits."""
        wanted = Words(zh="11 位手机号", en="a mobile number of 11 digits")
        return _formed(self.row, "phone", form=_PHONE, wanted=wanted)

    @property
    def id_number(self) -> str:
        """The borrower's identity number."""
        wanted = Words(zh="18 位证件号码", en="an identity number of 18 characters")
        return _formed(self.row, "id_number", form=_ID_NUMBER, wanted=wanted)

    @property
    def account_last4(self) -> str:
        """What the borrower knows the loan by."""
        return self.row.cells.get("account_last4", "")[-4:]

    @property
    def currency(self) -> Currency:
        """The currency of the loan."""
        label = _LABELS["currency"]
        return currency(fields.needed_text(self.row.cells, "currency", label=label))

    @property
    def principal(self) -> Money:
        """What was lent. Refusals of the currency are told under `currency` only."""
        label = _LABELS["principal"]
        return fields.money(self.row.cells, "principal", unit=self._unit, label=label)

    @property
    def method(self) -> Method:
        """How principal comes back."""
        choices = [method.value for method in Method]
        return Method(
            fields.choice(self.row.cells, "method", choices=choices, label=_LABELS["method"])
        )

    @property
    def daily_rate(self) -> DailyRate | None:
        """The contract rate; none for flat instalments."""
        text = self.row.cells["daily_rate"]
        if not text and self.row.cells["method"] == Method.FLAT.value:
            return None
        return DailyRate.parse(_needed(self.row, "daily_rate"))

    @property
    def fee_rate(self) -> Fraction:
        """The fee of flat instalments; zero for other methods."""
        if self.row.cells["method"] != Method.FLAT.value:
            return Fraction(0)
        text = unicodedata.normalize("NFKC", _needed(self.row, "fee_rate"))
        if _RATE.fullmatch(text) is None:
            raise NotARate(text)
        rate = Fraction(text)
        if rate >= _FEE_RATE_MAX:
            raise FeeLooksLikePercent(text)
        return rate

    @property
    def overdue_daily_rate(self) -> DailyRate | None:
        """What overdue principal bears, where it is not the contract rate."""
        text = self.row.cells.get("overdue_daily_rate", "")
        return DailyRate.parse(text) if text else None

    @property
    def instalments(self) -> int:
        """How many instalments."""
        label = _LABELS["instalments"]
        return fields.count(self.row.cells, "instalments", least=1, most=1200, label=label)

    @property
    def disbursed_on(self) -> date:
        """The day the money was paid out: today or before."""
        return _past_day(self.row, "disbursed_on", today=self.today)

    @property
    def earliest_due(self) -> date | None:
        """The first due date where it is not a month after disbursement."""
        return fields.day(self.row.cells, "earliest_due", today=self.today)

    @property
    def terms(self) -> LoanTerms:
        """The contract terms. Penalty and grace are the product's on the day of disbursement."""
        parameters = load_book().on(self.disbursed_on, product=self.product)
        rate = self.daily_rate
        yearly = rate.simple_annual if rate else Fraction(0)
        return LoanTerms(
            principal=self.principal,
            rate=rate,
            method=self.method,
            instalments=self.instalments,
            disbursed_on=self.disbursed_on,
            earliest_due=self.earliest_due,
            fee_rate=self.fee_rate,
            penalty_uplift=penalty_uplift(yearly, parameters),
            grace_days=parameters.integer("grace.days"),
            overdue_rate=self.overdue_daily_rate,
        )

    @property
    def _unit(self) -> Currency:
        try:
            return self.currency
        except Refusal:
            return CNY


@dataclass(frozen=True, slots=True)
class PaymentCells:
    """The cells of a line of the payments file."""

    row: Row
    today: date

    @property
    def loan_reference(self) -> str:
        """The loan that was paid."""
        return _needed(self.row, "loan_reference")

    @property
    def payment_reference(self) -> str:
        """The payment's own number, unique within the loan."""
        wanted = Words(
            zh="流水号（1–40 个字母、数字或 . _ -，以字母或数字开头）",
            en="a reference of 1 to 40 letters, digits or . _ - that begins with a letter or digit",
        )
        return _formed(self.row, "payment_reference", form=_REFERENCE, wanted=wanted)

    @property
    def paid_on(self) -> date:
        """The day it was paid: today or before."""
        return _past_day(self.row, "paid_on", today=self.today)

    @property
    def amount(self) -> Money:
        """What was paid, above zero, in the currency of the demo's law: CNY."""
        amount = fields.money(self.row.cells, "amount", unit=CNY, label=_LABELS["amount"])
        if not amount:
            raise NotInForm(amount.text, wanted=Words(zh="大于零的金额", en="an amount above zero"))
        return amount


def _needed(row: Row, field: str) -> str:
    return fields.needed_text(row.cells, field, label=_LABELS[field])


def _formed(row: Row, field: str, *, form: re.Pattern[str], wanted: Words) -> str:
    text = unicodedata.normalize("NFKC", _needed(row, field)).upper()
    if field.endswith("reference"):
        text = unicodedata.normalize("NFKC", _needed(row, field))
    if form.fullmatch(text) is None:
        raise NotInForm(text, wanted=wanted)
    return text


def _past_day(row: Row, field: str, *, today: date) -> date:
    _needed(row, field)
    day = fields.day(row.cells, field, today=today)
    if day is None:
        raise fields.FieldMissing(*_LABELS[field])
    if day > today:
        raise DayInFuture(day, today)
    return day

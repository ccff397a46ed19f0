"""What a household says of itself: who lives there, what comes in, what must go out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from tideover.money import CNY, Currency, Money, NegativeAmount, Refusal
from tideover.policy import Words

__all__ = [
    "CATEGORY_WORDS", "INCOME_WORDS", "Household", "Income", "IncomeEndsBeforeItStarts",
    "IncomeKind", "NobodyAtHome", "OtherDebt", "Outgoing", "OutgoingCategory",
]  # fmt: skip


class IncomeKind(StrEnum):
    """Where money comes from."""

    WAGE = "wage"
    SELF_EMPLOYED = "self_employed"
    BENEFIT = "benefit"
    PENSION = "pension"
    FAMILY_SUPPORT = "family_support"
    RENT = "rent"
    OTHER = "other"


class OutgoingCategory(StrEnum):
    """What money is needed for."""

    HOUSING = "housing"
    FOOD = "food"
    UTILITIES = "utilities"
    TRANSPORT = "transport"
    COMMUNICATION = "communication"
    MEDICAL = "medical"
    EDUCATION = "education"
    CHILDCARE = "childcare"
    FAMILY_SUPPORT = "family_support"
    INSURANCE = "insurance"
    OTHER = "other"


INCOME_WORDS: Final = {
    IncomeKind.WAGE: Words("工资", "Wages"),
    IncomeKind.SELF_EMPLOYED: Words("经营或零工收入", "Own business or odd jobs"),
    IncomeKind.BENEFIT: Words("失业金、低保等补助", "Benefits"),
    IncomeKind.PENSION: Words("养老金", "Pension"),
    IncomeKind.FAMILY_SUPPORT: Words("家人资助", "Help from family"),
    IncomeKind.RENT: Words("租金", "Rent received"),
    IncomeKind.OTHER: Words("其他收入", "Other income"),
}

CATEGORY_WORDS: Final = {
    OutgoingCategory.HOUSING: Words("房租或房贷", "Rent or mortgage"),
    OutgoingCategory.FOOD: Words("吃饭", "Food"),
    OutgoingCategory.UTILITIES: Words("水电燃气", "Utilities"),
    OutgoingCategory.TRANSPORT: Words("交通", "Transport"),
    OutgoingCategory.COMMUNICATION: Words("电话和网络", "Phone and internet"),
    OutgoingCategory.MEDICAL: Words("看病吃药", "Medical care"),
    OutgoingCategory.EDUCATION: Words("教育", "Education"),
    OutgoingCategory.CHILDCARE: Words("养育子女", "Childcare"),
    OutgoingCategory.FAMILY_SUPPORT: Words("赡养老人", "Support for parents"),
    OutgoingCategory.INSURANCE: Words("社保和保险", "Insurance"),
    OutgoingCategory.OTHER: Words("其他必要支出", "Other necessary spending"),
}


class IncomeEndsBeforeItStarts(Refusal):
    """The last day of an income is before its first."""

    code: ClassVar[str] = "income-ends-before-it-starts"

    def __init__(self, name: str, *, since: date, until: date) -> None:
        super().__init__(
            f"the income {name!r} ends on {until}, before it starts on {since}; "
            "correct one of the two days",
            f"收入“{name}”的结束日 {until} 早于开始日 {since}，请更正其中一个日期。",
        )


class NobodyAtHome(Refusal):
    """A household has at least one adult, and no fewer than nought children."""

    code: ClassVar[str] = "nobody-at-home"

    def __init__(self, *, adults: int, children: int) -> None:
        super().__init__(
            f"a household of {adults} adults and {children} children cannot be; "
            "count yourself as the first adult",
            f"家庭人数不能是 {adults} 位成人、{children} 位子女；请把自己算作第一位成人。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """Money that comes in every month, from the day `since` to the day `until`, both included.

    Raises:
        NegativeAmount: the monthly amount is below zero.
        IncomeEndsBeforeItStarts: `until` is before `since`.
    """

    name: str
    kind: IncomeKind
    monthly: Money
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        _refuse_negative(self.monthly, name="the monthly income", name_zh="每月收入")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise IncomeEndsBeforeItStarts(self.name, since=self.since, until=self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Necessary spending, every month.

    Raises:
        NegativeAmount: the monthly amount is below zero.
    """

    category: OutgoingCategory
    monthly: Money

    def __post_init__(self) -> None:
        _refuse_negative(self.monthly, name="the monthly outgoing", name_zh="每月支出")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDebt:
    """What is owed to someone else and paid every month.

    A priority debt keeps the home, the power or the work (房租欠款、水电、抚养费): it comes before
    every lender.

    Raises:
        NegativeAmount: the monthly amount is below zero.
    """

    creditor: str
    monthly: Money
    is_priority: bool = False

    def __post_init__(self) -> None:
        _refuse_negative(self.monthly, name="the monthly debt payment", name_zh="每月债务还款")


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A household and its money. `savings` is what it could pay from at once, None if unknown.

    Raises:
        NobodyAtHome: no adult, or fewer than nought children.
        NegativeAmount: the savings are below zero.
    """

    adults: int = 1
    children: int = 0
    incomes: tuple[Income, ...] = ()
    outgoings: tuple[Outgoing, ...] = ()
    other_debts: tuple[OtherDebt, ...] = ()
    currency: Currency = CNY
    savings: Money | None = None

    def __post_init__(self) -> None:
        if self.savings is not None:
            _refuse_negative(self.savings, name="the savings", name_zh="存款")
        if self.adults < 1 or self.children < 0:
            raise NobodyAtHome(adults=self.adults, children=self.children)


def _refuse_negative(amount: Money, *, name: str, name_zh: str) -> None:
    if amount.minor < 0:
        raise NegativeAmount(amount, name, name_zh=name_zh)

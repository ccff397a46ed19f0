"""Money: a whole number of minor units and a currency.

Guarantees: `split` and `share` add back to the amount; two currencies never meet in one sum;
nothing finer than a minor unit is ever inside. A rate times money is a Fraction, which becomes
money only through a `Rounding`, by name.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from tideover.money.currency import Currency
from tideover.money.refusal import Refusal

# Grouping is either absent or every three digits: "1,23" is a mistake, not 123.
_AMOUNT: Final = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?")
_DIGITS_MAX: Final = 30


class CurrencyMismatch(Refusal):
    """Two currencies met in one sum or comparison."""

    code: ClassVar[str] = "currency-mismatch"

    def __init__(self, left: "Money", right: "Money") -> None:
        one = f"{left.text} {left.currency.code}"
        other = f"{right.text} {right.currency.code}"
        super().__init__(
            f"cannot put {one} and {other} together: convert one of them first, "
            f"at a rate and on a day you can name",
            f"{one} 与 {other} 币种不同，不能相加或比较：请先按明确的汇率和日期换算",
        )


class NotAnAmount(Refusal):
    """The text is not an amount of money in this currency."""

    code: ClassVar[str] = "not-an-amount"

    def __init__(self, text: str, currency: Currency) -> None:
        shown = text if len(text) <= _DIGITS_MAX else text[:_DIGITS_MAX] + "…"
        example = "1,234" if currency.digits == 0 else "1,234." + "56789"[: currency.digits]
        super().__init__(
            f"{shown!r} is not an amount of {currency.code}: write digits with at most "
            f"{currency.digits} decimals, for example {example}",
            f"“{shown}”不是有效的金额：请填写数字，最多 {currency.digits} 位小数，例如 {example}",
        )


class NegativeAmount(Refusal):
    """An amount that must not be below zero is."""

    code: ClassVar[str] = "negative-amount"

    def __init__(self, amount: "Money", name: str = "the amount", *, name_zh: str = "金额") -> None:
        super().__init__(
            f"{name} is {amount.display}, below zero: give zero or more",
            f"{name_zh}为 {amount.display}，小于零：请填写零或正数",
        )


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (分, cents) of one currency.

    >>> Money.parse("1,234.56", Currency("CNY", 2, "¥")).minor
    123456
    """

    minor: int
    currency: Currency

    @classmethod
    def zero(cls, currency: Currency) -> Self:
        """Return nothing, in this currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: Currency) -> Self:
        """Return the amount written in `text`, in major units: "1,234.56", "¥1234.5", "１２３".

        Full-width digits are accepted, since Chinese keyboards make them.

        Raises:
            NotAnAmount: not a number, or with more decimals than the currency has.
        """
        plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
        bare = plain.replace(unicodedata.normalize("NFKC", currency.symbol), "", 1).replace(" ", "")
        match = _AMOUNT.fullmatch(bare)
        if match is None or len(bare) > _DIGITS_MAX:
            raise NotAnAmount(text, currency)
        sign, whole, decimals = match[1], match[2].replace(",", ""), match[3] or ""
        if len(decimals.rstrip("0")) > currency.digits:
            raise NotAnAmount(text, currency)
        decimals = decimals[: currency.digits].ljust(currency.digits, "0")
        return cls(int(f"{sign}{whole}{decimals}"), currency)

    @classmethod
    def parse_not_negative(cls, text: str, currency: Currency) -> Self:
        """Return the amount written in `text`, which may be zero but not less.

        Raises:
            NotAnAmount: as `parse`.
            NegativeAmount: below zero.
        """
        amount = cls.parse(text, currency)
        if amount.minor < 0:
            raise NegativeAmount(amount)
        return amount

    @property
    def text(self) -> str:
        """The amount for machines: "1234.56"."""
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{_written(self, '')}"

    @property
    def display(self) -> str:
        """The amount for people: "¥1,234.56", "-¥5.00"."""
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{self.currency.symbol}{_written(self, ',')}"

    def split(self, parts: int) -> tuple["Money", ...]:
        """Return `parts` amounts as equal as can be, the largest first, that add back.

        >>> [share.text for share in Money(100_000, Currency("CNY")).split(3)]
        ['333.34', '333.33', '333.33']
        """
        return self.share((1,) * parts)

    def share(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Return the amount divided in proportion to `weights`, by the largest remainder.

        The parts add back exactly; between equal remainders the earlier part gets the minor unit.

        Raises:
            NothingToShareBy: no weights, one below zero, or all zero.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise NothingToShareBy(weights)
        sign, amount = (1, self.minor) if self.minor >= 0 else (-1, -self.minor)
        parts = [amount * weight // whole for weight in weights]
        left = amount - sum(parts)
        by_remainder = sorted(
            range(len(weights)), key=lambda place: -(amount * weights[place] % whole)
        )
        for place in by_remainder[:left]:
            parts[place] += 1
        return tuple(Money(sign * part, self.currency) for part in parts)

    def _with(self, other: "Money") -> int:
        if self.currency is not other.currency and self.currency != other.currency:
            raise CurrencyMismatch(self, other)
        return other.minor

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._with(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._with(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._with(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._with(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._with(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._with(other)

    def __str__(self) -> str:
        return self.display


def _written(amount: Money, separator: str) -> str:
    digits = amount.currency.digits
    whole, rest = divmod(abs(amount.minor), 10**digits)
    written = f"{whole:,}".replace(",", separator)
    return f"{written}.{rest:0{digits}d}" if digits else written


class NothingToShareBy(Refusal):
    """An amount was to be divided, and the weights say nothing about how."""

    code: ClassVar[str] = "nothing-to-share-by"

    def __init__(self, weights: Sequence[int]) -> None:
        super().__init__(
            f"cannot divide an amount by the weights {list(weights)}: give at least one weight, "
            f"none below zero and not all zero",
            f"无法按权重 {list(weights)} 分配：至少需要一个权重，且不能为负或全部为零",
        )


def total(amounts: Iterable[Money], currency: Currency) -> Money:
    """Return the sum of `amounts`, zero in `currency` when there are none."""
    minor = 0
    for amount in amounts:
        if amount.currency is not currency and amount.currency != currency:
            raise CurrencyMismatch(Money(minor, currency), amount)
        minor += amount.minor
    return Money(minor, currency)

"""Rates of interest. A bare number is never a rate, and a rate is read from text."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import ClassVar, Final, Self

from tideover.dates import DayCount, Period
from tideover.money import Refusal

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|\.\d+")
# 1 % a day is 365 % a year: above it somebody has written a percentage as a plain number.
_DAILY_MAX: Final = Fraction(1, 100)
# The same for a year: 1,000 %.
_YEARLY_MAX: Final = Fraction(10)
_YEAR_ON_DISPLAY: Final = 365
_DIGITS: Final = 50


class NotARate(Refusal):
    """The text is not a rate of interest."""

    code: ClassVar[str] = "not-a-rate"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not a rate: write a number of zero or more, for example 0.0005 a day "
            f"or 18.25 percent a year",
            f"“{text}”不是有效的利率：请填写不小于零的数字，例如日利率 0.0005 或年利率 18.25（%）",
        )


class RateLooksLikePercent(Refusal):
    """A rate so high that it was surely meant as a percentage, or the other way round."""

    code: ClassVar[str] = "rate-looks-like-percent"

    def __init__(self, rate: Fraction, *, per_year: bool = False) -> None:
        shown, meant = plain_text(rate * 100), plain_text(rate)
        if per_year:
            en = f"a rate of {shown} % a year is above {plain_text(_YEARLY_MAX * 100)} %"
            zh = f"年利率 {shown}% 超过 {plain_text(_YEARLY_MAX * 100)}%"
        else:
            en = f"a daily rate of {meant} is {shown} % a day, {plain_text(rate * 36500)} % a year"
            zh = f"日利率 {meant} 即每天 {shown}%，相当于每年 {plain_text(rate * 36500)}%"
        super().__init__(
            f"{en}; if {meant} was meant as a percentage, write {plain_text(rate / 100)}",
            f"{zh}；如果原意是 {meant}%，请填写 {plain_text(rate / 100)}",
        )


def plain_text(exact: Fraction, *, decimals: int = 8) -> str:
    """Return an exact number as a plain decimal with no trailing zeros, for people and records."""
    scaled = round(exact * 10**decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    text = f"{whole}.{rest:0{decimals}d}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def _parse(text: str) -> Fraction:
    plain = unicodedata.normalize("NFKC", text).strip()
    if _NUMBER.fullmatch(plain) is None or len(plain) > 24:
        raise NotARate(text)
    return Fraction(plain)


@dataclass(frozen=True, slots=True)
class DailyRate:
    """A rate per actual day (日利率): `of_day` 1/2000 is 0.05 % a day.

    Raises:
        RateLooksLikePercent: 1 % a day or more.
    """

    of_day: Fraction

    def __post_init__(self) -> None:
        if self.of_day >= _DAILY_MAX:
            raise RateLooksLikePercent(self.of_day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the daily rate written as a plain number: "0.0005" is 0.05 % a day.

        Raises:
            NotARate: not a number of zero or more.
            RateLooksLikePercent: 0.01 or more, such as "0.05" where 0.05 % was meant.
        """
        return cls(_parse(text))

    @property
    def percent_text(self) -> str:
        """The rate in percent a day: "0.05"."""
        return plain_text(self.of_day * 100)

    @property
    def simple_annual(self) -> Fraction:
        """The rate of 365 days without compounding (单利): 0.05 % a day is 18.25 %."""
        return self.of_day * _YEAR_ON_DISPLAY

    def over(self, period: Period) -> Fraction:
        """Return the interest on one unit over `period`, by actual days. Nothing is rounded."""
        return self.of_day * period.days

    def over_late(self, period: Period) -> Fraction:
        """Return the same for days past a due date."""
        return self.over(period)


@dataclass(frozen=True, slots=True)
class AnnualRate:
    """A nominal rate of a year (名义年利率) and the day count that makes parts of a year.

    It is simple within a period. `compounds_a_year` states a rate that is compounded otherwise
    than its payments: 2 is the Canadian mortgage, 1 an effective annual rate.

    Raises:
        RateLooksLikePercent: 1,000 % or more.
    """

    of_year: Fraction
    day_count: DayCount = DayCount.MONTHLY
    compounds_a_year: int | None = None

    def __post_init__(self) -> None:
        if self.of_year >= _YEARLY_MAX:
            raise RateLooksLikePercent(self.of_year, per_year=True)

    @classmethod
    def percent(cls, text: str, day_count: DayCount = DayCount.MONTHLY) -> Self:
        """Return the rate written in percent a year: "21.9".

        Raises:
            NotARate: not a number of zero or more.
            RateLooksLikePercent: 1,000 or more.
        """
        return cls(_parse(text) / 100, day_count)

    @property
    def percent_text(self) -> str:
        """The rate in percent a year: "21.9"."""
        return plain_text(self.of_year * 100)

    @property
    def simple_annual(self) -> Fraction:
        """The rate of a year as a fraction: 21.9 % is 219/1000."""
        return self.of_year

    def over(self, period: Period) -> Fraction:
        """Return the interest on one unit over `period`. Nothing is rounded."""
        return self.over_part(self.day_count.fraction(period))

    def over_part(self, years: Fraction) -> Fraction:
        """Return the interest on one unit over a part of a year.

        Exact when simple; a compounded rate is correct to fifty digits.
        """
        if self.compounds_a_year is None:
            return self.of_year * years
        return _compounded(self.of_year / self.compounds_a_year, self.compounds_a_year * years)

    def over_late(self, period: Period) -> Fraction:
        """Return the same for days past a due date.

        A monthly rate has no daily form of its own, so late days count by actual/365.
        """
        if self.day_count is DayCount.MONTHLY:
            return self.of_year * DayCount.ACT_365F.fraction(period)
        return self.over(period)


def _compounded(rate: Fraction, times: Fraction) -> Fraction:
    with localcontext(Context(prec=_DIGITS)):
        base = 1 + Decimal(rate.numerator) / Decimal(rate.denominator)
        return Fraction(base ** (Decimal(times.numerator) / Decimal(times.denominator)) - 1)


Rate = DailyRate | AnnualRate

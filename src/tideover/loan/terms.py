"""What was agreed: the terms of a loan, as data."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Final

from tideover.dates import MONTHLY, DayCount, Frequency, Period, Unit
from tideover.loan.components import Component
from tideover.loan.rates import AnnualRate, DailyRate, Rate
from tideover.money import Currency, Money, NegativeAmount, Refusal, Rounding

INSTALMENTS_MAX: Final = 1200

#: Costs, interest, principal: Civil Code of the PRC, article 561.
CIVIL_CODE_ORDER: Final = (
    Component.FEE,
    Component.PENALTY,
    Component.INTEREST,
    Component.PRINCIPAL,
)


class Method(StrEnum):
    """How principal comes back."""

    EQUAL_PRINCIPAL = "equal-principal"  # 等额本金
    LEVEL = "level"  # 等额本息
    INTEREST_ONLY = "interest-only"  # 先息后本
    FLAT = "flat"  # 等本等息
    BULLET = "bullet"  # 到期一次还本付息


class PenaltyBase(StrEnum):
    """What penalty interest counts on: unpaid principal, or the whole unpaid instalment."""

    PRINCIPAL = "principal"
    INSTALMENT = "instalment"


class LevelRule(StrEnum):
    """How the level instalment becomes whole minor units.

    SMALLEST_CLEARING: the smallest that clears the balance, so the last instalment is not higher.
    ROUNDED: the annuity formula, rounded by name; the last instalment absorbs what is over.
    """

    SMALLEST_CLEARING = "smallest-clearing"
    ROUNDED = "rounded"


class FlatRule(StrEnum):
    """How flat instalments are divided.

    EQUAL_PRINCIPAL: principal in equal parts, interest by each period (等本等息).
    LEVEL: the whole of principal and interest in equal instalments, interest by each period.
    EVEN: the same, and the whole of the interest in equal parts too.
    """

    EQUAL_PRINCIPAL = "equal-principal"
    LEVEL = "level"
    EVEN = "even"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How an agreement turns exact numbers into minor units. Rules, as data.

    `payment_rounding` and `payment_multiple` (in minor units) apply to a rounded level
    instalment, `is_equalised` moves it so that the last instalment differs least,
    `is_nominal_level` takes every period as one step whatever its days when it is worked out.
    """

    level: LevelRule = LevelRule.SMALLEST_CLEARING
    flat: FlatRule = FlatRule.EQUAL_PRINCIPAL
    payment_rounding: Rounding = Rounding.HALF_UP
    payment_multiple: int = 1
    is_equalised: bool = False
    is_nominal_level: bool = False


class FirstDueBeforeDisbursement(Refusal):
    """The earliest instalment would be due on or before the day the money is paid out."""

    code: ClassVar[str] = "first-due-before-disbursement"

    def __init__(self, earliest_due: date, disbursed_on: date) -> None:
        super().__init__(
            f"the earliest instalment is due on {earliest_due}, which is not after the "
            f"disbursement on {disbursed_on}: give a due date after {disbursed_on}",
            f"首个应还日 {earliest_due} 不晚于放款日 {disbursed_on}："
            f"请填写 {disbursed_on} 之后的日期",
        )


class NoInstalments(Refusal):
    """The number of instalments is below one or above what any loan has."""

    code: ClassVar[str] = "no-instalments"

    def __init__(self, instalments: int) -> None:
        super().__init__(
            f"a loan cannot have {instalments} instalments: give a number from 1 to "
            f"{INSTALMENTS_MAX}",
            f"分期数不能是 {instalments}：请填写 1 到 {INSTALMENTS_MAX} 之间的整数",
        )


class BalloonTooEarly(Refusal):
    """A loan would be amortised over fewer instalments than it has."""

    code: ClassVar[str] = "balloon-too-early"

    def __init__(self, instalments: int, amortised_over: int) -> None:
        super().__init__(
            f"a loan of {instalments} instalments cannot be amortised over {amortised_over}: give "
            f"{instalments} or more, or leave it out",
            f"共 {instalments} 期的贷款不能按 {amortised_over} 期摊还："
            f"请填写不小于 {instalments} 的期数，或不填",
        )


class GraceTooLong(Refusal):
    """A grace period leaves no line to pay in, or is below zero."""

    code: ClassVar[str] = "grace-too-long"

    def __init__(self, grace: int, instalments: int) -> None:
        super().__init__(
            f"a grace of {grace} lines leaves nothing of {instalments} instalments: give a number "
            f"from 0 to {instalments - 1}",
            f"宽限 {grace} 期后，{instalments} 期中没有剩余期数：请填写 0 到 {instalments - 1}",
        )


class ZeroPrincipal(Refusal):
    """There is nothing to schedule."""

    code: ClassVar[str] = "zero-principal"

    def __init__(self, currency: Currency) -> None:
        none = Money.zero(currency).display
        super().__init__(
            f"the principal is {none}, so there is nothing to repay: give an amount above zero",
            f"本金为 {none}，无需还款：请填写大于零的金额",
        )


class RateMissing(Refusal):
    """A method that needs a rate of interest was given none."""

    code: ClassVar[str] = "rate-missing"

    def __init__(self, method: Method) -> None:
        super().__init__(
            f"the method {method.value} needs a rate of interest: give a daily or an annual rate "
            f"(zero is a rate too)",
            f"{method.value} 需要利率：请填写日利率或年利率（可以为零）",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """The terms of one loan.

    `rate` may be None only for flat instalments, whose cost is `fee_rate` of the original
    principal an instalment. `earliest_due` is one step after disbursement unless given;
    due dates are counted from `anchor` (unless given: the disbursement when `earliest_due`
    lies on its grid, else `earliest_due`), so that the 31st never drifts.

    After `grace_days` late days that cost nothing, overdue principal bears `overdue_rate`
    (unless given: `rate`), and `penalty_base` bears `penalty_uplift` times that rate as penalty
    interest on top, both counted from the due date. `rounding` makes interest and fees whole
    minor units, once a line.

    `amortised_over` works the instalment out as if there were that many; what is left then falls
    due with the last line (尾款). The first `grace_on_principal` lines ask for no principal
    (宽限期); the first `grace_on_interest` lines for no interest, which the line after them asks
    for on top, without interest on it.

    Raises:
        NegativeAmount, ZeroPrincipal: the principal is below zero, or zero.
        NoInstalments: fewer than 1 or more than 1200 instalments.
        RateMissing: `rate` is None and the method is not flat.
        FirstDueBeforeDisbursement: `earliest_due` is not after `disbursed_on`.
    """

    principal: Money
    rate: Rate | None
    method: Method
    instalments: int
    disbursed_on: date
    frequency: Frequency = MONTHLY
    earliest_due: date | None = None
    anchor: date | None = None
    fee_rate: Fraction = Fraction(0)
    penalty_uplift: Fraction = Fraction(0)
    penalty_base: PenaltyBase = PenaltyBase.PRINCIPAL
    grace_days: int = 0
    overdue_rate: Rate | None = None
    allocation_order: tuple[Component, ...] = CIVIL_CODE_ORDER
    rounding: Rounding = Rounding.HALF_UP
    amortised_over: int | None = None
    grace_on_principal: int = 0
    grace_on_interest: int = 0
    conventions: Conventions = field(default_factory=Conventions)

    def __post_init__(self) -> None:
        if self.principal.minor < 0:
            raise NegativeAmount(self.principal, "the principal", name_zh="本金")
        if not self.principal:
            raise ZeroPrincipal(self.principal.currency)
        if not 1 <= self.instalments <= INSTALMENTS_MAX:
            raise NoInstalments(self.instalments)
        if self.amortised_over is not None and self.amortised_over < self.instalments:
            raise BalloonTooEarly(self.instalments, self.amortised_over)
        for grace in (self.grace_on_principal, self.grace_on_interest):
            if not 0 <= grace < self.instalments:
                raise GraceTooLong(grace, self.instalments)
        if self.rate is None and self.method is not Method.FLAT:
            raise RateMissing(self.method)
        if self.earliest_due is not None and self.earliest_due <= self.disbursed_on:
            raise FirstDueBeforeDisbursement(self.earliest_due, self.disbursed_on)

    @property
    def currency(self) -> Currency:
        """The currency of the loan."""
        return self.principal.currency

    @property
    def late_rate(self) -> Rate | None:
        """The rate that overdue principal goes on bearing, None when it bears nothing."""
        return self.overdue_rate or self.rate

    def due_dates(self) -> tuple[date, ...]:
        """Return the due date of every instalment, counted from the anchor."""
        anchor, step = self._grid()
        return tuple(
            self.frequency.after(anchor, place) for place in range(step, step + self.instalments)
        )

    def factor(self, period: Period, *, is_whole: bool) -> Fraction:
        """Return the interest on one unit over `period`, exact.

        `is_whole` says that the period is one step of the due dates, which a monthly rate
        counts as so many twelfths whatever its days.
        """
        rate = self.rate
        if rate is None:
            return Fraction(0)
        if is_whole and isinstance(rate, AnnualRate) and rate.day_count is DayCount.MONTHLY:
            return rate.over_part(_part_of_year(self.frequency))
        return rate.over(period)

    def nominal_factor(self) -> Fraction:
        """Return the interest on one unit over one step of the due dates, whatever its days."""
        part = _part_of_year(self.frequency)
        match self.rate:
            case None:
                return Fraction(0)
            case DailyRate():
                return self.rate.simple_annual * part
            case AnnualRate():
                return self.rate.over_part(part)

    def is_whole_step(self, start: date, due_date: date) -> bool:
        """Return whether `start` to `due_date` is one step of the grid of due dates."""
        anchor = self._grid()[0]
        step = steps_between(anchor, due_date, frequency=self.frequency)
        return (
            step is not None
            and self.frequency.after(anchor, step) == due_date
            and self.frequency.after(anchor, step - 1) == start
        )

    @property
    def grid_anchor(self) -> date:
        """The day that due dates are counted from."""
        return self._grid()[0]

    def _grid(self) -> tuple[date, int]:
        """The anchor, and how many steps after it the earliest instalment is due."""
        if self.earliest_due is None:
            return self.anchor or self.disbursed_on, self._first_step()
        for anchor in (self.anchor or self.disbursed_on, self.disbursed_on):
            step = steps_between(anchor, self.earliest_due, frequency=self.frequency)
            if step is not None:
                return anchor, step
        return self.earliest_due, 0

    def _first_step(self) -> int:
        if self.anchor is None:
            return 1
        step = 0
        while self.frequency.after(self.anchor, step) <= self.disbursed_on:
            step += 1
        return step


def _part_of_year(frequency: Frequency) -> Fraction:
    if frequency.unit is Unit.MONTHS:
        return Fraction(frequency.every, 12)
    days = frequency.every * (7 if frequency.unit is Unit.WEEKS else 1)
    return Fraction(days, 365)


def steps_between(anchor: date, day: date, *, frequency: Frequency) -> int | None:
    """Return how many steps after `anchor` the grid has `day`, or None when it has not."""
    if frequency.unit is Unit.MONTHS:
        months = 12 * (day.year - anchor.year) + day.month - anchor.month
        step, rest = divmod(months, frequency.every)
    else:
        length = frequency.every * (7 if frequency.unit is Unit.WEEKS else 1)
        step, rest = divmod((day - anchor).days, length)
    return step if rest == 0 and frequency.after(anchor, step) == day else None


__all__ = [
    "CIVIL_CODE_ORDER",
    "INSTALMENTS_MAX",
    "AnnualRate",
    "Conventions",
    "DailyRate",
    "FirstDueBeforeDisbursement",
    "FlatRule",
    "LevelRule",
    "LoanTerms",
    "Method",
    "NoInstalments",
    "RateMissing",
    "ZeroPrincipal",
]

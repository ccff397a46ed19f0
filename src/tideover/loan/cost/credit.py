"""What a schedule costs the borrower, in money and in rates."""

from dataclasses import dataclass
from fractions import Fraction

from tideover.loan.cost.flows import CashFlow, periodic_irr, simple_daily_rate, xirr
from tideover.loan.rates import plain_text
from tideover.loan.schedule import Schedule
from tideover.money import Money

_DECIMALS_ON_DISPLAY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOfCredit:
    """The cost of a schedule.

    `nominal` is the simple annual rate (年化利率，单利), `effective` the one with compounding
    (XIRR, actual days over 365); both are fractions: 1/5 is 20 %.
    """

    nominal: Fraction
    effective: Fraction
    total_interest: Money
    total_fee: Money
    total: Money

    @property
    def nominal_percent(self) -> str:
        """The simple annual rate in percent, to four decimals."""
        return plain_text(self.nominal * 100, decimals=_DECIMALS_ON_DISPLAY)

    @property
    def effective_percent(self) -> str:
        """The effective annual rate in percent, to four decimals."""
        return plain_text(self.effective * 100, decimals=_DECIMALS_ON_DISPLAY)


def cash_flows(schedule: Schedule, *, financed: Money | None = None) -> tuple[CashFlow, ...]:
    """Return the flows of a schedule with the lender's signs.

    `financed` is what the borrower really had the use of on the first day: the opening balance
    unless given.
    """
    out = financed if financed is not None else schedule.opening_balance
    return (
        CashFlow(schedule.start, -out),
        *(CashFlow(line.due_date, line.instalment) for line in schedule.lines),
    )


def cost_of_credit(
    schedule: Schedule, *, financed: Money | None = None, by_month: bool = False
) -> CostOfCredit:
    """Return what `schedule` costs.

    The nominal rate is the daily rate by actual days at which the instalments repay exactly,
    times 365; `by_month` takes the monthly IRR times twelve instead, one step a line, as banks
    show for instalment fees.

    Raises:
        NoSingleRate: the instalments do not repay what was financed in one direction.
    """
    flows = cash_flows(schedule, financed=financed)
    nominal = (
        12 * periodic_irr([flow.amount for flow in flows])
        if by_month
        else 365 * simple_daily_rate(flows)
    )
    return CostOfCredit(
        nominal=nominal,
        effective=xirr(flows).of_year,
        total_interest=schedule.total_interest,
        total_fee=schedule.total_fee,
        total=schedule.total,
    )

"""What credit costs: internal rates of return, the effective rate and the totals."""

from tideover.loan.cost.actuarial import unit_period_rate
from tideover.loan.cost.credit import CostOfCredit, cash_flows, cost_of_credit
from tideover.loan.cost.flows import (
    CashFlow,
    EffectiveRate,
    NoSingleRate,
    periodic_irr,
    present_value_of,
    simple_daily_rate,
    xirr,
)

__all__ = [
    "CashFlow",
    "CostOfCredit",
    "EffectiveRate",
    "NoSingleRate",
    "cash_flows",
    "cost_of_credit",
    "periodic_irr",
    "present_value_of",
    "simple_daily_rate",
    "unit_period_rate",
    "xirr",
]

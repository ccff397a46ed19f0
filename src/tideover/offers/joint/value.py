"""What the present contracts are worth to the lender with no agreement.

By the same curve as the plans (`value.*` in the policy book, assumptions of this lender): the
chance that a month breaks the payments off grows with the share of the capacity that falls due.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np

from tideover.kernels import Int, expected_value
from tideover.money import Money
from tideover.offers.joint.standing import Standing, by_month

__all__ = ["contract_value"]


def contract_value(standing: Standing) -> Money:
    """Return the expected present value of the present contracts, on the day of the search."""
    on = standing.request.on
    principal = by_month(
        (max(on, line.due_date), line.remaining.principal)
        for _, situation in standing.loans
        for line in situation.state.lines
    )
    dues = by_month(standing.contract_dues)
    count = 1 + max(_months(on, month) for month in (*dues, *principal))
    (value,) = expected_value(
        _column(dues, on=on, count=count)[:, None],
        _column(principal, on=on, count=count)[:, None],
        limits=_column(standing.limits, on=on, count=count),
        curve=standing.curve,
    )
    return Money(int(value), standing.currency)


def _column(amounts: Mapping[date, Money], *, on: date, count: int) -> Int:
    column = np.zeros(count, dtype=np.int64)
    for month, amount in amounts.items():
        place = _months(on, month)
        if 0 <= place < count:
            column[place] = amount.minor
    return column


def _months(on: date, month: date) -> int:
    return 12 * (month.year - on.year) + month.month - on.month

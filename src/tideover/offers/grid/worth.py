"""What the present contracts are worth to the lender with no agreement.

By the same curve as the plans (`value.*` in the policy book, assumptions of this lender): the
chance that a month breaks the payments off grows with the share of the capacity that falls due.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from tideover.kernels import BreakOff, Int, expected_value
from tideover.money import Money
from tideover.offers.situation import Situation

__all__ = ["contract_value"]


def contract_value(situations: Sequence[Situation], *, limits: Int, curve: BreakOff) -> int:
    """Return the expected present value of present contracts, minor units, on the day offered.

    `limits` is what may fall due in each month, from that day's on; beyond them there is nothing.
    """
    on = situations[0].on
    principal = [
        (max(on, line.due_date), line.remaining.principal)
        for situation in situations
        for line in situation.state.lines
    ]
    dues = [due for situation in situations for due in situation.contract_dues]
    count = 1 + max(_months(on, day) for day, _ in (*dues, *principal))
    within = np.zeros(count, dtype=np.int64)
    within[: len(limits)] = limits[:count]
    (value,) = expected_value(
        _column(dues, on=on, count=count)[:, None],
        _column(principal, on=on, count=count)[:, None],
        limits=within,
        curve=curve,
    )
    return int(value)


def _column(amounts: Iterable[tuple[date, Money]], *, on: date, count: int) -> Int:
    column = np.zeros(count, dtype=np.int64)
    for day, amount in amounts:
        column[_months(on, day)] += amount.minor
    return column


def _months(on: date, day: date) -> int:
    return 12 * (day.year - on.year) + day.month - on.month

"""What the present contracts of a household are worth to the lender with no agreement."""

import numpy as np

from tideover.money import Money
from tideover.offers.grid import contract_value as value_of
from tideover.offers.joint.standing import Standing

__all__ = ["contract_value"]


def contract_value(standing: Standing) -> Money:
    """Return the expected present value of the present contracts, on the day of the search."""
    on = standing.request.on
    column = {
        12 * (month.year - on.year) + month.month - on.month: amount.minor
        for month, amount in standing.limits.items()
    }
    limits = np.zeros(1 + max(column, default=0), dtype=np.int64)
    for place, minor in column.items():
        if place >= 0:
            limits[place] = minor
    situations = [situation for _, situation in standing.loans]
    return Money(value_of(situations, limits=limits, curve=standing.curve), standing.currency)

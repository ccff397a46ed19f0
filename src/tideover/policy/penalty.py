"""The late penalty of a product, held under the cap on everything a loan may cost."""

from fractions import Fraction

from tideover.policy.parameters import Parameters

__all__ = ["penalty_uplift"]


def penalty_uplift(annual_rate: Fraction, policy: Parameters) -> Fraction:
    """Return what lateness adds to a contract rate, as a share of it.

    The product's own uplift, less what would lift interest and penalty together above the cap of
    the day (24 % a year from 2017-08-04); never below zero. Before the cap there was none.
    """
    uplift = policy.ratio("penalty.uplift")
    if not annual_rate or "cost.all_in_max" not in policy:
        return uplift
    room = policy.ratio("cost.all_in_max") / annual_rate - 1
    return min(uplift, max(Fraction(0), room))

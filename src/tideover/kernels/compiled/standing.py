"""Figures of a day between two events of a loan, from what it was at the end of an earlier day.

Nothing of it changes by the day but the interest of the running line and what late lines gather,
so the first loop reads five columns and writes one, as fast as memory gives and takes them.
"""

from tideover.kernels.arrays import Int
from tideover.kernels.compiled._jit import compiled
from tideover.kernels.compiled._lines import interest

__all__ = ["late_lines", "running_interest"]


@compiled
def running_interest(
    on: int, denominator: int, opening: Int, start: Int, cost: Int, prepaid: Int, rate: Int,
    out: Int,
) -> None:  # fmt: skip
    """Fill the interest that the running line of each loan has earned and not been paid."""
    half = denominator // 2
    inverse, shift = 1.0 / denominator, half / denominator
    for loan in range(len(out)):
        days = rate[loan] * max(on - start[loan], 0)
        earned = interest(opening[loan], days, inverse, shift, half, denominator, 0)
        out[loan] = max(min(earned, cost[loan]) - prepaid[loan], 0)


@compiled
def late_lines(
    on: int, grace: int, denominator: int, offsets: Int, due: Int, unpaid: Int,
    interest_left: Int, penalty_paid: Int, cent_days: Int, counted_to: Int, rate: Int,
    penalty_rate: Int, interest_out: Int, penalty: Int, past_due: Int, due_today: Int,
    days_past_due: Int,
) -> None:  # fmt: skip
    """Add to the figures what late lines ask for; interest is there already."""
    half = denominator // 2
    inverse, shift = 1.0 / denominator, half / denominator
    for loan in range(len(offsets) - 1):
        for line in range(offsets[loan], offsets[loan + 1]):
            counted = cent_days[line]
            since = counted_to[line] if counted_to[line] >= 0 else due[line]
            if on > due[line] + grace and on > since:
                counted += unpaid[line] * (on - since)
            gathered = interest(counted, rate[loan], inverse, shift, half, denominator, 0)
            fined = interest(counted, penalty_rate[loan], inverse, shift, half, denominator, 0)
            asked, fine = interest_left[line] + gathered, fined - penalty_paid[line]
            whole = unpaid[line] + asked + fine
            interest_out[loan] += asked
            penalty[loan] += fine
            if due[line] == on:
                due_today[loan] += whole
                continue
            past_due[loan] += whole
            if whole > 0 and days_past_due[loan] == 0:
                days_past_due[loan] = on - due[line]

"""The level instalment, by whole numbers only.

Interest factors arrive as numerators over one common denominator, so a trial run of a schedule
is a multiplication and a division a line. The readable form of the same search is the oracle in
the tests.
"""

from bisect import bisect_left

from tideover.loan._factors import Divider, Factors
from tideover.money import Rounding

#: One line in minor units: principal, interest, fee, and interest carried to the next line.
Parts = tuple[int, int, int, int]


def smallest_clearing(
    balance: int, factors: Factors, *, rounding: Rounding, carried: int = 0
) -> int:
    """Return the smallest instalment that leaves nothing after the last line.

    `carried` is interest earned before the first line, which bears none itself.

    Sound because rounding never reverses an order: a higher instalment never leaves more. The
    annuity formula says where to look; a first period so long that its interest is above the
    instalment can put it off, so the search widens until it has the answer between two trials.
    """
    divider = Divider.of(rounding, factors.denominator)

    def left(minor: int) -> int:
        return left_after(balance, factors, instalment=minor, divider=divider, carried=carried)

    low = high = Rounding.UP.of(*factors.annuity(balance + carried))
    step = 1
    while left(high) > 0:
        low, high, step = high + 1, high + step, step * 2
    step = 1
    while low > 0 and left(low) <= 0:
        high, low, step = low, low - step, step * 2
    if low == high - 1:
        return high
    return bisect_left(range(high), 0, lo=max(low, 0), key=lambda minor: -max(left(minor), 0))


def left_after(
    balance: int, factors: Factors, *, instalment: int, divider: Divider, carried: int = 0
) -> int:
    """Return what is left after paying `instalment` on every line, below zero when too much.

    Interest above the instalment is carried to the next line and bears none itself.
    """
    bias, divisor, is_even = divider.parts
    for numerator in factors.numerators:
        exact = balance * numerator + bias
        due = exact // divisor + carried
        if is_even and not exact % divisor and exact // divisor & 1:
            due -= 1
        if due > instalment:
            carried = due - instalment
            continue
        carried = 0
        balance -= instalment - due
        if balance <= 0:
            return balance
    return balance + carried


def level_parts(
    balance: int,
    factors: Factors,
    *,
    instalment: int,
    rounding: Rounding,
    fee: int,
    carried: int = 0,
) -> list[Parts]:
    """Return the lines that a level instalment makes; the last one takes the balance.

    `carried` is interest earned before the first line.
    """
    divider = Divider.of(rounding, factors.denominator)
    bias, divisor, is_even = divider.parts
    opening = balance
    if is_even or carried:
        return _any_parts(
            opening, factors, instalment=instalment, divider=divider, fee=fee, carried=carried
        )
    lines: list[Parts] = []
    for numerator in factors.numerators[:-1]:
        interest = (balance * numerator + bias) // divisor
        principal = instalment - interest
        if principal < 0:
            return _any_parts(opening, factors, instalment=instalment, divider=divider, fee=fee)
        lines.append((principal, interest, fee, 0))
        balance -= principal
    # Cleared early, the balance has stayed below zero: nothing is borne that would lift it.
    if balance < 0:
        return _any_parts(opening, factors, instalment=instalment, divider=divider, fee=fee)
    lines.append((balance, divider.whole(balance * factors.numerators[-1]), fee, 0))
    return lines


def _any_parts(
    balance: int,
    factors: Factors,
    *,
    instalment: int,
    divider: Divider,
    fee: int,
    carried: int = 0,
) -> list[Parts]:
    """The same for every rounding, for interest above the instalment, and for clearing early."""
    lines: list[Parts] = []
    for numerator in factors.numerators[:-1]:
        due = carried + divider.whole(balance * numerator)
        interest = min(due, instalment)
        principal = min(instalment - interest, balance)
        carried = due - interest
        lines.append((principal, interest, fee, carried))
        balance -= principal
    due = carried + divider.whole(balance * factors.numerators[-1])
    return [*lines, (balance, due, fee, 0)]

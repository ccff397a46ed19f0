"""Loans with their payments taken to a day, one after the other: the fold of `tideover.loan`.

Only what is plain is decided here: level instalments by actual days, payments in the order of
their days, none of them closing the loan early. Everything else is left to the scalar engine.
"""

import numpy as np

from tideover.kernels.arrays import Int, Mask
from tideover.kernels.compiled._jit import compiled
from tideover.kernels.compiled._lines import interest

__all__ = ["closed_on"]

#: What a line is made of, in this order.
DUE, START, OPENING, PRINCIPAL, INTEREST, PAID, PAID_INTEREST, PAID_PENALTY = range(8)
CENT_DAYS, COUNTED_TO, LATE, PENALTY = range(8, 12)
FIELDS = 12


@compiled
def _month_start(month: int) -> int:
    """The day, since 1970-01-01, on which a month begins, counted since January 1970."""
    year, number = 1970 + month // 12, month % 12 + 1
    year -= number <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (number - 3 if number > 2 else number + 9) + 2) // 5
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@compiled
def _month_of(day: int) -> int:
    """The month of a day, both since January 1970."""
    month = (day * 12) // 365
    while _month_start(month) > day:
        month -= 1
    while _month_start(month + 1) <= day:
        month += 1
    return month


@compiled
def _rounded(amount: int, rate: int, denominator: int) -> int:
    """An amount times a rate over the denominator, half up."""
    half = denominator // 2
    return interest(amount, rate, 1.0 / denominator, half / denominator, half, denominator, 0)


@compiled
def _lines(
    lines: Int, principal: int, count: int, rate: int, disbursed: int, earliest: int,
    day_of_month: int, level: int, denominator: int,
) -> bool:  # fmt: skip
    """Fill the schedule; false where interest would be carried from a line to the next."""
    owed, start, month = principal, disbursed, _month_of(earliest)
    for line in range(count):
        begin = _month_start(month + line)
        length = _month_start(month + line + 1) - begin
        due = earliest if line == 0 else begin + min(day_of_month, length) - 1
        cost = _rounded(owed, rate * (due - start), denominator)
        if cost > level and line < count - 1:
            return False
        part = owed if line == count - 1 else min(level - cost, owed)
        lines[line, :] = 0
        lines[line, DUE], lines[line, START], lines[line, OPENING] = due, start, owed
        lines[line, PRINCIPAL], lines[line, INTEREST], lines[line, COUNTED_TO] = part, cost, -1
        owed -= part
        start = due
    return True


@compiled
def _accrue(
    lines: Int, count: int, to: int, grace: int, rate: int, penalty_rate: int, denominator: int
) -> None:
    """Count late interest and penalty of every line that is late, up to a day."""
    for line in range(count):
        if lines[line, DUE] >= to:
            break
        if to <= lines[line, DUE] + grace:
            continue
        unpaid = lines[line, PRINCIPAL] - lines[line, PAID]
        start = lines[line, COUNTED_TO] if lines[line, COUNTED_TO] >= 0 else lines[line, DUE]
        if unpaid > 0 and start < to:
            lines[line, CENT_DAYS] += unpaid * (to - start)
            counted = lines[line, CENT_DAYS]
            lines[line, LATE] = _rounded(counted, rate, denominator)
            lines[line, PENALTY] = _rounded(counted, penalty_rate, denominator)
        lines[line, COUNTED_TO] = to


@compiled
def _take(lines: Int, line: int, amount: int) -> int:
    """Pay a line what it asks, penalty, interest, principal; return what is left of the amount."""
    part = min(lines[line, PENALTY] - lines[line, PAID_PENALTY], amount)
    lines[line, PAID_PENALTY] += part
    amount -= part
    part = min(lines[line, INTEREST] + lines[line, LATE] - lines[line, PAID_INTEREST], amount)
    lines[line, PAID_INTEREST] += part
    amount -= part
    part = min(lines[line, PRINCIPAL] - lines[line, PAID], amount)
    lines[line, PAID] += part
    return amount - part


@compiled
def _earned(lines: Int, line: int, on: int, rate: int, denominator: int) -> int:
    """The interest of a line not yet due that is earned by a day."""
    elapsed = on - lines[line, START]
    if elapsed <= 0:
        return 0
    cost = _rounded(lines[line, OPENING], rate * elapsed, denominator)
    return min(cost, lines[line, INTEREST])


@compiled
def _left(lines: Int, line: int) -> int:
    asked = lines[line, PRINCIPAL] + lines[line, INTEREST] + lines[line, LATE]
    paid = lines[line, PAID] + lines[line, PAID_INTEREST] + lines[line, PAID_PENALTY]
    return asked + lines[line, PENALTY] - paid


@compiled
def _pay(lines: Int, count: int, amount: int, on: int, rate: int, denominator: int) -> bool:
    """Allocate a payment: what is due, oldest first, then in advance; false where it closes."""
    due = 0
    while due < count and lines[due, DUE] <= on:
        if amount > 0:
            amount = _take(lines, due, amount)
        due += 1
    if amount <= 0:
        return True
    payoff = np.int64(0)
    for line in range(count):
        if line < due:
            payoff += _left(lines, line)
        else:
            owed = lines[line, PRINCIPAL] + _earned(lines, line, on, rate, denominator)
            payoff += owed - lines[line, PAID] - lines[line, PAID_INTEREST]
    if amount >= payoff:
        return False
    while due < count and amount > 0:
        amount = _take(lines, due, amount)
        due += 1
    return True


@compiled
def _figures(lines: Int, count: int, on: int, rate: int, denominator: int, out: Int) -> None:
    """Fill principal, interest, penalty, past due, due today and days past due."""
    out[:] = 0
    for line in range(count):
        left = lines[line, PRINCIPAL] - lines[line, PAID]
        if lines[line, DUE] > on:
            earned = _earned(lines, line, on, rate, denominator)
            out[0] += left
            out[1] += max(earned - lines[line, PAID_INTEREST], 0)
            continue
        whole = _left(lines, line)
        out[0] += left
        out[1] += lines[line, INTEREST] + lines[line, LATE] - lines[line, PAID_INTEREST]
        out[2] += lines[line, PENALTY] - lines[line, PAID_PENALTY]
        if lines[line, DUE] == on:
            out[4] += whole
            continue
        out[3] += whole
        if whole > 0 and out[5] == 0:
            out[5] = on - lines[line, DUE]


@compiled
def closed_on(
    on: int, grace: int, denominator: int, principal: Int, counts: Int, rate: Int,
    penalty_rate: Int, disbursed: Int, earliest: Int, day_of_month: Int, level: Int,
    offsets: Int, paid_on: Int, paid: Int, out: Int, is_sure: Mask,
) -> None:  # fmt: skip
    """Fill the figures (loans, 6) of the end of a day; `is_sure` is false for the scalar engine's.

    Payments of loan i are those from `offsets[i]` to `offsets[i + 1]`, in the order of their days.
    """
    lines = np.zeros((counts.max(), FIELDS), np.int64)
    for loan in range(len(principal)):
        count, yearly, late = counts[loan], rate[loan], penalty_rate[loan]
        is_sure[loan] = disbursed[loan] <= on and _lines(
            lines, principal[loan], count, yearly, disbursed[loan], earliest[loan],
            day_of_month[loan], level[loan], denominator,
        )  # fmt: skip
        before = disbursed[loan]
        for place in range(offsets[loan], offsets[loan + 1]):
            day = paid_on[place]
            if not is_sure[loan] or day > on:
                break
            is_sure[loan] &= day >= before and paid[place] > 0
            before = day
            _accrue(lines, count, day, grace, yearly, late, denominator)
            is_sure[loan] &= _pay(lines, count, paid[place], day, yearly, denominator)
        if is_sure[loan]:
            _accrue(lines, count, on, grace, yearly, late, denominator)
            _figures(lines, count, on, yearly, denominator, out[loan])

"""Loans with their payments taken to a day, one after the other: the fold of `tideover.loan`.

What is left of a loan is what figures of later days follow from: see `tideover.kernels.standing`.

Only what is plain is decided here: level instalments by actual days, payments in the order of
their days, none of them closing the loan early. Everything else is left to the scalar engine.
"""

import numpy as np

from tideover.kernels.arrays import Int
from tideover.kernels.compiled._jit import compiled
from tideover.kernels.compiled._lines import interest

__all__ = ["standing_on"]

#: What a line is made of, in this order.
DUE, START, OPENING, PRINCIPAL, INTEREST, PAID, PAID_INTEREST, PAID_PENALTY = range(8)
CENT_DAYS, COUNTED_TO, LATE, PENALTY = range(8, 12)
FIELDS = 12

#: A line that never ends.
NEVER = 2**31 - 1


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
def _folded(
    lines: Int, on: int, grace: int, denominator: int, principal: int, count: int, rate: int,
    penalty_rate: int, disbursed: int, earliest: int, day_of_month: int, level: int, first: int,
    last: int, paid_on: Int, paid: Int,
) -> bool:  # fmt: skip
    """Take one loan to the end of a day; false where the scalar engine has to."""
    if disbursed > on or not _lines(
        lines, principal, count, rate, disbursed, earliest, day_of_month, level, denominator
    ):
        return False
    before = disbursed
    for place in range(first, last):
        day = paid_on[place]
        if day > on:
            break
        if day < before or paid[place] <= 0:
            return False
        before = day
        _accrue(lines, count, day, grace, rate, penalty_rate, denominator)
        if not _pay(lines, count, paid[place], day, rate, denominator):
            return False
    _accrue(lines, count, on, grace, rate, penalty_rate, denominator)
    return True


@compiled
def standing_on(
    on: int, grace: int, denominator: int, principal: Int, counts: Int, rate: Int,
    penalty_rate: Int, disbursed: Int, earliest: Int, day_of_month: Int, level: Int,
    offsets: Int, paid_on: Int, paid: Int, out: Int, late: Int, late_offsets: Int,
) -> None:  # fmt: skip
    """Fill what each loan is from the end of a day (fields, loans), and its late lines.

    `late` is (fields, lines), as many as all instalments; those of loan i stand from
    `late_offsets[i]` to `late_offsets[i + 1]`. `holds_until` is nought for the scalar engine's.
    """
    lines = np.zeros((counts.max(), FIELDS), np.int64)
    end = 0
    for loan in range(len(principal)):
        out[:, loan] = 0
        if _folded(
            lines, on, grace, denominator, principal[loan], counts[loan], rate[loan],
            penalty_rate[loan], disbursed[loan], earliest[loan], day_of_month[loan], level[loan],
            offsets[loan], offsets[loan + 1], paid_on, paid,
        ):  # fmt: skip
            end = _stand(lines, counts[loan], on, out[:, loan], late, end)
        late_offsets[loan + 1] = end


@compiled
def _stand(lines: Int, count: int, on: int, out: Int, late: Int, end: int) -> int:
    """Write a folded loan and its late lines; return where the next late line goes."""
    out[5] = NEVER
    for line in range(count):
        out[0] += lines[line, PRINCIPAL] - lines[line, PAID]
        if lines[line, DUE] <= on:
            if _left(lines, line) > 0:
                late[0, end] = lines[line, DUE]
                late[1, end] = lines[line, PRINCIPAL] - lines[line, PAID]
                late[2, end] = lines[line, INTEREST] - lines[line, PAID_INTEREST]
                late[3, end] = lines[line, PAID_PENALTY]
                late[4, end] = lines[line, CENT_DAYS]
                late[5, end] = lines[line, COUNTED_TO]
                end += 1
        elif out[5] == NEVER:
            out[1], out[2] = lines[line, OPENING], lines[line, START]
            out[3], out[4] = lines[line, INTEREST], lines[line, PAID_INTEREST]
            out[5] = lines[line, DUE]
    return end

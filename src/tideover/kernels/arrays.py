"""What the arrays of this room are made of, and how loans of different lengths share them.

Arrays of lines have the shape (lines, loans): a column is a loan, a row is a line of all of them.
Amounts are `int64` minor units, days are `int64` since 1970-01-01. Loans of one array are ordered
from the most instalments to the fewest, so that the loans which have a line are the first ones.
"""

from typing import ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tideover.money import Refusal

__all__ = [
    "BeyondExact",
    "Int",
    "Mask",
    "NotOrdered",
    "Real",
    "having_line",
    "order_by_count",
    "runs",
]

Int: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]


class BeyondExact(Refusal):
    """An amount or a rate is outside the range in which the arrays are exact to the minor unit."""

    code: ClassVar[str] = "beyond-exact"

    def __init__(self, what: str, *, limit: int, place: int) -> None:
        super().__init__(
            f"loan {place} of the array: {what} is not below {limit}, beyond which 64-bit "
            "arithmetic is not exact; work this loan out with the scalar engine",
            f"数组中第 {place} 笔贷款：{what} 不低于 {limit}，64 位运算不再精确，"
            "请改用逐笔引擎计算",
        )


class NotOrdered(Refusal):
    """The loans of an array are not ordered from the most instalments to the fewest."""

    code: ClassVar[str] = "not-ordered"

    def __init__(self, counts: Int) -> None:
        place = int(np.argmax(np.diff(counts) > 0))
        super().__init__(
            f"loan {place} has {counts[place]} instalments and the next one {counts[place + 1]}: "
            "order the loans by `order_by_count`, the most instalments first",
            f"第 {place} 笔有 {counts[place]} 期，其后一笔有 {counts[place + 1]} 期："
            "请先用 order_by_count 按期数从多到少排序",
        )


def order_by_count(counts: Int) -> Int:
    """Return the places of the loans from the most instalments to the fewest, stable."""
    return np.argsort(-counts, kind="stable")


def having_line(counts: Int) -> list[int]:
    """Return for every line how many loans have it: the first so many columns.

    One more entry, zero, follows the last line.

    Raises:
        NotOrdered: the counts rise somewhere.
    """
    if np.any(np.diff(counts) > 0):
        raise NotOrdered(counts)
    lines = np.arange(int(counts[0]) + 1)
    return [int(one) for one in np.searchsorted(-counts, -lines, side="left")]


def runs(starts: Int, lengths: Int) -> Int:
    """Return the places of runs of an array, one after the other: where each starts, how long."""
    ends = np.cumsum(lengths)
    whole = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.repeat(starts - (ends - lengths), lengths) + np.arange(whole))

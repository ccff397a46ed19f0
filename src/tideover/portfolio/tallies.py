"""What is counted: whole numbers by name, so that summaries of parts add to that of the whole.

`A/…` and `B/…` are the two policies, `by/…` is after a group, a cause or an age of plans.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from tideover.kernels import Int, Mask

__all__ = ["AGES", "ARMS", "Tally", "added", "counted", "squares", "total"]

ARMS: Final = ("A", "B")
#: Months after which plans are looked at.
AGES: Final = (3, 6, 12)
#: Sums by name.
Tally = dict[str, int]
LOW_BITS: Final = 32


def added(parts: list[Mapping[str, int]]) -> Tally:
    """Return the sums of several summaries: any order and any grouping gives the same."""
    found: Tally = {}
    for part in parts:
        for name, value in part.items():
            found[name] = found.get(name, 0) + value
    return found


def total(values: Int | Mask) -> int:
    """Return a sum as a whole number of Python."""
    return int(values.sum())


def counted(name: str, places: Int, *, names: tuple[str, ...], weight: Int | Mask) -> Tally:
    """Return sums of `weight` by the words that `places` stand for."""
    halves = [(weight >> LOW_BITS), (weight & (2**LOW_BITS - 1))] if weight.dtype != bool else None
    if halves is None:
        sums = [int(one) for one in np.bincount(places[weight], minlength=len(names))]
    else:
        # A double holds each half exactly: `bincount` adds in doubles.
        high, low = (np.bincount(places, half, minlength=len(names)) for half in halves)
        sums = [(int(up) << LOW_BITS) + int(down) for up, down in zip(high, low, strict=True)]
    return {f"{name}={label}": one for label, one in zip(names, sums, strict=True)}


def squares(values: Int) -> int:
    """Return the exact sum of squares of values below 3 x 10^9 either way."""
    squared = values * values
    return (total(squared >> LOW_BITS) << LOW_BITS) + total(squared & (2**LOW_BITS - 1))

"""A sample of the changes, and how many of all of them are noticed at least, by what it shows."""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import comb
from typing import TypeVar

One = TypeVar("One")

#: How often a bound of `noticed_at_least` may be too high.
DOUBT = Fraction(1, 20)


def sampled(
    all_of_them: Sequence[One], size: int, *, name: Callable[[One], str], seed: str = ""
) -> list[One]:
    """Return `size` of them, in their order: always the same ones as long as their names stay.

    Each is drawn by a digest of its name, so a change of one file leaves the sample of the others
    as it was, and nobody can choose. Another `seed` draws others: tests that were written for
    the survivors of one sample say nothing by that sample any more.
    """
    drawn = sorted(
        all_of_them, key=lambda one: hashlib.sha256((seed + name(one)).encode()).digest()
    )
    chosen = {id(one) for one in drawn[:size]}
    return [one for one in all_of_them if id(one) in chosen]


def noticed_at_least(noticed: int, *, tried: int, whole: int) -> int:
    """Return how many of the `whole` are noticed, by 95 % confidence, not fewer.

    `noticed` of `tried` were, drawn without putting back: with any smaller number of noticed ones
    among the whole, so many in the sample would come up in less than one sample of twenty (the
    one-sided bound of Clopper and Pearson, for the hypergeometric distribution).
    """
    missed = tried - noticed
    candidates = range(noticed, whole - missed + 1)
    place = bisect_left(candidates, 1, key=lambda most: _tail(noticed, tried, most, whole) > DOUBT)
    return candidates[place]


def _tail(noticed: int, tried: int, among: int, whole: int) -> Fraction:
    """How probable `noticed` or more of `tried` are, when `among` of the whole are noticed."""
    ways = sum(
        comb(among, count) * comb(whole - among, tried - count)
        for count in range(noticed, min(tried, among) + 1)
    )
    return Fraction(ways, comb(whole, tried))

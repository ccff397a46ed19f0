"""Random draws that depend on nothing but a seed, a loan and what they are for.

A draw is a hash of (seed, stream, loan): the same in every shard, order, thread and machine. Two
rounds of the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
generators", 2014: `tideover.kernels.mixing`) mix each part in.
"""

from typing import Final

import numpy as np

from tideover.kernels.arrays import Int, Real
from tideover.kernels.mixing import GOLDEN, mix

__all__ = ["normal", "pick", "uniform"]

MASK: Final = 2**64 - 1
#: A double holds 53 bits.
SPARE_BITS: Final = 11
STEP: Final = 2.0**-53


def uniform(loans: Int, *, seed: int, stream: int) -> Real:
    """Return a draw above 0 and below 1 for every loan number, of the stream so numbered."""
    start = _mixed(_mixed((seed * GOLDEN + 1) & MASK) + stream * GOLDEN & MASK)
    words = loans.astype(np.uint64)
    words *= np.uint64(GOLDEN)
    words += np.uint64(start)
    mix(words)
    words += np.uint64(start ^ GOLDEN)
    mix(words)
    words >>= np.uint64(SPARE_BITS)
    return np.asarray((words.astype(np.float64) + 0.5) * STEP, dtype=np.float64)


def normal(loans: Int, *, seed: int, stream: int) -> Real:
    """Return standard normal draws; streams `stream` and `stream + 1` are used (Box and Muller)."""
    radius = np.sqrt(-2 * np.log(uniform(loans, seed=seed, stream=stream)))
    angle = 2 * np.pi * uniform(loans, seed=seed, stream=stream + 1)
    return np.asarray(radius * np.cos(angle), dtype=np.float64)


def pick(draws: Real, weights: Real) -> Int:
    """Return for every draw the place of the entry it falls on, by `weights`."""
    edges = np.cumsum(weights)[:-1] / weights.sum()
    return np.asarray(np.searchsorted(edges, draws, side="right"), dtype=np.int64)


def _mixed(word: int) -> int:
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & MASK
    word = (word ^ word >> 27) * 0x94D049BB133111EB & MASK
    return word ^ word >> 31

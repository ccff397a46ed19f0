"""Words of 64 bits mixed until nothing shows what they were made of.

The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
generators", 2014).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tideover.kernels.arrays import Int

__all__ = ["GOLDEN", "Words", "digest_of_rows", "mix"]

Words = NDArray[np.uint64]
GOLDEN: Final = 0x9E3779B97F4A7C15


def mix(words: Words) -> None:
    """Mix every word in place."""
    words ^= words >> np.uint64(30)
    words *= np.uint64(0xBF58476D1CE4E5B9)
    words ^= words >> np.uint64(27)
    words *= np.uint64(0x94D049BB133111EB)
    words ^= words >> np.uint64(31)


def digest_of_rows(*columns: Int) -> Int:
    """Return a number for each row of the columns, which one bit of it or their order changes."""
    words = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        words += column.view(np.uint64)
        words += np.uint64(GOLDEN)
        mix(words)
    return np.asarray(words.view(np.int64))

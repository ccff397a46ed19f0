"""How everything in this package is compiled: cached on disk, without the interpreter's lock."""

from collections.abc import Callable
from typing import Final, TypeVar, cast

import numba
import numpy as np

from tideover.kernels.arrays import Int

__all__ = ["BLOCK", "compiled", "lanes"]

#: Loans worked on side by side: eight vector registers of eight, and they stay in the first cache.
BLOCK: Final = 64

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Return the function compiled at its first call, or read from the disk's cache.

    Doubles keep their order of operations (no fast mathematics): results do not depend on the
    machine's vectors.
    """
    compile_ = numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=False)
    return cast("Function", compile_(function))


@compiled
def lanes() -> tuple[Int, Int, Int, Int, Int, Int, Int, Int]:
    """Return eight arrays of a block each, nought."""
    return (
        np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64),
        np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64),
        np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int64),
    )  # fmt: skip

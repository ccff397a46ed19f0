"""Which back end works: numpy, or numba where it is installed and the array is worth its start."""

from enum import Enum
from functools import cache
from importlib.util import find_spec
from typing import Final

__all__ = ["WORTH_COMPILED", "Engine", "engine_for", "is_installed"]

#: Fewer loans than this are done by numpy before compiled code is even read from the disk.
WORTH_COMPILED: Final = 4_096


class Engine(Enum):
    """What works an array of loans out; both give the same whole numbers."""

    NUMPY = "numpy"
    NUMBA = "numba"


@cache
def is_installed() -> bool:
    """Whether numba is there: the extra `portfolio` brings it."""
    return find_spec("numba") is not None


def engine_for(loans: int) -> Engine:
    """Return the back end for so many loans."""
    return Engine.NUMBA if loans >= WORTH_COMPILED and is_installed() else Engine.NUMPY

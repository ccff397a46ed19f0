"""What is carried without interest, spread over the lines of many plans at once."""

import numpy as np

from tideover.kernels.arrays import Int

__all__ = ["spread"]


def spread(amount: Int, counts: Int, *, lines: int) -> Int:
    """Return what of `amount` (plans,) falls due with every line, shape (lines, plans).

    As `carried_by_line`: each line takes the same, rounded up, and the last ones what is left.
    """
    share = -(-amount // counts)
    left = amount - share * np.arange(lines)[:, None]
    np.maximum(left, 0, out=left)
    return np.asarray(np.minimum(left, share, out=left), dtype=np.int64)

"""Margins: worked by hand, and against resamples of the loans they are drawn from."""

import numpy as np
import pytest

from tideover.portfolio.intervals import broken_difference, share_margin, sum_difference

AGE = 6


def tally_of(seen, failed):
    """What is counted of plans: seen and failed under A and B, a row a loan."""
    sums = {f"{arm}/seen/{AGE}": int(seen[:, at].sum()) for at, arm in enumerate("AB")}
    sums |= {f"{arm}/failed/{AGE}": int(failed[:, at].sum()) for at, arm in enumerate("AB")}
    for first, one in (("failed", failed), ("seen", seen)):
        for second, other in (("failed", failed), ("seen", seen)):
            both = int((one[:, 0] & other[:, 1]).sum())
            sums[f"both/{first}_{second}/{AGE}"] = both
    return sums


class TestSumDifference:
    def test_is_that_of_a_sum_worked_by_hand(self):
        # Differences 3, 0, 0, -1 of four loans: sum 2, squares 10; 10 - 4/4 = 9, 1.96 x 3 = 5.88.
        tally = {"loans": 4, "paired/value": 2, "paired_squares/value": 10}
        found = sum_difference(tally, "value")

        assert (found.middle, found.margin) == (2, 6)
        assert not found.is_clear


class TestBrokenDifference:
    def test_of_separate_plans_is_that_of_two_shares(self):
        # A: 20 of 100 broke, B: 30 of 100 others. 0.2 x 0.8 / 100 + 0.3 x 0.7 / 100 = 0.0037, its
        # root 0.0608, times 1.96 = 0.119.
        seen = np.zeros((200, 2), dtype=bool)
        seen[:100, 0] = seen[100:, 1] = True
        failed = np.zeros_like(seen)
        failed[:20, 0] = failed[100:130, 1] = True
        found = broken_difference(tally_of(seen, failed), AGE)

        assert found.middle == pytest.approx(0.1)
        assert found.margin == pytest.approx(0.1192, abs=1e-4)

    def test_holds_what_resampled_loans_do(self):
        draw = np.random.default_rng(11)
        luck = draw.random(3_000)
        seen = draw.random((3_000, 2)) < (0.3, 0.6)
        failed = seen & (luck[:, None] < (0.2, 0.35))
        found = broken_difference(tally_of(seen, failed), AGE)
        differences = []
        for _ in range(400):
            rows = draw.integers(0, len(seen), len(seen))
            shares = failed[rows].sum(axis=0) / seen[rows].sum(axis=0)
            differences.append(shares[1] - shares[0])

        assert found.margin == pytest.approx(1.96 * np.std(differences), rel=0.12)

    def test_is_less_where_both_share_their_fortunes(self):
        seen = np.ones((1_000, 2), dtype=bool)
        failed = np.zeros_like(seen)
        failed[:200, 0] = failed[:210, 1] = True
        shared = broken_difference(tally_of(seen, failed), AGE)
        failed[:, 1] = failed[::-1, 1]
        apart = broken_difference(tally_of(seen, failed), AGE)

        assert shared.margin < apart.margin / 3

    def test_is_none_where_a_policy_has_no_plans(self):
        seen = np.ones((10, 2), dtype=bool)
        seen[:, 0] = False

        assert broken_difference(tally_of(seen, seen), AGE) is None


class TestShareMargin:
    def test_is_that_of_a_textbook(self):
        # 50 of 100: 1.96 x 0.5 / 10.
        assert share_margin(50, 100) == pytest.approx(0.098)

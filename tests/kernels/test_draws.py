"""Draws that depend on a seed, a stream and a loan alone."""

import numpy as np
import pytest

from tideover.kernels import normal, pick, uniform

LOANS = np.arange(200_000)


class TestUniform:
    def test_is_the_same_for_a_loan_in_any_company(self):
        alone = uniform(LOANS[777:778], seed=7, stream=3)

        assert alone[0] == uniform(LOANS[::-1], seed=7, stream=3)[::-1][777]

    def test_spreads_evenly_over_a_hundred_boxes(self):
        draws = uniform(LOANS, seed=7, stream=3)
        counts = np.bincount((draws * 100).astype(int), minlength=100)

        # Chi-squared with 99 degrees of freedom passes 149 once in a thousand seeds.
        assert ((counts - 2_000) ** 2 / 2_000).sum() < 149
        assert 0 < draws.min() < draws.max() < 1

    @pytest.mark.parametrize(("seed", "stream"), [(8, 3), (7, 4), (7, 5), (7 + 2**40, 3)])
    def test_says_nothing_about_another_seed_or_stream(self, seed, stream):
        one, other = uniform(LOANS, seed=7, stream=3), uniform(LOANS, seed=seed, stream=stream)

        # The correlation of independent draws has a standard deviation of 1 / sqrt(200,000).
        assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(len(LOANS))

    def test_says_nothing_about_the_next_loan(self):
        draws = uniform(LOANS, seed=7, stream=3)

        assert abs(np.corrcoef(draws[1:], draws[:-1])[0, 1]) < 4 / np.sqrt(len(LOANS))


class TestNormal:
    def test_has_the_mean_and_the_spread_of_the_standard(self):
        draws = normal(LOANS, seed=1, stream=1)

        assert abs(draws.mean()) < 0.01
        assert abs(draws.std() - 1) < 0.01
        assert abs((np.abs(draws) < 1.96).mean() - 0.95) < 0.003


class TestPick:
    def test_takes_each_entry_by_its_weight(self):
        # Weights 1, 2, 1: quarters at 0.25 and 0.75.
        draws = np.array([0.0, 0.2499, 0.25, 0.74, 0.75, 0.999])

        assert pick(draws, np.array([1.0, 2.0, 1.0])).tolist() == [0, 0, 1, 1, 2, 2]

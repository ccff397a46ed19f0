"""Mixed words: what the published generator gives, and no two rows alike."""

import numpy as np

from tideover.kernels.mixing import GOLDEN, digest_of_rows, mix


class TestMix:
    def test_gives_the_first_words_of_splitmix64(self):
        # The generator adds GOLDEN and mixes; from the seed 1234567 it is known to begin so
        # (Vigna's splitmix64.c, the test vector of several libraries).
        seeds = (1_234_567 + GOLDEN * (1 + np.arange(5, dtype=object))) % 2**64
        words = np.array(seeds, dtype=np.uint64)
        mix(words)

        assert words.tolist() == [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
            16408922859458223821,
        ]


class TestDigestOfRows:
    def test_differs_with_any_column_and_their_order(self):
        one, two = np.arange(2_000), np.arange(2_000)[::-1].copy()
        digests = np.concatenate([digest_of_rows(one, two), digest_of_rows(one), -one])

        assert len(np.unique(digests)) == 6_000
        assert (digest_of_rows(one, two) == digest_of_rows(one, two)).all()

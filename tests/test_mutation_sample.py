"""tools/mutation: what a sample of changes says of all of them, and what survivors.toml names."""

import importlib.util
import tomllib
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tools" / "mutation" / "sampling.py"
KNOWN = tomllib.loads(FILE.with_name("survivors.toml").read_text(encoding="utf-8"))
SPEC = importlib.util.spec_from_file_location("mutation_sampling", FILE)
assert SPEC
assert SPEC.loader
sampling = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sampling)


class TestSampled:
    def test_is_always_the_same_and_in_order(self):
        changes = [f"change {number}" for number in range(100)]

        once = sampling.sampled(changes, 20, name=str)

        assert len(once) == 20
        assert once == sorted(once, key=changes.index)
        assert once == sampling.sampled(changes, 20, name=str)

    def test_does_not_mind_what_else_there_is(self):
        changes = [f"change {number}" for number in range(100)]
        fewer = [one for one in changes if one != "change 7"]

        left = set(sampling.sampled(fewer, 20, name=str))

        assert len(left & set(sampling.sampled(changes, 20, name=str))) >= 19

    def test_of_another_seed_is_another(self):
        changes = [f"change {number}" for number in range(1_000)]

        once = set(sampling.sampled(changes, 100, name=str, seed="b"))

        # Of 100 drawn twice from 1,000, ten on average are drawn both times.
        assert len(once) == 100
        assert len(once & set(sampling.sampled(changes, 100, name=str))) < 40

    def test_of_more_than_there_are_is_everything(self):
        assert sampling.sampled("abc", 5, name=str) == ["a", "b", "c"]


class TestNoticedAtLeast:
    def test_of_everything_is_what_was_counted(self):
        assert sampling.noticed_at_least(9, tried=10, whole=10) == 9

    def test_of_nothing_is_nothing(self):
        assert sampling.noticed_at_least(0, tried=0, whole=10) == 0

    def test_agrees_with_every_sample_drawn(self):
        # Of 12, 9 are noticed. In how many of the 792 samples of 5 are all 5, or at least 4?
        whole = [True] * 9 + [False] * 3
        drawn = [sum(sample) for sample in combinations(whole, 5)]
        assert [sum(n >= count for n in drawn) for count in (5, 4)] == [126, 504]

        # Were 8 of 12 noticed, all 5 would be so in 56 samples of 792, more than one in twenty;
        # were it 7, in 21 of them. So 5 of 5 say: 8 at least.
        assert sampling.noticed_at_least(5, tried=5, whole=12) == 8
        assert Fraction(21, 792) <= sampling.DOUBT < Fraction(56, 792)

    @pytest.mark.parametrize(("noticed", "percent"), [(300, 99), (282, 91), (270, 86)])
    def test_is_the_bound_of_clopper_and_pearson_when_the_whole_is_large(self, noticed, percent):
        # Tables of the binomial give 99.0, 91.3 and 86.7 % for 300.
        least = sampling.noticed_at_least(noticed, tried=300, whole=4_800)

        assert 100 * least // 4_800 == percent


class TestSurvivors:
    def test_name_tests_that_are_there(self):
        named = {test for tests in KNOWN["tests"].values() for test in tests}

        assert not [test for test in sorted(named) if not (ROOT / test).exists()]

    def test_are_lines_that_still_stand_in_their_files(self):
        stale = []
        for one in KNOWN["survivor"]:
            text = (ROOT / "src" / "tideover" / one["file"]).read_text(encoding="utf-8")
            if one["line"] not in {line.strip() for line in text.splitlines()}:
                stale.append((one["file"], one["line"]))

        assert not stale

import pytest

from tideover.money import CNY, JPY, KWD, Refusal, UnknownCurrency, currency


class TestCurrency:
    def test_is_found_by_its_code_in_either_case(self):
        assert currency(" cny ") is CNY

    def test_knows_how_fine_it_is(self):
        assert [one.minor_per_major for one in (CNY, JPY, KWD)] == [100, 1, 1000]

    def test_refuses_a_code_it_does_not_keep(self):
        with pytest.raises(UnknownCurrency, match="'XYZ' is not known; use one of CNY"):
            currency("XYZ")


class TestRefusal:
    """The family in money/refusal.py."""

    def test_speaks_both_languages(self):
        refusal = Refusal("too much: 5, at most 3", "太多：5，最多 3")

        assert (str(refusal), refusal.zh) == ("too much: 5, at most 3", "太多：5，最多 3")

    def test_falls_back_to_the_one_it_has(self):
        assert Refusal("only English").zh == "only English"

    def test_has_a_stable_code(self):
        with pytest.raises(Refusal) as refused:
            currency("XYZ")

        assert refused.value.code == "unknown-currency"

import pytest

from tideover.money import CNY, Currency, Refusal, UnknownCurrency, currency


class TestCurrency:
    def test_is_found_by_its_code_in_either_case(self):
        assert currency(" cny ") is CNY

    @pytest.mark.parametrize(
        ("code", "per_major"),
        [("CNY", 100), ("EUR", 100), ("GBP", 100), ("USD", 100), ("JPY", 1), ("KWD", 1000)],
    )
    def test_knows_how_fine_it_is(self, code, per_major):
        # ISO 4217, column "minor unit": two digits, none for the yen, three for the dinar.
        assert currency(code).minor_per_major == per_major

    def test_has_two_digits_unless_it_is_said(self):
        assert Currency("SEK").minor_per_major == 100

    def test_refuses_a_code_it_does_not_keep(self):
        with pytest.raises(
            UnknownCurrency, match="'XYZ' is not known; use one of CNY, EUR, GBP, JPY, KWD, USD"
        ):
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

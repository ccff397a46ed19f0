import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as s
from tideover.money import (
    CNY,
    JPY,
    KWD,
    USD,
    Currency,
    CurrencyMismatch,
    Money,
    NegativeAmount,
    NotAnAmount,
    Refusal,
    total,
)


class TestParse:
    @given(s.minors, s.currencies)
    def test_reads_back_what_text_wrote(self, minor, currency):
        amount = Money(minor, currency)

        assert Money.parse(amount.text, currency) == amount

    @given(s.minors, s.currencies)
    def test_reads_back_what_people_were_shown(self, minor, currency):
        amount = Money(minor, currency)

        assert Money.parse(amount.display, currency) == amount

    @pytest.mark.parametrize(
        ("text", "minor"),
        [
            ("1,234.56", 123_456),
            ("1234.5", 123_450),
            ("１２３４．５", 123_450),
            ("¥12", 1_200),
            ("￥12", 1_200),
            (" 7 ", 700),
            ("+3", 300),
            ("−3", -300),
            ("0.10000", 10),
        ],
    )
    def test_accepts_what_people_type(self, text, minor):
        assert Money.parse(text, CNY) == Money(minor, CNY)

    @pytest.mark.parametrize(
        "text", ["", "abc", "¥¥5", "1,23", "1.234", "--5", "1e5", "NaN", "٣x", "1" * 31, "12,3456"]
    )
    def test_refuses_what_is_not_an_amount(self, text):
        with pytest.raises(NotAnAmount, match="is not an amount of CNY"):
            Money.parse(text, CNY)

    def test_shows_the_beginning_of_a_text_that_is_too_long(self):
        with pytest.raises(NotAnAmount) as refused:
            Money.parse("9" * 40, CNY)

        assert str(refused.value).startswith(f"'{'9' * 30}…' is not an amount")
        assert str(refused.value).endswith("for example 1,234.56")

    def test_shows_the_whole_of_a_text_that_is_not(self):
        with pytest.raises(NotAnAmount) as refused:
            Money.parse("x" * 30, CNY)

        assert str(refused.value).startswith(f"'{'x' * 30}' is not an amount")

    def test_reads_as_many_digits_as_a_book_can_need(self):
        assert Money.parse("9" * 30, CNY).minor == (10**30 - 1) * 100

    def test_says_how_many_decimals_the_currency_has(self):
        with pytest.raises(NotAnAmount, match=r"at most 0 decimals, for example 1,234$"):
            Money.parse("12.5", JPY)

    def test_refuses_less_than_nothing_where_that_cannot_be(self):
        with pytest.raises(NegativeAmount, match=r"-¥5\.00, below zero") as refused:
            Money.parse_not_negative("-5", CNY)

        assert "小于零" in refused.value.zh
        assert Money.parse_not_negative("0", CNY) == Money(0, CNY)


class TestWriting:
    @pytest.mark.parametrize(
        ("amount", "text", "display"),
        [
            (Money(123_456, CNY), "1234.56", "¥1,234.56"),
            (Money(0, CNY), "0.00", "¥0.00"),
            (Money(-500, CNY), "-5.00", "-¥5.00"),
            (Money(-5, CNY), "-0.05", "-¥0.05"),
            (Money(1_234, JPY), "1234", "JP¥1,234"),
            (Money(1_234, KWD), "1.234", "KD1.234"),
            (Money(100_000_000, USD), "1000000.00", "$1,000,000.00"),
        ],
    )
    def test_has_one_form_for_machines_and_one_for_people(self, amount, text, display):
        assert (amount.text, amount.display, str(amount)) == (text, display, display)


class TestSplit:
    @given(s.minors, st.integers(1, 100))
    def test_adds_back_and_is_as_equal_as_can_be(self, minor, parts):
        shares = [share.minor for share in Money(minor, CNY).split(parts)]

        assert sum(shares) == minor
        assert max(shares) - min(shares) <= 1
        assert sorted(shares, key=abs, reverse=True) == shares

    def test_matches_a_split_worked_by_hand(self):
        # 1,000.00 in three: 333.333… each, and the odd fen goes to the first.
        shares = Money(100_000, CNY).split(3)

        assert [share.text for share in shares] == ["333.34", "333.33", "333.33"]


class TestShare:
    @given(s.minors, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
    def test_adds_back_and_is_within_one_unit_of_the_exact_part(self, minor, weights):
        shares = [share.minor for share in Money(minor, CNY).share(weights)]

        assert sum(shares) == minor
        for share, weight in zip(shares, weights, strict=True):
            # |share - minor x weight / sum| < 1, without a division.
            assert abs(share * sum(weights) - minor * weight) < sum(weights)

    def test_gives_the_missing_penny_to_the_largest_remainder(self):
        # 160.00 over 4,550, 6,700 and 1,200 of 12,450: 58.47|39, 86.10|44, 15.42|17. The penny that
        # is left over goes to the second, whose remainder is the largest.
        shares = Money(16_000, CNY).share((4550, 6700, 1200))

        assert sum(share.minor for share in shares) == 16_000
        assert [share.text for share in shares] == ["58.47", "86.11", "15.42"]

    def test_looks_at_the_remainder_and_not_at_the_part(self):
        # 10 over 3, 3 and 1: 4.28…, 4.28… and 1.43…: the smallest part has the largest remainder.
        assert [share.minor for share in Money(10, CNY).share((3, 3, 1))] == [4, 4, 2]

    @pytest.mark.parametrize("weights", [(), (0, 0), (1, -1, 5)])
    def test_refuses_weights_that_say_nothing(self, weights):
        with pytest.raises(Refusal, match="give at least one weight"):
            Money(100, CNY).share(weights)


class TestArithmetic:
    @given(s.minors, s.minors)
    def test_is_that_of_whole_numbers(self, one, other):
        left, right = Money(one, CNY), Money(other, CNY)

        assert (left + right).minor == one + other
        assert (left - right).minor == one - other
        assert (-left).minor == -one
        assert abs(left).minor == abs(one)
        assert bool(left) is (one != 0)
        assert (left < right, left <= right) == (one < other, one <= other)
        assert (left > right, left >= right) == (one > other, one >= other)
        assert total((left, right), CNY) == left + right

    @pytest.mark.parametrize(
        "meet",
        [
            lambda a, b: a + b,
            lambda a, b: a - b,
            lambda a, b: a < b,
            lambda a, b: a <= b,
            lambda a, b: a > b,
            lambda a, b: a >= b,
        ],
    )
    def test_never_mixes_currencies(self, meet):
        with pytest.raises(CurrencyMismatch, match="convert one of them first"):
            meet(Money(1, CNY), Money(1, JPY))

    def test_takes_equal_currencies_for_one(self):
        copied = Currency("CNY", 2, "¥")

        assert copied is not CNY
        assert Money(1, CNY) + Money(2, copied) == Money(3, CNY)

    def test_of_many_never_mixes_currencies_either(self):
        copied = Currency("CNY", 2, "¥")

        assert total((Money(1, CNY), Money(2, copied)), CNY) == Money(3, CNY)
        with pytest.raises(CurrencyMismatch, match=r"^cannot put 0\.01 CNY and 5 JPY together"):
            total((Money(1, CNY), Money(5, JPY)), CNY)

    def test_of_nothing_is_zero_in_its_currency(self):
        assert total((), JPY) == Money.zero(JPY)

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.evidence.reading import values

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31))


class TestDates:
    @given(DAYS)
    def test_are_read_in_every_form_they_are_written_in(self, day):
        for text in (
            day.isoformat(),
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
            f"{day.year}.{day.month}.{day.day}",
            f"{day:%Y%m%d}",
            f"{day.day} {day:%B} {day.year}",
            f"{day:%b} {day.day}, {day.year}",
        ):
            assert [found for found, _ in values.dates_in(f"于{text}开具")] == [day]

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("二〇二六年三月五日", date(2026, 3, 5)),
            ("二○二六年十二月三十一日", date(2026, 12, 31)),
            ("二零二六年十月二十日", date(2026, 10, 20)),
            ("25/12/2026", date(2026, 12, 25)),
            ("2026-10-2714:32", date(2026, 10, 27)),
        ],
    )
    def test_are_read_in_words(self, text, day):
        assert [found for found, _ in values.dates_in(text.replace("○", "〇"))] == [day]

    def test_that_no_calendar_knows_are_left_out(self):
        assert list(values.dates_in("2026年2月30日")) == []

    def test_are_told_with_their_place(self):
        assert list(values.dates_in("自2026-01-02至2026-03-04")) == [
            (date(2026, 1, 2), (1, 11)),
            (date(2026, 3, 4), (12, 22)),
        ]


class TestMonths:
    @pytest.mark.parametrize(
        "text", ["2026年3月工资条", "2026-03", "202603", "March 2026", "2026/3"]
    )
    def test_are_read_as_year_and_month(self, text):
        assert values.first_month(text) == "2026-03"

    def test_are_read_in_chinese_words(self):
        assert values.first_month("二〇二六年十一月") == "2026-11"


class TestAmounts:
    @given(st.integers(min_value=0, max_value=10**11))
    def test_come_back_as_they_were_written(self, fen):
        whole, cents = divmod(fen, 100)

        for text in (
            f"¥{whole:,}.{cents:02}",
            f"{whole}.{cents:02}元",
            f"RMB {whole:,}.{cents:02}",
        ):
            assert values.first_amount(text) == fen

    @pytest.mark.parametrize(
        ("text", "fen"),
        [
            ("壹仟贰佰叁拾肆元伍角", 123_450),
            ("人民币壹万零伍元整", 1_000_500),
            ("伍万贰仟叁佰元零伍分", 5_230_005),
            ("壹拾万零壹拾元整", 10_001_000),
            ("(小写)¥1,234.50", 123_450),
            ("1.234.50", 123_450),
            ("1.2万元", 1_200_000),
        ],
    )
    def test_are_read_in_other_forms(self, text, fen):
        assert values.first_amount(text) == fen

    def test_are_not_dates_or_numbers_of_cards(self):
        assert list(values.amounts_in("2026-03-05 6222********1234")) == []

    def test_are_written_as_decimal_yuan(self):
        assert [values.yuan(fen) for fen in (5, 123_450, -1)] == ["0.05", "1234.50", "-0.01"]


class TestIdentityNumbers:
    def test_keep_their_check_digit(self):
        # By hand: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2 over 99010119900307231 sum to 310,
        # 310 mod 11 is 2, and the third of "10X98765432" is X.
        assert values.id_check_holds("99010119900307231X")
        assert not values.id_check_holds("990101199003072316")

    @pytest.mark.parametrize(
        "written",
        ["990101 19900307 231X", "9901 0119 9003 0723 1X", "990101-19900307-231x"],
    )
    def test_are_found_in_groups(self, written):
        found = values.find_id(f"号码 {written}。")

        assert found == ("99010119900307231X", (3, 3 + len(written)))

    def test_hold_no_date(self):
        assert [day for day, _ in values.dates_in("990101 19900307 231X 2026.3.5")] == [
            date(2026, 3, 5)
        ]

    def test_are_no_part_of_a_longer_number(self):
        assert values.find_id("6299 0119 9003 0723 156") is None

    def test_need_a_day_of_birth(self):
        assert values.find_id("99010119901307231X") is None

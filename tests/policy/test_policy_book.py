"""The book: library, parameters and words."""

from datetime import date
from fractions import Fraction

import pytest

from tideover.policy import (
    BookFault,
    NoValueYet,
    ParameterUnknown,
    ProductUnknown,
    Words,
    WrongUnit,
    load_book,
    percent_text,
)

TODAY = date(2026, 11, 23)
BOOK = load_book()


def pack(folder, text):
    path = folder / "law" / "cn.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return folder


class TestTheBookThatShips:
    @pytest.mark.parametrize("product", BOOK.products)
    def test_tells_every_parameter_in_both_languages_with_its_source(self, product):
        for parameter in BOOK.on(TODAY, product=product):
            assert parameter.label.zh
            assert parameter.label.en
            assert parameter.reference
            assert parameter.confidence in "HMLKD"

    def test_holds_the_numbers_other_rooms_read(self):
        policy = BOOK.on(TODAY, product="weilidai")

        assert policy.integer("offer.open_working_days") == 7
        assert policy.integer("decision.promise_working_days") == 3
        assert policy.integer("upload.bytes_max") == 20 * 1024 * 1024
        assert policy.names("upload.kinds") == ("jpeg", "png", "webp", "pdf")
        assert policy.text("official.hotline") == "95384"
        assert policy.ratio("penalty.uplift") == Fraction(1, 2)
        assert policy.flag("product.is_card") is False

    def test_refuses_a_product_without_a_pack(self):
        with pytest.raises(ProductUnknown, match="consumer-level, weilidai"):
            BOOK.on(TODAY, product="mortgage")


class TestParameters:
    def test_holds_a_value_until_the_next_first_day(self):
        name = "cost.disclosure_required"

        assert BOOK.on(date(2026, 7, 31), product="weilidai").flag(name) is False
        assert BOOK.on(date(2026, 8, 1), product="weilidai").flag(name) is True

    def test_refuses_a_day_before_the_first_value(self):
        early = BOOK.on(date(2020, 1, 1), product="weilidai")

        with pytest.raises(NoValueYet, match="its first value starts on 2024-07-01") as caught:
            early["consumer_loan.months_max"]
        assert "2024-07-01" in caught.value.zh
        assert "consumer_loan.months_max" not in early

    def test_names_what_is_near_an_unknown_name(self):
        with pytest.raises(ParameterUnknown, match=r"extension\.short_loan_months"):
            BOOK.on(TODAY, product="weilidai")["extension.limit"]

    @pytest.mark.parametrize("reading", ["ratio", "text", "flag", "names"])
    def test_refuses_to_read_a_number_of_months_as_something_else(self, reading):
        policy = BOOK.on(TODAY, product="weilidai")

        with pytest.raises(WrongUnit, match="'month'"):
            getattr(policy, reading)("personalised.months_max")

    def test_has_a_digest_that_changes_with_any_value_in_force(self):
        before = BOOK.on(date(2026, 7, 31), product="weilidai")
        after = BOOK.on(date(2026, 8, 1), product="weilidai")

        assert before.digest == BOOK.on(date(2026, 7, 30), product="weilidai").digest
        assert before.digest != after.digest
        assert after.digest != BOOK.on(date(2026, 8, 1), product="card-instalment").digest


class TestLibrary:
    def test_lists_every_fault_of_a_pack_at_once(self, tmp_path):
        folder = pack(
            tmp_path,
            "a: {label: A, label_zh: 甲, unit: month, reference: R, confidence: H,"
            " values: {2026-01-01: 1.5}}\n"
            "b: {label: B, unit: month, reference: R, confidence: H, values: {2026-01-01: 1}}\n"
            "c: {label: C, label_zh: 丙, unit: ratio, reference: R, confidence: X,"
            " values: {2026-01-01: 0.1}}\n",
        )

        with pytest.raises(BookFault) as caught:
            load_book(folder)

        assert caught.value.problems == (
            "law/cn: a: value 1.5 is not a month",
            "law/cn: b: says no label_zh",
            "law/cn: c: confidence 'X' is none of H, M, L, K, D",
            "law/cn: c: value 0.1 is not a ratio",
        )

    def test_refuses_first_days_out_of_order(self, tmp_path):
        folder = pack(
            tmp_path,
            "a: {label: A, label_zh: 甲, unit: month, reference: R, confidence: H,"
            " values: {2026-02-01: 1, 2026-01-01: 2}}\n",
        )

        with pytest.raises(BookFault, match="first days are not in order"):
            load_book(folder)


class TestWords:
    def test_speaks_chinese_for_chinese_codes_and_english_for_the_rest(self):
        words = Words("展期", "Term extension")

        assert words.in_language("zh-hans") == "展期"
        assert words.in_language("en") == "Term extension"
        assert Words.from_record(words.to_record()) == words

    @pytest.mark.parametrize(
        ("share", "digits", "text"),
        [
            (Fraction("0.1825"), 1, "18.3%"),
            (Fraction("0.1825"), 2, "18.25%"),
            (Fraction("0.24"), 0, "24%"),
            (Fraction("-0.0725"), 1, "-7.3%"),
            (Fraction("-0.00001"), 1, "0.0%"),
        ],
    )
    def test_writes_a_share_as_a_percentage_rounded_half_up(self, share, digits, text):
        assert percent_text(share, digits=digits) == text

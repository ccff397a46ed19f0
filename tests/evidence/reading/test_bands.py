"""Bands: `values_of_row`, and what `document_of` reads where labels and values have own rows."""

import pytest

from pieces import line, page, values
from tideover.evidence.reading import document_of
from tideover.evidence.reading.bands import values_of_row
from tideover.evidence.reading.lines import rows_of


def captioned(*bands):
    """Values on rules, and under each rule its label, small and near."""
    lines = [*page("失业登记证")]
    for at, band in enumerate(bands):
        top = 240 + 110 * at
        for column, (label, value) in enumerate(band):
            left = 100 + 500 * column
            lines.append(line(value, left, top))
            lines.append(line(label, left, top + 38, height=22))
    return tuple(lines)


def read(paper):
    return {name: field.value for name, field in document_of(paper).fields.items()}


class TestCaptions:
    def test_have_their_values_above(self):
        found = read(
            captioned(
                [("姓名", "演示·张三"), ("公民身份号码", "99010119900307231X")],
                [("证书编号", "7801917444"), ("失业起始日期", "2026-09-17")],
                [("办理日期", "2026-09-30")],
            )
        )

        assert found["name"] == "演示·张三"
        assert found["number"] == "7801917444"
        assert (found["start_date"], found["issue_date"]) == ("2026-09-17", "2026-09-30")

    def test_that_nobody_knows_are_told_by_the_band_above_them(self):
        found = read(
            captioned(
                [("案件编号", "A411273400801"), ("报案人姓名", "演示·张三")],
                [("接案单位", "演示市公安局"), ("接案日期", "2026-10-04")],
            )
        )

        assert found["issue_date"] == "2026-10-04"

    def test_are_not_labels_over_their_values(self):
        """The value is nearer to the label above it than to the one below."""
        paper = (
            *page("诊断证明书"),
            line("姓名", 100, 240),
            line("演示·张三", 100, 280),
            line("诊断", 100, 380),
            line("肺炎", 100, 420),
        )

        assert read(paper)["name"] == "演示·张三"
        assert read(paper)["diagnosis"] == "肺炎"

    @pytest.mark.parametrize("at", [0, 1])
    def test_a_row_of_label_and_value_has_no_other(self, at):
        rows = rows_of(page(("姓名", "演示·张三"), ("诊断", "肺炎")))

        assert values_of_row(rows, at) == ()


class TestRunningOn:
    """`segments`: a value that only the page broke is read to its end."""

    def test_a_number_goes_on_in_the_next_line(self):
        found = values(
            "失业登记告知书",
            "演示·张三（身份证号码：99010119900307231X）：您申请的登记已办理，登记编号：A1250580",
            "0。",
        )

        assert found["number"] == "A12505800"

    def test_nothing_is_taken_from_the_next_label(self):
        found = values(
            "离职证明",
            "发出单位：演示县远达物流股份有限公司",
            "发出日期：2026年11月16日",
        )

        assert found["issuer"] == "演示县远达物流股份有限公司"

    def test_an_illness_ends_where_the_sentence_goes_on_to_something_else(self):
        found = values("出院证明", "诊断：2型糖尿病，经治疗好转，于2026年9月11日出院。")

        assert found["diagnosis"] == "2型糖尿病"


class TestBlanks:
    """`cells`: what was written on rules, in a form or in a sentence."""

    def test_of_a_sentence_are_no_ends(self):
        found = values(
            "诊断证明书",
            "兹有病员 __演示·张三__ ，身份证号 __99010119900307231X__ ，诊断为 __肺炎__ 。",
        )

        assert (found["name"], found["diagnosis"]) == ("演示·张三", "肺炎")
        assert found["id_number"] == "99010119900307231X"


class TestTables:
    def test_the_first_row_under_a_heading_is_no_total(self):
        """A statement that prints no balance of its period has none, even where cells touch."""
        found = values(
            "个人客户交易流水",
            ("交易时间", "交易金额", "账户余额", "摘要"),
            ("2026-07-26", "-1,576.41", "5,182.27 利息"),
            ("2026-07-27", "-999.71", "4,182.56 消费"),
            ("2026-07-28", "-100.00", "4,082.56 消费"),
        )

        assert "closing_balance" not in found

    def test_a_table_is_no_band(self):
        rows = rows_of(
            page(("交易时间", "账户余额"), ("2026-07-26", "182.27"), ("2026-07-27", "99.71"))
        )

        assert values_of_row(rows, 0) == ()

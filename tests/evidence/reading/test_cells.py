"""Cells: `cells_of`, which cuts and joins what a page drew otherwise than it is meant."""

import pytest

from pieces import line, page, values
from tideover.evidence.reading import document_of
from tideover.evidence.reading.cells import cells_of


def texts(lines):
    return [cell.text for cell in cells_of(lines)]


def values_of(paper):
    return {name: field.value for name, field in document_of(paper).fields.items()}


class TestCells:
    def test_a_folded_label_is_one_whose_value_stands_between_its_halves(self):
        """身份证 over 号码, and the number level with the middle of both."""
        paper = (
            *page("诊断证明书"),
            line("身份证", 100, 300),
            line("号码", 100, 336),
            line("99010119900307231X", 400, 318),
        )

        assert "身份证号码" in texts(paper)
        assert values_of(paper)["id_number"] == "99010119900307231X"

    def test_a_folded_label_stands_level_with_the_half_that_has_a_value(self):
        paper = (
            *page("解除劳动合同证明书"),
            line("合同起", 100, 300),
            line("始日期", 100, 336),
            line("2021年2月21日", 400, 336),
        )

        assert values_of(paper)["start_date"] == "2021-02-21"

    def test_the_english_under_a_label_belongs_to_it(self):
        paper = (
            *page("出院证明"),
            line("出院", 100, 300),
            line("Discharge", 100, 336),
            line("2026/11/06", 400, 336),
        )

        assert values_of(paper)["end_date"] == "2026-11-06"

    @pytest.mark.parametrize("leader", [" ........ ", " ………… ", "______", " · · · · · "])
    def test_what_leads_to_a_value_is_no_part_of_it(self, leader):
        assert values("工资条", f"姓名{leader}演示·张三")["name"] == "演示·张三"

    def test_headings_in_one_piece_are_parted(self):
        assert texts(page("上期余额Opening Balance 本期余额Closing Balance")) == [
            "上期余额Opening Balance",
            "本期余额Closing Balance",
        ]

    def test_a_sentence_that_begins_with_labels_stays_whole(self):
        assert texts(page("姓名 性别 如下")) == ["姓名性别如下"]

    @pytest.mark.parametrize("number", ["第 1 页 共 3 页", "Page 1 of 3", "第1页/共1页"])
    def test_the_number_of_a_page_is_no_text(self, number):
        assert texts(page(f"演示市商业银行　{number}")) == ["演示市商业银行"]


class TestHeadings:
    """`segments.heads_values`: two labels beside each other, with their values below them."""

    def test_of_two_columns_have_their_values_below(self):
        found = values(
            "Payslip",
            ("Employee Name", "Pay Period"),
            ("Hua Li", "2026-08"),
            ("Gross Pay", "Net Pay"),
            ("CNY9,000.00", "CNY8,000.00"),
        )

        assert (found["name"], found["month"]) == ("Hua Li", "2026-08")
        assert (found["gross"], found["net"]) == ("9000.00", "8000.00")

    def test_one_that_nobody_knows_is_told_by_the_band_above_it(self):
        found = values(
            "Medical Certificate",
            ("Patient", "ID No."),
            ("Hua Li", "99010119900307231X"),
            ("Diagnosis", "Spoken of since"),
            ("Acute appendicitis", "17 September 2026"),
        )

        assert found["diagnosis"] == "Acute appendicitis"

    def test_a_value_beside_its_label_heads_nothing(self):
        found = values("诊断证明书", ("诊断", "急性阑尾炎"), ("随访医生", "骨科"))

        assert found["diagnosis"] == "急性阑尾炎"


class TestMarks:
    """`segments`: labels in brackets, amounts behind a currency, labels said in two languages."""

    def test_square_brackets_are_as_good_as_a_colon(self):
        assert values("报警回执单", "【报警人】演示·张三")["name"] == "演示·张三"

    @pytest.mark.parametrize("amount", ["RMB1,234.50", "CNY 1,234.50", "人民币1,234.50元"])
    def test_the_name_of_a_currency_is_no_label(self, amount):
        found = values("Payslip", ("Gross pay", "Net pay"), ("9,000.00", amount))

        assert found["net"] == "1234.50"

    def test_english_behind_a_label_is_read_as_its_twin(self):
        found = values("失业登记", ("登记号 Reg. No.", "DJ5864047229"))

        assert found["number"] == "DJ5864047229"

    def test_a_misread_twin_is_no_name(self):
        found = values("离职证明", ("员工姓名 Emplloyee", "演示·张三"))

        assert found["name"] == "演示·张三"

    def test_a_latin_name_behind_a_label_is_a_value(self):
        assert values("工资条", "姓名 Hua Li")["name"] == "Hua Li"

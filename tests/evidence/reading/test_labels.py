"""`labels`: what is a label, where it ends, and which field it announces."""

import pytest

from pieces import values
from tideover.evidence.reading import DocumentKind
from tideover.evidence.reading.labels import field_of, said_at, said_in

BANK = DocumentKind.BANK_STATEMENT


class TestComposed:
    @pytest.mark.parametrize(
        ("label", "field"),
        [
            ("报警人姓名", "name"),
            ("出院主要诊断", "diagnosis"),
            ("终止、解除日期", "end_date"),
            ("进单位时间", "start_date"),
            ("失业登记凭证编号", ""),  # no two parts of the list, and none of the list itself
            ("登记凭证号", "number"),
            ("本期末余额", "closing_balance"),
            ("应扣项目合计", "deductions"),
            ("代理人姓名", ""),  # somebody, but not whom the paper is about
            ("发生地点", ""),
            ("Date of discharge", "end_date"),
            ("Patient's name", "name"),
            ("A/C No.", "account"),
            ("Adm. date", "start_date"),
        ],
    )
    def test_announce_what_their_two_parts_say(self, label, field):
        assert field_of(label, None) == field

    def test_of_a_statement_begin_and_end_its_period(self):
        assert field_of("起始日期", BANK) == "period_start"
        assert field_of("Ending date", BANK) == "period_end"


class TestSaidIn:
    def test_takes_the_longest_that_begins_there(self):
        assert said_at("报案人姓名:演示", 0).text == "报案人姓名"
        assert said_at("诊断证明书编号", 0).text == "诊断证明书编号"

    def test_finds_them_one_after_the_other(self):
        found = [said.text for said in said_in("姓名:演示 身份证号:1 出院日期:2")]

        assert found == ["姓名", "身份证号", "出院日期"]

    def test_is_nothing_past_the_end(self):
        assert said_at("姓名", 2) is None
        assert list(said_in("")) == []


class TestValues:
    def test_a_column_of_amounts_is_no_total(self):
        found = values(
            "Invoice", ("Item", "Amount"), ("Bed", "10.00"), ("Drugs", "20.00"),
            ("Balance Due:", "30.00"),
        )  # fmt: skip

        assert found["amount"] == "30.00"

    def test_a_label_is_no_value_of_the_label_before_it(self):
        assert "issuer" not in values("收费收据", ("数量/单位", "金额"), ("1", "5.00"))

    def test_a_round_nought_that_was_lost_is_put_back(self):
        assert values("诊断证明书", "开具日期：二二六年十一月九日")["issue_date"] == "2026-11-09"

    def test_an_illness_may_follow_its_label_without_a_mark(self):
        assert values("门诊病情诊断证明", "临床印象急性心肌梗死")["diagnosis"] == "急性心肌梗死"
        assert "diagnosis" not in values("门诊病情", "出院诊断证明书")

    def test_running_text_says_what_was_lost_and_by_which_number(self):
        found = values(
            "受灾证明",
            "2026年9月5日，我辖区居民演示·张三（身份证号码：99010119900307231X）家中发生火灾，"
            "造成财产损失共计人民币10,900.43元，登记编号DJ58875675，特此证明。",
        )

        assert found["amount"] == "10900.43"
        assert found["number"] == "DJ58875675"
        assert found["start_date"] == "2026-09-05"
        assert found["name"] == "演示·张三"

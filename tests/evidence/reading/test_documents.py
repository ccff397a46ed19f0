"""Documents: `document_of` and, below it, lines, flow, labels, segments and fields."""

import pytest

from pieces import line, page, read, values
from tideover.evidence.reading import DocumentKind, document_of


class TestKinds:
    """`document_kinds`: told by the words that such documents carry."""

    @pytest.mark.parametrize(
        ("title", "more", "kind"),
        [
            ("诊断证明书", "诊断：肺炎", "diagnosis_certificate"),
            ("出院小结", "出院诊断：肺炎", "discharge_record"),
            ("医疗门诊收费票据（电子）", "票据号码：0012", "invoice"),
            ("电子发票（普通发票）", "价税合计", "invoice"),
            ("终止（解除）劳动合同证明", "入职日期", "termination_certificate"),
            ("账户交易明细", "期初余额", "bank_statement"),
            ("2026年3月工资条", "实发工资", "wage_slip"),
            ("失业登记凭证", "失业原因", "unemployment_registration"),
            ("受案回执", "报案人", "disaster_receipt"),
            ("受灾证明", "洪涝", "disaster_receipt"),
            ("Payslip", "Net pay", "wage_slip"),
            ("Discharge Summary", "Diagnosis: x", "discharge_record"),
        ],
    )
    def test_are_told_from_the_heading(self, title, more, kind):
        assert read(title, more).kind is DocumentKind(kind)

    def test_a_letter_is_none_of_them(self):
        assert read("亲爱的朋友", "今天天气很好").kind is None


class TestFields:
    """`fields` and `segments`: labels, and the places where their values stand."""

    def test_are_read_after_their_labels(self):
        assert values(
            "演示市第一人民医院",
            "诊断证明书",
            "姓　名：演示・张三性别：男年龄：36岁",
            "身份证号：99010119900307231X",
            "诊断：急性阑尾炎",
            "开具日期：二〇二六年三月五日",
        ) == {
            "name": "演示·张三",
            "id_number": "99010119900307231X",
            "issuer": "演示市第一人民医院",
            "issue_date": "2026-03-05",
            "diagnosis": "急性阑尾炎",
        }

    def test_are_read_beside_and_below_their_labels(self):
        beside = values("诊断证明书", ("姓名", "演示·张三"), ("诊断", "肺炎"))
        below = values("诊断证明书", ("姓名", "诊断", "日期"), ("演示·张三", "肺炎", "2026.3.5"))

        assert (beside["name"], beside["diagnosis"]) == ("演示·张三", "肺炎")
        assert below == {"name": "演示·张三", "diagnosis": "肺炎", "issue_date": "2026-03-05"}

    def test_are_read_out_of_running_text(self):
        assert values(
            "解除劳动合同证明",
            "兹证明我公司员工演示·张三（身份证号：99010119900307231X）自2019年3",
            "月1日至2026年2月28日在我单位工作，现已解除劳动关系。",
            ("", "", "演示科技有限公司（盖章）"),
            ("", "", "2026年3月1日"),
        ) == {
            "name": "演示·张三",
            "id_number": "99010119900307231X",
            "issuer": "演示科技有限公司",
            "issue_date": "2026-03-01",
            "start_date": "2019-03-01",
            "end_date": "2026-02-28",
        }

    def test_of_a_statement_are_read(self):
        found = values(
            "演示银行个人账户交易明细",
            "户名：演示·张三",
            "账号：6299 0000 1234 5678",
            "查询期间：2026年1月1日至2026年3月31日",
            ("期初余额", "1,000.00"),
            ("期末余额", "1,250.50"),
        )

        assert found["account"] == "6299000012345678"
        assert (found["period_start"], found["period_end"]) == ("2026-01-01", "2026-03-31")
        assert (found["opening_balance"], found["closing_balance"]) == ("1000.00", "1250.50")

    def test_of_a_wage_slip_are_read_in_english(self):
        found = values(
            "Demo Trading Co., Ltd.",
            "Payslip",
            "Employee: Anna Demo",
            "Pay period: March 2026",
            ("Gross pay", "8,000.00"),
            ("Total deductions", "1,500.00"),
            ("Net pay", "6,500.00"),
        )

        assert found == {
            "name": "Anna Demo",
            "issuer": "Demo Trading Co., Ltd.",
            "month": "2026-03",
            "gross": "8000.00",
            "deductions": "1500.00",
            "net": "6500.00",
        }

    def test_of_an_invoice_tell_buyer_from_seller(self):
        found = values(
            "电子发票（普通发票）",
            "发票号码：26990000000000000001",
            "开票日期：2026年03月05日",
            ("名称：演示·张三", "", "名称：演示市中医院"),
            "价税合计（大写）壹佰元整（小写）¥100.00",
        )

        assert (found["name"], found["issuer"]) == ("演示·张三", "演示市中医院")
        assert (found["number"], found["amount"]) == ("26990000000000000001", "100.00")

    def test_of_an_invoice_stand_below_a_bracketed_label(self):
        found = values(
            "电子发票", ("大写金额", "（小写）"), ("壹佰元整", "¥100.00"), ("金额", "5.00")
        )

        assert found["amount"] == "100.00"

    def test_know_where_on_the_page_they_stand(self):
        field = read("诊断证明书", "姓名：演示·张三").fields["name"]

        # The value begins after three of eight letters of the line that starts at 100 of 1240.
        assert field.where.page == 1
        assert 130 < field.where.left < 200
        assert field.where.top == 1000 * 160 // 1754


class TestSpreadLabels:
    """`lines` and `segments.joined`: a label whose letters stand far apart is one label."""

    def test_are_put_together(self):
        spread = (*page("诊断证明书"), line("姓", 100, 200), line("名：演示·张三", 200, 200))

        assert document_of(spread).value("name") == "演示·张三"


class TestFlow:
    """`flow`: a line break inside a date does not hide it."""

    def test_joins_what_only_the_page_broke(self):
        found = values(
            "离职证明",
            "兹有我公司员工演示·张三，身份证号99010119900307231X，于20",
            "23年6月22日入职，于2026年11月16日离职，特此证明。",
        )

        assert (found["start_date"], found["end_date"]) == ("2023-06-22", "2026-11-16")


class TestLabels:
    """`labels`: what a label announces depends on the kind of document."""

    def test_the_employer_of_the_unemployed_is_not_the_issuer(self):
        found = values(
            "失业登记证明", "姓名：演示·张三", "原工作单位：演示公司", "登记机构：演示市就业局"
        )

        assert found["issuer"] == "演示市就业局"

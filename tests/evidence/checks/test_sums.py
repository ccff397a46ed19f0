"""`sums` and `tables`: amounts that must add up."""

from pieces import read
from tideover.evidence import Weight
from tideover.evidence.checks import disagreeing_sums

HEAD = ("交易日期", "摘要", "收入", "支出", "余额")


def statement(*rows, opening="1,000.00", closing="1,250.00"):
    return read(
        "演示银行交易明细",
        "户名：演示·张三",
        f"期初余额：{opening}",
        f"期末余额：{closing}",
        HEAD,
        *rows,
    )


def found(document):
    return [(finding.code, finding.weight) for finding in disagreeing_sums(document)]


class TestStatement:
    def test_whose_balance_runs_is_left_alone(self):
        rows = (
            ("2026-01-02", "工资", "500.00", "", "1,500.00"),
            ("2026-01-05", "消费", "", "250.00", "1,250.00"),
        )

        assert found(statement(*rows)) == []
        assert found(statement(*rows[::-1])) == []

    def test_whose_balance_was_changed_is_told_with_its_figures(self):
        document = statement(
            ("2026-01-02", "工资", "500.00", "", "1,500.00"),
            ("2026-01-05", "消费", "", "250.00", "8,250.00"),
            ("2026-01-06", "消费", "", "250.00", "8,000.00"),
            closing="8,000.00",
        )

        findings = list(disagreeing_sums(document))

        assert [finding.code for finding in findings] == ["balance-does-not-follow"]
        assert findings[0].why.en == "From 1500.00, a movement of 250.00 does not lead to 8250.00."

    def test_whose_closing_balance_is_another_is_told(self):
        document = statement(("2026-01-02", "工资", "250.00", "", "1,250.00"), closing="9,250.00")

        assert found(document) == [("balance-does-not-follow", Weight.CONTRADICTION)]


class TestWages:
    def slip(self, net, *, sure=1000):
        return read(
            "工资条", "应发工资：8,000.00", "扣款合计：1,500.00", f"实发工资：{net}", sure=sure
        )

    def test_that_add_up_are_left_alone(self):
        assert found(self.slip("6,500.00")) == []

    def test_that_do_not_are_told(self):
        assert found(self.slip("9,500.00")) == [("net-does-not-follow", Weight.CONTRADICTION)]

    def test_that_were_hardly_readable_are_a_question(self):
        assert found(self.slip("9,500.00", sure=700)) == [("net-does-not-follow", Weight.UNREAD)]


class TestInvoice:
    def invoice(self, words, figures):
        return read(
            "电子发票",
            ("项目", "数量", "金额"),
            ("检查费", "1", "60.00"),
            ("西药费", "1", "40.00"),
            f"价税合计（大写）：{words}",
            f"价税合计（小写）：¥{figures}",
        )

    def test_that_adds_up_is_left_alone(self):
        assert found(self.invoice("壹佰元整", "100.00")) == []

    def test_whose_words_differ_from_its_figures_is_told(self):
        codes = [code for code, _ in found(self.invoice("壹佰元整", "900.00"))]

        assert codes == ["words-differ-from-figures", "items-do-not-add-up"]


class TestTaxes:
    def paper(self, total):
        return read(
            "电子发票（普通发票）",
            "开票日期：2026年10月5日",
            ("项目名称", "数量", "单价", "金额", "税率", "税额"),
            ("诊疗", "1", "100.00", "100.00", "6%", "6.00"),
            ("药品", "2", "50.00", "100.00", "13%", "13.00"),
            ("合计", "", "", "¥200.00", "", "¥19.00"),
            f"价税合计（小写）：¥{total}",
        )

    def test_are_part_of_the_total(self):
        # By hand: 100.00 + 100.00 and 6.00 + 13.00 are 219.00.
        assert found(self.paper("219.00")) == []
        assert found(self.paper("279.00")) == [("items-do-not-add-up", Weight.CONTRADICTION)]


class TestWords:
    def paper(self, words):
        return read(
            "演示市人民医院", "收据", "收费日期：2026年10月8日", f"大写：{words}", "小写：¥2598.80"
        )

    def test_that_go_on_in_the_next_line_are_left_alone(self):
        assert found(self.paper("贰仟伍佰玖拾捌元")) == []

    def test_of_another_amount_contradict(self):
        (told,) = found(self.paper("贰仟捌佰玖拾捌元"))

        assert told == ("words-differ-from-figures", Weight.CONTRADICTION)

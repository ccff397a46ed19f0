"""`inferring`: what no label said, told by what it must be; and never where two readings fit."""

import pytest

from pieces import values
from tideover.evidence.reading.inferring import without_role


class TestWages:
    def test_are_the_triple_of_amounts_that_comes_out(self):
        found = values(
            "工资条", "某甲：8,000.00", "某乙：1,500.00", "某丙：6,500.00", "餐费：200.00"
        )

        # 8,000.00 less 1,500.00 is 6,500.00; nothing else comes out.
        assert (found["gross"], found["deductions"], found["net"]) == (
            "8000.00", "1500.00", "6500.00",
        )  # fmt: skip

    def test_are_left_open_where_nothing_comes_out(self):
        found = values("工资条", "某甲：8,000.00", "某乙：1,500.00", "某丙：6,501.00")

        assert not {"gross", "deductions", "net"} & found.keys()


class TestBalances:
    ROWS = (
        ("交易日期", "支出", "收入", "余额"),
        ("2026-03-01", "100.00", "", "900.00"),
        ("2026-03-02", "", "50.00", "950.00"),
    )

    def test_are_the_two_amounts_above_the_rows(self):
        found = values("账户明细", "某甲：1,000.00", "某乙：950.00", *self.ROWS)

        assert (found["opening_balance"], found["closing_balance"]) == ("1000.00", "950.00")

    def test_are_left_open_where_neither_is_the_balance_of_a_row(self):
        found = values("账户明细", "某甲：1,000.00", "某乙：77.00", *self.ROWS)

        assert "closing_balance" not in found


class TestDays:
    def test_of_a_stay_stand_in_order(self):
        found = values(
            "出院记录", "某甲：2026年3月1日", "某乙：2026年3月9日", "签发日期：2026年3月10日"
        )

        assert (found["start_date"], found["end_date"]) == ("2026-03-01", "2026-03-09")

    def test_of_a_birth_is_none_of_them(self):
        found = values("失业登记证明", "出生：1990年3月1日", "登记日期：2026年3月10日")

        assert "start_date" not in found


class TestNames:
    def test_begin_with_a_surname(self):
        assert values("失业登记证明", ("某某", "欧阳小明"))["name"] == "欧阳小明"

    def test_of_who_signs_are_not_whom_it_is_about(self):
        assert "name" not in values("诊断证明书", "经办人：王小明")

    @pytest.mark.parametrize(
        ("read", "name"),
        [
            ("本辖区住户冯小强", "冯小强"),
            ("致卫小宇", "卫小宇"),
            ("演示·张三", "演示·张三"),
            ("村民买买提·艾力", "买买提·艾力"),
            ("Anna Li", "Anna Li"),
            ("张三", "张三"),
        ],
    )
    def test_are_read_without_what_somebody_is(self, read, name):
        assert without_role(read) == name

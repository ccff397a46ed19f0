"""Statements of several banks, each as its counter hands it out, read as the same payments."""

from datetime import date

import pytest

from tideover.app.verbs.payments.rows import BankCells
from tideover.app.verbs.payments.statements import read_statement
from tideover.app.verbs.reading.tables import FileUnreadable

TODAY = date(2026, 11, 23)

OURS = "交易流水号,交易日期,金额,付款人,借据号,附言\nB-1,2026-11-20,1234.50,演示·甲,WLD-0001,还款\n"
TWO_COLUMNS = (
    "演示银行对公账户交易明细\n"
    "账号：0000 0000,,,,,\n"
    "起止日期：20261101-20261130,,,,,\n"
    "交易流水号,交易日期,借方发生额,贷方发生额,对方户名,摘要\n"
    'B-1,20261120,,"1,234.50",演示·甲,还款 WLD-0001\n'
    "B-2,20261121,88.00,0.00,演示·乙,代发\n"
    "合计,,88.00,1234.50,,\n"
)
A_SIGN = (
    "流水号\t交易时间\t收/支\t交易金额\t对方名称\t备注\n"
    "B-1\t2026/11/20 10:22:31\t收入\t+1234.50\t演示·甲\tWLD-0001\n"
    "B-2\t2026/11/21 09:00:00\t支出\t88.00\t演示·乙\t代发\n"
)
BELOW_ZERO = (
    "业务编号；记账日期；发生额；对方账户名称；用途\n"
    "B-1；2026-11-20；1234.50；演示·甲；WLD-0001\n"
    "B-2；2026-11-21；-88.00；演示·乙；代发\n"
)
FULL_WIDTH = (
    "交易流水号，交易日期，金额，付款人，借据号，附言\n"
    "Ｂ-１，２０２６－１１－２０，￥１２３４．５０，演示·甲，ＷＬＤ-０００１，还款\n"
)


def read(text: str, encoding: str = "utf-8") -> tuple[list[tuple[str, str, str]], int]:
    statement = read_statement(text.encode(encoding), name="bank.csv")
    cells = [BankCells(row, TODAY) for row in statement.incoming]
    told = [(one.bank_reference, one.paid_on.isoformat(), one.amount.text) for one in cells]
    return told, statement.outgoing


class TestReadStatement:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
    @pytest.mark.parametrize(
        ("text", "outgoing"),
        [(OURS, 0), (TWO_COLUMNS, 1), (A_SIGN, 1), (BELOW_ZERO, 1)],
        ids=["ours", "two columns", "a sign", "below zero"],
    )
    def test_reads_every_layout_in_every_encoding_as_the_same_payment(
        self, text, outgoing, encoding
    ):
        assert read(text, encoding) == ([("B-1", "2026-11-20", "1234.50")], outgoing)

    def test_reads_full_width_forms(self):
        assert read(FULL_WIDTH) == ([("B-1", "2026-11-20", "1234.50")], 0)

    def test_names_the_line_where_it_stands_in_the_file(self):
        statement = read_statement(TWO_COLUMNS.encode(), name="bank.csv")

        assert [row.line for row in statement.incoming] == [5]

    def test_finds_no_heading_below_twenty_lines_and_says_what_is_lacking(self):
        with pytest.raises(FileUnreadable, match="its heading lacks bank_reference"):
            read("说明\n" * 25 + OURS)

    def test_takes_no_line_for_a_total_that_has_a_number_of_its_own(self):
        text = OURS + "B2,2026-11-20,5.00,合计有限公司,,\n"

        assert read(text)[0][-1] == ("B2", "2026-11-20", "5.00")

"""The layouts in which banks hand out statements, read as one table.

Every bank names its columns in its own words. Some put what came in and what went out into two
columns, some mark it in a third; most write lines about the account above the heading and totals
below the last line. Only what came in is a payment: what went out is left aside and counted.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tideover.app.verbs.payments.rows import BANK_COLUMNS
from tideover.app.verbs.reading.tables import Column, FileUnreadable, Row, read_table
from tideover.policy import Words

#: How far down a statement its heading may stand.
LINES_ABOVE_MAX = 20
_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "bank_reference": ("流水号", "交易序号", "核心流水号", "银行流水号", "业务编号", "transaction"),
    "paid_on": ("交易日", "交易时间", "记账日期", "入账日期", "记账日", "date"),
    "amount": (
        "交易金额", "贷方发生额", "贷方金额", "收入金额", "收入", "转入金额", "credit",
    ),
    "payer": ("对方户名", "对方名称", "付款方户名", "付款人名称", "收(付)方名称", "对方账户名称"),
    "loan_reference": ("借款账号", "合同号"),
    "remark": ("摘要", "备注", "用途", "交易附言", "客户附言", "remarks"),
}  # fmt: skip
COLUMNS: Final = (
    *(
        Column(
            one.name, one.zh, also=_OTHER_NAMES[one.name],
            # Its place may be taken by the signed one.
            is_required=one.is_required and one.name != "amount",
        )
        for one in BANK_COLUMNS
    ),
    Column("signed", "发生额", is_required=False, also=("交易发生额", "变动金额")),
    Column("outgoing", "借方发生额", is_required=False,
           also=("借方金额", "支出金额", "支出", "转出金额", "debit")),
    Column("direction", "借贷标志", is_required=False,
           also=("收支标志", "收/支", "收支", "借贷方向", "交易方向")),
)  # fmt: skip
_OUT: Final = frozenset({"借", "借方", "支", "支出", "转出", "付", "d", "dr", "debit", "out"})
_TOTALS: Final = ("合计", "总计", "小计", "本页", "以下空白", "total")
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NOTHING: Final = re.compile(r"[-—]*|0+(\.0+)?")


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines of a statement that are money in, and how many were money out."""

    incoming: tuple[Row, ...]
    outgoing: int


def read_statement(content: bytes, *, name: str) -> Statement:
    """The lines of a bank's file in any of the layouts. Raises FileUnreadable."""
    rows = read_table(content, name=name, columns=COLUMNS, lines_above_max=LINES_ABOVE_MAX)
    if rows and not {"amount", "signed"} & rows[0].cells.keys():
        raise FileUnreadable(
            name,
            Words(zh="标题行缺少：金额（amount）。", en="its heading lacks amount; add it."),
        )
    told = [_plain(row) for row in rows if not row.is_empty and not _is_total(row)]
    incoming = tuple(row for row in told if not _is_outgoing(row))
    return Statement(incoming, outgoing=len(told) - len(incoming))


def _plain(row: Row) -> Row:
    """The line with its day and its amount written as ours are."""
    cells = dict(row.cells)
    day = unicodedata.normalize("NFKC", cells.get("paid_on", ""))
    # A moment is a day and a time; some banks write the day without anything between.
    day = re.split(r"[ T]", day)[0]
    found = _DAY.fullmatch(day)
    cells["paid_on"] = "-".join(found.groups()) if found else day
    amount = unicodedata.normalize("NFKC", cells.get("amount") or cells.get("signed", ""))
    cells["amount"] = amount.removeprefix("+").removesuffix("元").strip()
    return Row(line=row.line, cells=cells)


def _is_total(row: Row) -> bool:
    filled: Sequence[str] = [cell for cell in row.cells.values() if cell]
    return filled[0].startswith(_TOTALS) and not row.cells["paid_on"]


def _is_outgoing(row: Row) -> bool:
    direction = unicodedata.normalize("NFKC", row.cells.get("direction", "")).lower()
    if direction:
        return direction in _OUT
    amount = row.cells["amount"]
    if "signed" in row.cells and amount.startswith("-") and not _NOTHING.fullmatch(amount):
        return True
    spent = unicodedata.normalize("NFKC", row.cells.get("outgoing", ""))
    return bool(_NOTHING.fullmatch(amount)) and not _NOTHING.fullmatch(spent)

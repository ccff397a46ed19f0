"""Labels that no list holds, told by the words they are made of: 住院起始, 结转余额, 卡/账号.

Only a field that no known label announced is guessed at, and only where its value can be read.
"""

import re
from collections.abc import Iterator

from tideover.evidence.reading import labels, values
from tideover.evidence.reading.bands import values_of_row
from tideover.evidence.reading.document_kinds import DocumentKind
from tideover.evidence.reading.fields import Field, read_value
from tideover.evidence.reading.lines import Line, rows_of
from tideover.evidence.reading.segments import Candidate

_TOLD = re.compile(
    r"^(?P<label>[\u3400-\u9fff/()、]{2,12}|[A-Za-z][A-Za-z/. ]{1,30}?)\s?(?P<mark>[: ])\s?"
    r"(?P<value>\S.*)$"
)
#: A figure may follow its label without any mark: 卡片号码6299….
_GLUED = re.compile(
    r"^(?P<label>[\u3400-\u9fff/()、]{3,12})(?P<value>[¥$]?\d[^\u3400-\u9fff]*(?:年.*)?)$"
)
_LABEL = re.compile(r"[\u3400-\u9fff/()、]{2,10}|[A-Za-z][A-Za-z/. ]{2,30}")
_START = r"入院|入职|入司|到岗|起始|起日|开始|起止|起$|admi|start|join|from|begin|commenc"
_END = r"出院|离院|离职|离岗|截止|截至|终止|结束|解除|止$|discharg|leav|last|end|until|terminat"
_OTHER = (
    r"(?:经办|负责|联系|审核|复核|出证|制|填|签|证明|见证|代理|监护)人$"
    r"|原因|说明|情况|备注|地址|电话|医师|医生|reason|address|phone"
)
#: What a label is made of → the field; the first that fits is taken.
_MADE_OF: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern, re.IGNORECASE))
    for field, pattern in (
        ("id_number", r"身份证|身份号|证件号|identity|national id|passport|id card"),
        ("account", r"(?:账|帐|卡).{0,2}号|account (?:no|num)|a/c|card (?:no|num)"),
        ("name", r"姓名|full name|name of"),
        (
            "opening_balance",
            r"(?:期初|上期|上月|承前|起始|年初).{0,4}(?:余额|结余)|opening|forward from",
        ),
        (
            "closing_balance",
            r"(?:期末|本期|本月|结转|截止|结束|最终).{0,4}(?:余额|结余)|closing|ending",
        ),
        ("gross", r"应发|应付工资|税前|gross"),
        ("deductions", r"扣.{0,4}(?:合计|总额|小计|总计)|(?:合计|总).{0,2}扣|total deduct"),
        ("net", r"实发|实领|实得|到手|税后|net (?:pay|sal|wage)|take.home"),
        ("diagnosis", r"诊断(?!.{0,2}(?:日期|时间|医|证|依据))|病名|疾病|diagnos"),
        ("end_date", rf"(?=.*(?:日|时间|期|date|day|院|职|on$))(?:{_END})|(?:{_END}).{{0,2}}$"),
        (
            "start_date",
            rf"(?=.*(?:日|时间|期|date|day|院|职|on$))(?:{_START})|(?:{_START}).{{0,2}}$",
        ),
        ("issue_date", r"日期|时间|date|issued on"),
        ("issuer", r"机构|机关|医院|单位|银行|开户|经办|网点|issuer|issued by|office|branch"),
        (
            "name",
            (
                r"名称$|户名|[户民工员者人众]$|买方$|name|holder|person|payee|patient"
                r"|^(?:患者|员工|职工|客户|当事|报案|申请|登记|领取)"
            ),
        ),
        ("number", r"编号|文号|单号|票号|号码|证号|流水号|(?:no|number)\.?$"),
        ("amount", r"总计|合计|总额|金额|损失|费用|amount|total|loss"),
    )
)
_NO_NUMBER = re.compile(
    r"床|病|门诊|住院|工号|员工|电话|手机|信用|纳税|税号|科|警|学|patient|record|phone|tax|staff|employee"
)
#: An organisation by its name, which announces nothing: what stands beside it is not its value.
_NAMED = re.compile(r"[\u3400-\u9fff]{5,}(?:医院|银行|卫生院|诊所)")
_PERIODS = {"start_date": "period_start", "end_date": "period_end"}
_SUMS_OF = frozenset({DocumentKind.INVOICE, DocumentKind.DISASTER_RECEIPT})


def guessed(
    lines: tuple[Line, ...], kind: DocumentKind | None, *, known: frozenset[str]
) -> Iterator[tuple[str, Field]]:
    """Yield fields that are not `known`, with a value after or beside a label that fits them."""
    rows = rows_of(lines)
    days: list[Field] = []
    for at, row in enumerate(rows):
        band = values_of_row(rows, at)
        for place, line in enumerate(row):
            for label, candidate in _pairs(row, place, line, band):
                name = field_made_of(label, kind)
                if not name or name in known or _is_known_as_other(label, name, kind):
                    continue
                if (field := read_value(name, candidate)) is None:
                    continue
                if name == "issue_date":
                    if (
                        len(list(values.dates_in(candidate.text))) == 1
                    ):  # 休假时间: … 至 … is a span
                        days.append(field)
                else:
                    yield name, field
    if days:  # a label of a day that says no more: a paper is made last
        yield "issue_date", max(days, key=lambda field: field.value)


def _is_known_as_other(label: str, name: str, kind: DocumentKind | None) -> bool:
    """Return whether a label is known to announce something else, as 工作单位 does in a clinic."""
    said = label.rstrip(": ")
    return labels.is_whole(said) and labels.field_of(said, kind) != name


def field_made_of(label: str, kind: DocumentKind | None) -> str:
    """Return the field that the words of a label speak of in a document of `kind`, or ""."""
    if re.search(_OTHER, label, re.IGNORECASE) and not re.search("姓名|名称", label):
        return ""
    found = next((name for name, words in _MADE_OF if words.search(label)), "")
    if kind is DocumentKind.BANK_STATEMENT:
        found = _PERIODS.get(found, found)
    if kind is DocumentKind.UNEMPLOYMENT_REGISTRATION and found == "end_date":
        return "start_date"  # work ended then, and being without it began
    if found == "number" and _NO_NUMBER.search(label.lower()):
        return ""
    if found == "issuer" and _NAMED.fullmatch(label):
        return ""
    if found == "amount" and kind not in _SUMS_OF:
        return ""
    return found


def _pairs(
    row: tuple[Line, ...], place: int, line: Line, band: tuple[Line, ...]
) -> Iterator[tuple[str, Candidate]]:
    if band:
        under = (one for one in band if min(one.right, line.right) > max(one.left, line.left))
        yield from ((line.text, Candidate(one.text, one, 0)) for one in under)
        return
    told = _TOLD.match(line.text)
    if told is not None and (told["mark"] == ":" or _is_typed(told["value"])):
        yield told["label"], Candidate(told["value"], line, told.start("value"))
    elif (glued := _GLUED.match(line.text)) is not None:
        yield glued["label"], Candidate(glued["value"], line, glued.start("value"))
    elif _LABEL.fullmatch(line.text.rstrip(":")) and place + 1 < len(row):
        beside = row[place + 1]
        said = labels.said_at(beside.text, 0)
        if labels.is_like_one(beside.text) or (said and said.end == len(beside.text)):
            return
        if not _LABEL.fullmatch(beside.text) or field_made_of(beside.text, None) == "":
            yield line.text.rstrip(":"), Candidate(beside.text, beside, 0)


def _is_typed(value: str) -> bool:
    """Return whether what follows a blank is a date, an amount or a number."""
    return bool(
        re.match(r"[¥$]?-?\d", value)
        or next(values.dates_in(value), None) is not None
        or next(values.amounts_in(value), None) is not None
    )

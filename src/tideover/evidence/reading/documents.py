"""A whole document: its kind and its fields, by label and, failing that, by how it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tideover.evidence.reading import values
from tideover.evidence.reading.cells import cells_of
from tideover.evidence.reading.document_kinds import DocumentKind, kind_of
from tideover.evidence.reading.fields import FIELDS, Field, Labels, labels_of
from tideover.evidence.reading.flow import Flow, flow_of
from tideover.evidence.reading.guessing import guessed
from tideover.evidence.reading.inferring import inferred, without_role
from tideover.evidence.reading.lines import Line
from tideover.evidence.reading.spoken import (
    last_unclaimed_date,
    placed,
    spoken_dates,
    spoken_illness,
    spoken_loss,
    spoken_name,
    spoken_number,
)

_ENDINGS = (
    "人民医院 中医院 医院 卫生院 卫生服务中心 合作联社 联社 保健院 诊所 "
    "门诊部 有限责任公司 有限公司 "
    "股份公司 集团 公司 银行 信用社 分行 支行 营业部 派出所 公安局 分局 支队 大队 "
    "人力资源和社会保障局 人力资源和社会保障所 社会保障局 应急管理局 民政局 就业服务中心 "
    "就业中心 就业局 服务中心 管理局 救援队 街道办事处 村民委员会 居民委员会 村委会 居委会 "
    "人民政府 事务所 工厂 商店 药房 药店 人才中心 保障中心 管理中心 学校 超市 合作社 中心 "
    "局 厂 店 部"
)
_BRANCHES = "分行 支行 营业部 分局 派出所 分公司 中心 分院 院区"
_LATIN_ENDINGS = (
    r"Hospital Clinic Bank Ltd\.? Limited Inc\.? LLC Company Co\.(?:,?\sLtd\.?)? Bureau Office "
    r"Centre Center Station Corporation Corp\.? Department Brigade Authority Agency Exchange "
    r"Services? Council Factory Pharmacy Group Works Branch"
)
#: The room of it that signs.
_ROOMS = "医务[科处部]|(?:人力资源|人事|财务|行政|综合)[部科处]|办公室"
_ORGANISATION = re.compile(
    rf"[\u3400-\u9fff()·A-Za-z0-9]{{2,40}}?(?:{_ENDINGS.replace(' ', '|')})"
    rf"(?:[\u3400-\u9fff]{{1,12}}(?:{_BRANCHES.replace(' ', '|')}))?"
    rf"(?=(?:{_ROOMS})?(?![\u3400-\u9fff]))"
)
_LATIN_ORGANISATION = re.compile(
    rf"^[A-Z][\w&.,'()\- ]{{2,60}}?\b(?:{_LATIN_ENDINGS.replace(' ', '|')})(?![A-Za-z])"
    r"(?:(?:[ ,]+| of (?:the )?)(?:[A-Z][\w]*)(?: Branch| Office)?)?"
)
_ORGANISATION_LETTERS = 60
_LONE_DATE_LETTERS = 24
_RANGE = re.compile(r"(?:至|到|~|-|to|until|through|-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says, and the text it says it with."""

    kind: DocumentKind | None
    fields: dict[str, Field]
    lines: tuple[Line, ...]
    pages_unread: int = 0

    def value(self, name: str) -> str | None:
        """Return the value of a field, or None when it was not found."""
        field = self.fields.get(name)
        return None if field is None else field.value

    @property
    def text(self) -> str:
        """All that was read, a line each."""
        return "\n".join(line.text for line in self.lines)


def document_of(lines: tuple[Line, ...]) -> Document:
    """Return the document that `lines` are: its kind, and every field that could be read."""
    plain_lines = cells_of(lines)
    kind = kind_of(plain_lines)
    labels = labels_of(plain_lines, kind)
    found = dict(_fields(labels, flow_of(plain_lines), kind))
    ordered = {name: _as_printed(name, found[name]) for name in FIELDS if name in found}
    return Document(kind, ordered, plain_lines)


_WIDE = str.maketrans("(),;", "（），；")


def _as_printed(name: str, field: Field) -> Field:
    """Return words with the wide marks that stand among Chinese letters on paper."""
    is_chinese = re.search(r"[\u3400-\u9fff]", field.value) is not None
    if name in {"diagnosis", "issuer", "number"} and is_chinese:
        return replace(field, value=field.value.translate(_WIDE))
    return field


def _fields(labels: Labels, flow: Flow, kind: DocumentKind | None) -> Iterator[tuple[str, Field]]:
    found = {name: field for name in FIELDS if (field := labels.field(name)) is not None}
    found.update(_ranges(labels, flow, kind, found))
    found.update(_parties(labels, kind, found))
    for name, field in guessed(flow.lines, kind, known=frozenset(found)):
        found.setdefault(name, field)
    for name, reader in (
        ("name", spoken_name),
        ("id_number", _lone_id),
        ("issuer", _lone_issuer),
        ("issue_date", _lone_date),
        ("month", _month_of_heading),
    ):
        if name not in found and (field := reader(flow, kind)) is not None:
            found[name] = field
    found.update(spoken_dates(flow, kind, found=found))
    for name, reader in (
        ("diagnosis", spoken_illness),
        ("amount", spoken_loss),
        ("number", spoken_number),
    ):
        if name not in found and (field := reader(flow, kind)) is not None:
            found[name] = field
    for name, field in inferred(flow.lines, kind, found=found):
        found.setdefault(name, field)
    if "name" in found:
        found["name"] = replace(found["name"], value=without_role(found["name"].value))
    if "issue_date" not in found:
        last = last_unclaimed_date(flow, kind, found=found)
        found.update({} if last is None else {"issue_date": last})
    if "amount" not in found and (field := labels.field("words_amount")) is not None:
        found["amount"] = field
    wanted = _WANTED.get(kind, frozenset(FIELDS)) if kind else frozenset(FIELDS)
    yield from ((name, field) for name, field in found.items() if name in wanted)


_COMMON = frozenset({"name", "id_number", "issuer", "issue_date"})
_WANTED = {
    DocumentKind.DIAGNOSIS_CERTIFICATE: _COMMON | {"diagnosis", "start_date", "end_date", "number"},
    DocumentKind.DISCHARGE_RECORD: _COMMON
    | {"diagnosis", "start_date", "end_date", "number", "amount"},
    DocumentKind.INVOICE: _COMMON | {"number", "amount"},
    DocumentKind.TERMINATION_CERTIFICATE: _COMMON | {"start_date", "end_date", "number"},
    DocumentKind.BANK_STATEMENT: _COMMON
    | {"account", "period_start", "period_end", "opening_balance", "closing_balance", "number"},
    DocumentKind.WAGE_SLIP: _COMMON | {"month", "gross", "deductions", "net", "account"},
    DocumentKind.UNEMPLOYMENT_REGISTRATION: _COMMON | {"number", "start_date", "end_date"},
    DocumentKind.DISASTER_RECEIPT: _COMMON | {"number", "amount", "start_date"},
}


def _ranges(
    labels: Labels, flow: Flow, kind: DocumentKind | None, found: dict[str, Field]
) -> dict[str, Field]:
    """Return beginnings and ends from spans of time, such as 2026年1月1日至2026年3月31日."""
    is_statement = kind is DocumentKind.BANK_STATEMENT
    names = ("period_start", "period_end") if is_statement else ("start_date", "end_date")
    label = "period" if is_statement else "employed"
    spans = [*labels.every(label), *labels.spans(names)]
    for span in spans:
        days = list(values.dates_in(span.value))
        if len(days) >= 2:
            return {
                name: Field(day.isoformat(), span.where, span.sure)
                for name, (day, _) in zip(names, days[:2], strict=True)
                if name not in found or is_statement
            }
    if names[0] in found and names[1] in found:
        return {}
    return _free_range(flow, names, found)


def _free_range(flow: Flow, names: tuple[str, str], found: dict[str, Field]) -> dict[str, Field]:
    for (start, one), (end, other) in pairwise(values.dates_in(flow.text)):
        between = flow.text[one[1] : other[0]]
        if start <= end and len(between) <= 8 and _RANGE.search(between):
            return {
                name: placed(flow, day.isoformat(), span=span)
                for name, day, span in zip(names, (start, end), (one, other), strict=True)
                if name not in found
            }
    return {}


def _parties(
    labels: Labels, kind: DocumentKind | None, found: dict[str, Field]
) -> dict[str, Field]:
    """Return buyer and seller of an invoice that calls both of them 名称."""
    if kind is not DocumentKind.INVOICE:
        return {}
    parties = list(labels.every("party"))
    parties.sort(key=lambda one: (one.where.top // 60, one.where.left))
    out: dict[str, Field] = {}
    if parties and "name" not in found:
        out["name"] = parties.pop(0)
    offices = [one for one in parties if _organisation_in(one.value) is not None]
    if offices and "issuer" not in found:
        out["issuer"] = offices[-1]
    return out


def _lone_id(flow: Flow, _: DocumentKind | None) -> Field | None:
    found = values.find_id(flow.text)
    return None if found is None else placed(flow, found[0], span=found[1])


def _lone_issuer(flow: Flow, kind: DocumentKind | None) -> Field | None:
    """Return the organisation that signs below, or else the one that heads the page."""
    named = [
        placed(flow, match[0].strip(), span=(start, start + len(match[0])))
        for line, start in zip(flow.lines, flow.starts, strict=True)
        if len(line.text) < _ORGANISATION_LETTERS
        and (match := _organisation_in(line.text)) is not None
    ]
    if not named:
        return _heading_issuer(flow)
    last, first = named[-1], named[0]
    if kind is DocumentKind.BANK_STATEMENT:
        return next((one for one in named if "行" in one.value or "Bank" in one.value), first)
    return last if last.where.top > 500 and len(named) > 1 else first


_TITLED = re.compile(
    rf"(?P<office>[\u3400-\u9fff()·]{{2,40}}?(?:{_ENDINGS.replace(' ', '|')}))"
    r"(?=(?:20\d\d年)?(?:\d{1,2}月)?(?:份)?(?:员工|职工|个人|工资|薪资|薪酬|诊断|疾病|出院|住院|门诊|离职|解除|终止|退工"
    r"|账户|借记|储蓄|活期|历史|交易|对账|流水|失业|就业|受灾|灾|报警|接警|受案|收费|电子|发票))"
)
_HEADING_ROWS = 3


def _heading_issuer(flow: Flow) -> Field | None:
    """Return the organisation that a title begins with, as in …公司工资条."""
    for line, start in zip(flow.lines[:_HEADING_ROWS], flow.starts, strict=False):
        if (match := _TITLED.match(line.text)) is not None:
            return placed(flow, match["office"], span=(start, start + match.end()))
    return None


def _organisation_in(text: str) -> re.Match[str] | None:
    match = _ORGANISATION.match(text) or _LATIN_ORGANISATION.match(text)
    if match is None or len(text) - match.end() > 22 or text[match.end() : match.end() + 1] == ":":
        return None
    return match


def _lone_date(flow: Flow, kind: DocumentKind | None) -> Field | None:
    """Return the last date that stands on a line with little else: where one signs."""
    if kind is DocumentKind.BANK_STATEMENT:
        return None
    for line, start in zip(reversed(flow.lines), reversed(flow.starts), strict=True):
        days = list(values.dates_in(line.text))
        alone = len(line.text) < _LONE_DATE_LETTERS and not re.match(r"\D{2,}[:]", line.text)
        if len(days) == 1 and alone:
            day, (begin, end) = days[0]
            return placed(flow, day.isoformat(), span=(start + begin, start + end))
    return None


def _month_of_heading(flow: Flow, kind: DocumentKind | None) -> Field | None:
    if kind is not DocumentKind.WAGE_SLIP:
        return None
    for line, start in zip(flow.lines, flow.starts, strict=True):
        month = values.first_month(line.text)
        if month is not None and not list(values.dates_in(line.text)):
            return placed(flow, month, span=(start, start + len(line.text)))
    return None

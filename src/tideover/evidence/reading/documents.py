"""A whole document: its kind and its fields, by label and, failing that, by how it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tideover.evidence.reading import values
from tideover.evidence.reading.document_kinds import DocumentKind, kind_of
from tideover.evidence.reading.fields import FIELDS, Field, Labels, labels_of, person
from tideover.evidence.reading.flow import Flow, flow_of
from tideover.evidence.reading.lines import Line, plain
from tideover.evidence.reading.segments import joined

_ENDINGS = (
    "人民医院 中医院 医院 卫生院 卫生服务中心 保健院 诊所 门诊部 有限责任公司 有限公司 "
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
_ORGANISATION = re.compile(
    rf"[\u3400-\u9fff()·A-Za-z0-9]{{2,40}}?(?:{_ENDINGS.replace(' ', '|')})"
    rf"(?:[\u3400-\u9fff]{{1,12}}(?:{_BRANCHES.replace(' ', '|')}))?(?![\u3400-\u9fff])"
)
_LATIN_ORGANISATION = re.compile(
    rf"^[A-Z][\w&.,'()\- ]{{2,60}}?\b(?:{_LATIN_ENDINGS.replace(' ', '|')})"
    r"(?:[ ,]+(?:[A-Z][\w]*)(?: Branch| Office)?)?"
)
_ORGANISATION_LETTERS = 60
_LONE_DATE_LETTERS = 24
_RANGE = re.compile(r"(?:至|到|~|-|to|until|through|-)", re.IGNORECASE)
_OURS = r"(?:我单位|我公司|我司|我院|本公司|本单位|本院)?(?:原|的)?"
_AFTER_NAME = (
    r"(?=[,(:、;]|先生|女士|同志|身份证|公民身份"
    r"|系|于|自|因|原|性别|为|在|已|签订|解除|终止|所|居住|向)"
)
_WHO = "(?:员工|职工|患者|居民|村民|市民|失业人员|病人)"
_SPOKEN_NAMES = (
    re.compile(
        rf"(?:兹证明|兹有|兹|现有|特证明)[ ]?{_OURS}{_WHO}?\s?"
        rf"(?P<name>[\u3400-\u9fff·]{{2,12}}?){_AFTER_NAME}"
    ),
    re.compile(
        rf"{_OURS}{_WHO}\s?"
        rf"(?P<name>[\u3400-\u9fff·]{{2,12}}?){_AFTER_NAME}"
    ),
    re.compile(r"(?:^|\n)\s*(?P<name>[\u3400-\u9fff·]{2,12}?)(?=先生|女士|同志|\s?\()"),
    re.compile(
        r"(?:^|\n)\s*(?P<name>[\u3400-\u9fff·]{2,12}?)(?=[,(]\s?(?:身份证|公民身份|性别|男|女))"
    ),
    re.compile(
        r"(?:certif(?:y|ies) that|that|Mr\.?|Ms\.?|Mrs\.?|employee|patient)\s+"
        r"(?:Mr\.?|Ms\.?|Mrs\.?)?\s*(?P<name>[A-Z][A-Za-z'\-·]+(?: [A-Z][A-Za-z'\-·.]+){1,3})"
    ),
)


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
    plain_lines = joined(tuple(replace(line, text=plain(line.text)) for line in lines))
    kind = kind_of(plain_lines)
    labels = labels_of(plain_lines, kind)
    found = dict(_fields(labels, flow_of(plain_lines), kind))
    return Document(kind, {name: found[name] for name in FIELDS if name in found}, plain_lines)


def _fields(labels: Labels, flow: Flow, kind: DocumentKind | None) -> Iterator[tuple[str, Field]]:
    found = {name: field for name in FIELDS if (field := labels.field(name)) is not None}
    found.update(_ranges(labels, flow, kind, found))
    found.update(_parties(labels, kind, found))
    for name, reader in (
        ("name", _spoken_name),
        ("id_number", _lone_id),
        ("issuer", _lone_issuer),
        ("issue_date", _lone_date),
        ("month", _month_of_heading),
    ):
        if name not in found and (field := reader(flow, kind)) is not None:
            found[name] = field
    found.update(_spoken_dates(flow, kind, found))
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
    spans = [*labels.every(label)]
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
                name: _at(flow, day.isoformat(), span)
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
    if parties and "issuer" not in found:
        out["issuer"] = parties[-1]
    return out


def _spoken_name(flow: Flow, _: DocumentKind | None) -> Field | None:
    for pattern in _SPOKEN_NAMES:
        match = pattern.search(flow.text)
        if match is not None and (name := person(match["name"])) is not None:
            return _at(flow, name[0], match.span("name"))
    return None


def _lone_id(flow: Flow, _: DocumentKind | None) -> Field | None:
    number = values.id_in(flow.text)
    if number is None:
        return None
    at = max(0, flow.text.find(number[:6]))
    return _at(flow, number, (at, at + len(number)))


def _lone_issuer(flow: Flow, kind: DocumentKind | None) -> Field | None:
    """Return the organisation that signs below, or else the one that heads the page."""
    named = [
        _at(flow, match[0].strip(), (start, start + len(match[0])))
        for line, start in zip(flow.lines, flow.starts, strict=True)
        if len(line.text) < _ORGANISATION_LETTERS
        and (match := _organisation_in(line.text)) is not None
    ]
    if not named:
        return None
    last, first = named[-1], named[0]
    if kind is DocumentKind.BANK_STATEMENT:
        return next((one for one in named if "行" in one.value or "Bank" in one.value), first)
    return last if last.where.top > 500 and len(named) > 1 else first


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
            return _at(flow, day.isoformat(), (start + begin, start + end))
    return None


def _month_of_heading(flow: Flow, kind: DocumentKind | None) -> Field | None:
    if kind is not DocumentKind.WAGE_SLIP:
        return None
    for line, start in zip(flow.lines, flow.starts, strict=True):
        month = values.first_month(line.text)
        if month is not None and not list(values.dates_in(line.text)):
            return _at(flow, month, (start, start + len(line.text)))
    return None


def _spoken_dates(
    flow: Flow, kind: DocumentKind | None, found: dict[str, Field]
) -> dict[str, Field]:
    """Return the dates of sentences such as “于…入职” and “于…解除”, by the words beside them."""
    out: dict[str, Field] = {}
    for day, (start, end) in values.dates_in(flow.text):
        beside = flow.text[max(0, start - 14) : start], flow.text[end : end + 16]
        name = _role(beside, kind)
        if name and name not in found and name not in out:
            out[name] = _at(flow, day.isoformat(), (start, end))
    return out


_ROLES = (
    ("end_date", re.compile(r"^.{0,6}(?:解除|终止|离职|出院|止|届满|与我|terminat)"), 1),
    (
        "start_date",
        re.compile(r"^.{0,6}(?:入职|入院|入我|到我|进入|起|失业|发生|受灾|住院|来院|收住|发现)"),
        1,
    ),
    ("end_date", re.compile(r"(?:至|到|解除日期|terminated on|discharged on|until|to)\s?$"), 0),
    ("start_date", re.compile(r"(?:自|从|入职于|admitted on|joined on|since|from)\s?$"), 0),
)


def _role(beside: tuple[str, str], kind: DocumentKind | None) -> str | None:
    if kind in {DocumentKind.BANK_STATEMENT, DocumentKind.INVOICE, DocumentKind.WAGE_SLIP}:
        return None
    for name, pattern, side in _ROLES:
        if pattern.search(beside[side]):
            return name
    return None


def _at(flow: Flow, value: str, span: tuple[int, int]) -> Field:
    return Field(value, flow.where(span), flow.line_at(span[0])[0].sure)

"""The fields of a document: which label announces each, and how its value is read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tideover.evidence.reading import values
from tideover.evidence.reading.document_kinds import DocumentKind
from tideover.evidence.reading.lines import Line, Where
from tideover.evidence.reading.segments import Candidate, Labelled, labelled

#: In the order they are printed.
FIELDS = (
    "name",
    "id_number",
    "issuer",
    "issue_date",
    "diagnosis",
    "start_date",
    "end_date",
    "account",
    "period_start",
    "period_end",
    "opening_balance",
    "closing_balance",
    "month",
    "gross",
    "deductions",
    "net",
    "number",
    "amount",
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff·]{1,14}")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z'.\-·]*(?:[ ,]+[A-Z(][A-Za-z'.\-·)]*){0,4}")
_TITLES = re.compile(r"(?:先生|女士|同志|小姐)$")
_NOT_A_NAME = re.compile(
    r"^(?:性别|年龄|身份|证件|出生|民族|电话|地址|盖章|签[名字章]|公章|男$|女$|无$|的$)"
)
_AN_OFFICE = re.compile(r"(?:医院|公司|银行|分局|派出所|中心|大队|支队|委员会|信用社|联社|事务所)$")
_NUMBER = re.compile(
    r"[A-Za-z\u3400-\u9fff]{0,8}(?:\([\u3400-\u9fff]\)[\u3400-\u9fff]{0,6})?[(\[〔【]?(?:\d{4})?[)\]〕】]?[A-Za-z0-9第\-/]*\d[A-Za-z0-9\-/]*号?"
)
_NO_READ_AS_N0 = re.compile(r"^N0(?=\d{5})")
_ACCOUNT = re.compile(r"[\d*xX][\d*xX \-]{6,30}[\d*xX]")
_MARKS = " :;,。、|/_.·"


@dataclass(frozen=True, slots=True)
class Field:
    """A value as it was read, and the place on the page that says so."""

    value: str
    """Dates in ISO form, amounts in decimal yuan."""
    where: Where
    sure: int = 1000
    """Per mille."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Every label of one document with the places its value may stand."""

    found: tuple[Labelled, ...]

    def field(self, name: str) -> Field | None:
        """Return the value of field `name` at the first label that has a readable one."""
        return next(self.every(name), None)

    def every(self, name: str) -> Iterator[Field]:
        """Yield every readable value of field `name`; labels with a colon come first."""
        ordered = sorted(
            (one for one in self.found if one.field == name),
            key=lambda one: (_general(name, one.label), not one.with_colon),
        )
        for one in ordered:
            field = next(
                (
                    read_value(name, candidate)
                    for candidate in one.candidates
                    if read_value(name, candidate) is not None
                ),
                None,
            )
            if field is not None:
                yield field

    def spans(self, names: tuple[str, str]) -> Iterator[Field]:
        """Yield the values of labels of `names` that hold two dates: 住院日期 … 至 …."""
        for one in self.found:
            for candidate in one.candidates if one.field in names else ():
                if len(list(values.dates_in(candidate.text))) == 2:
                    yield Field(candidate.text, candidate.where((0, len(candidate.text))))


def labels_of(lines: tuple[Line, ...], kind: DocumentKind | None) -> Labels:
    """Return the labels of the document."""
    return Labels(tuple(labelled(lines, kind)))


#: Labels so general that a more telling one of the same field goes before them.
_GENERAL = {
    "issue_date": {
        "日期": 2,
        "时间": 3,
        "date": 2,
        "登记日期": 1,
        "登记时间": 1,
        "诊断日期": 1,
        "记录日期": 1,
        "打印日期": 1,
        "打印时间": 1,
        "printed on": 1,
    },
    "amount": {
        "合计": 2,
        "金额": 3,
        "小写": 0,
        "价税合计": 0,
        "total": 2,
        "amount": 3,
        "人民币": 3,
        "sum": 3,
    },
    "issuer": {
        "单位": 2,
        "公司": 2,
        "银行": 2,
        "开户行": 1,
        "from": 3,
        "office": 2,
        "甲方": 1,
        "company": 1,
    },
    "number": {
        "no": 2,
        "number": 2,
        "流水号": 2,
        "证件编号": 3,
        "reference": 1,
        "ref": 1,
        "文号": 1,
    },
    "diagnosis": {"入院诊断": 2, "初步诊断": 2, "门诊诊断": 2, "condition": 2},
    "name": {"户主": 1, "患者": 0, "付款方": 1, "申请人": 1, "员工": 1, "职工": 1, "乙方": 1},
    "closing_balance": {"账户余额": 2, "当前余额": 2, "可用余额": 3, "current balance": 2},
    "net": {"净额": 2, "net": 1, "到账金额": 2},
    "deductions": {"扣款": 1, "扣除": 2, "代扣": 2},
    "id_number": {"id": 1, "证件号码": 0},
}


def _general(field: str, label: str) -> int:
    return _GENERAL.get(field, {}).get(label.lower().rstrip("."), 0)


def read_value(name: str, candidate: Candidate) -> Field | None:
    """Return the value of field `name` that stands in the candidate, if one can be read."""
    found = _READERS[name](candidate.text)
    if found is None:
        return None
    value, span = found
    return Field(value, candidate.where(span), candidate.line.sure)


_Found = tuple[str, tuple[int, int]] | None


def person(text: str) -> _Found:
    """Return the person's name that `text` begins with."""
    start = len(text) - len(text.lstrip(_MARKS + "(*"))
    rest = text[start:]
    match = _HAN_NAME.match(rest) or _LATIN_NAME.match(rest)
    if match is None or _NOT_A_NAME.match(match[0]):
        return None
    name = _TITLES.sub("", match[0]).strip(_MARKS)
    if _AN_OFFICE.search(name):
        return None
    return (name, (start, start + len(name))) if len(name) >= 2 else None


def words(text: str) -> _Found:
    """Return `text` without the marks around it."""
    plain = text.strip(_MARKS)
    start = text.find(plain)
    return (plain, (start, start + len(plain))) if len(plain) >= 2 else None


#: Where a sentence goes on to something else than what somebody has.
_AFTER_ILLNESS = re.compile(
    r"。|[,;](?=\s?(?:经|于|建议|现|需|予|住院|治疗|病情|特此|目前|应|宜|请|给予|嘱|随))"
)


#: The only one of a list: 1、腰椎间盘突出症.
_FIRST_OF_ONE = re.compile(r"^\s*\(?1[、.)]\s?(?=[\u3400-\u9fff])(?!.*2[、.)])")


def _illness(text: str) -> _Found:
    first = _FIRST_OF_ONE.match(text)
    start = first.end() if first else 0
    found = words(_AFTER_ILLNESS.split(text[start:])[0])
    return found and (found[0], (start + found[1][0], start + found[1][1]))


def organisation(text: str) -> _Found:
    """Return the name of an organisation in `text`, without a stamp's note after it."""
    plain = re.sub(r"\((?:盖章|公章|章|签章|印章|seal|stamp)\)?.*$", "", text, flags=re.IGNORECASE)
    plain = re.split(r"(?:\d{4}\s?年|\d{4}-\d)", plain)[0]
    found = words(plain)
    if found is None or not re.search(r"[^\d\W]{2}", found[0]):
        return None
    name, (start, end) = found
    shortened = plain[end : end + 1] == "." and re.search(r"\b(?:Ltd|Inc|Co|Corp)$", name)
    return (name + ".", (start, end + 1)) if shortened else found


def _identity(text: str) -> _Found:
    found = values.find_id(text)
    if found is not None:
        return found
    masked = re.search(r"\d{3,10}\*{4,}[\dXx]{1,4}", text.replace(" ", ""))
    return (masked[0], masked.span()) if masked else None


def _day(text: str) -> _Found:
    return next(((day.isoformat(), span) for day, span in values.dates_in(text)), None)


def _month(text: str) -> _Found:
    month = values.first_month(text)
    return None if month is None else (month, (0, len(text)))


def _amount(text: str) -> _Found:
    fen = values.first_amount(text)
    if fen is None:
        return None
    span = next((span for found, span in values.amounts_in(text) if found == fen), (0, len(text)))
    return values.yuan(abs(fen)), span


def _signed(text: str) -> _Found:
    fen = values.first_amount(text)
    return None if fen is None else (values.yuan(fen), (0, len(text)))


def _number(text: str) -> _Found:
    match = _NUMBER.search(text)
    # The letters of NO are read as N and nought.
    return (_NO_READ_AS_N0.sub("NO", match[0].strip()), match.span()) if match else None


def _account(text: str) -> _Found:
    match = _ACCOUNT.search(text)
    return (re.sub(r"[ \-]", "", match[0]), match.span()) if match else None


_READERS: dict[str, Callable[[str], _Found]] = {
    "name": person,
    "id_number": _identity,
    "issuer": organisation,
    "party": words,
    "diagnosis": _illness,
    "account": _account,
    "month": _month,
    "number": _number,
    "period": words,
    "employed": words,
    **dict.fromkeys(("issue_date", "start_date", "end_date", "period_start", "period_end"), _day),
    **dict.fromkeys(("gross", "deductions", "net", "amount", "words_amount"), _amount),
    **dict.fromkeys(("opening_balance", "closing_balance"), _signed),
}

"""What running text says: names, dates and illnesses, told by the words beside them."""

import re

from tideover.evidence.reading import values
from tideover.evidence.reading.document_kinds import DocumentKind
from tideover.evidence.reading.fields import Field, person
from tideover.evidence.reading.flow import Flow

_OURS = r"(?:[我本](?:单位|公司|司|院|厂|校|所|局|处|中心)?(?:辖区|社区|村|镇|街道)?)?(?:原|的)?"
_AFTER_NAME = (
    r"(?=[,(:、;]|先生|女士|同志|身份证|公民身份"
    r"|系|于|自|因|原|性别|为|在|已|签订|解除|终止|所|居住|向)"
)
_WHO = (
    "(?:员工|职工|职员|雇员|患者|病员|伤者|客户|群众|住户|学员|登记人|报案人|求职者"
    "|居民|村民|市民|失业人员|病人)"
)
_SPOKEN_NAMES = (
    re.compile(
        rf"(?:兹证明|兹有|兹|现有|特证明)[ :]{{0,2}}{_OURS}{_WHO}?\s?"
        rf"(?P<name>[\u3400-\u9fff·]{{2,12}}?){_AFTER_NAME}"
    ),
    re.compile(
        rf"{_OURS}{_WHO}\s?"
        rf"(?P<name>[\u3400-\u9fff·]{{2,12}}?){_AFTER_NAME}"
    ),
    re.compile(
        r"(?:^|\n)\s*(?:[我本][^\n]{1,6}?与)?"
        r"(?P<name>(?:(?!与)[\u3400-\u9fff·]){2,12}?)(?=先生|女士|同志)"
    ),
    re.compile(r"(?:^|\n)\s*(?P<name>[\u3400-\u9fff·]{2,5})(?=:\s*[您你])"),
    re.compile(
        r"(?:^|\n)\s*(?P<name>[\u3400-\u9fff·]{2,12}?)"
        r"(?=[,(:]\s?(?:身份证|公民身份|性别|男|女|\d{2}岁|你|您))"
    ),
    re.compile(
        r"(?:^|[\n,。:;]|经审核|经查|经核实|与|同|居民|员工|职工|患者|公民|同志)\s?"
        r"(?P<name>[\u3400-\u9fff·]{2,12}?)(?:同志|先生|女士)?"
        r"(?=\s?[(,]\s?(?:[男女],\s?)?(?:居民身份证|身份证|公民身份|证件号))"
    ),
    re.compile(
        r"(?:^|[\n:.,])\s*(?:Dear\s)?\s*(?:Mr\.?|Ms\.?|Mrs\.?)?\s*(?!Dear)"
        r"(?P<name>[A-Z][A-Za-z'\-·]+(?: [A-Z][A-Za-z'\-·.]+){1,3})"
        r"(?=,? \(?(?:ID|identity|holder|born|aged|passport|national)\b"
        r"|,\s?(?:we|you|this|your)\b)"
    ),
    re.compile(
        r"(?:certif(?:y|ies) that|that|Mr\.?|Ms\.?|Mrs\.?|employee|patient)\s+"
        r"(?:Mr\.?|Ms\.?|Mrs\.?)?\s*(?P<name>[A-Z][A-Za-z'\-·]+(?: [A-Z][A-Za-z'\-·.]+){1,3})"
    ),
)


def spoken_name(flow: Flow, _: DocumentKind | None) -> Field | None:
    """Return whom the text speaks of, as in 兹证明…."""
    for pattern in _SPOKEN_NAMES:
        match = pattern.search(flow.text)
        if match is not None and (name := person(match["name"])) is not None:
            return placed(flow, name[0], span=match.span("name"))
    return None


_SPOKEN_ILLNESSES = (
    re.compile(
        r"(?:诊断|确诊|印象|考虑|诊为)(?:结果)?(?:为|是|:|患有|患)[: ]?"
        r"[\"“”]?(?P<what>[^。;,\"“”\n]{2,40})"
    ),
    re.compile(r"(?:现患有?|患有|罹患|患了)(?P<what>[^。;,:\"“”\n]{2,30})"),
    re.compile(r"(?:因|患有?)[\"“”](?P<what>[^。;\"“”\n]{2,30})[\"“”]"),
    re.compile(
        r"(?:diagnosed (?:with|as)|admitted [^.\n]{0,60}\b(?:with|for)|suffer(?:s|ing|ed) from"
        r"|treated for)[: ]+"
        r"(?P<what>[A-Za-z0-9 ,()-]{3,60}?)(?=[.;\n]|,? and |$)",
        re.IGNORECASE,
    ),
)
_OF_ILLNESS = frozenset({DocumentKind.DIAGNOSIS_CERTIFICATE, DocumentKind.DISCHARGE_RECORD})


def spoken_illness(flow: Flow, kind: DocumentKind | None) -> Field | None:
    """Return what a medical paper says somebody has, as in 诊断为…."""
    if kind not in _OF_ILLNESS:
        return None
    for pattern in _SPOKEN_ILLNESSES:
        match = pattern.search(flow.text)
        if match is not None:
            return placed(flow, match["what"].strip(), span=match.span("what"))
    return None


_SPOKEN_NUMBER = re.compile(
    r"(?:编号|文号|案号|单号|登记号|受理号|回执号|(?<!份)证号|reference|number|no\.?)"
    r"(?:为|是|:| is)?\s?"
    r"(?P<number>[A-Za-z]{0,4}\d[A-Za-z0-9\-]{5,20})(?![\d*])"
    r"|第\s?(?P<counted>[A-Za-z]{0,4}\d{6,20})\s?号",
    re.IGNORECASE,
)
#: The number of an official letter, which needs no label: 演公(刑)受案字〔2026〕0123号.
_LETTER_NUMBER = re.compile(
    r"(?:^|\n|[ :])(?P<number>[\u3400-\u9fff()]{2,14}[〔(\[【]20\d\d[〕)\]】]第?\d{1,6}号)"
)


def spoken_number(flow: Flow, _: DocumentKind | None) -> Field | None:
    """Return the number by which a text calls itself, as in 登记编号…, never an identity number."""
    for match in _SPOKEN_NUMBER.finditer(flow.text):
        part = "number" if match["number"] else "counted"
        is_of_person = flow.text[: match.start()].endswith("证件")
        if values.find_id(match[part]) is None and not is_of_person:
            return placed(flow, match[part], span=match.span(part))
    letter = _LETTER_NUMBER.search(flow.text)
    return letter and placed(flow, letter["number"], span=letter.span("number"))


def last_unclaimed_date(
    flow: Flow, kind: DocumentKind | None, *, found: dict[str, Field]
) -> Field | None:
    """Return the last date of a text that is neither a beginning nor an end of anything."""
    if kind in {None, DocumentKind.BANK_STATEMENT, DocumentKind.WAGE_SLIP}:
        return None
    claimed = {found[name].value for name in ("start_date", "end_date") if name in found}
    for day, span in reversed(list(values.dates_in(flow.text))):
        if day.isoformat() not in claimed:
            return placed(flow, day.isoformat(), span=span)
    # “于…到我处登记”: the day on which it began is the day on which the paper was made.
    return found.get("start_date") if kind in _MADE_AT_ONCE else None


_MADE_AT_ONCE = frozenset({DocumentKind.UNEMPLOYMENT_REGISTRATION, DocumentKind.DISASTER_RECEIPT})


_TIME_OF_DAY = re.compile(r"^\s?\d{1,2}(?::\d{2}){1,2}|^\s?\d{1,2}时\d{1,2}分")


def spoken_dates(
    flow: Flow, kind: DocumentKind | None, *, found: dict[str, Field]
) -> dict[str, Field]:
    """Return the dates of sentences such as “于…入职” and “于…解除”, by the words beside them."""
    out: dict[str, Field] = {}
    for day, (start, end) in values.dates_in(flow.text):
        after = _TIME_OF_DAY.sub("", flow.text[end : end + 48])
        beside = flow.text[max(0, start - 28) : start], after
        name = _role(beside, kind)
        if kind is DocumentKind.UNEMPLOYMENT_REGISTRATION and name == "end_date":
            name = "start_date"  # work ended then, and being without it began
        if name and name not in found and name not in out:
            out[name] = placed(flow, day.isoformat(), span=(start, end))
    return out


def spoken_loss(flow: Flow, kind: DocumentKind | None) -> Field | None:
    """Return what a report or a receipt says was lost or paid, as in 损失约…元."""
    if kind not in _WITH_AMOUNTS:
        return None
    for pattern in _LOSSES:
        for match in pattern.finditer(flow.text):
            tail = flow.text[match.end() : match.end() + 24].split("。")[0]
            found = next(iter(values.amounts_in(tail)), None)
            if found is not None and found[0] > 0:
                span = (match.end() + found[1][0], match.end() + found[1][1])
                return placed(flow, values.yuan(found[0]), span=span)
    return None


_WITH_AMOUNTS = frozenset(
    {DocumentKind.DISASTER_RECEIPT, DocumentKind.INVOICE, DocumentKind.DISCHARGE_RECORD}
)
#: The more telling words first.
_LOSSES = (
    re.compile(r"(?:住院|医疗|治疗|总)?费用?(?:合计|共计|总计|总额)[^\d¥。]{0,8}"),
    re.compile(r"(?:经济|财产|直接|涉案|被骗|合计|总)(?:损失|金额|价值|计)[^\d¥。]{0,8}"),
    re.compile(
        r"(?:损失|价值|金额|共计|合计|计)(?:约|为|人民币|共|达|现金|财物|款项|资金|存款)[^\d¥。]{0,6}"
    ),
    re.compile(
        r"(?:loss|damage|amount|value|total)(?: is| was| of|:)?[^\d.]{0,24}?(?=[\d¥$]|CNY|RMB)",
        re.IGNORECASE,
    ),
)
_BY_KIND_AFTER = {
    DocumentKind.DISASTER_RECEIPT: re.compile(
        r"^\s?(?:因|[^,。]{0,6}(?:遭遇|遭受)|,[^。]{0,40}(?:发生|遭受|受灾|被[骗盗抢]|火灾|事故)|许|左右|凌晨|上午|下午|晚|夜|\d{1,2}时)"
    )
}
#: What is done on the day on which the receipt is made out.
_REPORTED = re.compile(r"^\s?(?:[前]?[到来至向]我[^,。]{0,8}(?:报|申|求助)|报案|报警|报称)")
_ROLES = (
    ("end_date", re.compile(r"^.{0,6}(?:解除|终止|离职|出院|止|届满|到期|期满|与我|terminat)"), 1),
    (
        "start_date",
        re.compile(
            r"^.{0,6}(?:入职|入院|入住|入我|[到来至]我|在我|进入|起|失业(?!登记)|发生|受灾|住院|来院|收住|发现"
            r"|签订|订立|建立|录用|聘用|上班|报到|被[骗盗抢淹烧])"
        ),
        1,
    ),
    (
        "end_date",
        re.compile(
            r"(?:(?:离职|出院|解除|终止|截止)(?:日期|时间)?(?:为|是|系|于)?|至|到|解除日期"
            r"|terminated on|discharged on|until|to|with effect from|effective(?: from| as of| on)?"
            r"|(?:ended|ceased|left|dismissed|expired|resigned) on)\s?$",
            re.IGNORECASE,
        ),
        0,
    ),
    (
        "start_date",
        re.compile(
            r"(?:(?:入职|入院|失业|发生|案发|参加工作|上岗|到岗|录用)(?:日期|时间)?(?:为|是|系|于)?"
            r"|自|从|起始于|始于|入职于"
            r"|(?:admitted(?: to [a-z ]{2,30})?|joined|began|started|commenced|hired|occurred"
            r"|happened) on|since|from)\s?$",
            re.IGNORECASE,
        ),
        0,
    ),
)


def _role(beside: tuple[str, str], kind: DocumentKind | None) -> str | None:
    if kind in {DocumentKind.BANK_STATEMENT, DocumentKind.INVOICE, DocumentKind.WAGE_SLIP}:
        return None
    if kind is DocumentKind.DISASTER_RECEIPT and _REPORTED.search(beside[1]):
        return "issue_date"
    for name, pattern, side in _ROLES:
        if pattern.search(beside[side]):
            return name
    by_kind = _BY_KIND_AFTER.get(kind) if kind else None
    return "start_date" if by_kind is not None and by_kind.search(beside[1]) else None


def placed(flow: Flow, value: str, *, span: tuple[int, int]) -> Field:
    """Return the value with the place of `span`, as sure as the line it stands on."""
    return Field(value, flow.where(span), flow.line_at(span[0])[0].sure)

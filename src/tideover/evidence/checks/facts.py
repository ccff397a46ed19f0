"""Does the document agree with what the case says: who, and when?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tideover.evidence.checks.findings import Finding, Weight, told
from tideover.evidence.reading import Document, DocumentKind, Field
from tideover.evidence.reading.values import id_check_holds

#: Read from a picture with less certainty than this, one letter may be the reader's mistake.
_SURE = 930
_ASK_ISSUER = told(
    "Call the issuer on its public number and ask whether it issued this document.",
    "拨打开具单位的公开电话，核实是否由其开具。",
)
_BETTER_COPY = told(
    "Ask for a sharper copy of this part, or compare it with the original.",
    "请对方重拍这一处，或核对原件。",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the case says, as far as a document can agree with it."""

    as_of: date
    """The day the document is looked at."""
    case: str | None = None
    date_from: date | None = None
    """First and last day on which the document may have been issued."""
    date_to: date | None = None
    name: str | None = None
    id_number: str | None = None


def disagreements(document: Document, facts: Facts) -> Iterator[Finding]:
    """Yield every way in which the document disagrees with the case or with the calendar."""
    yield from _name(document, facts)
    yield from _identity(document, facts)
    yield from _issued(document, facts)
    yield from _order(document, facts)


def _name(document: Document, facts: Facts) -> Iterator[Finding]:
    field = document.fields.get("name")
    if facts.name is None or field is None:
        return
    read, known = _letters(field.value), _letters(facts.name)
    if read == known or (len(known) > 3 and known in read):
        return
    if len(known) >= 2 and known in _letters(document.text):
        return  # the paper does name them; somebody else's name stands on it as well
    near = _differing(read, known) <= max(1, len(known) // 4) and field.sure < _SURE
    yield Finding(
        "name-unclear" if near else "name-differs",
        Weight.UNREAD if near else Weight.CONTRADICTION,
        told(
            f"The document names “{field.value}” and the case “{facts.name}”.",
            f"材料上的姓名是“{field.value}”，案件中是“{facts.name}”。",
        ),
        _BETTER_COPY
        if near
        else told(
            "Ask whose document this is: a relative's paper is not the borrower's.",
            "询问这是谁的材料：亲属的材料不是借款人本人的。",
        ),
        500 if near else field.sure,
        field.where,
    )


def _identity(document: Document, facts: Facts) -> Iterator[Finding]:
    field = document.fields.get("id_number")
    if field is None:
        return
    masked = "*" in field.value
    known = None if facts.id_number is None else "".join(facts.id_number.split()).upper()
    if known is not None and known in _digits(document.text):
        return
    if known is not None and not _same_number(field.value, known):
        near = _differing(field.value, known) <= 1 and field.sure < _SURE
        yield Finding(
            "id-unclear" if near else "id-differs",
            Weight.UNREAD if near else Weight.CONTRADICTION,
            told(
                "The identity number on the document is not the one of the case.",
                "材料上的身份证号与案件中的不一致。",
            ),
            _BETTER_COPY if near else _ASK_ISSUER,
            500 if near else field.sure,
            field.where,
        )
    elif not masked and not id_check_holds(field.value):
        unsure = field.sure < _SURE
        yield Finding(
            "id-unclear" if unsure else "id-check-fails",
            Weight.UNREAD if unsure else Weight.CONTRADICTION,
            told(
                "The last place of the identity number does not follow from the others.",
                "身份证号的最后一位与前面的数字对不上。",
            ),
            _BETTER_COPY,
            500 if unsure else 900,
            field.where,
        )


def _issued(document: Document, facts: Facts) -> Iterator[Finding]:
    field = document.fields.get("issue_date")
    if field is None:
        return
    day = date.fromisoformat(field.value)
    if day > facts.as_of:
        yield _dated(
            "issued-in-the-future",
            field,
            f"It is dated {day} and today is {facts.as_of}.",
            f"材料日期是 {day}，今天是 {facts.as_of}。",
        )
    elif facts.date_from is not None and day < facts.date_from:
        yield _dated(
            "issued-too-early",
            field,
            f"It is dated {day}, before {facts.date_from}.",
            f"材料日期是 {day}，早于 {facts.date_from}。",
        )
    elif facts.date_to is not None and day > facts.date_to:
        yield _dated(
            "issued-too-late",
            field,
            f"It is dated {day}, after {facts.date_to}.",
            f"材料日期是 {day}，晚于 {facts.date_to}。",
        )


def _order(document: Document, facts: Facts) -> Iterator[Finding]:
    for first, last in (("start_date", "end_date"), ("period_start", "period_end")):
        start, end = document.fields.get(first), document.fields.get(last)
        if start is not None and end is not None and start.value > end.value:
            yield _dated(
                "ends-before-it-begins",
                end,
                f"It begins on {start.value} and ends on {end.value}.",
                f"起始日期是 {start.value}，结束日期是 {end.value}。",
            )
    past = ["start_date", "period_start", "period_end"]
    if document.kind is DocumentKind.DISCHARGE_RECORD:
        past.append("end_date")
    for name in past:
        field = document.fields.get(name)
        if document.kind is DocumentKind.DIAGNOSIS_CERTIFICATE or field is None:
            continue
        if date.fromisoformat(field.value) > facts.as_of:
            yield _dated(
                "happens-in-the-future",
                field,
                f"It speaks of {field.value} as past and today is {facts.as_of}.",
                f"材料把 {field.value} 写成已发生，而今天是 {facts.as_of}。",
            )
    month = document.fields.get("month")
    if month is not None and month.value > facts.as_of.isoformat()[:7]:
        yield _dated(
            "happens-in-the-future",
            month,
            f"It is for {month.value} and today is {facts.as_of}.",
            f"所属月份是 {month.value}，今天是 {facts.as_of}。",
        )


def _dated(code: str, field: Field, english: str, chinese: str) -> Finding:
    return Finding(
        code, Weight.CONTRADICTION, told(english, chinese), _ASK_ISSUER, field.sure, field.where
    )


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _digits(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isdigit() or sign in "X\n")


def _differing(one: str, other: str) -> int:
    """Return in how many places two texts of one length differ; all of them otherwise."""
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(a != b for a, b in zip(one, other, strict=True))


def _same_number(read: str, known: str) -> bool:
    if "*" not in read:
        return read == known
    head, tail = read.split("*")[0], read.rsplit("*", 1)[-1]
    return known.startswith(head) and known.endswith(tail)

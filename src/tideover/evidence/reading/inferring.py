"""What no label said, told by what it must be: sums that come out, dates in order, a surname.

Labels are as many as issuers. What a paper of a kind must hold is not: of a wage slip one amount
less another is a third, a stay begins before it ends, and a person's name begins with a surname.
Only fields that nothing else gave are inferred, and only where one reading fits.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from tideover.evidence.reading import labels, values
from tideover.evidence.reading.document_kinds import DocumentKind
from tideover.evidence.reading.fields import Field
from tideover.evidence.reading.lines import Line, rows_of
from tideover.evidence.reading.segments import Candidate

Fields = dict[str, Field]
_SPANS = frozenset(
    {
        DocumentKind.TERMINATION_CERTIFICATE,
        DocumentKind.DISCHARGE_RECORD,
        DocumentKind.DIAGNOSIS_CERTIFICATE,
    }
)
_BEGINNINGS = frozenset({DocumentKind.UNEMPLOYMENT_REGISTRATION, DocumentKind.DISASTER_RECEIPT})
_PERSON = re.compile(rf"(?:演示·?)?(?:{'|'.join(labels.surnames())})[\u3400-\u9fff]{{1,2}}")
_NO_PERSON = re.compile(
    r"[省市县区乡镇村街路号院所局厂店校]$|合计|金额|日期|单位|姓名|证明|时间|情况|方式|工资|支出|收入|转账"
)
_ROLE_BEFORE = re.compile(r".*(?:[户民工员者人众志生名]|患者|同志)(?=(?:演示·?)?.{2,4}$)")
_ROLE_OF_LONG = re.compile(r"^.*?(?:住户|居民|村民|市民|员工|职工|患者|同志|户主|客户)(?=.*·)")
_SPOKEN_TO = re.compile(r"^(?:致|尊敬的|兹有|今有|现有|[我本](?:单位|公司|司|院|厂|校)与)(?=.{2})")
_NAME_LETTERS = 4


def inferred(
    lines: tuple[Line, ...], kind: DocumentKind | None, *, found: Fields
) -> Iterator[tuple[str, Field]]:
    """Yield fields that are not `found` and can be nothing else."""
    if kind is DocumentKind.WAGE_SLIP:
        yield from _wages(lines, found)
    elif kind is DocumentKind.BANK_STATEMENT:
        yield from _balances(lines, found)
    elif kind in _SPANS or kind in _BEGINNINGS:
        yield from _days(lines, kind, found)
    if "name" not in found and (name := _person(lines)) is not None:
        yield "name", name


def without_role(name: str) -> str:
    """Return a name without the words for who somebody is that were read with it: 住户张三."""
    name = _ROLE_OF_LONG.sub("", name)
    spoken_to = _SPOKEN_TO.sub("", name)
    if _PERSON.fullmatch(spoken_to):
        return spoken_to
    plain = name.replace("演示·", "").replace("演示", "")
    if "·" in plain or len(plain) <= _NAME_LETTERS or not re.fullmatch(r"[\u3400-\u9fff]+", plain):
        return name
    shorter = _ROLE_BEFORE.sub("", name, count=1)
    return shorter if _PERSON.fullmatch(shorter) else name


def _wages(lines: tuple[Line, ...], found: Fields) -> Iterator[tuple[str, Field]]:
    """Gross less deductions is net: the one triple of amounts that comes out."""
    names = ("gross", "deductions", "net")
    missing = [name for name in names if name not in found]
    if not missing:
        return
    known = {name: _fen(found[name]) for name in names if name in found}
    amounts = {fen: field for fen, field in _amounts(lines) if fen > 0}
    fits = []
    for net, gross in combinations(sorted(amounts), 2):
        triple = {"gross": gross, "deductions": gross - net, "net": net}
        is_known = all(triple[name] == fen for name, fen in known.items())
        if is_known and triple["deductions"] in amounts and triple["deductions"] < net:
            fits.append(triple)
    if not fits:
        return
    # Parts of the wages may come out, too: the sum of all is the largest.
    best = max(fits, key=lambda one: (one["gross"], one["deductions"]))
    yield from ((name, amounts[best[name]]) for name in missing)


def _balances(lines: tuple[Line, ...], found: Fields) -> Iterator[tuple[str, Field]]:
    """The two amounts above the rows of a statement, where one is the balance of its last row."""
    names = ("opening_balance", "closing_balance")
    missing = [name for name in names if name not in found]
    rows = rows_of(lines)
    entries = [row for row in rows if _is_entry(row)]
    if not missing or not entries:
        return
    taken = {found[name].value for name in names if name in found}
    first = entries[0][0].top
    head = [
        (fen, field)
        for row in rows
        if not _is_entry(row) and row[0].top < first and row[0].where.page == 1
        for fen, field in _amounts(row)
        if field.value not in taken
    ]
    ends = {fen for row in (entries[0], entries[-1]) for fen, _ in _amounts(row)}
    if len(head) != len(missing) or (len(missing) > 1 and not ends & {fen for fen, _ in head}):
        return
    yield from ((name, field) for name, (_, field) in zip(missing, head, strict=True))


def _is_entry(row: tuple[Line, ...]) -> bool:
    text = " ".join(line.text for line in row)
    return next(values.dates_in(text), None) is not None and len(list(_amounts(row))) >= 2


def _days(
    lines: tuple[Line, ...], kind: DocumentKind | None, found: Fields
) -> Iterator[tuple[str, Field]]:
    """A beginning before an end before the day of the paper, among days that nothing else named."""
    named = {
        found[name].value for name in ("issue_date", "start_date", "end_date") if name in found
    }
    days = [
        Field(day.isoformat(), Candidate(line.text, line, 0).where(span), line.sure)
        for line in lines
        if not _says_other(line.text)
        for day, span in values.dates_in(line.text)
    ]
    free = [field for field in days if field.value not in named]
    issued = found["issue_date"].value if "issue_date" in found else "9999"
    start, end = found.get("start_date"), found.get("end_date")
    if kind in _BEGINNINGS:
        earlier = [field for field in free if field.value <= issued]
        if start is None and len(earlier) == 1:
            yield "start_date", earlier[0]
        return
    if start is None and end is None and len(free) == 2 and free[0].value < free[1].value <= issued:
        yield from (("start_date", free[0]), ("end_date", free[1]))
    elif start is not None and end is None:
        later = [field for field in free if start.value < field.value <= issued]
        yield from (("end_date", field) for field in later[:1] if len(later) == 1)
    elif end is not None and start is None:
        earlier = [field for field in free if field.value < end.value]
        yield from (("start_date", field) for field in earlier[:1] if len(earlier) == 1)


def _says_other(text: str) -> bool:
    """Return whether a line says of a day that it is something else, such as a birthday."""
    return re.search(r"出生|生日|有效期|至今|birth|born|valid|due", text, re.IGNORECASE) is not None


def _person(lines: tuple[Line, ...]) -> Field | None:
    """The first cell, or end of a cell, that is a surname with a given name and nothing else."""
    for line in lines:
        tail = line.text.rsplit(":", 1)[-1].strip(" ,。;")
        if (
            _PERSON.fullmatch(tail)
            and not _NO_PERSON.search(tail)
            and labels.said_at(tail, 0) is None
        ):
            label = line.text[: len(line.text) - len(tail)].rstrip(": ")
            if label and labels.said_at(label, 0) is not None and not labels.field_of(label, None):
                continue  # somebody else: 医师:李医生
            begin = line.text.rfind(tail)
            return Field(tail, Candidate(line.text, line, 0).where((begin, begin + len(tail))))
    return None


def _amounts(lines: Iterable[Line]) -> Iterator[tuple[int, Field]]:
    for line in lines:
        for fen, span in values.amounts_in(line.text):
            if "." in line.text[span[0] : span[1]]:
                where = Candidate(line.text, line, 0).where(span)
                yield fen, Field(values.yuan(fen), where, line.sure)


def _fen(field: Field) -> int:
    whole, _, cents = field.value.lstrip("-").partition(".")
    return (-1 if field.value.startswith("-") else 1) * (100 * int(whole) + int(cents or 0))

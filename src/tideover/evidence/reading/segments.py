"""Labels found in lines, and the places where each one's value may stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tideover.evidence.reading import flow
from tideover.evidence.reading import labels as words
from tideover.evidence.reading.bands import AN_AMOUNT, Rows, stands_by, values_of_row
from tideover.evidence.reading.document_kinds import DocumentKind
from tideover.evidence.reading.lines import Line, Where, rows_of
from tideover.evidence.reading.values import dates_in

#: What may stand between a label and its colon: a unit, or the same in another language.
_AFTER = re.compile(
    r"\s?[)\]】]?\s*(?:\([^)]{0,24}\))?\s*(?:/\s?[A-Za-z .]{2,24}|[A-Za-z .]{2,24}(?=:))?"
    r"\s*(?P<colon>[:;])?\s*"
)
_LEAD = re.compile(r"^(?:兹证明|兹有|[\s\d.、·*()\-一二三四五六七八九十【\[●■◆]{0,5})$")
_TYPED_START = re.compile(
    r"[A-Z]{1,3}\d{5}|[¥$*\d一二-][\d,.年〇零○Xx*\s]|[¥$]|[壹贰叁肆伍陆柒捌玖]"
    r"|(?:RMB|CNY|人民币)\s?[¥$]?[\d壹贰叁肆伍陆柒捌玖]"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_DECIMAL = re.compile(r"\d\.\d{2}(?!\d)")
_CELL_LETTERS = 60
#: A line that ends this near to the right margin, in letters, may go on below.
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Text that may hold a value, and the line it stands in from `begin` on."""

    text: str
    line: Line
    begin: int

    def where(self, span: tuple[int, int]) -> Where:
        """Return the place of the part of the text from `span[0]` to `span[1]`."""
        whole, at = self.line.where, self.line
        letters = max(1, len(at.text))
        wide = whole.right - whole.left
        left = whole.left + wide * min(letters, self.begin + span[0]) // letters
        right = whole.left + wide * min(letters, self.begin + span[1]) // letters
        return Where(whole.page, left, whole.top, max(right, left + 1), whole.bottom)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, the field it announces, and where its value may stand, the likeliest first."""

    field: str
    label: str
    candidates: tuple[Candidate, ...]
    with_colon: bool


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    end: int
    text: str
    colon: bool


def labelled(lines: tuple[Line, ...], kind: DocumentKind | None) -> Iterator[Labelled]:
    """Yield every label of the document with the places where its value may stand."""
    rows = rows_of(lines)
    margin = max((line.right for line in lines), default=0)
    labels = {id(line): tuple(_labels_in(line.text)) for line in lines}
    for at, row in enumerate(rows):
        for place, line in enumerate(row):
            found = labels[id(line)]
            for index, label in enumerate(found):
                field = words.field_of(label.text, kind)
                if not field:
                    continue
                stop = found[index + 1].start if index + 1 < len(found) else len(line.text)
                own_text = line.text[label.end : stop]
                if stop == len(line.text):
                    own_text += _run_on(rows, at, margin)
                own = Candidate(own_text, line, label.end)
                near: list[Candidate] = []
                if stop == len(line.text) and (band := values_of_row(rows, at)):
                    near = [Candidate(one.text, one, 0) for one in _of_column(line, row, band)]
                elif stop == len(line.text):
                    near = [*_to_the_right(row, place, labels), *_below(rows, at, line, labels)]
                text = own.text.strip(" :;,。、|/_")
                chosen = [own, *near] if text else near
                yield Labelled(field, label.text, tuple(chosen), label.colon)


def _labels_in(text: str) -> Iterator[_Label]:
    if AN_AMOUNT.fullmatch(text):
        return  # 人民币1,234.50元
    for said in words.said_in(text):
        if words.is_prefix_of_number(text, said) or _is_currency(text, said):
            continue
        twin = words.end_of_twin(text, said)
        after = _AFTER.match(text, twin)
        colon = after is not None and after["colon"] is not None
        closing = after[0].strip()[:1] if after is not None else ""
        bracketed = closing in {"(", ")", "]", "】"}
        # 【姓名】张三: a label alone in square brackets is as good as one with a colon
        colon = colon or (
            closing in {"]", "】"} and text[said.start - 1 : said.start] in {"[", "【"}
        )
        end = after.end() if after is not None and (colon or bracketed) else twin
        if colon or _stands_alone(text, said, end):
            yield _Label(said.start, end, said.text, colon)


def _is_currency(text: str, said: words.Said) -> bool:
    """Return whether 人民币 names the currency of an amount, as in 实发工资人民币8,302.00元."""
    follows = _TYPED_START.match(text[said.end :].lstrip()) is not None
    return said.text == "人民币" and said.start > 0 and follows


#: A name or an organisation may follow its label without any mark: 姓名陶涛欣.
_GLUED_NAME = re.compile(
    r"[\u3400-\u9fff]{2,4}|演示·?[\u3400-\u9fff]{1,4}|[\u3400-\u9fff]{1,6}·[\u3400-\u9fff·]{1,10}"
)
_GLUED_OFFICE = re.compile(
    r"[\u3400-\u9fff()]{3,30}(?:公司|医院|银行|局|所|中心|厂|店|社|大队|院|处)"
)
_NO_NAME = re.compile(
    r"证明|名称|单位|公司|日期|金额|诊断|登记|合计|信息|签[名字章]|盖章|栏|记录|小结|[出入]院|情况|报告|通知|明细|须知"
)
_GLUED_ILLNESS = re.compile(r"[\u3400-\u9fff\dA-Za-z()、,\-]{3,30}")
_NO_ILLNESS = re.compile(r"证明|[书表单]$|报告|依据|医[师生院]|日期|时间|标准|如下|明确|意见|情况")


def _is_glued(field: str, label: str, rest: str) -> bool:
    if len(label) < 2 or rest[:1].isspace() or words.said_at(rest, 0) is not None:
        return False
    if field in {"name", "party"} and label.endswith(("名", "名称", "人", "者", "工")):
        return (_GLUED_NAME.fullmatch(rest) is not None and _NO_NAME.search(rest) is None) or (
            label.endswith("名称") and _GLUED_OFFICE.fullmatch(rest) is not None
        )
    if field == "diagnosis":
        return _GLUED_ILLNESS.fullmatch(rest) is not None and _NO_ILLNESS.search(rest) is None
    return field == "issuer" and _GLUED_OFFICE.fullmatch(rest) is not None


def _stands_alone(text: str, said: words.Said, end: int) -> bool:
    """Return whether a label without a colon is one: a cell of its own, or before a figure."""
    start, label = said.start, said.text.strip()
    leads = _LEAD.match(text[:start]) is not None
    rest, latin = text[end:], label.isascii()
    if not rest.strip():
        return leads
    if latin and not words.field_of(label, None):
        return False
    if leads and latin and _HAN.match(rest):
        return True  # Diagnosis急性阑尾炎: the English half of a label in two lines
    in_pairs = len(label) > 1 and not latin and _goes_on_in_pairs(text, start)
    is_before_value = _is_glued(words.field_of(label, None), label, _up_to_label(rest).strip())
    if (leads or in_pairs) and not latin and is_before_value:
        return True
    if _TYPED_START.match(rest.lstrip()):
        return leads or not latin or not text[start - 1].isalnum()
    if latin or not rest[0].isspace() or len(text) >= _CELL_LETTERS:
        return False
    return leads or in_pairs


def _up_to_label(rest: str) -> str:
    """Return what stands before the next label: 姓名张三身份证号码9901….

    The blanks between Chinese words are gone by then.
    """
    ends = (
        said.start
        for said in words.said_in(rest)
        if said.start > 1 and re.match(r"[ :]?\d|:", rest[said.end :])
    )
    return rest[: next(ends, len(rest))]


def _goes_on_in_pairs(text: str, start: int) -> bool:
    """Return whether the next pair of a line without marks is at `start`: 卡号 6222… 户名 …."""
    first = words.said_at(text, 0)
    return first is not None and text[first.end : first.end + 1] == " " == text[start - 1]


def _run_on(rows: Rows, at: int, margin: int) -> str:
    """Return the next row up to its sentence's end, where only the page broke the line."""
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else ()
    if len(row) != 1 or len(below) != 1 or row[0].right < margin - _MARGIN * row[0].height:
        return ""
    if not flow.goes_on(row[0], below[0]) or _is_a_date(below[0].text):
        return ""
    return flow.between(row[0].text, below[0].text) + re.split("[。;]", below[0].text)[0]


def _is_a_date(text: str) -> bool:
    """Return whether a line is a date and nothing else: where one signs, no value goes on."""
    return any(span == (0, len(text)) for _, span in dates_in(text))


def _to_the_right(
    row: tuple[Line, ...], place: int, labels: dict[int, tuple[_Label, ...]]
) -> Iterator[Candidate]:
    for line in row[place + 1 :]:
        found = labels[id(line)]
        if (found and found[0].start <= 3) or words.is_like_one(line.text):
            return
        yield Candidate(line.text[: found[0].start] if found else line.text, line, 0)


def _below(
    rows: tuple[tuple[Line, ...], ...], at: int, label: Line, labels: dict[int, tuple[_Label, ...]]
) -> Iterator[Candidate]:
    if _heads_a_column(rows[at + 1 : at + 3], label, labels):
        return
    for row in rows[at + 1 : at + 3]:
        for line in row:
            if line.where.page != label.where.page or line.top - label.bottom > 4 * label.height:
                continue
            beside = min(line.right, label.right) - max(line.left, label.left)
            found = labels[id(line)]
            is_label = (found and found[0].start <= 3) or words.is_like_one(line.text)
            if beside > 0 and not is_label:
                yield Candidate(line.text, line, 0)
        if any(line.where.page == label.where.page for line in row):
            continue


def _of_column(head: Line, row: tuple[Line, ...], band: tuple[Line, ...]) -> Iterator[Line]:
    """Yield the values of a band that stand by `head` and by no other label of its row better."""
    for value in band:
        nearest = min(row, key=lambda one: _apart(one, value))
        over = min(value.right, head.right) > max(value.left, head.left)
        if nearest is head and (over or stands_by(head, value)):
            yield value


def _apart(head: Line, value: Line) -> int:
    middle = abs(head.left + head.right - value.left - value.right) // 2
    return min(middle, abs(head.left - value.left))


def _heads_a_column(
    below: tuple[tuple[Line, ...], ...], label: Line, labels: dict[int, tuple[_Label, ...]]
) -> bool:
    """Return whether amounts stand under a label row by row: then none of them is its value."""
    for row in below:
        under = [line for line in row if min(line.right, label.right) > max(line.left, label.left)]
        is_of_table = not labels[id(row[0])]
        if not is_of_table or not any(_DECIMAL.search(one.text) for one in under):
            return False
    return len(below) == 2

"""Setting a paper on pages: marks with a place in points, whatever draws them."""

from dataclasses import dataclass, field
from random import Random

from bench.evidence.strangers.arrangements import OF_TWO_TONGUES
from bench.evidence.strangers.arrangements import STYLES as MORE_STYLES
from bench.evidence.strangers.papers import Paper, Words

WIDE, HIGH = 595, 842


@dataclass
class Mark:
    """Words at a place: `x`, `y` is their top left corner, in points from that of the page."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False
    colour: str = "#101010"
    field: str = ""


@dataclass
class Page:
    marks: list[Mark] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    seals: list[tuple[float, float, str]] = field(default_factory=list)
    watermark: str = ""
    wide: int = WIDE
    high: int = HIGH


def width(text: str, size: float) -> float:
    """About how wide `text` is."""
    return sum(size if ord(letter) > 0x2000 else size * 0.55 for letter in text)


class Setter:
    """One paper being set; `y` goes down the page."""

    def __init__(self, made: Paper, seed: Random) -> None:
        self.made, self.seed = made, seed
        self.pages, self.y = [Page()], seed.uniform(46, 80)
        self.size = seed.uniform(10, 12.5)
        self.left, self.right = seed.uniform(48, 76), WIDE - seed.uniform(48, 70)
        self.colon = ": " if made.english else seed.choice(("：", "：", ":", "： ", " "))

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def put(
        self,
        x: float,
        text: str,
        *,
        size: float = 0,
        bold: bool = False,
        colour: str = "#101010",
        field: str = "",
    ) -> None:
        self.page.marks.append(Mark(x, self.y, text, size or self.size, bold, colour, field))

    def centred(self, text: str, size: float, *, bold: bool, field: str = "") -> None:
        self.put(WIDE / 2 - width(text, size) / 2, text, size=size, bold=bold, field=field)
        self.y += size * 1.8

    def next_page(self, room: float) -> None:
        if self.y + room > HIGH - 50:
            self.pages.append(Page())
            self.y = 50


def set_on_pages(made: Paper, seed: Random) -> list[Page]:
    """The pages of a paper in its style, perhaps with a seal over the issuer or the date."""
    at = Setter(made, seed)
    above = seed.random() < 0.6
    heads = [words for words in made.head if words.field == "issuer"]
    others = [words for words in made.head if words.field != "issuer"]
    if above:
        _heads(at, heads)
    at.centred(made.title, seed.uniform(16, 22), bold=True)
    if not above:
        _heads(at, heads)
    for words in others:
        at.put(at.right - width(words.text, at.size), words.text, field=words.field)
        at.y += at.size * 1.7
    at.y += seed.uniform(8, 20)
    if made.prose:
        _prose(at, made.prose)
    if made.rows:
        rows = made.rows
        if made.style not in OF_TWO_TONGUES:  # 姓名=Name, one behind the other
            rows = [(label.replace("=", " "), words) for label, words in rows]
        _STYLES.get(made.style, _list)(at, rows)
    if made.table:
        _table(at)
    for label, words in made.total:
        at.next_page(at.size * 2)
        at.put(at.left, label + at.colon + words.text, field=words.field)
        at.y += at.size * 1.9
    _foot(at)
    return at.pages


def _heads(at: Setter, heads: list[Words]) -> None:
    for words in heads:
        at.centred(words.text, at.seed.uniform(12, 17), bold=False, field=words.field)


def _spread(at: Setter, label: str) -> str:
    if len(label) == 2 and not at.made.english and at.seed.random() < 0.3:
        return label[0] + "　　" + label[1]
    return label


def _list(at: Setter, rows: list[tuple[str, Words]]) -> None:
    step = at.seed.uniform(1.7, 2.4)
    for label, words in rows:
        at.put(at.left, _spread(at, label) + at.colon + words.text, field=words.field)
        at.y += at.size * step


def _columns(at: Setter, rows: list[tuple[str, Words]]) -> None:
    half = (at.left + at.right) / 2 + 6
    for index in range(0, len(rows), 2):
        pair = rows[index : index + 2]
        long = any(
            width(label + words.text, at.size) > half - at.left - 16 for label, words in pair
        )
        for side, (label, words) in enumerate(pair):
            x = at.left if long or side == 0 else half
            at.put(x, _spread(at, label) + at.colon + words.text, field=words.field)
            if long and side == 0:
                at.y += at.size * 1.9
        at.y += at.size * 1.9


def _under(at: Setter, rows: list[tuple[str, Words]]) -> None:
    for index in range(0, len(rows), 2):
        for side, (label, words) in enumerate(rows[index : index + 2]):
            x = at.left + side * (at.right - at.left) / 2
            at.put(x, label, size=at.size * 0.8)
            at.page.marks.append(
                Mark(x, at.y + at.size * 1.25, words.text, at.size, field=words.field)
            )
        at.y += at.size * 3.4


def _grid(at: Setter, rows: list[tuple[str, Words]]) -> None:
    """Two cells a row, with lines."""
    split = at.left + max(width(label, at.size) for label, _ in rows) + 16
    high, top = at.size * at.seed.uniform(2.0, 2.5), at.y
    for label, words in rows:
        at.page.lines.append((at.left, at.y, at.right, at.y))
        at.y += high * 0.28
        at.put(at.left + 7, label)
        at.put(split + 7, words.text, field=words.field)
        at.y += high * 0.72
    at.page.lines.append((at.left, at.y, at.right, at.y))
    at.page.lines += [(x, top, x, at.y) for x in (at.left, split, at.right)]
    at.y += at.size * 1.5


def _cells(at: Setter, rows: list[tuple[str, Words]]) -> None:
    """Four cells a row, label and value twice; a long value takes the row."""
    half = (at.left + at.right) / 2
    label_wide = max(width(label, at.size) for label, _ in rows) + 12
    high, todo = at.size * 2.2, list(rows)
    while todo:
        take = todo[:2]
        if any(width(words.text, at.size) > half - at.left - label_wide - 10 for _, words in take):
            take = todo[:1]
        todo = todo[len(take) :]
        edges = [at.left, at.right] + ([half] if len(take) == 2 else [])
        top = at.y
        at.y += high * 0.28
        for side, (label, words) in enumerate(take):
            x = at.left if side == 0 else half
            at.put(x + 6, label)
            at.put(x + label_wide + 6, words.text, field=words.field)
            edges.append(x + label_wide)
        at.y = top + high
        at.page.lines += [(at.left, top, at.right, top), (at.left, at.y, at.right, at.y)]
        at.page.lines += [(x, top, x, at.y) for x in edges]
    at.y += at.size * 1.5


def _crosswise(at: Setter, rows: list[tuple[str, Words]]) -> None:
    """Headings in one row and values in the next, with lines; wide ones in two bands."""
    size = 9.0
    for band in (rows[: (len(rows) + 1) // 2], rows[(len(rows) + 1) // 2 :]):
        wide = (at.right - at.left) / len(band)
        top = at.y
        for index, (label, words) in enumerate(band):
            x = at.left + index * wide + 4
            small = min(
                size,
                (wide - 8) / max(1, width(label, 1)),
                (wide - 8) / max(1, width(words.text, 1)),
            )
            at.page.marks.append(Mark(x, top + 6, label, small))
            at.page.marks.append(Mark(x, top + 26, words.text, small, field=words.field))
            at.page.lines.append((x - 4, top, x - 4, top + 44))
        at.page.lines.append((at.right, top, at.right, top + 44))
        at.page.lines += [(at.left, top + y, at.right, top + y) for y in (0, 22, 44)]
        at.y = top + 60


def _prose(at: Setter, text: str) -> None:
    size, room, start = at.size + 1.5, at.right - at.left, 2
    line = "" if at.made.english else "　" * start
    words = text.split(" ") if at.made.english else list(text)
    for word in words:
        glue = " " if at.made.english and line else ""
        if width(line + glue + word, size) > room and word not in "，。、）；：”":
            at.put(at.left, line, size=size, field="prose")
            at.y += size * 2
            line, glue = "", ""
        line += glue + word
    at.put(at.left, line, size=size, field="prose")
    at.y += size * 2.6


def _table(at: Setter) -> None:
    head, *body = at.made.table
    size = min(at.size, 10.5)
    wants = [
        max(width(row[column].text, size) for row in at.made.table) + 14
        for column in range(len(head))
    ]
    room = at.right - at.left
    size *= min(1.0, room / sum(wants))
    share = [want / sum(wants) * room for want in wants]
    lined, high, right = at.seed.random() < 0.6, size * 1.9, at.seed.random() < 0.5
    for index, row in enumerate([head, *body]):
        at.next_page(high)
        x, top = at.left, at.y
        at.y += high * 0.22
        for column, words in enumerate(row):
            number = right and words.text[:1] in "0123456789+-"
            shift = share[column] - 5 - width(words.text, size) if number else 5
            at.put(x + shift, words.text, size=size, bold=index == 0, field=words.field)
            if lined:
                at.page.lines.append((x, top, x, top + high))
            x += share[column]
        at.y = top + high
        if lined:
            at.page.lines += [(at.left, top, at.right, top), (at.left, at.y, at.right, at.y)]
            at.page.lines.append((at.right, top, at.right, at.y))
    at.y += size * 1.6


def _foot(at: Setter) -> None:
    at.y += at.seed.uniform(10, 40)
    sealed = at.seed.random() < 0.55 and not at.made.english
    for words in at.made.foot:
        at.next_page(at.size * 2)
        long = width(words.text, at.size)
        at.put(at.right - long - 20, words.text, field=words.field)
        if sealed and words.field in {"issuer", "issue_date"}:
            at.page.seals.append((at.right - long / 2 - 20, at.y + 4, at.made.issuer))
            sealed = False
        at.y += at.size * 2
    if sealed:
        at.page.seals.append((at.seed.uniform(340, 480), min(at.y, HIGH - 90), at.made.issuer))
    if at.seed.random() < 0.12:
        at.page.watermark = "仅供办理业务使用"


_STYLES = {
    "list": _list, "columns": _columns, "under": _under, "grid": _grid, "table": _cells,
    "crosswise": _crosswise,
} | MORE_STYLES  # fmt: skip

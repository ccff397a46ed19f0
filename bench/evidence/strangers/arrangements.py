"""More ways to arrange labels and values on a page than the first families know.

Each takes the page being set and the rows, and leaves `y` below them.
"""

from typing import TYPE_CHECKING

from bench.evidence.strangers.papers import Words

if TYPE_CHECKING:
    from bench.evidence.strangers.pages import Setter

Rows = list[tuple[str, Words]]
_FAINT = "#7a7a7a"


def wide(text: str, size: float) -> float:
    """About how wide `text` is."""
    return sum(size if ord(letter) > 0x2000 else size * 0.55 for letter in text)


def stacked(at: "Setter", rows: Rows) -> None:
    """A label, and its value on the line below, down one column."""
    for label, words in rows:
        at.put(at.left, label, size=at.size * 0.82, colour=_FAINT)
        at.y += at.size * 1.3
        at.put(at.left, words.text, field=words.field)
        at.y += at.size * 2.1


def paired(at: "Setter", rows: Rows) -> None:
    """Headings in two columns, their values under them, close together."""
    _over(at, rows, columns=2, gap=1.5)


def triple(at: "Setter", rows: Rows) -> None:
    """Headings in three columns, their values under them."""
    _over(at, rows, columns=3, gap=1.45)


def _over(at: "Setter", rows: Rows, *, columns: int, gap: float) -> None:
    todo = list(rows)
    while todo:
        room = (at.right - at.left) / columns
        band = todo[:columns]
        if any(max(wide(label, at.size), wide(words.text, at.size)) > room - 8
               for label, words in band):  # fmt: skip
            band, room = todo[:1], at.right - at.left
        todo = todo[len(band) :]
        for side, (label, _) in enumerate(band):
            at.put(at.left + side * room, label, bold=True)
        at.y += at.size * gap
        for side, (_, words) in enumerate(band):
            at.put(at.left + side * room, words.text, field=words.field)
        at.y += at.size * 2.2


def banded(at: "Setter", rows: Rows) -> None:
    """Two or three headings in cells, and the values in the cells below, with lines."""
    columns = at.seed.choice((2, 3))
    todo = list(rows)
    while todo:
        band = todo[:columns]
        room = (at.right - at.left) / len(band)
        if any(wide(words.text, at.size) > room - 8 for _, words in band) and len(band) > 1:
            band, room = todo[:1], at.right - at.left
        todo = todo[len(band) :]
        top, high = at.y, at.size * 1.9
        at.y += at.size * 0.4
        for side, (label, _) in enumerate(band):
            at.put(at.left + side * room + 5, label)
        at.y = top + high + at.size * 0.4
        for side, (_, words) in enumerate(band):
            at.put(at.left + side * room + 5, words.text, field=words.field)
        edges = [at.left + side * room for side in range(len(band) + 1)]
        at.page.lines += [(x, top, x, top + 2 * high) for x in edges]
        at.page.lines += [(at.left, top + n * high, at.right, top + n * high) for n in (0, 1, 2)]
        at.y = top + 2 * high
    at.y += at.size * 1.4


def leaders(at: "Setter", rows: Rows) -> None:
    """The label, dots, and the value at the right."""
    for label, words in rows:
        at.put(at.left, label)
        x = at.right - wide(words.text, at.size)
        dots = int((x - at.left - wide(label, at.size) - 40) / (at.size * 0.6))
        if dots > 4:
            at.put(at.left + wide(label, at.size) + 6, "." * dots)
        at.put(x, words.text, field=words.field)
        at.y += at.size * 2


def app(at: "Setter", rows: Rows) -> None:
    """As a telephone shows it: the label faint at the left, the value at the right edge."""
    for label, words in rows:
        at.put(at.left, label, colour=_FAINT)
        at.put(at.right - wide(words.text, at.size), words.text, field=words.field)
        at.y += at.size * 1.9
        at.page.lines.append((at.left, at.y - 5, at.right, at.y - 5))
        at.y += at.size * 0.5


def inline(at: "Setter", rows: Rows) -> None:
    """Several pairs on a line, as many as there is room for."""
    x, between = at.left, at.seed.choice((22, 30, 40))
    for label, words in rows:
        text = label + at.colon + words.text
        long = wide(text, at.size)
        if x > at.left and x + long > at.right:
            x = at.left
            at.y += at.size * 1.8
        at.put(x, text, field=words.field)
        x += long + between
    at.y += at.size * 2.2


def aligned(at: "Setter", rows: Rows) -> None:
    """Labels end at one place, and values begin behind it."""
    split = at.left + max(wide(label, at.size) for label, _ in rows) + 12
    for label, words in rows:
        at.put(split - wide(label + "：", at.size), label + "：")
        at.put(split + 6, words.text, field=words.field)
        at.y += at.size * 1.9


def sixcells(at: "Setter", rows: Rows) -> None:
    """Three pairs of cells a row where they fit, with lines."""
    todo, high = list(rows), at.size * 2.1
    while todo:
        band = todo[:3]
        wants = [wide(label, at.size) + wide(words.text, at.size) + 24 for label, words in band]
        while len(band) > 1 and sum(wants[: len(band)]) > at.right - at.left:
            band = band[:-1]
        todo = todo[len(band) :]
        wants = wants[: len(band)]
        spare = (at.right - at.left - sum(wants)) / len(band)
        top, x = at.y, at.left
        at.y += high * 0.26
        for (label, words), want in zip(band, wants, strict=True):
            at.page.lines.append((x, top, x, top + high))
            at.put(x + 5, label)
            split = x + wide(label, at.size) + 10
            at.page.lines.append((split, top, split, top + high))
            at.put(split + 5, words.text, field=words.field)
            x += want + spare
        at.page.lines.append((at.right, top, at.right, top + high))
        at.y = top + high
        at.page.lines += [(at.left, top, at.right, top), (at.left, at.y, at.right, at.y)]
    at.y += at.size * 1.4


def bracketed(at: "Setter", rows: Rows) -> None:
    """【Label】 and the value."""
    for label, words in rows:
        at.put(at.left, f"【{label}】{words.text}", field=words.field)
        at.y += at.size * 1.9


def underlined(at: "Setter", rows: Rows) -> None:
    """A form with rules to write on: the value stands in the middle of its rule."""
    split = at.left + max(wide(label, at.size) for label, _ in rows) + 14
    for label, words in rows:
        at.put(at.left, label + "：")
        room = at.right - 60 - split
        at.put(split + max(4, (room - wide(words.text, at.size)) / 2), words.text,
               field=words.field)  # fmt: skip
        rule = at.y + at.size * 1.25
        at.page.lines.append((split, rule, at.right - 60, rule))
        at.y += at.size * 2.3


def folded(at: "Setter", rows: Rows) -> None:
    """Cells with lines whose narrow label cell breaks a long label over two lines."""
    narrow = at.size * 4.6
    for label, words in rows:
        top = at.y
        lines = [label] if wide(label, at.size) < narrow - 6 else _halves(label)
        high = at.size * (1.3 * len(lines) + 0.9)
        for number, part in enumerate(lines):
            at.y = top + at.size * (0.4 + 1.3 * number)
            at.put(at.left + 4, part)
        at.y = top + (high - at.size * 1.1) / 2
        at.put(at.left + narrow + 8, words.text, field=words.field)
        at.y = top + high
        at.page.lines += [(at.left, top, at.right, top), (at.left, at.y, at.right, at.y)]
        at.page.lines += [(x, top, x, at.y) for x in (at.left, at.left + narrow, at.right)]
    at.y += at.size * 1.4


def _halves(label: str) -> list[str]:
    if " " in label:
        first, _, then = label.rpartition(" ")
        return [first, then]
    half = (len(label) + 1) // 2
    return [label[:half], label[half:]]


def numbered(at: "Setter", rows: Rows) -> None:
    """1. Label: value."""
    mark = at.seed.choice((". ", "、", "）"))
    for number, (label, words) in enumerate(rows, start=1):
        at.put(at.left, f"{number}{mark}{label}{at.colon}{words.text}", field=words.field)
        at.y += at.size * 1.9


def captioned(at: "Setter", rows: Rows) -> None:
    """Two columns of values over rules, each with its label small beneath the rule."""
    todo, room = list(rows), (at.right - at.left) / 2
    while todo:
        band = todo[:2]
        if any(wide(words.text, at.size) > room - 20 for _, words in band):
            band = todo[:1]
        todo = todo[len(band) :]
        for side, (_, words) in enumerate(band):
            at.put(at.left + side * room + 6, words.text, field=words.field)
        at.y += at.size * 1.35
        for side in range(len(band)):
            x = at.left + side * room
            at.page.lines.append((x, at.y, x + room - 16, at.y))
        at.y += at.size * 0.25
        for side, (label, _) in enumerate(band):
            at.put(at.left + side * room + 6, _first(label), size=at.size * 0.72, colour=_FAINT)
        at.y += at.size * 2.1


def twolines(at: "Setter", rows: Rows) -> None:
    """The label in Chinese, in English small under it, and the value beside both."""
    split = at.left + 120
    for label, words in rows:
        first, _, then = label.partition("=")
        at.put(at.left, first)
        at.put(split, words.text, field=words.field)
        at.y += at.size * 1.25
        at.put(at.left, then, size=at.size * 0.7, colour=_FAINT)
        at.y += at.size * 1.6


def onerow(at: "Setter", rows: Rows) -> None:
    """All headings in one row with lines, all values in the next, as small as need be."""
    wants = [max(wide(_first(label), 1), wide(words.text, 1)) + 1.2 for label, words in rows]
    size = min(at.size, (at.right - at.left) / sum(wants))
    spare = ((at.right - at.left) - size * sum(wants)) / len(rows)
    top, high, x = at.y, size * 2.1, at.left
    for (label, words), want in zip(rows, wants, strict=True):
        at.page.lines.append((x, top, x, top + 2 * high))
        at.y = top + high * 0.22
        at.put(x + size * 0.5, _first(label), size=size)
        at.y = top + high * 1.22
        at.put(x + size * 0.5, words.text, size=size, field=words.field)
        x += size * want + spare
    at.page.lines.append((at.right, top, at.right, top + 2 * high))
    at.page.lines += [(at.left, top + n * high, at.right, top + n * high) for n in (0, 1, 2)]
    at.y = top + 2 * high + size * 1.5


def cards(at: "Setter", rows: Rows) -> None:
    """Sections with a heading of their own; the values begin at one place, without a mark."""
    half = (len(rows) + 1) // 2
    titles = ("Details", "Further details") if at.made.english else ("基本信息", "其他信息")
    split = at.left + max(wide(_first(label), at.size) for label, _ in rows) + 26
    for title, part in zip(titles, (rows[:half], rows[half:]), strict=True):
        at.page.lines.append((at.left, at.y - 3, at.right, at.y - 3))
        at.put(at.left, title, bold=True)
        at.y += at.size * 2
        for label, words in part:
            at.put(at.left + 10, _first(label), colour=_FAINT)
            at.put(split, words.text, field=words.field)
            at.y += at.size * 1.8
        at.y += at.size * 0.6


def justified(at: "Setter", rows: Rows) -> None:
    """Labels spread to one width, as 姓    名 over 身份证号."""
    room = max(len(label) for label, _ in rows if len(label) <= 4) * at.size * 1.15
    for label, words in rows:
        if 1 < len(label) <= 4:
            step = (room - at.size) / (len(label) - 1)
            for place, letter in enumerate(label):
                at.put(at.left + place * step, letter)
            end = at.left + room
        else:
            at.put(at.left, label)
            end = at.left + wide(label, at.size)
        at.put(end + 2, "：" + words.text, field=words.field)
        at.y += at.size * 2


def tabbed(at: "Setter", rows: Rows) -> None:
    """Two or three pairs a line at tab stops, without lines; a long one takes its own."""
    columns = at.seed.choice((2, 3))
    room, place = (at.right - at.left) / columns, 0
    for label, words in rows:
        text = label + at.colon + words.text
        long = wide(text, at.size) > room - 10
        if long and place:
            at.y += at.size * 1.8
            place = 0
        at.put(at.left + place * room, text, field=words.field)
        place += 1
        if long or place == columns:
            at.y += at.size * 1.8
            place = 0
    at.y += at.size * (2.2 if place else 0.6)


def receipt(at: "Setter", rows: Rows) -> None:
    """A narrow slip as a till prints it, with rules of dashes."""
    edge = at.left + 300
    dashes = "-" * 46
    at.put(at.left, dashes)
    at.y += at.size * 1.4
    for label, words in rows:
        at.put(at.left, label + ":")
        x = edge - wide(words.text, at.size)
        at.put(max(x, at.left + wide(label, at.size) + 14), words.text, field=words.field)
        at.y += at.size * 1.6
    at.put(at.left, dashes)
    at.y += at.size * 2


def checklist(at: "Setter", rows: Rows) -> None:
    """Cells with lines; between them a row of boxes to tick that concerns nobody here."""
    split = at.left + max(wide(label, at.size) for label, _ in rows) + 18
    high, boxes = at.size * 2.2, at.seed.randrange(1, len(rows))
    for number, (label, words) in enumerate(rows):
        if number == boxes:
            at.page.lines.append((at.left, at.y, at.right, at.y))
            at.y += high * 0.28
            at.put(at.left + 6, "□本人办理　☑代为办理　□其他")
            at.y += high * 0.72
        top = at.y
        at.page.lines.append((at.left, top, at.right, top))
        at.y += high * 0.28
        at.put(at.left + (split - at.left - wide(label, at.size)) / 2, label)
        at.put(split + 8, words.text, field=words.field)
        at.y = top + high
        at.page.lines += [(x, top, x, at.y) for x in (at.left, split, at.right)]
    at.page.lines.append((at.left, at.y, at.right, at.y))
    at.y += at.size * 1.5


def boxed(at: "Setter", rows: Rows) -> None:
    """One pair in a box, its label at the top and its value below, or two boxes side by side."""
    todo = list(rows)
    while todo:
        pair = todo[:2]
        half = (at.right - at.left) / 2
        if any(wide(words.text, at.size) > half - 12 for _, words in pair):
            pair = todo[:1]
        todo = todo[len(pair) :]
        room, top, high = (at.right - at.left) / len(pair), at.y, at.size * 3.4
        for side, (label, words) in enumerate(pair):
            at.y = top + at.size * 0.3
            at.put(at.left + side * room + 5, label + "：", size=at.size * 0.9)
            at.y = top + at.size * 1.8
            at.put(at.left + side * room + 5, words.text, field=words.field)
        at.y = top + high
        edges = [at.left + side * room for side in range(len(pair) + 1)]
        at.page.lines += [(x, top, x, at.y) for x in edges]
        at.page.lines += [(at.left, top, at.right, top), (at.left, at.y, at.right, at.y)]
    at.y += at.size * 1.4


def stepped(at: "Setter", rows: Rows) -> None:
    """The label, and behind it, half a line lower and farther right, the value."""
    split = at.left + max(wide(label, at.size) for label, _ in rows) + 30
    for label, words in rows:
        at.put(at.left, label + at.colon)
        at.y += at.size * 0.3
        at.put(split, words.text, field=words.field)
        at.y += at.size * 1.7


def _first(label: str) -> str:
    return label.partition("=")[0]


STYLES = {
    "justified": justified, "tabbed": tabbed, "receipt": receipt, "checklist": checklist,
    "boxed": boxed, "stepped": stepped,
    "captioned": captioned, "twolines": twolines, "onerow": onerow, "cards": cards,
    "stacked": stacked, "paired": paired, "triple": triple, "banded": banded, "leaders": leaders,
    "app": app, "inline": inline, "aligned": aligned, "sixcells": sixcells,
    "bracketed": bracketed, "underlined": underlined, "folded": folded, "numbered": numbered,
}  # fmt: skip
#: Arrangements that set a label of two tongues, 姓名=Name, each in its own way.
OF_TWO_TONGUES = frozenset({"captioned", "twolines", "onerow", "cards"})

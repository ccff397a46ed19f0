"""Tables inside a document: the rows of a statement, and the items above a total."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tideover.evidence.reading import Document, Field, Line, Where
from tideover.evidence.reading.lines import rows_of
from tideover.evidence.reading.values import amounts_in, dates_in

_BALANCE = re.compile(r"余额|结余|balance", re.IGNORECASE)
_MONEY_COLUMN = re.compile(
    r"金额|收入|支出|借方|贷方|发生额|存入|支取|转入|转出|amount|debit|credit|withdraw|deposit|paid|"
    r"money (?:in|out)|\bin\b|\bout\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"合计|总计|价税|大写|小写|实收|total|sum|amount due", re.IGNORECASE)
_ITEM_COLUMN = re.compile(r"金额|税额|amount|小计", re.IGNORECASE)
_CUT_SHORT = 500
_OPENING = re.compile(r"期初|上期|承前|opening|brought forward|b/f", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A balance that does not follow from the one before it."""

    before: int
    """The balance before this row."""
    amounts: tuple[int, ...]
    """The amounts of the row, of which one should make the step."""
    found: int
    sure: int
    where: Where


@dataclass(frozen=True, slots=True)
class _Figure:
    fen: int
    centre: int
    sure: int
    where: Where
    signed: bool
    decimal: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    amounts: tuple[int, ...]
    balance: int
    sure: int
    where: Where


def running_balance(document: Document) -> Iterator[Step]:
    """Yield every balance of a statement that does not follow from the row before it.

    A statement may run from the oldest to the newest or back; the direction in which more rows
    agree is taken. Rows without an amount in sight are not judged.
    """
    opening, closing = (_fen(document.fields.get(name)) for name in _ENDS)
    ways = [
        (list(_breaks(entries, opening)), entries)
        for column in _COLUMNS
        for entries in _both_ways(_entries(document, column))
        if entries
    ]
    if not ways:
        return
    found, ordered = min(ways, key=lambda way: len(way[0]))
    rows = sum(entry is not None for entry in ordered)
    if len(found) > max(2, rows // 2):
        return
    yield from found
    last = ordered[-1]
    field = document.fields.get("closing_balance")
    if last is not None and closing is not None and field is not None and closing != last.balance:
        yield Step(last.balance, (), closing, min(last.sure, field.sure), field.where)


#: Where the balance may stand in a row: under its heading, last, last but one, first.
_COLUMNS = ("heading", "last", "last but one", "first")


def _both_ways(entries: list["_Entry | None"]) -> tuple[list["_Entry | None"], ...]:
    return entries, entries[::-1]


_ENDS = ("opening_balance", "closing_balance")


def _breaks(entries: list["_Entry | None"], opening: int | None) -> Iterator[Step]:
    before = opening
    sure_before = 1000
    for entry in entries:
        if entry is None:
            before = None
            continue
        step = None if before is None else entry.balance - before
        if step is not None and before is not None and abs(step) not in entry.amounts:
            sure = min(entry.sure, sure_before)
            yield Step(before, entry.amounts, entry.balance, sure, entry.where)
        before, sure_before = entry.balance, entry.sure


def _entries(document: Document, column: str) -> list["_Entry | None"]:
    """Return the rows that have a date, an amount and a balance, in the order they stand.

    A row of which no amount or no balance could be read is None: nothing follows over it.
    """
    entries: list[_Entry | None] = []
    centre: int | None = None
    for row in rows_of(document.lines):
        header = _balance_column(row)
        if header is not None:
            centre = header
            continue
        figures = sorted(_figures(row), key=lambda figure: figure.centre)
        is_entry = any(True for line in row for _ in dates_in(line.text))
        if centre is None or not (is_entry or len(figures) >= 2):
            continue
        if len(figures) < 2:
            entries.append(None)
            continue
        balance = _balance_of(figures, centre, column)
        others = tuple(abs(one.fen) for one in figures if one is not balance)
        sure = min(one.sure for one in figures)
        entries.append(_Entry(others, balance.fen, sure, balance.where))
    return entries


def _balance_of(figures: list[_Figure], centre: int, column: str) -> _Figure:
    if column == "heading":
        return min(figures, key=lambda figure: abs(figure.centre - centre))
    return figures[{"last": -1, "last but one": -2, "first": 0}[column]]


def _balance_column(row: tuple[Line, ...]) -> int | None:
    """Return the middle of the balance column, when the row is the head of the table."""
    text = " ".join(line.text for line in row)
    if not _BALANCE.search(text) or not _MONEY_COLUMN.search(_BALANCE.sub("", text)):
        return None
    if any(figure.decimal for figure in _figures(row)):
        return None
    for line in reversed(row):
        match = _BALANCE.search(line.text)
        if match is not None:
            return _across(line, match.span())
    return None


def column_sums(document: Document, total: Field) -> Iterator[tuple[int, int, Where]]:
    """Yield the sum of the items above `total`, how sure, and where, if no way of adding fits.

    The items are the amounts under a head that says 金额 or 税额 and above the row of totals.
    """
    goal = _fen(total)
    rows = rows_of(document.lines)
    heads = [at for at, row in enumerate(rows) if _item_columns(row)]
    if not heads or goal is None:
        return
    columns = _item_columns(rows[heads[0]])
    items: list[list[_Figure]] = []
    for row in rows[heads[0] + 1 :]:
        if _TOTAL.search(" ".join(line.text for line in row)):
            break
        figures = sorted((one for one in _figures(row) if one.decimal), key=lambda one: one.centre)
        if figures:
            items.append(figures)
    everything = [figure for row_of_figures in items for figure in row_of_figures]
    if not everything or len(everything) > 40 or goal in set(_ways_to_add(items, columns)):
        return
    sure = min(figure.sure for figure in everything)
    yield sum(row_of_figures[-1].fen for row_of_figures in items), sure, total.where


def _ways_to_add(items: list[list[_Figure]], columns: list[int]) -> Iterator[int]:
    """Yield the sum of every column that the items may have, and of the columns under a head.

    A column is counted from the right or from the left, for its figures may stand to the right
    of their cells and their heading to the left of it.
    """
    longest = max(len(row) for row in items)
    for at in range(longest):
        yield sum(row[-1 - at].fen for row in items if len(row) > at)
        yield sum(row[at].fen for row in items if len(row) > at)
    yield sum(figure.fen for row in items for figure in row)
    sums = [0] * len(columns)
    for row in items:
        for figure in row:
            nearest = min(range(len(columns)), key=lambda at: abs(columns[at] - figure.centre))
            sums[nearest] += figure.fen
    yield from sums
    # 金额 and 税额, of which 价税合计 is the sum, stand under two heads or last and last but one.
    yield sum(sums)
    yield sum(figure.fen for row in items for figure in row[-2:])


def _item_columns(row: tuple[Line, ...]) -> list[int]:
    if any(figure.decimal for figure in _figures(row)):
        return []
    text = " ".join(line.text for line in row)
    if _TOTAL.search(text) or len(_HEAD_WORDS.findall(text)) < 2:
        return []
    return [
        _across(line, match.span()) for line in row for match in _ITEM_COLUMN.finditer(line.text)
    ]


_HEAD_WORDS = re.compile(
    r"项目|名称|单价|数量|金额|税率|税额|规格|单位|item|description|quantity|qty|price|amount|tax",
    re.IGNORECASE,
)


def _figures(row: tuple[Line, ...]) -> list[_Figure]:
    return [
        _Figure(
            fen,
            _across(line, span),
            _sure_of(line, span),
            line.where,
            fen < 0,
            "." in line.text[span[0] : span[1]],
        )
        for line in row
        for fen, span in amounts_in(line.text)
        if "." in line.text[span[0] : span[1]]
    ]


def _sure_of(line: Line, span: tuple[int, int]) -> int:
    """Return how sure a figure is; one whose last place a seal may hide, hardly at all."""
    is_cut = re.search(r"\.\d\D*$", line.text[span[0] : span[1]]) is not None
    return min(line.sure, _CUT_SHORT) if is_cut else line.sure


def _across(line: Line, span: tuple[int, int]) -> int:
    letters = max(1, len(line.text))
    return line.left + (line.right - line.left) * (span[0] + span[1]) // (2 * letters)


def _fen(field: Field | None) -> int | None:
    return None if field is None else int(field.value.replace(".", ""))

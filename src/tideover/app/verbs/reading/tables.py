"""Reading a CSV file that came from somewhere else: a loan tape, a bank's statement.

Files arrive as UTF-8 with or without a byte order mark, or as GBK; with commas, semicolons, tabs or
full-width commas; with headings in English or Chinese. All of that is read. What cannot be read is
listed, every line of it, and never guessed.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tideover.money import Refusal
from tideover.policy import Words

BYTES_MAX = 20 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030")
_SEPARATORS = (",", ";", "\t", "，", "；", "|")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name in the heading, in English and Chinese, and `also` others'."""

    name: str
    zh: str
    is_required: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: where it stands, and its cells by column name, without outer blanks."""

    line: int
    cells: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.cells.values())


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where, and what to do about it."""

    file: str
    line: int
    field: str
    words: Words

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f" {self.field}" if self.field else "")
        return f"{place}: {self.words.en}"

    @property
    def zh(self) -> str:
        """The place and the words in Chinese."""
        place = f"{self.file} 第 {self.line} 行" + (f" {self.field}" if self.field else "")
        return f"{place}：{self.words.zh}"


class FileUnreadable(Refusal):
    """The file as a whole cannot be read as a table."""

    code: ClassVar[str] = "file-unreadable"

    def __init__(self, name: str, words: Words) -> None:
        self.name = name
        super().__init__(f"{name}: {words.en}", f"{name}：{words.zh}")


def read_table(
    content: bytes, *, name: str, columns: Sequence[Column], lines_above_max: int = 0
) -> tuple[Row, ...]:
    """Every line below the heading, empty ones too. Raises FileUnreadable.

    Up to `lines_above_max` lines may stand above the heading; it is the first that names every
    column that is required. A row says at which line of the whole file it stands.
    """
    whole = _text(content, name)
    above = _lines_above(whole, columns, most=lines_above_max)
    text = "".join(whole.splitlines(keepends=True)[above:])
    lines = text.splitlines()
    if not lines:
        raise FileUnreadable(
            name, Words(zh="文件是空的；请重新导出。", en="it is empty; export it again.")
        )
    separator = _separator(lines[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        heading = [_plain(cell) for cell in next(reader)]
        places = _places(heading, name, columns)
        rows = _rows(reader, places, width=len(heading), name=name)
        return tuple(Row(line=row.line + above, cells=row.cells) for row in rows)
    except csv.Error as error:
        where = reader.line_num + above
        raise FileUnreadable(
            name,
            Words(
                zh=f"第 {where} 行附近的引号没有成对；请检查后重新导出。",
                en=f"the quotes near line {where} do not pair up ({error}); correct them.",
            ),
        ) from error


def faults_of(cells: object, fields: Sequence[str], *, row: Row, file: str) -> tuple[Problem, ...]:
    """What is wrong with a line: every field of `cells` that refuses to be read.

    `cells` has a property per field that returns its value or raises a Refusal.
    """
    problems = []
    for field in fields:
        try:
            getattr(cells, field)
        except Refusal as refusal:
            words = Words(zh=refusal.zh, en=str(refusal))
            problems.append(Problem(file=file, line=row.line, field=field, words=words))
    return tuple(problems)


def _text(content: bytes, name: str) -> str:
    if len(content) > BYTES_MAX:
        raise FileUnreadable(
            name,
            Words(
                zh=f"文件有 {len(content):,} 字节，最多 {BYTES_MAX:,} 字节；请分成几个文件。",
                en=f"it has {len(content):,} bytes and at most {BYTES_MAX:,} are read; split it.",
            ),
        )
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileUnreadable(
        name,
        Words(
            zh="不是 UTF-8 或 GBK 编码的 CSV 文本；请用“另存为 CSV（UTF-8）”重新导出。",
            en="it is not CSV text in UTF-8 or GBK; save it again as CSV (UTF-8).",
        ),
    )


def _lines_above(text: str, columns: Sequence[Column], *, most: int) -> int:
    """How many lines stand above the heading; nought where no line is one."""
    for count, line in enumerate(text.splitlines()[: most + 1]):
        cells = {_plain(cell) for cell in line.split(_separator(line))}
        if all(_names(column) & cells for column in columns if column.is_required):
            return count
    return 0


def _names(column: Column) -> frozenset[str]:
    return frozenset({column.name, *(_plain(one) for one in (column.zh, *column.also))})


def _separator(heading: str) -> str:
    return max(_SEPARATORS, key=heading.count)


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().lower().replace(" ", "_")


def _places(heading: Sequence[str], name: str, columns: Sequence[Column]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column in columns:
        for known in (column.name, *(_plain(one) for one in (column.zh, *column.also))):
            if known in heading:
                places.setdefault(column.name, heading.index(known))
    missing = [one for one in columns if one.is_required and one.name not in places]
    if missing:
        raise FileUnreadable(
            name,
            Words(
                zh=f"标题行缺少：{'、'.join(f'{one.zh}（{one.name}）' for one in missing)}。",
                en=f"its heading lacks {', '.join(one.name for one in missing)}; add them.",
            ),
        )
    return places


def _rows(
    reader: Iterator[list[str]], places: Mapping[str, int], *, width: int, name: str
) -> Iterator[Row]:
    line = 2
    for cells in reader:
        if len(cells) > width:
            raise FileUnreadable(
                name,
                Words(
                    zh=f"第 {line} 行有 {len(cells)} 列，标题只有 {width} 列；"
                    "请给含逗号的内容加引号。",
                    en=f"line {line} has {len(cells)} cells under {width} headings; "
                    "put what contains a comma into quotes.",
                ),
            )
        found = {
            column: cells[place].strip() if place < len(cells) else ""
            for column, place in places.items()
        }
        yield Row(line=line, cells=found)
        line = getattr(reader, "line_num", line) + 1

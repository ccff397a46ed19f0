"""The words that stand before a value in documents, and what each announces: `labels.yaml`.

A label is one of a list, or is composed of two parts as issuers do: 出院 and 日期, “date of” and
“discharge”. Of all that begin at one place the longest is the label.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tideover.evidence.reading.document_kinds import DocumentKind

_OTHERS = "others"
#: The same label in English, whatever it is, where nothing but a mark or a figure follows.
_LATIN_TWIN = re.compile(
    r"[ /]*[A-Za-z][A-Za-z.']*(?:[ /][A-Za-z][A-Za-z.']*){0,4}(?=$|\s?[:(]|\s[\d¥])"
)
_NEARLY = 0.88
_WORDS = frozenset({"name", "issuer", "diagnosis", "party", ""})
#: In a bank statement a beginning and an end are those of its period.
_PERIODS = {"start_date": "period_start", "end_date": "period_end"}


@dataclass(frozen=True, slots=True)
class Said:
    """A label as it stands in a text."""

    text: str
    start: int
    end: int


def said_in(text: str) -> Iterator[Said]:
    """Yield the labels in `text` from its beginning, none over another."""
    at = 0
    while (found := _next(text, at)) is not None:
        yield found
        at = max(found.end, at + 1)


def said_at(text: str, place: int) -> Said | None:
    """Return the longest label that begins at `place`, if one does."""
    if place >= len(text):
        return None
    ends = [match.end() for one in _every() if (match := one.match(text, place)) is not None]
    longest = max(ends, default=place)
    return Said(text[place:longest], place, longest) if longest > place else None


def is_whole(text: str) -> bool:
    """Return whether `text` is one label and nothing else."""
    said = said_at(text, 0)
    return said is not None and said.end == len(text)


#: What a label ends with, whatever stands before: in Chinese the last word says what it is.
_HEAD_WORD = re.compile(
    r"[\u3400-\u9fff/()、]{1,8}(?:日期|时间|编号|号码|单号|单位|机构|机关|原因|姓名|名称|金额|合计|余额|类型|类别"
    r"|情况|经过|意见|签名|签字|科室|地址|电话)"
)
_MARKED = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff/()、 ]{0,12}:")


def is_like_one(text: str) -> bool:
    """Return whether a cell can only be a label, if one that no list holds: 核查意见, 起火原因:."""
    cell = text.strip()
    return _MARKED.fullmatch(cell) is not None or _HEAD_WORD.fullmatch(cell) is not None


def is_prefix_of_number(text: str, said: Said) -> bool:
    """Return whether NO is part of a number, as in 编号:NO76285674."""
    return said.text.lower() == "no" and text[said.end : said.end + 1].isdigit()


def end_of_twin(text: str, said: Said) -> int:
    """Return where a label ends that is said again in English, as in 姓名 Name."""
    if said.text.isascii():
        return said.end
    start = len(text) - len(text[said.end :].lstrip(" /"))
    again = said_at(text, start)
    known = again is not None and again.text.isascii() and not is_prefix_of_number(text, again)
    end = again.end if again is not None and known else said.end
    words = _LATIN_TWIN.match(text, said.end)
    if words is not None and words.end() > end:
        field = field_of(said.text, None)
        # A name or an illness may be written in Latin letters: then the words are the value,
        # save where they are nearly a label that was misread, as in Emplloyee.
        if field not in _WORDS or _is_nearly_label(words[0].strip(" /"), field):
            end = words.end()
    return end


def _is_nearly_label(text: str, field: str) -> bool:
    return bool(field and get_close_matches(text.lower(), _latin(field), n=1, cutoff=_NEARLY))


@cache
def _latin(field: str) -> tuple[str, ...]:
    return tuple(label for label, name in _fields().items() if name == field and label.isascii())


def field_of(label: str, kind: DocumentKind | None) -> str:
    """Return the field that `label` announces in a document of `kind`; "" when none is read."""
    words = label.replace(".", " ").split() if label.isascii() else label.split()
    key = (" " if label[0].isascii() else "").join(words).lower().rstrip(".")
    special = _by_kind().get(kind.value, {}) if kind is not None else {}
    known = special.get(key, _fields().get(key))
    if known is not None:
        return known
    composed = next((name for name, one in _composed() if one.fullmatch(key)), "")
    if kind is DocumentKind.BANK_STATEMENT:
        composed = _PERIODS.get(composed, composed)
    return "" if composed == _OTHERS else composed


def surnames() -> tuple[str, ...]:
    """Return the Chinese surnames of nearly everybody, those of two letters first."""
    return tuple(sorted(_book()["surnames"].split(), key=len, reverse=True))


def _next(text: str, at: int) -> Said | None:
    starts = [
        match.start() for one in (_listed(), _any_composed()) if (match := one.search(text, at))
    ]
    return said_at(text, min(starts)) if starts else None


@cache
def _every() -> tuple[re.Pattern[str], ...]:
    return (_listed(), *(one for _, one in _composed()))


@cache
def _listed() -> re.Pattern[str]:
    """Return the pattern of the labels of the list, the longest first."""
    longest_first = sorted(_fields(), key=len, reverse=True)
    return re.compile("|".join(_spelled(label) for label in longest_first), re.IGNORECASE)


@cache
def _composed() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return field and pattern of each way to compose a label."""
    book = dict(_book()["composed"])
    latin: dict[str, Any] = book.pop("en")
    return tuple(
        (field, re.compile(_of_two_parts(group, between=between), re.IGNORECASE))
        for between, table in (("", book), (" ", latin))
        for field, groups in table.items()
        for group in groups
    )


@cache
def _any_composed() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one.pattern})" for _, one in _composed()), re.IGNORECASE)


def _of_two_parts(group: dict[str, list[str]], *, between: str) -> str:
    first, then = (
        sorted((str(part) for part in group[name]), key=len, reverse=True)
        for name in ("first", "then")
    )
    if not between:
        return f"(?:{_either(first, _letters)})(?:{_either(then, _letters)})"
    ends = "|".join(r"[\s_.]*" + _words(part) if part else "" for part in then)
    return rf"(?<![A-Za-z])(?:{_either(first, _words)})(?:{ends})(?![A-Za-z])\.?"


def _either(parts: list[str], spell: Any) -> str:
    return "|".join(spell(part) for part in parts)


@cache
def _book() -> dict[str, Any]:
    text = files("tideover.evidence.reading").joinpath("labels.yaml").read_text(encoding="utf-8")
    book: dict[str, Any] = yaml.safe_load(text)
    return book


@cache
def _fields() -> dict[str, str]:
    """Return every label in lower case with the field it usually announces, the first named."""
    found: dict[str, str] = {}
    for field, labels in (*_book()["fields"].items(), ("", _book()["others"])):
        for label in (*labels["zh"], *labels["en"]):
            found.setdefault(label.lower(), field)
    return found


@cache
def _by_kind() -> dict[str, dict[str, str]]:
    return {
        kind: {label.lower(): field for field, labels in table.items() for label in labels}
        for kind, table in _book()["by_kind"].items()
    }


def _spelled(label: str) -> str:
    """Return the pattern of a label: Chinese with blanks between its letters, English whole."""
    if label[0].isascii():
        return rf"(?<![A-Za-z]){_words(label)}(?![A-Za-z])\.?"
    return _letters(label)


def _letters(label: str) -> str:
    return r"\s?".join(re.escape(letter) for letter in label)


def _words(label: str) -> str:
    return r"[\s_.]*".join(re.escape(word) for word in label.split())

"""How a lender's own columns become ours: a mapping file, column by column, in exact arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml

from tideover.money import Refusal, Rounding
from tideover.portfolio.book import NUMBERS

__all__ = ["REQUIRED", "BadCell", "MappingFault", "TapeMapping", "read_mapping"]

#: What a tape must say; the rest follows from it or may be unknown.
REQUIRED: Final = ("principal", "term", "rate", "instalment", "balance")
KEYS: Final = frozenset({"column", "times", "times_column", "words", "missing", "plus"})
NOTHING: Final = frozenset({"", "NA", "N/A", "null", "None", "-"})


class MappingFault(Refusal):
    """A mapping file does not say what it must."""

    code: ClassVar[str] = "mapping-fault"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(
            f"the mapping {name} {problem}; docs/how-to/simulate-a-portfolio.md shows one",
            f"映射文件 {name} 有误（{problem}）；示例见 docs/how-to/simulate-a-portfolio.md",
        )


class BadCell(Refusal):
    """A cell of a tape is not what the mapping expects."""

    code: ClassVar[str] = "bad-cell"

    def __init__(self, column: str, value: str, *, wanted: str = "a number") -> None:
        super().__init__(
            f"{column} is {value!r}, which is not {wanted}", f"{column} 为“{value}”，不是有效值"
        )


@dataclass(frozen=True, slots=True)
class TapeMapping:
    """Which of the tape's columns each of ours is made from."""

    currency: str
    columns: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, str]
    leave_out: Mapping[str, frozenset[str]]

    def is_left_out(self, row: Mapping[str, object]) -> bool:
        """Whether a row is not a loan to look at, finished or charged off for example."""
        return any(_text(row, column) in words for column, words in self.leave_out.items())

    def value(self, name: str, row: Mapping[str, object]) -> int | None:
        """Return one of our columns for a row, rounded half up, or None where it is not mapped.

        Raises:
            BadCell: a cell is not a number, or a word the mapping does not know.
        """
        spec = self.columns.get(name)
        if spec is None:
            return None
        if "missing" in spec and _text(row, str(spec["column"])) in NOTHING:
            return int(spec["missing"])
        return Rounding.HALF_UP(_exact(spec, row))


def read_mapping(name: str) -> TapeMapping:
    """Return the mapping in a file, or the one of this name that comes with the program.

    Raises:
        MappingFault: it is not there, or does not say what it must.
    """
    path = Path(name)
    shipped = files("tideover.portfolio") / "mappings" / f"{name}.yaml"
    if path.is_file():
        text = path.read_text(encoding="utf-8")
    elif shipped.is_file():
        text = shipped.read_text(encoding="utf-8")
    else:
        raise MappingFault(name, "is not there")
    tree = yaml.safe_load(text)
    if not isinstance(tree, dict) or not isinstance(tree.get("columns"), dict):
        raise MappingFault(name, "has no columns")
    _check(name, tree["columns"])
    leave_out = tree.get("leave_out", {})
    return TapeMapping(
        currency=str(tree.get("currency", "CNY")),
        columns=tree["columns"],
        groups={str(ours): str(theirs) for ours, theirs in tree.get("groups", {}).items()},
        leave_out={
            str(column): frozenset(str(word) for word in words)
            for column, words in leave_out.items()
        },
    )


def _check(name: str, columns: Mapping[str, Any]) -> None:
    lacking = [ours for ours in REQUIRED if ours not in columns]
    if lacking:
        raise MappingFault(name, f"says nothing of {', '.join(lacking)}")
    for ours, spec in columns.items():
        if ours not in NUMBERS and ours != "cause":
            raise MappingFault(name, f"makes {ours}, which is not a column of a book")
        if not isinstance(spec, dict) or "column" not in spec or set(spec) - KEYS:
            raise MappingFault(name, f"of {ours} must be a column with {', '.join(sorted(KEYS))}")


def _exact(spec: Mapping[str, Any], row: Mapping[str, object]) -> Fraction:
    value = _number(row, str(spec["column"]), words=spec.get("words"))
    value *= Fraction(str(spec.get("times", 1)))
    if "times_column" in spec:
        value *= _number(row, str(spec["times_column"]))
    return value + _exact(spec["plus"], row) if "plus" in spec else value


def _number(
    row: Mapping[str, object], column: str, *, words: Mapping[str, Any] | None = None
) -> Fraction:
    text = _text(row, column)
    if words is not None:
        if text not in words:
            raise BadCell(column, text, wanted=f"one of {', '.join(map(str, words))}")
        return Fraction(str(words[text]))
    try:
        return Fraction(text.replace(",", "").removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        raise BadCell(column, text) from None


def _text(row: Mapping[str, object], column: str) -> str:
    if column not in row:
        raise BadCell(column, "", wanted="a column of the tape")
    value = row[column]
    return "" if value is None else str(value).strip()

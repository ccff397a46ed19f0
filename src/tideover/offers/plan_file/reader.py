"""Reading nodes into values: every problem is noted with its line, and reading goes on."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from tideover.money import Currency, Money, Refusal
from tideover.offers.plan_file.nodes import ListNode, MapNode, Node, Problem, TextNode
from tideover.policy import Words

__all__ = ["Fields", "Reader"]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR_MIN: Final = 1950
YEAR_MAX: Final = 2150
#: More decimals than any currency has; a finer amount is then refused as such.
DECIMALS: Final = 6
POWER: Final = 10**DECIMALS
YES: Final = frozenset({"true", "yes", "on"})
NO: Final = frozenset({"false", "no", "off"})


@dataclass(slots=True)
class Reader:
    """Collects what is wrong while a file is read."""

    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, where: str, *, zh: str, en: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(line, where, Words(zh, en)))

    def fields(
        self, node: Node | None, where: str, *, known: Collection[str], needed: Sequence[str] = ()
    ) -> "Fields":
        """Return the keys of a mapping; unknown keys and missing ones are noted."""
        if not isinstance(node, MapNode):
            line = node.line if node else 1
            self.note(line, where, zh="应当是“键: 值”的形式", en="must be keys with values")
            return Fields(self, where, MapNode(line, {}))
        for key, line in node.key_lines.items():
            if key not in known:
                self.note(
                    line, f"{where}.{key}".lstrip("."), zh=f"不认识的键；可用：{'、'.join(known)}",
                    en=f"is not a key here; keys are {', '.join(known)}",
                )  # fmt: skip
        found = Fields(self, where, node)
        for key in needed:
            if key not in found:
                self.note(found.line(key), f"{where}.{key}".lstrip("."), zh="缺少", en="is missing")
        return found


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys of one mapping, read one by one. A value that cannot be read is None, and noted."""

    reader: Reader
    where: str
    node: MapNode

    def __contains__(self, key: str) -> bool:
        entry = self.node.entries.get(key)
        return entry is not None and not (isinstance(entry, TextNode) and entry.text is None)

    def line(self, key: str) -> int:
        """Return the line of a key, that of the mapping where it is missing."""
        return self.node.key_lines.get(key, self.node.line)

    def note(self, key: str, *, zh: str, en: str) -> None:
        """Note a problem at a key."""
        self.reader.note(self.line(key), f"{self.where}.{key}".lstrip("."), zh=zh, en=en)

    def child(self, key: str) -> Node | None:
        """Return what is below a key."""
        return self.node.entries.get(key) if key in self else None

    def entries(self, key: str) -> Iterator[tuple[str, Node]]:
        """Return the entries of a list, each with the name it has in problems."""
        node = self.child(key)
        if isinstance(node, ListNode):
            for place, entry in enumerate(node.entries):
                yield f"{self.where}.{key}[{place}]".lstrip("."), entry
        elif node is not None:
            self.note(
                key, zh="应当是列表（每项以 - 开头）", en="must be a list, each entry after a dash"
            )

    def text(self, key: str) -> str | None:
        """Return a text."""
        node = self.child(key)
        if node is None or (isinstance(node, TextNode) and node.text is not None):
            return node.text if node else None
        self.note(key, zh="应当是一个值", en="must be one value")
        return None

    def read(self, key: str, parse: Callable[[str], T], *, zh: str, en: str) -> T | None:
        """Return what `parse` makes of a text; a refusal or a ValueError of it is noted."""
        text = self.text(key)
        if text is None:
            return None
        try:
            return parse(text)
        except Refusal as refusal:
            self.note(key, zh=refusal.zh, en=str(refusal))
        except ValueError:
            self.note(key, zh=f"“{text}”{zh}", en=f"{text!r} {en}")
        return None

    def money(self, key: str, unit: Currency, *, above_zero: bool = False) -> Money | None:
        """Return an amount that is not negative, or above zero."""
        amount = self.read(
            key, lambda text: Money.parse_not_negative(_plain(text), unit), zh="", en=""
        )
        if amount is not None and above_zero and not amount:
            self.note(key, zh="应当大于零", en="must be above zero")
            return None
        return amount

    def day(self, key: str) -> date | None:
        """Return a day."""
        return self.read(
            key, _day, zh="不是日期，应写成 2026-01-31", en="is not a date like 2026-01-31"
        )

    def whole(self, key: str, *, least: int = 0, most: int = 1200) -> int | None:
        """Return a whole number within limits."""
        number = self.read(key, int, zh="不是整数", en="is not a whole number")
        if number is not None and not least <= number <= most:
            self.note(key, zh=f"应在 {least} 到 {most} 之间", en=f"must be from {least} to {most}")
            return None
        return number

    def ratio(self, key: str) -> Fraction | None:
        """Return an exact number that is not negative."""
        return self.read(key, _ratio, zh="不是不小于零的数", en="is not a number of zero or more")

    def flag(self, key: str) -> bool | None:
        """Return yes or no."""
        return self.read(key, _flag, zh="应为 true 或 false", en="must be true or false")

    def choice(self, key: str, choices: type[E]) -> E | None:
        """Return one of the choices."""
        listed = ", ".join(choices)
        return self.read(key, choices, zh=f"不在可选范围：{listed}", en=f"must be one of {listed}")


def _plain(text: str) -> str:
    """Return a YAML number without its power of ten, and without the lines between digits."""
    plain = text.strip().replace("_", "")
    number = NUMBER.fullmatch(plain)
    if number is None or number[3] is None:
        return plain
    exact = Fraction(plain) * POWER
    if exact.denominator != 1 or exact < 0:
        return text
    return f"{exact.numerator // POWER}.{exact.numerator % POWER:0{DECIMALS}d}"


def _day(text: str) -> date:
    """Return a day of this century or the last, for no contract here is older or longer."""
    day = date.fromisoformat(text.strip()) if DAY.fullmatch(text.strip()) else None
    if day is None or not YEAR_MIN <= day.year <= YEAR_MAX:
        raise ValueError(text)
    return day


def _ratio(text: str) -> Fraction:
    plain = text.strip()
    if NUMBER.fullmatch(plain) is None or plain.startswith("-"):
        raise ValueError(text)
    return Fraction(plain)


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word not in YES | NO:
        raise ValueError(text)
    return word in YES

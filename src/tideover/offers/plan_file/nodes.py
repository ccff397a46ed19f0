"""A YAML file as plain nodes that remember their line. Every scalar stays text as it was written.

So 0.1 is a tenth, `on` is a key and not a yes, and 2026-01-05 is read as a day only where a day
is asked for.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import yaml

from tideover.money import Refusal
from tideover.policy import Words

__all__ = ["BadFile", "ListNode", "MapNode", "Node", "Problem", "TextNode", "parse", "value_at"]

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

#: One step of a place in a file: a key, and perhaps which entry of its list.
PLACE = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")

#: A household's file is flat and short: deeper or longer is a mistake, or an attack by aliases.
DEPTH_MAX = 8
ENTRIES_MAX = 500
EVENTS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file, with the line and the key or value."""

    line: int
    where: str
    words: Words


class BadFile(Refusal):
    """The file was refused: every problem, each with its line. Nothing was computed."""

    code: ClassVar[str] = "bad-plan-file"

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.line))
        super().__init__(
            self._listed(name, "en"),
            self._listed(name, "zh"),
        )

    def _listed(self, name: str, language: str) -> str:
        count = len(self.problems)
        head = Words(
            f"“{name}”有 {count} 处问题，没有进行计算：",
            f"{name!r} has {count} problem(s); nothing was computed:",
        ).in_language(language)
        line = Words("第 {} 行 {}：{}", "line {}: {}: {}").in_language(language)
        listed = (
            line.format(one.line, one.where, one.words.in_language(language))
            for one in self.problems
        )
        return "\n  ".join((head, *listed))


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar as written; None where nothing was."""

    line: int
    text: str | None


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    line: int
    entries: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping, with the line of every key."""

    line: int
    entries: Mapping[str, "Node"]
    key_lines: Mapping[str, int] = field(default_factory=dict)


Node = TextNode | ListNode | MapNode


def parse(text: str, problems: list[Problem]) -> Node | None:
    """Return the file as nodes, or None with the problem noted when it is not YAML at all."""
    try:
        if not _is_plain(text, problems):
            return None
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "cannot be read"
        problems.append(
            Problem(
                mark.line + 1 if mark else 1,
                "YAML",
                Words(f"不是有效的 YAML：{what}", f"is not YAML: {what}"),
            )
        )
        return None
    return None if tree is None else _node(tree, problems)


def value_at(text: str, where: str) -> str | None:
    """Return what stands in a file at a place as problems name it, None where no value does.

    >>> value_at("debts: [{principal: 10}]", "debts[0].principal")
    '10'
    """
    node = parse(text, [])
    for name, place in PLACE.findall(where):
        if isinstance(node, MapNode):
            node = node.entries.get(name)
        if place and isinstance(node, ListNode):
            node = node.entries[int(place)] if int(place) < len(node.entries) else None
    return node.text if isinstance(node, TextNode) else None


def _is_plain(text: str, problems: list[Problem]) -> bool:
    """Return whether the file is as flat and short as a household's; note what is not.

    Looked at before a tree is made: an alias can stand for millions of entries, and brackets in
    brackets can be deeper than any reader goes. An alias of one value stands for one value, and
    programs that write YAML use it for a day that occurs twice.
    """
    depth, values = 0, set[str]()
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader), start=1):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if _stands_for_one_value(event, values):
            continue
        words = _not_plain(event, depth=depth, count=count)
        if words is not None:
            mark = event.start_mark
            problems.append(Problem(mark.line + 1 if mark else 1, "YAML", words))
            return False
    return True


def _stands_for_one_value(event: yaml.Event, values: set[str]) -> bool:
    """Return whether an event is an alias of one value; `values` gathers what they are called."""
    anchor = event.anchor if isinstance(event, yaml.NodeEvent) else None
    if anchor is None or isinstance(event, yaml.AliasEvent):
        return anchor in values
    if isinstance(event, yaml.ScalarEvent):
        values.add(anchor)
    else:
        values.discard(anchor)
    return False


def _not_plain(event: yaml.Event, *, depth: int, count: int) -> Words | None:
    if isinstance(event, yaml.AliasEvent):
        return Words(
            "不能引用（*）列表或键值", "uses an alias (*) of a list or of keys; write them out"
        )
    if depth > DEPTH_MAX + 1:
        return Words("层级太深", "is nested too deeply")
    if count > EVENTS_MAX:
        return Words("文件太长", f"has more than {EVENTS_MAX} keys and values")
    return None


def _node(tree: yaml.Node, problems: list[Problem], depth: int = 0) -> Node:
    line = tree.start_mark.line + 1
    if depth > DEPTH_MAX:
        problems.append(Problem(line, "YAML", Words("层级太深", "is nested too deeply")))
        return TextNode(line, None)
    if isinstance(tree, yaml.MappingNode):
        return _mapping(tree, line, problems, depth)
    if isinstance(tree, yaml.SequenceNode):
        if len(tree.value) > ENTRIES_MAX:
            problems.append(
                Problem(line, "YAML", Words("列表太长", f"has more than {ENTRIES_MAX} entries"))
            )
            return ListNode(line, ())
        return ListNode(line, tuple(_node(entry, problems, depth + 1) for entry in tree.value))
    plain = isinstance(tree, yaml.ScalarNode) and tree.style is None
    text = str(tree.value)
    return TextNode(line, None if plain and text in NOTHING else text)


def _mapping(tree: yaml.MappingNode, line: int, problems: list[Problem], depth: int) -> MapNode:
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, key_line, value in _pairs(tree):
        if key in entries:
            problems.append(
                Problem(key_line, key, Words("重复出现", f"is told twice (line {lines[key]})"))
            )
        entries[key], lines[key] = _node(value, problems, depth + 1), key_line
    return MapNode(line, entries, lines)


def _pairs(tree: yaml.MappingNode) -> Iterator[tuple[str, int, yaml.Node]]:
    for key, value in tree.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        yield str(name), key.start_mark.line + 1, value

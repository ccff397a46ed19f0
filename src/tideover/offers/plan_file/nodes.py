"""A YAML file as plain nodes that remember their line. Every scalar stays text as it was written.

So 0.1 is a tenth, `on` is a key and not a yes, and 2026-01-05 is read as a day only where a day
is asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import yaml

from tideover.money import Refusal
from tideover.policy import Words

__all__ = ["BadFile", "ListNode", "MapNode", "Node", "Problem", "TextNode", "parse"]

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

#: A household's file is flat and short: deeper or longer is a mistake, or an attack by aliases.
DEPTH_MAX = 8
ENTRIES_MAX = 500


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

"""A paper: the words of one form with a story in its blanks, before it is set on a page."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench.evidence.strangers.values import Story, story

_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """Some words of the paper; `field` is the value they carry, or "" for none."""

    text: str
    field: str = ""


@dataclass
class Paper:
    kind: str
    title: str
    english: bool
    style: str
    head: list[Words] = field(default_factory=list)
    rows: list[tuple[str, Words]] = field(default_factory=list)
    prose: str = ""
    table: list[list[Words]] = field(default_factory=list)
    total: list[tuple[str, Words]] = field(default_factory=list)
    foot: list[Words] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    issuer: str = ""
    told: Story | None = None


@cache
def forms(family: str) -> tuple[dict[str, Any], ...]:
    """The forms of a family, `second` or `third`."""
    path = Path(__file__).with_name(f"{family}.yaml")
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")))


def paper(form: dict[str, Any], seed: Random) -> Paper:
    """The form filled in."""
    english = form.get("lang") == "en"
    told = story(form["kind"], seed, english=english, odd=form.get("odd", False))
    return filled(form, told, seed)


def filled(form: dict[str, Any], told: Story, seed: Random) -> Paper:
    """The form with the values of `told`, those that it has blanks for being its truth."""
    used: set[str] = set()

    def fill(template: str) -> Words:
        names = _BLANK.findall(template)
        used.update(names)
        return Words(_BLANK.sub(lambda match: told.texts[match[1]], template), " ".join(names))

    def pairs(given: list[str]) -> list[tuple[str, Words]]:
        return [(label, fill(value)) for label, value in (row.split("|", 1) for row in given)]

    made = Paper(form["kind"], fill(form["title"]).text, form.get("lang") == "en", "")
    made.style = seed.choice(form["styles"])
    made.head = [fill(line) for line in form.get("head", [])]
    made.rows = pairs(form.get("rows", []))
    made.prose = fill(form["prose"]).text if "prose" in form else ""
    if "table" in form:
        columns = [column.split("|", 1) for column in form["table"]]
        made.table = [[Words(heading) for heading, _ in columns]]
        made.table += [
            [
                Words(_BLANK.sub(lambda m, row=row: row[m[1]], blank), blank[1:-1])
                for _, blank in columns
            ]
            for row in (told.lines[::-1] if form.get("newest_first") else told.lines)
        ]
    if "inside" in form:
        made.table.append([fill(cell) for cell in form["inside"]])
    if "matrix" in form:
        made.table = [[fill(cell) for cell in row] for row in form["matrix"]]
    made.total = pairs(form.get("total", []))
    made.foot = [fill(line) for line in form.get("foot", [])]
    made.truth = {name: told.truth[name] for name in used if name in told.truth}
    made.issuer, made.told = told.texts["issuer"], told
    return made

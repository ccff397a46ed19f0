"""The reference pages that are made from the code itself. Called from their cog blocks."""

import importlib
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import django

import tideover
from docs_tables import print_table
from tideover.cases import diagram
from tideover.loan.rates import plain_text
from tideover.money import Refusal
from tideover.policy import Value, load_book, rule_names, rule_text, value_text

CORE_ROOMS = (
    "money",
    "dates",
    "loan",
    "policy",
    "options",
    "affordability",
    "evidence",
    "safety",
    "offers",
    "agreements",
    "cases",
    "portfolio",
)
TIDEOVER = Path(sys.executable).parent / "tideover"


def print_help(*words: str) -> None:
    """Print what `tideover WORDS --help` prints, as a text block."""
    completed = subprocess.run(
        [str(TIDEOVER), *words, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "96", "NO_COLOR": "1", "PATH": "/usr/bin:/bin", "TERM": "dumb"},
    )
    print("```text")
    print("\n".join(line.rstrip() for line in completed.stdout.strip().splitlines()))
    print("```")


def refusals() -> Iterator[type[Refusal]]:
    """Yield every refusal of the core, once."""
    for room in CORE_ROOMS:
        package = importlib.import_module(f"{tideover.__name__}.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    waiting = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind is not Refusal:
            yield kind


def print_refusals() -> None:
    """Print the refusals of each room: the stable code, the name, and when it is raised."""
    by_room: dict[str, list[type[Refusal]]] = defaultdict(list)
    for kind in refusals():
        by_room[kind.__module__.split(".")[1]].append(kind)
    for room in CORE_ROOMS:
        if not by_room[room]:
            continue
        print(f"\n## {room}\n")
        rows = [
            (f"`{kind.code}`", f"`{kind.__name__}`", (kind.__doc__ or "").strip().split("\n")[0])
            for kind in sorted(by_room[room], key=lambda kind: kind.__name__)
        ]
        print_table(("code", "name", "when"), rows, are_numbers=False)


def print_policy() -> None:
    """Print every parameter of every pack with its values by first day, and its source."""
    for pack, parameters in load_book().packs.items():
        print(f"\n## {pack}\n")
        rows = [
            (
                f"`{name}`",
                f"{dated.label.zh}<br>{dated.label.en}",
                "<br>".join(f"{day}: {shown(value)}" for day, value in dated.values),
                f"{dated.reference} ({dated.confidence})",
            )
            for name, dated in parameters.items()
        ]
        print_table(("name", "what", "values by first day", "source"), rows, are_numbers=False)


def print_rules() -> None:
    """Print the name of every rule and what it asks for."""
    rows = [(f"`{name}`", " ".join(rule_text(name).split())) for name in rule_names()]
    print_table(("rule", "what it asks for"), rows, are_numbers=False)


def print_states() -> None:
    """Print the state machine of a case as a diagram."""
    print("```mermaid")
    print(diagram().strip())
    print("```")


def shown(value: Value) -> str:
    """Return a value of the book for a reader: a ratio as a decimal number."""
    return plain_text(value) if isinstance(value, Fraction) else value_text(value)


def set_up() -> None:
    """Make the service importable, in a home of nobody."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tideover.app.settings")
    os.environ.setdefault("TIDEOVER_DEMO", "1")
    os.environ.setdefault("TIDEOVER_HOME", tempfile.mkdtemp())
    django.setup()


def print_columns(module: str, name: str) -> None:
    """Print the columns of a file that the service reads."""
    set_up()
    rows = [
        (f"`{column.name}`", column.zh, "yes" if column.is_required else "no")
        for column in getattr(importlib.import_module(module), name)
    ]
    print_table(("column", "中文", "needed"), rows, are_numbers=False)


COMMANDS = (
    *("schedule", "plan", "conformance", "policy", "evidence", "scam", "agreement"),
    *("tape", "demo", "staff", "serve", "ledger", "audit"),
)


def print_commands() -> None:
    """Print the help of every command."""
    print_help()
    for command in COMMANDS:
        print(f"\n## tideover {command}\n")
        print_help(command)

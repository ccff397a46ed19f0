"""What goes out: who lives on the money, what they need, and what others are owed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.affordability import OutgoingCategory
from tideover.app.portal import words
from tideover.app.portal.forms.field import Field, Problem, problems_by_name
from tideover.app.portal.forms.rows import as_text, read_rows, shown_rows

_DEBT_COLUMNS = ("is_priority", "creditor", "monthly")


def read(post: QueryDict) -> dict[str, Any]:
    """Return what was typed, unchecked; a category left empty is no row."""
    typed = ((one.value, post.get(f"category-{one.value}", "").strip()) for one in OutgoingCategory)
    return {
        "adults": post.get("adults", "").strip(),
        "children": post.get("children", "").strip(),
        "items": [{"category": category, "monthly": text} for category, text in typed if text],
        "debts": read_rows(post, "debts", columns=_DEBT_COLUMNS),
    }


def placed(answers: Mapping[str, Any], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems with those of row `items.2` moved to the box of that category."""
    categories = [row["category"] for row in answers["items"]]

    def place(problem: Problem) -> Problem:
        head, _dot, rest = problem.path.partition(".")
        number, _dot, _column = rest.partition(".")
        if head != "items" or not number.isdecimal():
            return problem
        return Problem(f"category.{categories[int(number)]}", problem.message)

    return tuple(place(problem) for problem in problems)


def shown(
    answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
) -> dict[str, Any]:
    """Return the household, a box for each category and a card for each other debt."""
    wrong = problems_by_name(problems)
    spent = {row["category"]: as_text(row["monthly"]) for row in answers.get("items", ())}
    debts = shown_rows(answers.get("debts", ()), at_least=1, is_adding=is_adding == "debts")

    def count(name: str, label: str, usual: str) -> Field:
        value = as_text(answers.get(name, usual))
        return Field(name=name, label=label, value=value, problem=wrong.get(name, ""))

    return {
        "fields": {
            "adults": count("adults", _("Adults"), "1"),
            "children": count("children", _("Children"), "0"),
        },
        "categories": [_box(one.value, spent=spent, wrong=wrong) for one in OutgoingCategory],
        "rows": [_card(number, row, wrong=wrong) for number, row in enumerate(debts)],
    }


def _box(category: str, *, spent: Mapping[str, str], wrong: Mapping[str, str]) -> Field:
    name = f"category-{category}"
    return Field(
        name=name,
        label=words.outgoing_name(category),
        value=spent.get(category, ""),
        problem=wrong.get(name, ""),
    )


def _card(number: int, row: Mapping[str, str], *, wrong: Mapping[str, str]) -> dict[str, Field]:
    def question(column: str, label: str, **more: Any) -> Field:
        name = f"debts-{number}-{column}"
        value = row.get(column, "")
        return Field(name=name, label=label, value=value, problem=wrong.get(name, ""), **more)

    return {
        "creditor": question("creditor", _("Owed to")),
        "monthly": question("monthly", _("Due to them each month")),
        "is_priority": question(
            "is_priority",
            _("It comes first: losing my home, power, or being taken to court is at stake"),
        ),
    }

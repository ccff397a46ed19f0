"""What goes out: who lives on the money, what they need, and what others are owed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.affordability import OutgoingCategory
from tideover.app.portal import words
from tideover.app.portal.forms.field import Field, Problem, problems_by_name
from tideover.app.portal.forms.rows import (
    as_text,
    read_rows,
    shown_rows,
    with_amount,
    workings_of,
)
from tideover.app.verbs.application.usual import usual_spending
from tideover.money import Money

_DEBT_COLUMNS = ("is_priority", "creditor", "monthly")


def read(post: QueryDict) -> dict[str, Any]:
    """Return what was typed, unchecked; a category left empty is no row."""
    return {
        "adults": post.get("adults", "").strip(),
        "children": post.get("children", "").strip(),
        "items": list(_typed(post)),
        "debts": read_rows(post, "debts", columns=_DEBT_COLUMNS),
        "note": post.get("note", "").strip(),
    }


def _typed(post: QueryDict) -> Iterator[dict[str, str]]:
    for one in OutgoingCategory:
        text = post.get(f"category-{one.value}", "").strip()
        if text:
            often = post.get(f"often-{one.value}", "")
            yield {"category": one.value, "amount": text, "frequency": often}


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
    spent = {
        row["category"]: with_amount({key: as_text(value) for key, value in row.items()})
        for row in answers.get("items", ())
    }
    debts = shown_rows(answers.get("debts", ()), at_least=1, is_adding=is_adding == "debts")

    def count(name: str, label: str, usual: str) -> Field:
        value = as_text(answers.get(name, usual))
        return Field(name=name, label=label, value=value, problem=wrong.get(name, ""))

    note = Field(
        name="note",
        label=_("A word about these figures"),
        value=as_text(answers.get("note")),
        hint=_("If one is above the usual, say why in a sentence. It is quite all right."),
        problem=wrong.get("note", ""),
        is_optional=True,
    )
    usual = usual_spending(adults=_people(answers, "adults"), children=_people(answers, "children"))
    return {
        "fields": {
            "adults": count("adults", _("Adults"), "1"),
            "children": count("children", _("Children"), "0"),
            "note": note,
        },
        "groups": [
            (
                heading,
                [_box(one, spent=spent, wrong=wrong, usual=usual.get(one)) for one in members],
            )
            for heading, members in words.spending_groups()
        ],
        "rows": [_card(number, row, wrong=wrong) for number, row in enumerate(debts)],
    }


def _people(answers: Mapping[str, Any], name: str) -> int:
    text = as_text(answers.get(name))
    return min(int(text), 30) if text.isdecimal() and len(text) < 4 else 0


def _box(
    category: OutgoingCategory,
    *,
    spent: Mapping[str, Mapping[str, str]],
    wrong: Mapping[str, str],
    usual: Money | None,
) -> dict[str, Any]:
    code = category.value
    row = spent.get(code, {})
    name, often = f"category-{code}", f"often-{code}"
    hint = _("Usual: about %(amount)s a month") % {"amount": usual.display if usual else ""}
    amount = Field(
        name=name,
        label=words.outgoing_name(code),
        value=row.get("amount", ""),
        hint=hint if usual else "",
        problem=wrong.get(name, ""),
    )
    frequency = Field(
        name=often,
        label=_("How often"),
        value=row.get("frequency", ""),
        choices=words.frequency_choices(is_income=False),
    )
    return {"amount": amount, "frequency": frequency, "workings": workings_of(row)}


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

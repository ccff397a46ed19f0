"""What comes in: one row for each source."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.portal import words
from tideover.app.portal.forms.field import Field, Problem, problems_by_name
from tideover.app.portal.forms.rows import read_rows, shown_rows, workings_of

_COLUMNS = ("kind", "name", "amount", "frequency", "since", "until")


def read(post: QueryDict) -> dict[str, Any]:
    """Return what was typed, unchecked; `none` is the tick that there is no income."""
    return {
        "items": read_rows(post, "items", columns=_COLUMNS),
        "none": post.get("none", ""),
    }


def missing(answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return the one thing that is wrong when there is neither a row nor the tick."""
    if answers["items"] or answers["none"]:
        return ()
    return (Problem("items.0.amount", _("Put in one income, or tick that there is none now.")),)


def shown(
    answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
) -> dict[str, Any]:
    """Return a card for each source, with an empty one to start or when one was asked for."""
    wrong = problems_by_name(problems)
    rows = shown_rows(answers.get("items", ()), at_least=1, is_adding=is_adding == "items")
    # A section stored without rows means that the tick was given.
    is_none = answers.get("none", "yes" if "items" in answers and not answers["items"] else "")
    return {
        "rows": [_card(number, row, wrong=wrong) for number, row in enumerate(rows)],
        "fields": {
            "none": Field(
                name="none", label=_("Nothing comes in at the moment"), value=str(is_none)
            )
        },
    }


def _card(number: int, row: Mapping[str, str], *, wrong: Mapping[str, str]) -> dict[str, Any]:
    def question(column: str, label: str, **more: Any) -> Field:
        name = f"items-{number}-{column}"
        value = row.get(column, "")
        return Field(name=name, label=label, value=value, problem=wrong.get(name, ""), **more)

    return {
        "has_days": bool(row.get("since") or row.get("until")),
        "kind": question("kind", _("Kind of income"), choices=words.income_choices()),
        "name": question(
            "name", _("Where from"), hint=_("For example the employer, or whose pension it is.")
        ),
        "amount": question("amount", _("How much reaches you, after tax")),
        "frequency": question(
            "frequency", _("How often"), choices=words.frequency_choices(is_income=True)
        ),
        "workings": workings_of(row),
        "since": question("since", _("From"), is_optional=True),
        "until": question("until", _("Until"), is_optional=True),
    }

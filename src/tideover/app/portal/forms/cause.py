"""What happened: the cause, since when, and whether it will pass."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.portal import words
from tideover.app.portal.forms.dates import day_parts, read_day
from tideover.app.portal.forms.field import Field, Problem, problems_by_name
from tideover.app.portal.forms.rows import as_text


def read(post: QueryDict) -> dict[str, Any]:
    """Return what was typed, unchecked, in the shape that `save_section` takes."""
    return {
        "cause": post.get("cause", ""),
        "since": read_day(post, "since"),
        "outlook": post.get("outlook", ""),
        "expects_recovery_on": read_day(post, "expects_recovery_on"),
        "note": post.get("note", "").strip(),
    }


def shown(
    answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
) -> dict[str, Any]:
    """Return the questions with what was answered and what is wrong with it."""
    value = {key: as_text(answer) for key, answer in answers.items()}
    wrong = problems_by_name(problems)

    def question(name: str, label: str, **more: Any) -> Field:
        given = value.get(name, "")
        return Field(name=name, label=label, value=given, problem=wrong.get(name, ""), **more)

    return {
        "fields": {
            "cause": question("cause", _("Which comes closest?"), choices=words.cause_choices()),
            "since": question(
                "since",
                _("Since when?"),
                hint=_(
                    "Roughly is enough, for example 2026\N{NO-BREAK SPACE}10\N{NO-BREAK SPACE}15."
                ),
                parts=day_parts(value.get("since", "")),
            ),
            "outlook": question(
                "outlook", _("Will it pass?"), choices=words.outlook_choices(), is_optional=True
            ),
            "expects_recovery_on": question(
                "expects_recovery_on",
                _("When do you expect it to get better?"),
                hint=_("Leave it empty if you cannot say. That is quite all right."),
                parts=day_parts(value.get("expects_recovery_on", "")),
                is_optional=True,
            ),
            "note": question(
                "note",
                _("In your words"),
                hint=_("One sentence is enough. You need not tell what you would rather keep."),
                is_optional=True,
            ),
        }
    }

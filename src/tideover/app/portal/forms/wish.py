"""What would help: one wish, and the figure the borrower has in mind."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.portal import words
from tideover.app.portal.forms.field import Field, Problem, problems_by_name
from tideover.app.portal.forms.rows import as_text

_NAMES = ("kind", "monthly", "pause_months", "lump_sum", "note")


def read(post: QueryDict) -> dict[str, Any]:
    """Return what was typed, unchecked."""
    return {name: post.get(name, "").strip() for name in _NAMES}


def shown(
    answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
) -> dict[str, Any]:
    """Return the questions with what was answered and what is wrong with it."""
    wrong = problems_by_name(problems)

    def question(name: str, label: str, **more: Any) -> Field:
        value = as_text(answers.get(name))
        return Field(name=name, label=label, value=value, problem=wrong.get(name, ""), **more)

    return {
        "fields": {
            "kind": question("kind", _("What would help most?"), choices=words.wish_choices()),
            "monthly": question(
                "monthly",
                _("How much could you pay each month?"),
                hint=_("Only what is left after what you need to live. We check it with you."),
                is_optional=True,
            ),
            "pause_months": question(
                "pause_months",
                _("How many months without a payment?"),
                hint=_("Only if you would like to pause. Interest goes on in that time."),
                is_optional=True,
                affix=_("months"),
            ),
            "lump_sum": question(
                "lump_sum",
                _("How much could you pay at once to be done?"),
                hint=_(
                    "Only if you would like to settle. Keep back what you need to live for a month."
                ),
                is_optional=True,
            ),
            "note": question("note", _("Anything else about it"), is_optional=True),
        }
    }

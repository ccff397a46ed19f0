"""Anything we should know: what makes things harder, and how to reach the borrower best."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.portal import words
from tideover.app.portal.forms.field import Field, Problem, problems_by_name
from tideover.app.portal.forms.rows import as_text

_NAMES = ("channel", "time", "support", "note")


def read(post: QueryDict) -> dict[str, Any]:
    """Return what was ticked and typed, unchecked."""
    typed = {name: post.get(name, "").strip() for name in _NAMES}
    return {"needs": post.getlist("needs"), **typed}


def shown(
    answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
) -> dict[str, Any]:
    """Return the questions with what was answered; all of them may be left open."""
    wrong = problems_by_name(problems)

    def question(name: str, label: str, **more: Any) -> Field:
        value = as_text(answers.get(name))
        return Field(name=name, label=label, value=value, problem=wrong.get(name, ""), **more)

    return {
        "fields": {
            "needs": question(
                "needs",
                _("Does any of this make it harder?"),
                choices=words.need_choices(),
                picked=tuple(answers.get("needs", ())),
                hint=_("Tick what fits, or nothing."),
            ),
            "channel": question(
                "channel", _("How should we reach you?"), choices=words.channel_choices()
            ),
            "time": question("time", _("When?"), choices=words.hour_choices()),
            "support": question(
                "support",
                _("Does somebody help you with this?"),
                hint=_("A name and how you know them. We speak to them only when you say so."),
                is_optional=True,
            ),
            "note": question("note", _("Anything else"), is_optional=True),
        }
    }

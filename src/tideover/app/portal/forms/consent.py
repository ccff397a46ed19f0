"""Two consents, each its own tick: the household's figures, and papers that touch the private."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.portal.forms.field import Field, Problem, problems_by_name
from tideover.app.portal.forms.rows import as_text

_NAMES = ("accounts", "sensitive")


def read(post: QueryDict) -> dict[str, Any]:
    """Return what was ticked."""
    return {name: post.get(name, "") for name in _NAMES}


def shown(
    answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
) -> dict[str, Any]:
    """Return the two ticks."""
    wrong = problems_by_name(problems)

    def tick(name: str, label: str, hint: str) -> Field:
        value = as_text(answers.get(name))
        return Field(name=name, label=label, value=value, hint=hint, problem=wrong.get(name, ""))

    return {
        "fields": {
            "accounts": tick(
                "accounts",
                _("I agree that you work with my loan, income and spending for this request"),
                _("Without this we cannot find a plan here. By phone a person does it with you."),
            ),
            "sensitive": tick(
                "sensitive",
                _("I also agree that you read papers about health or family, if I upload any"),
                _("You can leave this open. We ask again when such a paper would help."),
            ),
        }
    }

"""One question on a page, ready for its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tideover.app.portal.words import Choice
from tideover.money import Refusal

#: Refusals whose own words speak to staff: what a borrower reads in their place.
_KINDER: Mapping[str, Promise] = {
    "command-not-allowed": _(
        "Your request has moved on since you opened this page. Look where it stands."
    ),
    "key-reused": _(
        "This page was already sent with other content. Open it again and send it from there."
    ),
    "key-missing": _("Something was lost on the way. Open the page again and send it from there."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence about one field, shown beside it and in the summary on top."""

    path: str
    message: str

    @property
    def field_id(self) -> str:
        """The id of the element that the summary's link jumps to."""
        return field_id(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A question: `name` is the form name and, with dots for dashes, the path of its problems."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    problem: str = ""
    choices: tuple[Choice, ...] = ()
    autocomplete: str = "off"
    is_optional: bool = False
    affix: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    picked: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its control, unique on the page."""
        return f"id_{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of its hint and its problem, as `aria-describedby` wants them."""
        ids = (f"{self.id}-hint" if self.hint else "", f"{self.id}-problem" if self.problem else "")
        return " ".join(one for one in ids if one)


def field_id(path: str) -> str:
    """Return the element id of the field whose problem path is `path` ("items.0.monthly")."""
    return f"id_{path.replace('.', '-')}"


def problem_of(path: str, refusal: Refusal) -> Problem:
    """Return `refusal` as the sentence for the reader's language."""
    if refusal.code in _KINDER:
        return Problem(path, str(_KINDER[refusal.code]))
    is_chinese = (get_language() or "zh").startswith("zh")
    return Problem(path, refusal.zh if is_chinese else capfirst(str(refusal)))


def problems_by_name(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the sentence for each form name ("items-0-monthly")."""
    return {problem.path.replace(".", "-"): problem.message for problem in problems}

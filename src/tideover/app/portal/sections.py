"""The sections of an application: their order, their forms and where each leads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tideover.app.portal import words
from tideover.app.portal.forms import Problem, cause, income, outgoings, wish


class Shown(Protocol):
    """Draws a section's questions from answers and problems."""

    def __call__(
        self, answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
    ) -> dict[str, Any]:
        """Return the context of the section's template."""
        ...


def _nothing_missing(answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    return ()


def _as_they_are(
    answers: Mapping[str, Any], problems: Iterable[Problem]
) -> tuple[Problem, ...]:
    return tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of questions: how it is read, drawn and introduced."""

    name: str
    read: Callable[[QueryDict], dict[str, Any]]
    shown: Shown
    lead: Promise
    missing: Callable[[Mapping[str, Any]], tuple[Problem, ...]] = _nothing_missing
    placed: Callable[[Mapping[str, Any], Iterable[Problem]], tuple[Problem, ...]] = _as_they_are

    @property
    def template(self) -> str:
        """The template of the page."""
        return f"portal/{self.name}.html"


FORMS: Mapping[str, Section] = {
    one.name: one
    for one in (
        Section(
            name="cause",
            read=cause.read,
            shown=cause.shown,
            lead=gettext_lazy("Say as much as you like. It helps us to find what fits."),
        ),
        Section(
            name="income",
            read=income.read,
            shown=income.shown,
            missing=income.missing,
            lead=gettext_lazy("What reaches you each month, from every source."),
        ),
        Section(
            name="outgoings",
            read=outgoings.read,
            shown=outgoings.shown,
            placed=outgoings.placed,
            lead=gettext_lazy("What you need to live comes before any payment to us."),
        ),
        Section(
            name="wish",
            read=wish.read,
            shown=wish.shown,
            lead=gettext_lazy("We take it as a starting point. You are not bound by it."),
        ),
    )
}

_ORDER = tuple(words.SECTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the task list; without an address it cannot be opened yet."""

    name: str
    url: str
    state: str
    is_done: bool


def address(section: str, *, number: str) -> str:
    """Return the address of a section's page."""
    if section in FORMS:
        return reverse("portal:section", args=[number, section])
    return reverse(f"portal:{section}", args=[number])


def following(section: str) -> str:
    """Return the section that comes after this one."""
    return _ORDER[_ORDER.index(section) + 1]


def step_words(section: str) -> str:
    """Return "Part 2 of 6", so that the end is in sight."""
    return _("Part %(part)d of %(parts)d") % {
        "part": _ORDER.index(section) + 1,
        "parts": len(_ORDER),
    }


def tasks(*, number: str, complete: frozenset[str], has_evidence: bool) -> tuple[Task, ...]:
    """Return the task list: done, not started, optional, or not open yet."""
    is_ready = set(FORMS) <= complete
    listed = [
        Task(
            name=str(words.SECTIONS[name]),
            url=address(name, number=number),
            state=_("Done") if name in complete else _("Not started"),
            is_done=name in complete,
        )
        for name in FORMS
    ]
    listed.append(
        Task(
            name=str(words.SECTIONS["evidence"]),
            url=address("evidence", number=number),
            state=_("Received") if has_evidence else _("Can follow later"),
            is_done=has_evidence,
        )
    )
    listed.append(
        Task(
            name=str(words.SECTIONS["check"]),
            url=address("check", number=number) if is_ready else "",
            state=_("Ready") if is_ready else _("Opens when the parts above are done"),
            is_done=False,
        )
    )
    return tuple(listed)

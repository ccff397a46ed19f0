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
from tideover.app.portal.forms import Problem, cause, consent, contact, income, outgoings, wish
from tideover.app.verbs.application import Draft


class Shown(Protocol):
    """Draws a section's questions from answers and problems."""

    def __call__(
        self, answers: Mapping[str, Any], *, problems: Iterable[Problem], is_adding: str
    ) -> dict[str, Any]:
        """Return the context of the section's template."""
        ...


def _nothing_missing(answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    return ()


def _as_they_are(answers: Mapping[str, Any], problems: Iterable[Problem]) -> tuple[Problem, ...]:
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


#: Asked before everything else, and not a line of the task list.
CONSENT = Section(
    name="consent",
    read=consent.read,
    shown=consent.shown,
    lead=gettext_lazy("Two separate ticks. The first one is needed here, the second is up to you."),
)

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
            name="contact",
            read=contact.read,
            shown=contact.shown,
            lead=gettext_lazy(
                "It only serves to help you better. It does not count in the decision."
            ),
        ),
        Section(
            name="income",
            read=income.read,
            shown=income.shown,
            missing=income.missing,
            lead=gettext_lazy("One card for each source. We work out what it is a month."),
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
#: A request can be sent without it.
_OPTIONAL = frozenset({"contact"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the task list; without an address it cannot be opened yet."""

    name: str
    url: str
    state: str
    is_done: bool


def address(section: str, *, number: str) -> str:
    """Return the address of a section's page."""
    if section in FORMS or section == CONSENT.name:
        return reverse("portal:section", args=[number, section])
    return reverse(f"portal:{section}", args=[number])


def form_of(section: str) -> Section | None:
    """Return the page of questions of this name, None where there is none."""
    return CONSENT if section == CONSENT.name else FORMS.get(section)


def following(section: str) -> str:
    """Return the page that comes after this one; what goes out leads to what is left."""
    if section == CONSENT.name:
        return "tasks"
    if section == "outgoings":
        return "budget"
    return _ORDER[_ORDER.index(section) + 1]


def step_words(section: str) -> str:
    """Return "Part 2 of 6", so that the end is in sight; the consent comes before the parts."""
    if section == CONSENT.name:
        return ""
    return _("Part %(part)d of %(parts)d") % {
        "part": _ORDER.index(section) + 1,
        "parts": len(_ORDER),
    }


def tasks(draft: Draft) -> tuple[Task, ...]:
    """Return the task list: done, begun, not begun, or not open yet."""
    number = draft.case.number
    is_cause_known = bool(draft.needs)
    may_send = is_ready(draft)
    listed = [_task(name, draft=draft, is_open=True) for name in FORMS]
    listed.append(_task("evidence", draft=draft, is_open=is_cause_known))
    listed.append(
        Task(
            name=str(words.SECTIONS["check"]),
            url=address("check", number=number) if may_send else "",
            state=_("Ready") if may_send else _("Opens when the parts above are done"),
            is_done=False,
        )
    )
    return tuple(listed)


def is_ready(draft: Draft) -> bool:
    """Return whether everything needed has been answered."""
    return has_consent(draft) and set(_ORDER[:-1]) - _OPTIONAL <= draft.complete


def has_consent(draft: Draft) -> bool:
    """Return whether the borrower agreed that the figures are worked on here."""
    return bool(draft.sections.get(CONSENT.name, {}).get("accounts"))


def has_budget(draft: Draft) -> bool:
    """Return whether enough was told to say what is left."""
    return {"income", "outgoings"} <= set(draft.sections)


def _task(name: str, *, draft: Draft, is_open: bool) -> Task:
    is_done = name in draft.complete and name not in draft.typed
    if is_done:
        state = _("Done")
    elif name in draft.typed:
        state = _("Begun")
    else:
        state = _("Not begun") if is_open else _("Opens when you have said what happened")
        if name in _OPTIONAL:
            state = _("Not begun, optional")
    return Task(
        name=str(words.SECTIONS[name]),
        url=address(name, number=draft.case.number) if is_open else "",
        state=state,
        is_done=is_done,
    )

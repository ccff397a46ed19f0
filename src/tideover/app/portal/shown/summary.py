"""All answers on one page, each section with its rows, for the last check before sending."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tideover.app.portal import sections, words
from tideover.app.portal.forms.rows import workings_of
from tideover.app.verbs.application import Draft
from tideover.app.verbs.application.knowing import CHANNELS, HOURS, NEEDS, OUTLOOKS
from tideover.money import Money, currency, total

_CNY = currency("CNY")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: a text, an amount or a day."""

    label: str
    text: str = ""
    money: Money | None = None
    when: date | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section of the check, with the way back to change it."""

    heading: Promise
    url: str
    rows: tuple[Row, ...]
    empty_words: str


def parts(draft: Draft) -> tuple[Part, ...]:
    """Return every section in order; evidence by the number of files."""
    rows = {
        "cause": _cause_rows,
        "contact": _contact_rows,
        "income": _income_rows,
        "outgoings": _outgoing_rows,
        "wish": _wish_rows,
    }
    listed = [
        _part(name, draft=draft, rows=tuple(rows[name](draft.sections.get(name, {}))))
        for name in sections.FORMS
    ]
    files = tuple(Row(file.name, _("Received")) for file in draft.evidence)
    return (*listed, _part("evidence", draft=draft, rows=files))


def is_short(draft: Draft) -> bool:
    """Return whether what comes in does not cover what goes out and what others are owed."""
    going = draft.sections.get("outgoings", {})
    spent = _sum([*going.get("items", ()), *going.get("debts", ())])
    return _sum(draft.sections.get("income", {}).get("items", ())) < spent


def _part(name: str, *, draft: Draft, rows: tuple[Row, ...]) -> Part:
    empty = {
        "income": _("Nothing comes in at the moment."),
        "evidence": _("None yet. They can follow later."),
        "contact": _("Nothing. That is quite all right."),
    }
    return Part(
        heading=words.SECTIONS[name],
        url=sections.address(name, number=draft.case.number),
        rows=rows,
        empty_words=empty.get(name, _("Nothing entered.")),
    )


def _cause_rows(answers: Mapping[str, Any]) -> Iterable[Row]:
    yield Row(_("Cause"), words.cause_name(answers.get("cause", "")))
    yield _day_row(_("Since"), answers.get("since"), otherwise=_("Not said"))
    if answers.get("outlook"):
        yield Row(_("Will it pass?"), words.known_as(OUTLOOKS, answers["outlook"]))
    expected = answers.get("expects_recovery_on")
    yield _day_row(_("Should get better"), expected, otherwise=_("Cannot say yet"))
    if answers.get("note"):
        yield Row(_("In your words"), answers["note"])


def _contact_rows(answers: Mapping[str, Any]) -> Iterable[Row]:
    for code in answers.get("needs", ()):
        yield Row(_("To know"), words.known_as(NEEDS, code))
    for name, label, known in (
        ("channel", _("How to reach you"), CHANNELS),
        ("time", _("When would suit you?"), HOURS),
    ):
        if answers.get(name):
            yield Row(label, words.known_as(known, answers[name]))
    if answers.get("support"):
        yield Row(_("Helps you"), answers["support"])
    if answers.get("note"):
        yield Row(_("In your words"), answers["note"])


def _income_rows(answers: Mapping[str, Any]) -> Iterable[Row]:
    items = answers.get("items", ())
    for item in items:
        kind = words.income_name(item.get("kind", ""))
        is_named = item.get("name") and not words.is_income_kind(item["name"])
        label = f"{kind} · {item['name']}" if is_named else kind
        yield Row(label, money=_money(item["monthly"]), hint=workings_of(item))
    if len(items) > 1:
        yield Row(_("In all, a month"), money=_sum(items))


def _outgoing_rows(answers: Mapping[str, Any]) -> Iterable[Row]:
    if not answers:
        return
    adults, children = int(answers.get("adults") or 1), int(answers.get("children") or 0)
    people = [ngettext("%(n)d adult", "%(n)d adults", adults) % {"n": adults}]
    if children:
        people.append(ngettext("%(n)d child", "%(n)d children", children) % {"n": children})
    yield Row(_("Household"), _(", ").join(people))
    for item in answers.get("items", ()):
        label = words.outgoing_name(item["category"])
        yield Row(label, money=_money(item["monthly"]), hint=workings_of(item))
    for debt in answers.get("debts", ()):
        yield Row(_("Debt: %(to)s") % {"to": debt["creditor"]}, money=_money(debt["monthly"]))
    if answers.get("note"):
        yield Row(_("To know"), answers["note"])
    everything = [*answers.get("items", ()), *answers.get("debts", ())]
    if len(everything) > 1:
        yield Row(_("In all, a month"), money=_sum(everything))


def _wish_rows(answers: Mapping[str, Any]) -> Iterable[Row]:
    if not answers:
        return
    yield Row(_("Wish"), words.wish_name(answers.get("kind", "")))
    if answers.get("monthly"):
        yield Row(_("You could pay, a month"), money=_money(answers["monthly"]))
    if answers.get("lump_sum"):
        yield Row(_("You could pay, at once"), money=_money(answers["lump_sum"]))
    if answers.get("pause_months"):
        months = int(answers["pause_months"])
        yield Row(_("Pause"), ngettext("%(n)d month", "%(n)d months", months) % {"n": months})
    if answers.get("note"):
        yield Row(_("To know"), answers["note"])


def _day_row(label: str, text: str | None, *, otherwise: str) -> Row:
    return Row(label, when=date.fromisoformat(text)) if text else Row(label, otherwise)


def _money(text: str) -> Money:
    return Money.parse(text, _CNY)


def _sum(rows: Iterable[Mapping[str, str]]) -> Money:
    return total((_money(row["monthly"]) for row in rows), _CNY)

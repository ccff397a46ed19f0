"""The borrower's answers as labelled rows, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tideover.affordability import (
    CATEGORY_WORDS,
    INCOME_WORDS,
    IncomeKind,
    OutgoingCategory,
)
from tideover.app.verbs.application.knowing import CHANNELS, HOURS, NEEDS
from tideover.app.verbs.assessment import cause_words
from tideover.app.workbench import text
from tideover.money import Money, currency
from tideover.offers import WISH_WORDS, WishKind

Record = Mapping[str, Any]
SECTIONS = ("cause", "income", "outgoings", "wish", "contact")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one section."""

    label: str
    rows: tuple[Row, ...]


def answer_groups(
    sections: Mapping[str, Record], *, only: Sequence[str] = SECTIONS
) -> tuple[Group, ...]:
    """Return the answered sections of `only`, in their order."""
    writers: Mapping[str, tuple[str, Callable[[Record], list[Row]]]] = {
        "cause": (_("The borrower's situation"), _cause),
        "income": (_("Income"), _income),
        "outgoings": (_("Outgoings"), _outgoings),
        "wish": (_("What the borrower wishes"), _wish),
        "contact": (_("How to reach the borrower"), _contact),
    }
    groups = []
    for name in only:
        if sections.get(name):
            label, write = writers[name]
            groups.append(Group(label, tuple(row for row in write(sections[name]) if row.value)))
    return tuple(groups)


def kind_words(code: str) -> str:
    """Return the kind of an income in words."""
    return text.in_words(INCOME_WORDS[IncomeKind(code)]) if code in set(IncomeKind) else code


def category_words(code: str) -> str:
    """Return the category of an outgoing in words."""
    known = code in set(OutgoingCategory)
    return text.in_words(CATEGORY_WORDS[OutgoingCategory(code)]) if known else code


def wish_words(code: str) -> str:
    """Return what the borrower asked for in words."""
    return text.in_words(WISH_WORDS[WishKind(code)]) if code in set(WishKind) else code


def _amount(value: object) -> str:
    if value in (None, ""):
        return ""
    return Money.parse(str(value), currency("CNY")).display


def _day(value: object) -> str:
    return text.short_day(date.fromisoformat(str(value))) if value else ""


def _cause(record: Record) -> list[Row]:
    return [
        Row(_("Cause"), text.in_words(cause_words(str(record.get("cause", ""))))),
        Row(_("Since"), _day(record.get("since"))),
        Row(_("Expects better times from"), _day(record.get("expects_recovery_on"))),
        Row(_("In the borrower's words"), str(record.get("note") or "")),
    ]


def _income(record: Record) -> list[Row]:
    rows = []
    for item in record.get("items", ()):
        name = item.get("name") or kind_words(str(item.get("kind", "")))
        until = _day(item.get("until"))
        amount = _amount(item.get("monthly"))
        shown = _("%(amount)s, until %(day)s") % {"amount": amount, "day": until}
        rows.append(Row(name, shown if until else amount))
    return rows or [Row(_("Income"), _("none"))]


def _outgoings(record: Record) -> list[Row]:
    people = _("%(adults)s adults, %(children)s children") % {
        "adults": record.get("adults", 0),
        "children": record.get("children", 0),
    }
    rows = [Row(_("Household"), people)]
    rows += [
        Row(category_words(str(item.get("category", ""))), _amount(item.get("monthly")))
        for item in record.get("items", ())
    ]
    for debt in record.get("debts", ()):
        label = _("Debt: %(creditor)s") % {"creditor": debt.get("creditor", "")}
        amount = _amount(debt.get("monthly"))
        if debt.get("is_priority"):
            amount = _("%(amount)s, priority") % {"amount": amount}
        rows.append(Row(label, amount))
    return rows


def _wish(record: Record) -> list[Row]:
    pause = record.get("pause_months")
    return [
        Row(_("Wished for"), wish_words(str(record.get("kind", "")))),
        Row(_("Could pay a month"), _amount(record.get("monthly"))),
        Row(_("Could pay at once"), _amount(record.get("lump_sum"))),
        Row(_("Months of pause"), str(pause) if pause else ""),
        Row(_("In the borrower's words"), str(record.get("note") or "")),
    ]


def _contact(record: Record) -> list[Row]:
    needs = [text.in_words(NEEDS[code]) for code in record.get("needs", ()) if code in NEEDS]
    rows = [Row(_("Care needed"), need) for need in needs]
    for name, label, words in (
        ("channel", _("Best reached"), CHANNELS),
        ("time", _("Best time"), HOURS),
    ):
        code = str(record.get(name) or "")
        rows.append(Row(label, text.in_words(words[code]) if code in words else code))
    rows.append(Row(_("Who helps the borrower"), str(record.get("support") or "")))
    rows.append(Row(_("In the borrower's words"), str(record.get("note") or "")))
    return rows

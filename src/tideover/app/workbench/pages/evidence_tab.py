"""Evidence beside the answers it speaks to: the page, what was read on it, and what to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.verbs import assessment, examining
from tideover.app.workbench.pages.answers import answer_groups, category_words, kind_words
from tideover.app.workbench.pages.evidence_words import (
    ISSUER_ANSWERS,
    field_words,
    issuer_answer_words,
    issuer_script,
    kind_of_document,
    refusal_words,
    sureness,
    weight_words,
)
from tideover.evidence.reading import Where
from tideover.money import Money, currency

_WEIGHTS = ("contradiction", "edited", "duplicate", "unread", "note")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the shown page, for the marks over the picture."""

    code: str
    label: str
    left: int
    top: int
    wide: int
    high: int
    is_doubt: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A value or a finding in words, with the page to show it on and its mark there."""

    code: str
    label: str
    text: str
    sure: str
    page: int | None
    settles: str = ""
    is_amount: bool = False
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that a figure can be linked to, and the figures that were."""

    code: str
    label: str
    links: tuple[examining.FigureShown, ...]


def evidence_context(file: assessment.CaseFile, asked: QueryDict) -> dict[str, Any]:
    """Return the file being looked at, its page, and the answers; the first unseen by default."""
    shown = _shown(file, str(asked.get("file", "")))
    pages = shown.pages if shown else 1
    page = min(max(_number(asked, "page", 1), 1), pages)
    context = {
        "shown": shown,
        "page": page,
        "pages": pages,
        "earlier": page - 1 if page > 1 else None,
        "later": page + 1 if page < pages else None,
        "zoom": min(max(_number(asked, "zoom", 1), 1), 4),
        "groups": answer_groups(file.sections),
        "missing": [need for need in file.needs if need.code in file.missing],
        "linkable": _choices(file),
    }
    return context | (_read(file, shown, page=page, spot=asked.get("spot", "")) if shown else {})


def _number(asked: QueryDict, name: str, usual: int) -> int:
    typed = asked.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 5 else usual


def _shown(file: assessment.CaseFile, asked: str) -> assessment.EvidenceItem | None:
    for item in file.evidence:
        if str(item.id) == asked:
            return item
    unseen = [item for item in file.evidence if item.status == "received"]
    return next(iter((*unseen, *file.evidence)), None)


def _read(
    file: assessment.CaseFile, shown: assessment.EvidenceItem, *, page: int, spot: str
) -> dict[str, Any]:
    """Return what the worker read from the file, as words and as marks on the page."""
    report = examining.report_of(file.case, shown.id)
    asked = tuple(
        (issuer_answer_words(one.answer), one)
        for one in examining.issuer_answers(file.case, shown.id)
    )
    context: dict[str, Any] = {
        "report": report,
        "issuer_answers": asked,
        "issuer_choices": [(code, issuer_answer_words(code)) for code in ISSUER_ANSWERS],
        "script": issuer_script(report, label=shown.label),
    }
    if report is None:
        return context
    fields = [
        Told(
            f"f-{one.name}",
            field_words(one.name),
            _amount(one.shown) if one.is_amount else one.shown,
            sureness(one.sure),
            one.where.page if one.where else None,
            is_amount=one.is_amount,
        )
        for one in report.fields
    ]
    ordered = sorted(report.findings, key=lambda one: _WEIGHTS.index(one.weight))
    findings = [
        Told(
            f"d-{at}",
            weight_words(one.weight),
            one.why.zh if _is_chinese() else one.why.en,
            sureness(one.sure),
            one.where.page if one.where else None,
            settles=one.settles.zh if _is_chinese() else one.settles.en,
            is_doubt=one.weight in _WEIGHTS[:3],
        )
        for at, one in enumerate(ordered)
    ]
    places = [*(one.where for one in report.fields), *(one.where for one in ordered)]
    return context | {
        "document": kind_of_document(report.kind),
        "refusal": refusal_words(report.refused),
        "read_fields": fields,
        "findings": findings,
        "spots": _spots([*fields, *findings], places, page=page, chosen=spot),
        "chosen_spot": spot,
    }


def _is_chinese() -> bool:
    from django.utils.translation import get_language

    return (get_language() or "zh").startswith("zh")


def _spots(
    told: Sequence[Told], places: Sequence[Where | None], *, page: int, chosen: str
) -> tuple[Spot, ...]:
    """Return the marks of one page; a place that is the whole page has none."""
    return tuple(
        Spot(
            one.code,
            one.label,
            max(0, where.left - 4),
            max(0, where.top - 4),
            where.right - where.left + 8,
            where.bottom - where.top + 8,
            one.is_doubt,
            one.code == chosen,
        )
        for one, where in zip(told, places, strict=True)
        if where is not None and where.page == page and where.bottom - where.top < 900
    )


def _choices(file: assessment.CaseFile) -> tuple[Choice, ...]:
    """Return the answers with an amount, and which figures bear each out."""
    links = examining.shown_figures(file.case)
    out = []
    for section, part in (("income", "items"), ("outgoings", "items"), ("outgoings", "debts")):
        for at, item in enumerate(file.sections.get(section, {}).get(part, ())):
            if not item.get("monthly"):
                continue
            code = f"{section}.{part}.{at}"
            mine = tuple(one for one in links if one.answer == code)
            label = f"{_label(section, part, item)} {_amount(str(item['monthly']))}"
            out.append(Choice(code, label, mine))
    return tuple(out)


def _amount(value: str) -> str:
    return Money.parse(value, currency("CNY")).display


def _label(section: str, part: str, item: dict[str, Any]) -> str:
    if part == "debts":
        return _("Debt: %(creditor)s") % {"creditor": item.get("creditor", "")}
    if section == "income":
        return str(item.get("name") or kind_words(str(item.get("kind", ""))))
    return category_words(str(item.get("category", "")))

"""The budget desk: every line as stated, as proven and as usual, and what is left by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.verbs import assessment
from tideover.app.verbs.offering.findings import BudgetLine
from tideover.app.workbench import text
from tideover.app.workbench.pages.answers import answer_groups
from tideover.app.workbench.plots import budget_months
from tideover.money import Money, total

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPart:
    """Income, outgoings or debts: the lines with what stands out in words, and their sum."""

    name: str
    label: str
    rows: tuple[tuple[BudgetLine, str, bool], ...]
    stated: Money
    counts: Money


def budget_context(file: assessment.CaseFile, _asked: QueryDict) -> dict[str, Any]:
    """Return the budget, capacity by month, and the answers that explain them."""
    return {
        "parts": budget_parts(file.budget_lines),
        "plot": budget_months(file.capacity[:MONTHS_SHOWN]) if file.capacity else None,
        "groups": answer_groups(file.sections, only=("cause", "wish")),
    }


def budget_parts(lines: Sequence[BudgetLine]) -> tuple[BudgetPart, ...]:
    """Return the lines in their three parts; a part without lines is left out."""
    labels = {
        "income": _("Income a month"),
        "outgoing": _("Outgoings a month"),
        "debt": _("Other debts a month"),
    }
    parts = []
    for name, label in labels.items():
        some = [line for line in lines if line.key.startswith(f"{name}-")]
        if some:
            unit = some[0].stated.currency
            parts.append(
                BudgetPart(
                    name=name,
                    label=label,
                    rows=tuple((line, *difference_of(line)) for line in some),
                    stated=total((line.stated for line in some), unit),
                    counts=total((line.counts for line in some), unit),
                )
            )
    return tuple(parts)


def difference_of(line: BudgetLine) -> tuple[str, bool]:
    """Return what stands out about a line in words, and whether somebody should look at it."""
    if line.proven is not None and line.proven != line.stated:
        amount = text.signed(line.proven - line.stated)
        return _("%(amount)s against what was stated") % {"amount": amount}, True
    if line.usual is not None and line.counts > line.usual:
        amount = (line.counts - line.usual).display
        return _("%(amount)s above what is usual: ask, it may well be right") % {
            "amount": amount
        }, True
    if line.proven is not None:
        return _("proven as stated"), False
    return "", False

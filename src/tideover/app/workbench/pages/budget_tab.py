"""The household's money: what comes in, what must go out, what is left by month."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.affordability import CATEGORY_WORDS, INCOME_WORDS, Household, Income
from tideover.app.verbs import assessment
from tideover.app.workbench import text
from tideover.app.workbench.pages.answers import answer_groups
from tideover.app.workbench.plots import budget_months
from tideover.money import Money, total

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """One line of the budget, a month."""

    label: str
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The budget of a household in rows and sums."""

    incomes: tuple[BudgetRow, ...]
    outgoings: tuple[BudgetRow, ...]
    debts: tuple[BudgetRow, ...]
    income: Money
    outgoing: Money


def budget_context(file: assessment.CaseFile, _asked: QueryDict) -> dict[str, Any]:
    """Return the budget, capacity by month, and the answers that explain them."""
    return {
        "budget": budget_of(file.household) if file.household else None,
        "plot": budget_months(file.capacity[:MONTHS_SHOWN]) if file.capacity else None,
        "groups": answer_groups(file.sections, only=("cause", "wish")),
    }


def budget_of(household: Household) -> Budget:
    """Return `household` as rows; the sums are of everything stated, whatever its dates."""
    currency = household.currency
    return Budget(
        incomes=tuple(
            BudgetRow(
                label=each.name or text.in_words(INCOME_WORDS[each.kind]),
                amount=each.monthly,
                note=_span(each),
            )
            for each in household.incomes
        ),
        outgoings=tuple(
            BudgetRow(label=text.in_words(CATEGORY_WORDS[each.category]), amount=each.monthly)
            for each in household.outgoings
        ),
        debts=tuple(
            BudgetRow(
                label=each.creditor,
                amount=each.monthly,
                note=_("priority") if each.is_priority else "",
            )
            for each in household.other_debts
        ),
        income=total((each.monthly for each in household.incomes), currency),
        outgoing=total((each.monthly for each in household.outgoings), currency),
    )


def _span(income: Income) -> str:
    if income.until is not None:
        return _("until %(day)s") % {"day": text.short_day(income.until)}
    if income.since is not None:
        return _("since %(day)s") % {"day": text.short_day(income.since)}
    return ""

"""Which legal form a plan takes: a table read from the top, the first line that holds (FIRST)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tideover.policy.parameters import Parameters
from tideover.policy.rules import extension_months_max
from tideover.policy.words import Words

__all__ = ["FORM_LINES", "FormFacts", "FormLine", "legal_form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What the form of a plan depends on. Months count whole, a month begun being a month."""

    is_card: bool
    starts_on: date
    original_maturity: date
    original_months: int
    extended_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One line of the table: the form, and when it holds."""

    form: str
    words: Words
    holds: Callable[[FormFacts, Parameters], bool]


def _is_card(facts: FormFacts, _policy: Parameters) -> bool:
    return facts.is_card


def _extends(facts: FormFacts, policy: Parameters) -> bool:
    most = extension_months_max(facts.original_months, policy)
    return 0 < facts.extended_months <= most and facts.starts_on < facts.original_maturity


def _always(_facts: FormFacts, _policy: Parameters) -> bool:
    return True


FORM_LINES: Final = (
    FormLine(
        form="personalised_instalments",
        words=Words("信用卡欠款：个性化分期", "credit card debt: a personalised instalment plan"),
        holds=_is_card,
    ),
    FormLine(
        form="term_extension",
        words=Words(
            "未到期，且延后不超过展期限额：展期",
            "not yet matured, and later within the extension limit: a term extension",
        ),
        holds=_extends,
    ),
    FormLine(
        form="restructure",
        words=Words("其他情形：重组", "everything else: a restructured agreement"),
        holds=_always,
    ),
)


def legal_form(facts: FormFacts, policy: Parameters) -> str:
    """Return the form of the first line that holds; the last one always does."""
    return next(line.form for line in FORM_LINES if line.holds(facts, policy))

"""Which legal form a plan takes: a table read from the top, the first line that holds (FIRST)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tideover.policy.parameters import Parameters
from tideover.policy.renewing import may_renew, renewal_months_max
from tideover.policy.rules import extension_months_max
from tideover.policy.words import Words

__all__ = ["FORM_LINES", "FormFacts", "FormLine", "legal_form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What the form of a plan depends on. Months count whole, a month begun being a month.

    `months_from_start` runs from the day the plan starts to its last due date. `instalments_left`
    are those of the contract that are still unpaid; `is_eased` says that more than time is granted.
    """

    is_card: bool
    starts_on: date
    original_maturity: date
    original_months: int
    extended_months: int
    months_from_start: int = 0
    days_past_due: int = 0
    pause_months: int = 0
    instalments: int = 1
    instalments_left: int = 0
    is_eased: bool = False


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


def _defers(facts: FormFacts, policy: Parameters) -> bool:
    is_moved = facts.pause_months > 0 and facts.instalments <= facts.instalments_left
    return is_moved and _extends(facts, policy)


def _renews(facts: FormFacts, policy: Parameters) -> bool:
    """A renewal lends the same principal anew: nothing is cut, and the old loan ends first."""
    return (
        not facts.is_eased
        and facts.extended_months > 0
        and may_renew(facts, policy)
        and facts.months_from_start <= renewal_months_max(policy)
    )


def _always(_facts: FormFacts, _policy: Parameters) -> bool:
    return True


FORM_LINES: Final = (
    FormLine(
        form="personalised_instalments",
        words=Words("信用卡欠款：个性化分期", "credit card debt: a personalised instalment plan"),
        holds=_is_card,
    ),
    FormLine(
        form="deferral",
        words=Words(
            "先停后还，期数不多于剩余期数，且在展期限额以内：延期还款",
            "a pause, then no more instalments than are left, within the extension limit: a "
            "deferral",
        ),
        holds=_defers,
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
        form="renewal",
        words=Words(
            "临近到期，没有长期逾期，本金不变且不超过续贷期限：续贷",
            "near maturity, not long in arrears, the same principal and within the term of a "
            "renewal: a renewal",
        ),
        holds=_renews,
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

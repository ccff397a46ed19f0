"""The budget as stated and as proven: an agent may hold a line to what papers show, with a reason.

What the borrower wrote is never changed. A finding stands beside it, speaks of exactly these
answers, and counts from then on for what the household can pay. When the borrower changes the
answers, the findings of before are history.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from tideover.affordability import (
    CATEGORY_WORDS,
    INCOME_WORDS,
    Household,
    Income,
    OtherDebt,
    Outgoing,
    OutgoingCategory,
    allowance,
)
from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, BudgetFinding, Case
from tideover.app.verbs.application.answers import household_of
from tideover.app.verbs.application.drafts import Draft, draft_of
from tideover.app.verbs.case.rows import folded, lock_for_staff, note_digest, parameters_of
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.cases import CommandNotAllowed, allowed, record_digest
from tideover.cases.commands import GenerateOffers
from tideover.cases.refusals import NotTheAgent
from tideover.money import CNY, Money, Refusal, currency
from tideover.policy import Words

_SECTIONS = ("income", "outgoings")
_REASON = ("the reason", "理由")


class NoSuchLine(Refusal):
    """The budget has no such line, or the borrower changed the answers meanwhile."""

    code: ClassVar[str] = "no-such-budget-line"

    def __init__(self, line: str) -> None:
        super().__init__(
            f"the budget has no line {line!r} now: the borrower may have changed the answers; "
            "load the page again",
            f"收支表中现在没有这一项（{line}）：借款人可能修改过答案，请刷新页面",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line: what was stated, what was proven (None while nobody said otherwise), what is usual.

    `counts` is what the household is taken to have or to spend.
    """

    key: str
    label: Words
    stated: Money
    proven: Money | None
    usual: Money | None
    reason: str
    by: str
    at: datetime | None

    @property
    def counts(self) -> Money:
        """The amount that offers are judged on."""
        return self.stated if self.proven is None else self.proven


def stated_household(draft: Draft) -> Household | None:
    """The household that the answers describe, None while a section of it is open."""
    income, outgoings = draft.sections.get("income"), draft.sections.get("outgoings")
    if income is None or outgoings is None:
        return None
    return household_of(income, outgoings, currency(draft.case.loan.currency))


def household(draft: Draft) -> Household | None:
    """The household as offers are judged on: the answers, with what was proven otherwise."""
    living = stated_household(draft)
    if living is None:
        return None
    found = {key: finding.proven_minor for key, finding in _latest(draft).items()}
    return _held_to(living, found) if found else living


def lines_of(draft: Draft) -> tuple[BudgetLine, ...]:
    """Every line of the budget: income, outgoings, other debts; nothing while it is open."""
    living = stated_household(draft)
    if living is None:
        return ()
    found, parameters = _latest(draft), parameters_of(draft.case)
    lines = []
    for key, each in _keyed(living).items():
        finding = found.get(key)
        usual = (
            allowance(each.category, household=living, parameters=parameters)
            if isinstance(each, Outgoing)
            else None
        )
        lines.append(
            BudgetLine(
                key=key,
                label=_label(each),
                stated=each.monthly,
                proven=Money(finding.proven_minor, living.currency) if finding else None,
                usual=usual,
                reason=finding.reason if finding else "",
                by=(finding.account.display_name or finding.account.login) if finding else "",
                at=finding.at if finding else None,
            )
        )
    return tuple(lines)


def hold_line(
    agent: Account, number: str, line: str, *, amount: str, reason: str, key: str
) -> None:
    """Say what a line of the budget is proven to be; a reason is needed.

    Raises:
        FieldMissing, UnreadableAmount, TextTooLong: about amount and reason.
        NoSuchLine: the budget has no such line now.
        NotTheAgent, CommandNotAllowed, NotFound.
    """
    raw = {"amount": amount, "reason": reason}
    label = ("the proven amount", "核实金额")
    proven = fields.money(raw, "amount", unit=CNY, label=label)
    words = fields.needed_text(raw, "reason", label=_REASON, length_max=1_000)

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        _demand_open(case, agent)
        _keep(case, agent, line, proven=proven, words=words)
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="offering.hold_line",
        key=key,
        request={
            "case": number,
            "line": line,
            "amount": proven.text,
            "reason": note_digest(words),
        },
    )


def _keep(case: Case, agent: Account, line: str, *, proven: Money, words: str) -> None:
    draft, at = draft_of(case), clock.now()
    living = stated_household(draft)
    if living is None:
        raise NotFound("budget")
    keyed = _keyed(living)
    if line not in keyed:
        raise NoSuchLine(line)
    BudgetFinding.objects.create(
        case=case, account=agent, line=line, answers_digest=_digest(draft),
        proven_minor=proven.minor, reason=words, at=at,
    )  # fmt: skip
    log.append(
        f"budget:{case.number}",
        kind="budget.line.found",
        body={
            "line": line,
            "stated": keyed[line].monthly.text,
            "proven": proven.text,
            "answers": _digest(draft),
            "reason": note_digest(words),
        },
        at=at,
        actor=agent.login,
    )


def _demand_open(case: Case, agent: Account) -> None:
    told = folded(case)
    if GenerateOffers not in allowed(told.state):
        raise CommandNotAllowed(told, GenerateOffers, allowed=allowed(told.state))
    if told.agent != agent.login:
        raise NotTheAgent(told, agent.login)


def _latest(draft: Draft) -> Mapping[str, BudgetFinding]:
    rows = BudgetFinding.objects.filter(case=draft.case, answers_digest=_digest(draft))
    return {one.line: one for one in rows.select_related("account").order_by("at")}


def _digest(draft: Draft) -> str:
    return record_digest({name: draft.sections.get(name) for name in _SECTIONS})


def _keyed(living: Household) -> dict[str, Income | Outgoing | OtherDebt]:
    parts: tuple[tuple[str, tuple[Income | Outgoing | OtherDebt, ...]], ...] = (
        ("income", living.incomes),
        ("outgoing", living.outgoings),
        ("debt", living.other_debts),
    )
    return {f"{name}-{place}": each for name, some in parts for place, each in enumerate(some)}


def _held_to(living: Household, found: Mapping[str, int]) -> Household:
    def amount(key: str, each: Income | Outgoing | OtherDebt) -> Money:
        return Money(found[key], living.currency) if key in found else each.monthly

    return replace(
        living,
        incomes=tuple(
            replace(each, monthly=amount(f"income-{place}", each))
            for place, each in enumerate(living.incomes)
        ),
        outgoings=tuple(
            replace(each, monthly=amount(f"outgoing-{place}", each))
            for place, each in enumerate(living.outgoings)
        ),
        other_debts=tuple(
            replace(each, monthly=amount(f"debt-{place}", each))
            for place, each in enumerate(living.other_debts)
        ),
    )


def _label(each: Income | Outgoing | OtherDebt) -> Words:
    if isinstance(each, Outgoing):
        return CATEGORY_WORDS[OutgoingCategory(each.category)]
    if isinstance(each, OtherDebt):
        return Words(f"其他债务：{each.creditor}", f"Debt: {each.creditor}")
    words = INCOME_WORDS[each.kind]
    return Words(each.name or words.zh, each.name or words.en)

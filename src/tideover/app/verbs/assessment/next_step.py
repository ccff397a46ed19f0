"""The clocks of a case and its next step, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tideover.app import clock
from tideover.app.db.models import Account
from tideover.app.verbs.rights import Right, may
from tideover.cases import Case as CaseFold
from tideover.cases import CaseState, RoundOutcome, Turn, allowed
from tideover.cases.refusals import last_day
from tideover.dates import format_date_en, format_date_zh
from tideover.policy import Words


@dataclass(frozen=True, slots=True)
class Clock:
    """A day that counts, in words, and whether it has passed."""

    label: Words
    value: Words
    is_late: bool


_APPROVER_COMMANDS = frozenset({"Approve", "SendBack"})
_AGENT_COMMANDS = frozenset(
    {
        "MarkEvidence",
        "AskForMore",
        "GenerateOffers",
        "SendOffers",
        "RequestApproval",
        "Decline",
        "AnswerTalk",
    }
)


def clocks_of(told: CaseFold) -> tuple[Clock, ...]:
    """The days that count now."""
    until = last_day(told.table.open_until) if told.table else None
    days = (
        (Words("答复期限", "Answer promised by"), told.answer_by),
        (Words("等借款人补充材料至", "Waiting for evidence until"), told.ask_by),
        (Words("方案有效至", "Offers open until"), until),
    )
    return tuple(_clock(label, day) for label, day in days if day is not None)


def next_step(told: CaseFold) -> Words:
    """What has to happen next, and by whom."""
    if told.has_lapsed(clock.now()):
        return Words(
            "方案已过期，等借款人要求重新计算", "the offers have lapsed; the borrower may ask again"
        )
    latest = told.rounds[-1] if told.rounds else None
    if latest is not None and latest.is_open and told.agent is None:
        return Words("认领：借款人请另一位专员再看", "claim it: another person is asked for")
    if latest is not None and latest.outcome is RoundOutcome.WITH_PERSON and latest.is_open:
        return Words(
            "借款人的提议超出专员权限：查看后提交审批",
            "the borrower's proposal is over the agent's limit: look, then ask for approval",
        )
    if told.wants_to_talk:
        return Words("借款人希望商量，请答复", "the borrower wants to talk: answer")
    if told.asked:
        return Words("等借款人补充材料", "waiting for evidence from the borrower")
    if told.state is CaseState.ASSESSING:
        return _assessing(told)
    return _STEPS[told.state]


def allowed_to(account: Account, told: CaseFold, *, is_free: bool = False) -> frozenset[str]:
    """The names of the commands that this account may give in this state.

    `is_free` says that whoever has the case let the lease run out.
    """
    possible = {command.__name__ for command in allowed(told.state)}
    if may(account, Right.APPROVE):
        makers = {told.requested_by, told.candidates.made_by if told.candidates else None}
        return frozenset(possible & _APPROVER_COMMANDS if account.login not in makers else set())
    if not may(account, Right.WORK_CASES):
        return frozenset()
    if told.agent is None or (is_free and told.agent != account.login):
        may_claim = told.refused_by != account.login
        return frozenset(possible & {"Claim"} if may_claim else set())
    return frozenset(possible & _AGENT_COMMANDS if told.agent == account.login else set())


def _clock(label: Words, day: date) -> Clock:
    words = Words(format_date_zh(day), format_date_en(day))
    return Clock(label, words, clock.today() > day)


def _assessing(told: CaseFold) -> Words:
    if told.agent is None:
        return Words("认领案件", "claim the case")
    if any(file.outcome is None for file in told.evidence):
        return Words("查看材料", "look at the evidence")
    if told.candidates is None:
        return Words("计算方案", "work out offers")
    return Words("选择并发出方案", "choose offers and send them")


_STEPS: Mapping[CaseState, Words] = {
    CaseState.DRAFT: Words("借款人正在填写", "the borrower is filling it in"),
    CaseState.SUBMITTED: Words("认领案件", "claim the case"),
    CaseState.ASSESSING: Words("评估", "assess"),
    CaseState.AWAITING_APPROVAL: Words("等审批人决定", "an approver decides"),
    CaseState.OFFERED: Words("等借款人选择方案", "the borrower chooses"),
    CaseState.AWAITING_SIGNATURE: Words("等借款人签署", "the borrower signs"),
    CaseState.ACTIVE: Words("按新方案还款", "the plan is being paid"),
    CaseState.ENDED: Words("协议已终止", "the agreement has ended"),
    CaseState.SETTLED: Words("已结清", "settled"),
    CaseState.DECLINED: Words("已答复，可复核", "answered; a review can be asked for"),
    CaseState.WITHDRAWN: Words("已撤回", "withdrawn"),
    CaseState.EXPIRED: Words("方案已过期", "the offers have expired"),
}

TURN_WORDS: Mapping[Turn, Words] = {
    Turn.BORROWER: Words("等借款人", "with the borrower"),
    Turn.LENDER: Words("等我们", "with us"),
    Turn.NOBODY: Words("已结束", "over"),
}
"""Who acts now, in words."""

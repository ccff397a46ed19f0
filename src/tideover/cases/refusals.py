"""Why a case cannot take a command now, with the numbers, the dates and the next step."""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from tideover.cases.case import Case
from tideover.cases.commands import Command
from tideover.cases.states import CaseState
from tideover.money import Refusal

STATE_WORDS_ZH = {
    CaseState.DRAFT: "草稿",
    CaseState.SUBMITTED: "已提交",
    CaseState.ASSESSING: "评估中",
    CaseState.AWAITING_APPROVAL: "待审批",
    CaseState.OFFERED: "方案已出",
    CaseState.AWAITING_SIGNATURE: "待签署",
    CaseState.ACTIVE: "已生效",
    CaseState.ENDED: "协议已终止",
    CaseState.SETTLED: "已结清",
    CaseState.DECLINED: "未通过",
    CaseState.WITHDRAWN: "已撤回",
    CaseState.EXPIRED: "方案已过期",
}
"""What a state is called in Chinese."""

SECTION_WORDS = {
    "cause": ("what happened", "我的情况"),
    "income": ("income", "收入"),
    "outgoings": ("outgoings and debts", "支出与其他债务"),
    "wish": ("your wish", "我的想法"),
    "evidence": ("evidence", "证明材料"),
    "contact": ("how to reach you", "联系方式"),
}
"""What a section is called in English and Chinese."""


class UnableToDecide(Refusal):
    """A command reached a case that cannot take it."""

    code: ClassVar[str] = "unable-to-decide"


class CommandNotAllowed(UnableToDecide):
    """The case is in a state that does not listen to this command."""

    code: ClassVar[str] = "command-not-allowed"

    def __init__(
        self, case: Case | None, command: type[Command], *, allowed: Sequence[type[Command]]
    ) -> None:
        self.case = case
        self.command = command
        self.allowed = tuple(allowed)
        names = ", ".join(each.__name__ for each in allowed) or "nothing more"
        who = f"case {case.number} is {case.state.value}" if case else "no case is open yet"
        who_zh = f"案件 {case.number} {STATE_WORDS_ZH[case.state]}" if case else "还没有案件"
        super().__init__(
            f"{who} and cannot take {command.__name__}; it can take: {names}",
            f"{who_zh}，现在不能执行 {command.__name__}；可以执行：{names.replace(', ', '、')}"
            if allowed
            else f"{who_zh}，不能再执行任何操作",
        )


class StaleCase(UnableToDecide):
    """Somebody else moved the case after the reader loaded it."""

    code: ClassVar[str] = "stale-case"

    def __init__(self, case: Case, seen: int) -> None:
        self.case = case
        self.seen = seen
        at = f"{case.last_at:%Y-%m-%d %H:%M} UTC"
        super().__init__(
            f"case {case.number} was read at version {seen} and is now at version {case.version}: "
            f"{case.last_actor} acted at {at}; look at it again, then decide",
            f"案件 {case.number} 打开时是第 {seen} 版，现在是第 {case.version} 版："
            f"{case.last_actor} 已于 {at} 处理；请重新查看后再决定",
        )


class NotComplete(UnableToDecide):
    """The application was handed in with sections missing."""

    code: ClassVar[str] = "not-complete"

    def __init__(self, case: Case) -> None:
        self.missing = case.missing
        words = [SECTION_WORDS[section] for section in case.missing]
        super().__init__(
            f"{len(words)} sections are still open: {', '.join(en for en, _ in words)}; "
            f"fill them in, then send",
            f"还有 {len(words)} 项没有填完：{'、'.join(zh for _, zh in words)}；填完后再提交",
        )


class UnknownEvidence(UnableToDecide):
    """The file is not one of this case."""

    code: ClassVar[str] = "unknown-evidence"

    def __init__(self, case: Case, evidence: str) -> None:
        known = ", ".join(file.evidence for file in case.evidence) or "none"
        super().__init__(
            f"case {case.number} has no file {evidence}; its files: {known}",
            f"案件 {case.number} 没有编号为 {evidence} 的材料；现有：{known}",
        )


class AlreadyClaimed(UnableToDecide):
    """Another agent was quicker."""

    code: ClassVar[str] = "already-claimed"

    def __init__(self, case: Case) -> None:
        self.by = case.agent
        super().__init__(
            f"case {case.number} already belongs to {case.agent}; take the next one",
            f"案件 {case.number} 已由 {case.agent} 认领；请处理下一件",
        )


class ReviewByAnother(UnableToDecide):
    """The one who refused a case takes it on again for its review."""

    code: ClassVar[str] = "review-by-another"

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"case {case.number} was refused by {case.refused_by}; its review needs another agent",
            f"案件 {case.number} 由 {case.refused_by} 作出原决定，复核须由另一位专员进行",
        )


class NotTheAgent(UnableToDecide):
    """Somebody acts on a case that another agent works on."""

    code: ClassVar[str] = "not-the-agent"

    def __init__(self, case: Case, actor: str) -> None:
        super().__init__(
            f"case {case.number} is with {case.agent}, not with {actor}; ask them to act",
            f"案件 {case.number} 由 {case.agent} 负责，不是 {actor}；请联系负责专员处理",
        )


class NoSuchCandidates(UnableToDecide):
    """The offers to send are not among the candidates of the case."""

    code: ClassVar[str] = "no-such-candidates"

    def __init__(self, case: Case, keys: Sequence[str]) -> None:
        known = [offer.key for offer in case.candidates.offers] if case.candidates else []
        asked = ", ".join(keys) or "none"
        super().__init__(
            f"offers asked for: {asked}; candidates of case {case.number}: "
            f"{', '.join(known) or 'none'}; choose among them, or generate offers",
            f"要发送的方案：{'、'.join(keys) or '无'}；案件 {case.number} 的备选方案："
            f"{'、'.join(known) or '无'}；请从中选择，或先生成方案",
        )


class ApprovalNeeded(UnableToDecide):
    """Offers beyond the agent's own limits were about to be sent."""

    code: ClassVar[str] = "approval-needed"

    def __init__(self, case: Case, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(
            f"offers {', '.join(keys)} of case {case.number} are over the agent's limit; "
            f"ask for approval",
            f"案件 {case.number} 的方案 {'、'.join(keys)} 超出专员权限；请提交审批",
        )


class MakerCannotApprove(UnableToDecide):
    """The one who made the offers approves them."""

    code: ClassVar[str] = "maker-cannot-approve"

    def __init__(self, case: Case, actor: str) -> None:
        super().__init__(
            f"the offers of case {case.number} were made by {actor}, who cannot approve them too; "
            f"another approver has to decide",
            f"案件 {case.number} 的方案由 {actor} 提出，不能由同一人审批；请另一位审批人处理",
        )


class OffersAlreadyOver(UnableToDecide):
    """Offers are put on the table with a last moment that has passed."""

    code: ClassVar[str] = "offers-already-over"

    def __init__(self, at: datetime, open_until: datetime) -> None:
        super().__init__(
            f"the offers would be open until {open_until:%Y-%m-%d %H:%M}, "
            f"which is before {at:%Y-%m-%d %H:%M}; choose a later day",
            f"方案有效期到 {open_until:%Y-%m-%d %H:%M}，早于当前时间 {at:%Y-%m-%d %H:%M}；"
            f"请选择更晚的日期",
        )


def last_day(open_until: datetime) -> date:
    """Return the last calendar day on which offers open until this moment can be accepted."""
    return (open_until - timedelta(seconds=1)).date()


class OfferExpired(UnableToDecide):
    """An offer was answered after its last day."""

    code: ClassVar[str] = "offer-expired"

    def __init__(self, case: Case, at: datetime) -> None:
        self.case = case
        day = last_day(case.table.open_until) if case.table else at.date()
        self.last_day = day
        local = at.astimezone(case.table.open_until.tzinfo) if case.table else at
        super().__init__(
            f"the offer was open until the end of {day:%Y-%m-%d} and was answered on "
            f"{local:%Y-%m-%d at %H:%M}; ask us for a new one on today's balance, "
            f"what you sent us stays valid",
            f"这个方案已于 {_day_zh(day)}到期，你在 {_day_zh(local.date())}才答复；"
            f"请让我们按今天的余额重新计算，之前的材料仍然有效",
        )


class OfferNotOnTheTable(UnableToDecide):
    """The offer is not one that the borrower may choose now."""

    code: ClassVar[str] = "offer-not-on-the-table"

    def __init__(self, case: Case, offer_key: str) -> None:
        keys = case.table.offer_keys if case.table else ()
        super().__init__(
            f"offer {offer_key} of case {case.number} is not on the table any more; "
            f"on it: {', '.join(keys) or 'none'}; look at the offers again",
            f"方案 {offer_key} 已不可选；现有方案：{'、'.join(keys) or '无'}；请重新查看方案",
        )


class OffersChanged(UnableToDecide):
    """A proposal answers offers that are not on the table any more."""

    code: ClassVar[str] = "offers-changed"

    def __init__(self, case: Case) -> None:
        keys = case.table.offer_keys if case.table else ()
        super().__init__(
            f"the offers of case {case.number} have changed since this page was opened; now on "
            f"the table: {', '.join(keys) or 'none'}. What you typed is still here: look at the "
            f"offers, then send it again",
            f"打开页面之后，案件 {case.number} 的方案有了变化（现有 {len(keys)} 个）；"
            f"你填写的内容还在，请先看看新的方案，再提交",
        )


class RoundStillOpen(UnableToDecide):
    """Other terms are proposed while a person still looks at the ones before."""

    code: ClassVar[str] = "round-still-open"

    def __init__(self, case: Case, number: int) -> None:
        day = f"{case.answer_by:%Y-%m-%d}" if case.answer_by else "—"
        day_zh = _day_zh(case.answer_by) if case.answer_by else "答复"
        super().__init__(
            f"a person is looking at your proposal {number} and answers by {day}; wait for the "
            f"answer, or take that proposal back first",
            f"专员正在看你的第 {number} 次提议，{day_zh}前答复；请等答复，或先撤回那次提议",
        )


class NoRoundLeft(UnableToDecide):
    """As many rounds were held as the policy gives."""

    code: ClassVar[str] = "no-round-left"

    def __init__(self, case: Case, rounds_max: int) -> None:
        self.rounds_max = rounds_max
        held = len(case.rounds)
        super().__init__(
            f"{held} proposals were answered and {rounds_max} can be; the offers on the table "
            f"stay open: choose one, or write to a person about it",
            f"已经提议 {held} 次，每次申请最多 {rounds_max} 次；现有方案仍然有效，"
            f"你可以从中选择，也可以给专员留言",
        )


class NothingToWithdraw(UnableToDecide):
    """A proposal is taken back that is already answered, or never was."""

    code: ClassVar[str] = "nothing-to-withdraw"

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"no proposal of case {case.number} waits for an answer; look at the answer instead",
            f"案件 {case.number} 没有等待答复的提议；请查看已有的答复",
        )


class NothingToReview(UnableToDecide):
    """Another person is asked for, and there is no answer to look at again."""

    code: ClassVar[str] = "nothing-to-review"

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"no proposal of case {case.number} was answered otherwise than proposed; "
            f"write to your agent instead",
            f"案件 {case.number} 没有需要复核的提议；请给专员留言",
        )


class OffersStillOpen(UnableToDecide):
    """Offers were to be taken off the table before their last day was over."""

    code: ClassVar[str] = "offers-still-open"

    def __init__(self, case: Case) -> None:
        day = f"{last_day(case.table.open_until):%Y-%m-%d}" if case.table else "—"
        super().__init__(
            f"the offers of case {case.number} are open until the end of {day}; wait until then",
            f"案件 {case.number} 的方案到 {day} 才到期；请到期后再处理",
        )


class DisclosureNotShown(UnableToDecide):
    """A document is signed that was not shown as a whole before."""

    code: ClassVar[str] = "disclosure-not-shown"

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"the agreement of case {case.number} has not been shown in this wording; "
            f"read the key facts and the text, then sign",
            f"案件 {case.number} 的协议（当前文本）还没有展示给你；请先阅读要点和全文，再签署",
        )


class ReadingTimeNotOver(UnableToDecide):
    """A document is signed sooner after it was shown than anybody can read it."""

    code: ClassVar[str] = "reading-time-not-over"

    def __init__(self, case: Case, at: datetime) -> None:
        left = (case.signable_from or at) - at
        self.seconds_left = math.ceil(left.total_seconds())
        super().__init__(
            f"the agreement of case {case.number} was opened only just now; take "
            f"{self.seconds_left} more second(s) to read it, then sign",
            f"协议刚刚打开，请再阅读 {self.seconds_left} 秒后签署；不着急，看清楚再签",
        )


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

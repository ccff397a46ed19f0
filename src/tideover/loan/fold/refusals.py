"""What the fold refuses: events that contradict each other or the schedule they change.

None of them depends on what was paid, so a payment that comes to light later is never in the way.
"""

from datetime import date
from typing import ClassVar

from tideover.loan.events import (
    Disbursed,
    DueDateMoved,
    Event,
    InterestPaused,
    RateChanged,
    ReAged,
    Reinstated,
    Reversed,
)
from tideover.money import Refusal


class DuplicateReference(Refusal):
    """Two events of one loan carry the same reference."""

    code: ClassVar[str] = "duplicate-reference"

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"reference {reference!r} is used by two events of this loan: the second is most "
            f"likely the first one sent again; leave it out, or give it a reference of its own",
            f"流水号 {reference!r} 重复：很可能是同一笔业务重复提交；请删除重复项或更换流水号",
        )


class NothingToReverse(Refusal):
    """A reversal names an event that is not there, is later, or is reversed already."""

    code: ClassVar[str] = "nothing-to-reverse"

    def __init__(self, event: Reversed, why: str, why_zh: str) -> None:
        super().__init__(
            f"reversal {event.reference!r} on {event.on} cannot take back {event.of!r}: {why}",
            f"冲正 {event.reference!r}（{event.on}）无法冲正 {event.of!r}：{why_zh}",
        )


class NotDisbursed(Refusal):
    """Something happened to a loan that was not paid out by then."""

    code: ClassVar[str] = "not-disbursed"

    def __init__(self, event: Event | None) -> None:
        what = "the loan has no disbursement"
        what_zh = "该贷款没有放款记录"
        if event is not None:
            what = f"event {event.reference!r} on {event.on} lies before any disbursement"
            what_zh = f"业务 {event.reference!r}（{event.on}）早于放款日"
        super().__init__(
            f"{what}: add the Disbursed event first, or correct the date",
            f"{what_zh}：请先录入放款，或更正日期",
        )


class DisbursedTwice(Refusal):
    """A loan was paid out again, beyond the principal agreed."""

    code: ClassVar[str] = "disbursed-twice"

    def __init__(self, event: Disbursed) -> None:
        super().__init__(
            f"event {event.reference!r} pays the loan out again on {event.on}, beyond the "
            f"principal agreed: reverse the earlier disbursement, or open a loan of its own for "
            f"the second amount",
            f"业务 {event.reference!r} 于 {event.on} 再次放款，超过约定本金："
            f"请先冲正前一笔放款，或另立一笔贷款",
        )


class DisbursedTooLate(Refusal):
    """A tranche was paid out when no instalment was still to come."""

    code: ClassVar[str] = "disbursed-too-late"

    def __init__(self, event: Disbursed) -> None:
        super().__init__(
            f"event {event.reference!r} pays out {event.amount.display} on {event.on}, when no "
            f"instalment falls due any more: re-age the loan first, or open one of its own",
            f"业务 {event.reference!r} 于 {event.on} 放款 {event.amount.display}，"
            f"但其后已无应还期：请先重新起算，或另立一笔贷款",
        )


class PauseEndsTooEarly(Refusal):
    """A pause of interest ends on or before the day it starts."""

    code: ClassVar[str] = "pause-ends-too-early"

    def __init__(self, event: InterestPaused) -> None:
        super().__init__(
            f"the pause {event.reference!r} starts on {event.on} and ends on {event.until}: give "
            f"the day after {event.on} or later, from which interest counts again",
            f"停息 {event.reference!r} 自 {event.on} 起、至 {event.until} 止："
            f"恢复计息日须晚于 {event.on}",
        )


class NoRateToChange(Refusal):
    """The rate of a loan was to be changed that costs a fee and bears no interest."""

    code: ClassVar[str] = "no-rate-to-change"

    def __init__(self, event: RateChanged) -> None:
        super().__init__(
            f"event {event.reference!r} changes the rate on {event.on}, but this loan costs a fee "
            f"an instalment and bears no interest: waive fees instead, or agree a new schedule",
            f"业务 {event.reference!r} 于 {event.on} 调整利率，但该贷款按期收费、不计利息："
            f"请改为减免费用，或重新约定还款计划",
        )


class NothingDueThen(Refusal):
    """A due date was to be moved that no instalment still to come has."""

    code: ClassVar[str] = "nothing-due-then"

    def __init__(self, event: DueDateMoved) -> None:
        super().__init__(
            f"event {event.reference!r} of {event.on} moves the instalment due on {event.due}, and "
            f"none still to come falls due then: give a due date of the schedule after {event.on}",
            f"业务 {event.reference!r}（{event.on}）调整 {event.due} 的应还日，"
            f"但其后没有该日到期的分期：请填写 {event.on} 之后的应还日",
        )


class DueDateTooEarly(Refusal):
    """A new due date is not after the day or the instalment before it."""

    code: ClassVar[str] = "due-date-too-early"

    def __init__(self, event: DueDateMoved | ReAged, due: date, *, after: date) -> None:
        super().__init__(
            f"event {event.reference!r} of {event.on} lets an instalment fall due on {due}: give a "
            f"day after {after}",
            f"业务 {event.reference!r}（{event.on}）的应还日 {due} 过早：请填写 {after} 之后的日期",
        )


class NotEnded(Refusal):
    """A contract was to go on that nobody had ended."""

    code: ClassVar[str] = "not-ended"

    def __init__(self, event: Reinstated) -> None:
        super().__init__(
            f"event {event.reference!r} of {event.on} lets the contract go on, but it was not "
            f"ended before: record the Accelerated event first, or leave this one out",
            f"业务 {event.reference!r}（{event.on}）恢复合同，但此前并未提前到期："
            f"请先录入提前到期，或删除该业务",
        )

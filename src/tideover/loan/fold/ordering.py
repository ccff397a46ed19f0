"""Which events count on a day, and in which order.

Events are ordered by effective day, then by their place in the sequence; the disbursement comes
before everything else of its day, and payments that follow each other on one day are taken by
reference, so that the order in which they arrived makes no difference.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import ClassVar

from tideover.loan.events import Charged, Disbursed, Event, Paid, Restructured, Reversed, Waived
from tideover.money import Currency, CurrencyMismatch, Money, NegativeAmount, Refusal

Counted = Disbursed | Paid | Charged | Waived | Restructured


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
    """A loan was paid out a second time."""

    code: ClassVar[str] = "disbursed-twice"

    def __init__(self, event: Disbursed) -> None:
        super().__init__(
            f"event {event.reference!r} pays the loan out again on {event.on}: reverse the earlier "
            f"disbursement, or open a loan of its own for the second amount",
            f"业务 {event.reference!r} 于 {event.on} 再次放款：请先冲正前一笔放款，或另立一笔贷款",
        )


def events_in_force(
    events: Sequence[Event], *, on: date, currency: Currency
) -> tuple[Counted, ...]:
    """Return the events that count on the day `on`, in order, without those taken back.

    Raises:
        DuplicateReference: two events share a reference.
        NothingToReverse: a reversal of nothing, of something later, or a second one.
        NegativeAmount, CurrencyMismatch: an amount below zero or in another currency.
    """
    _check(events, currency)
    until = [event for event in events if event.on <= on]
    taken_back = _taken_back(until)
    counted = [
        event
        for event in until
        if not isinstance(event, Reversed) and event.reference not in taken_back
    ]
    counted.sort(key=lambda event: (event.on, not isinstance(event, Disbursed)))
    return tuple(_payments_by_reference(counted))


def _check(events: Sequence[Event], currency: Currency) -> None:
    seen: set[str] = set()
    for event in events:
        if event.reference in seen:
            raise DuplicateReference(event.reference)
        seen.add(event.reference)
        if isinstance(event, Reversed | Restructured):
            continue
        if event.amount.currency != currency:
            raise CurrencyMismatch(event.amount, Money.zero(currency))
        if event.amount.minor < 0:
            raise NegativeAmount(event.amount, f"the amount of event {event.reference!r}")


def _taken_back(events: Sequence[Event]) -> frozenset[str]:
    """The references taken back: a reversal can itself be reversed, which restores the event."""
    by_reference = {event.reference: event for event in events}
    live: dict[str, Reversed] = {}
    reversals = [event for event in events if isinstance(event, Reversed)]
    # The latest first: a reversal that was itself taken back takes nothing back any more.
    for reversal in sorted(reversals, key=lambda event: event.on)[::-1]:
        if reversal.reference in live:
            continue
        target = by_reference.get(reversal.of)
        if target is None or target.on > reversal.on:
            raise NothingToReverse(
                reversal,
                "no such event by then; check the reference",
                "当时没有这笔业务；请核对流水号",
            )
        if reversal.of in live:
            raise NothingToReverse(
                reversal,
                f"it was taken back by {live[reversal.of].reference!r}",
                f"已被 {live[reversal.of].reference!r} 冲正",
            )
        live[reversal.of] = reversal
    return frozenset(live)


def _payments_by_reference(events: Sequence[Counted]) -> Iterator[Counted]:
    for _, run in groupby(events, key=lambda event: (event.on, isinstance(event, Paid))):
        same_day = tuple(run)
        if isinstance(same_day[0], Paid):
            same_day = tuple(sorted(same_day, key=lambda event: event.reference))
        yield from same_day

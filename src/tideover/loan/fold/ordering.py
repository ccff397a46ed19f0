"""Which events count on a day, and in which order.

Events are ordered by effective day, then by their place in the sequence; the disbursement comes
before everything else of its day, and payments that follow each other on one day are taken by
reference, so that the order in which they arrived makes no difference.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from tideover.loan.components import Component
from tideover.loan.events import (
    Change,
    Charged,
    Disbursed,
    Event,
    Paid,
    PrincipalForgiven,
    Refunded,
    Restructured,
    Reversed,
    Settled,
    Waived,
)
from tideover.loan.fold.refusals import DuplicateReference, NothingToReverse
from tideover.money import Currency, CurrencyMismatch, Money, NegativeAmount

Counted = Disbursed | Paid | Refunded | Charged | Waived | Restructured | Change

_OF_MONEY: Final = (Disbursed, Paid, Refunded, Charged, Waived, PrincipalForgiven)


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
        for amount in _amounts(event):
            if amount.currency != currency:
                raise CurrencyMismatch(amount, Money.zero(currency))
            if amount.minor < 0:
                raise NegativeAmount(amount, f"the amount of event {event.reference!r}")


def _amounts(event: Event) -> tuple[Money, ...]:
    if isinstance(event, _OF_MONEY):
        return (event.amount,)
    if isinstance(event, Settled):
        return tuple(event.waived.get(component) for component in Component)
    return ()


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
        if target is None or target is reversal or target.on > reversal.on:
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

"""What it takes to be done with a plan early, for any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tideover.loan import Components, Event, LoanTerms, loan_state
from tideover.money import Money, Refusal


class QuoteBeforeEvents(Refusal):
    """A quote was asked for a day before the loan's newest event."""

    code: ClassVar[str] = "quote-before-events"

    def __init__(self, day: date, *, latest: date) -> None:
        super().__init__(
            f"a quote for {day} lies before what happened on {latest}; ask for {latest} or later",
            f"{day} 早于最近一次入账 {latest}；请选择 {latest} 或之后的日期",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementQuote:
    """What closes the loan on a day, told apart, and what that saves.

    `amount` is the one payment that closes it: `parts` less `held`, money already paid in advance
    for interest that would not be earned. `saved` is interest and fees the plan would still take.
    """

    on: date
    amount: Money
    parts: Components
    held: Money
    saved: Money


def settlement_quote(terms: LoanTerms, events: Sequence[Event], *, on: date) -> SettlementQuote:
    """Return the quote for a day, payments of that day not yet in.

    Raises:
        QuoteBeforeEvents: something happened after that day.
    """
    latest = max(event.on for event in events)
    if on < latest:
        raise QuoteBeforeEvents(on, latest=latest)
    state = loan_state(terms, events, on)
    none = Components.zero(terms.currency)
    kept = sum((line.remaining for line in state.lines), start=none)
    later = kept.total - state.payoff
    return SettlementQuote(
        on=on,
        amount=state.payoff,
        parts=state.outstanding,
        held=state.outstanding.total - state.payoff,
        saved=Money(max(later.minor, 0), terms.currency),
    )

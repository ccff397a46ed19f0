"""What ending a broken agreement does: what comes back, what falls due, event by event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tideover.loan import (
    Accelerated,
    Charged,
    Component,
    Components,
    Event,
    LoanTerms,
    Restructured,
    loan_state,
)
from tideover.options import LegalForm

REINSTATED = "reinstated"
#: Principal that was given up was given up for good, but for a settlement that was not paid.
_COMES_BACK = (Component.INTEREST, Component.PENALTY, Component.FEE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of an agreement as it can be shown before anybody decides.

    `before` is what is owed under the plan on the day, `reinstated` what was waived and comes back,
    `after` what then falls due at once: `before` and `reinstated` together. `events` book it.
    """

    on: date
    before: Components
    reinstated: Components
    after: Components
    events: tuple[Event, ...]


def ending(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    on: date,
    reference: str,
    concessions_lost: bool,
) -> Ending:
    """Return what ending the agreement that is the newest restructure of `events` would do.

    With `concessions_lost` the interest, penalty and fees it waived are charged again, exactly as
    stated when it was signed; without, nothing comes back. Principal waived never does, but for a
    settlement: its remainder was given up for a sum that did not come, so all of it comes back,
    whatever the policy, and what was paid stays paid.
    """
    none = Components.zero(terms.currency)
    waived = none
    agreed = [event for event in events if isinstance(event, Restructured)]
    newest = max(agreed, key=lambda event: event.on, default=None)
    is_settlement = newest is not None and newest.legal_form == LegalForm.SETTLEMENT
    back = tuple(Component) if is_settlement else _COMES_BACK
    if newest is not None and (concessions_lost or is_settlement):
        waived = Components.of({part: newest.waived.get(part) for part in back}, terms.currency)
    charges = tuple(
        Charged(on, f"{reference}-{part.value}", part, waived.get(part), REINSTATED)
        for part in back
        if waived.get(part)
    )
    made: tuple[Event, ...] = (*charges, Accelerated(on, f"{reference}-due", "breach"))
    return Ending(
        on=on,
        before=loan_state(terms, events, on).outstanding,
        reinstated=waived,
        after=loan_state(terms, (*events, *made), on).outstanding,
        events=made,
    )

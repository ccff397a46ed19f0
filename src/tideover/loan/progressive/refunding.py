"""Interest given back with a refund: what the refunded part of the loan has borne."""

from collections.abc import Sequence
from datetime import date

from tideover.loan.events import Disbursed, Paid
from tideover.loan.progressive.events import Credited, ProjectedEvent
from tideover.loan.projection import Projection, until
from tideover.money import Money


def interest_by(projection: Projection, on: date) -> int:
    """Return the interest of all windows that has accrued by a day, paid or not."""
    return sum(figure.interest for figure in until(projection, on).figures)


def as_if_never_lent(
    events: Sequence[ProjectedEvent], kinds: frozenset[str]
) -> list[ProjectedEvent]:
    """Return the events as if what was refunded had been paid back the day it was paid out."""
    refunds = [e for e in events if isinstance(e, Credited) and e.kind in kinds]
    left = sum(refund.amount.minor for refund in refunds)
    changed: list[ProjectedEvent] = []
    for event in events:
        if event in refunds:
            continue
        changed.append(event)
        if isinstance(event, Disbursed) and left:
            taken = min(left, event.amount.minor)
            left -= taken
            amount = Money(taken, event.amount.currency)
            changed.append(Paid(event.on, f"{event.reference} refunded", amount))
    return changed

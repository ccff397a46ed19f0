"""What holds of every state of a loan whose schedule follows the money, whatever happened to it."""

from collections.abc import Iterator, Sequence

from tideover.loan import Component, Disbursed, Paid
from tideover.loan.progressive import Credited, PaidBack, ProjectedEvent, ProjectedState


def out_of_order(found: ProjectedState, events: Sequence[ProjectedEvent]) -> Iterator[str]:
    """What is wrong with a state, in words."""
    lent = sum(e.amount.minor for e in events if isinstance(e, Disbursed))
    back = sum(e.amount.minor for e in events if isinstance(e, PaidBack))
    came = sum(e.amount.minor for e in events if isinstance(e, Paid | Credited))
    principal = found.charged.principal.minor
    if not lent <= principal <= lent + back:
        yield f"principal {principal} of {lent} lent and {back} paid back"
    kept = found.paid.total.minor + found.overpaid.minor
    if kept not in (came, came - back) and not came - back <= kept <= came:
        yield f"{kept} kept of {came} that came in"
    if found.overpaid and found.outstanding.total:
        yield "overpaid and outstanding at once"
    if found.payoff > found.outstanding.total:
        yield f"the payoff {found.payoff} exceeds the open rows {found.outstanding.total}"
    if found.rows[-1].closing_balance:
        yield "the last row leaves a balance"
    dues = [row.due_date for row in found.rows]
    if dues != sorted(dues):
        yield "due dates out of order"
    for row in found.rows:
        for part in Component:
            if not 0 <= row.paid.get(part).minor <= row.charged.get(part).minor:
                yield f"row {row.number}: {part} paid {row.paid.get(part)} of {row.charged}"

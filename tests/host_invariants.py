"""What holds of every state of a loan whose schedule follows the money, whatever happened to it."""

from collections.abc import Iterator, Sequence

from tideover.loan import Component, Disbursed, Paid
from tideover.loan.progressive import ChargeDue, Credited, PaidBack, ProjectedEvent, ProjectedState


def out_of_order(
    found: ProjectedState, events: Sequence[ProjectedEvent], *, closes_at_rest: bool = False
) -> Iterator[str]:
    """What is wrong with a state, in words.

    With `closes_at_rest` the payoff counts interest of what is late to the due date, rows to the
    day itself: it may be more than they ask.
    """
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
    is_late = any(row.due_date < found.on and row.outstanding.total for row in found.rows)
    if found.payoff > found.outstanding.total and not (closes_at_rest and is_late):
        yield f"the payoff {found.payoff} exceeds the open rows {found.outstanding.total}"
    if found.rows[-1].closing_balance:
        yield "the last row leaves a balance"
    dues = [row.due_date for row in found.rows]
    if dues != sorted(dues):
        yield "due dates out of order"
    yield from _charges_out_of_order(found, events)
    if lent == principal and sum(isinstance(e, Disbursed) for e in events) == 1:
        yield from _balances_out_of_order(found, lent)
    yield from _rows_out_of_order(found)


def _rows_out_of_order(found: ProjectedState) -> Iterator[str]:
    """No row is paid above what it asks, met and open at once, or neither."""
    for row in found.rows:
        if row.met_on and row.outstanding.total:
            yield f"row {row.number}: met on {row.met_on} and {row.outstanding} is open"
        if row.paid.total and not row.outstanding.total and row.met_on is None:
            yield f"row {row.number}: nothing of it is open, and it is not met"
        if row.paid_in_advance + row.paid_late > row.paid.total:
            yield f"row {row.number}: more was paid in advance or late than was paid"
        for part in Component:
            if not 0 <= row.paid.get(part).minor <= row.charged.get(part).minor:
                yield f"row {row.number}: {part} paid {row.paid.get(part)} of {row.charged}"


def _charges_out_of_order(found: ProjectedState, events: Sequence[ProjectedEvent]) -> Iterator[str]:
    """Every fee and penalty is asked once."""
    for part in (Component.FEE, Component.PENALTY):
        charged = [e for e in events if isinstance(e, ChargeDue) and e.component is part]
        asked, due = found.charged.get(part).minor, sum(one.amount.minor for one in charged)
        if asked != due:
            yield f"{part}: {asked} asked of {due}"


def _balances_out_of_order(found: ProjectedState, lent: int) -> Iterator[str]:
    """Each row leaves what was lent less the principal asked so far; plain rows follow on."""
    for row in found.rows:
        lent -= row.charged.principal.minor
        if row.closing_balance.minor != max(lent, 0):
            yield f"row {row.number}: leaves {row.closing_balance}, not {lent}"
    ends = {found.rows[0].start}
    for row in found.rows:
        if row.start < row.due_date and row.start not in ends:
            yield f"row {row.number}: starts on {row.start}, where no row before it ends"
        ends.add(row.due_date)

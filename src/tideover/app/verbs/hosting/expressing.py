"""Whether the core can book what is about to be offered, and would make the same of it."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from tideover.app.host import HostLine, core
from tideover.money import Refusal
from tideover.options import Proposal
from tideover.policy import Words


class HostCannotBook(Refusal):
    """The core has no operations for the plan, so it cannot be offered."""

    code: ClassVar[str] = "host-cannot-book"

    def __init__(self, name: str, reasons: Sequence[Words]) -> None:
        super().__init__(
            f"{name} cannot book this plan: " + "; ".join(one.en for one in reasons),
            f"{name} 无法为此方案入账：" + "；".join(one.zh for one in reasons),
        )


class HostDisagrees(Refusal):
    """The core would make another schedule of it than the borrower would sign."""

    code: ClassVar[str] = "host-disagrees"

    def __init__(self, name: str, ours: HostLine | None, theirs: HostLine | None) -> None:
        super().__init__(
            f"{name} would ask for {_told(theirs)} where the plan says {_told(ours)}: work the "
            "offers out again after the loan was compared with the core, or choose another plan",
            f"方案为 {_told(ours)}，而 {name} 会是 {_told(theirs)}：请先核对核心系统中的贷款，"
            "重新计算方案，或改选其他方案。",
        )


def remarks(proposal: Proposal) -> tuple[Words, ...]:
    """What an agent should know of the core before offering this; asks nobody.

    The reasons when the core cannot book it at all.
    """
    said = core().express(proposal)
    return said.reasons or said.remarks


def demand_bookable(reference: str, proposals: Sequence[Proposal]) -> None:
    """See before an offer is made that the core can book it, and previews the same instalments.

    Call it outside a transaction: the core may take its time. Preview and plan may differ by a
    minor unit an instalment, which is how two systems round, and by the sum of that in the last.
    Whatever they differ by after booking is kept and shown.

    Raises HostCannotBook, HostDisagrees, HostUnreachable, HostRefused, NotInHost.
    """
    host = core()
    if not host.is_elsewhere:
        return
    for proposal in proposals:
        said = host.express(proposal)
        if not said.is_possible:
            raise HostCannotBook(host.name, said.reasons)
        previewed = host.preview(reference, said.operations)
        if previewed is not None:
            _compare(host.name, lines_of(proposal), previewed)


def _compare(name: str, ours: Sequence[HostLine], theirs: Sequence[HostLine]) -> None:
    for place, (own, other) in enumerate(zip_longest(ours, theirs), start=1):
        if own is None or other is None or own.due_date != other.due_date:
            raise HostDisagrees(name, own, other)
        apart = abs(own.amount.minor - other.amount.minor)
        if apart > (len(ours) if place == len(ours) else 1):
            raise HostDisagrees(name, own, other)


def lines_of(proposal: Proposal) -> tuple[HostLine, ...]:
    """The instalments of a plan as a core would list them."""
    return tuple(HostLine(due.line.due_date, due.amount) for due in proposal.due_lines)


def _told(line: HostLine | None) -> str:
    return f"{line.amount.display} ({line.due_date})" if line is not None else "—"

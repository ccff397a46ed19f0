"""Plans of other lengths than the offers, worked out by the same engine, for the frontier plot."""

from collections.abc import Iterable, Sequence

from tideover.app.workbench import text
from tideover.app.workbench.plots import FrontierPoint
from tideover.loan import LoanState, LoanTerms
from tideover.money import Money, Refusal, total
from tideover.offers import Offer
from tideover.options import ArrearsTreatment, Proposal, restructure

POINTS_MAX = 12
LONGER_BY = 6


def frontier_points(
    terms: LoanTerms, state: LoanState, *, offers: Sequence[Offer], shown: Offer
) -> tuple[FrontierPoint, ...]:
    """Return the offers without a pause, and plans between and beyond them, as points.

    `state` is that of the day of the offers: plans of another day would not compare.
    """
    plain = {offer.instalments: offer for offer in offers if offer.key != "pause-first"}
    if not plain:
        return ()
    model = next(iter(plain.values()))
    points = {
        count: FrontierPoint(
            instalments=count,
            payment=offer.payment,
            cost=cost_of(offer.proposal),
            label=text.in_words(offer.label),
            is_shown=offer.key == shown.key,
        )
        for count, offer in plain.items()
    }
    for count in _lengths(plain, contract=terms.instalments):
        point = _between(terms, state, model=model, count=count)
        if count not in points and point is not None:
            points[count] = point
    return tuple(points[count] for count in sorted(points))


def _lengths(offered: Iterable[int], *, contract: int) -> tuple[int, ...]:
    """Return at most a dozen lengths from the shortest sensible one to past the longest offer."""
    shortest = max(2, min(*offered, contract) // 2)
    longest = max(*offered, contract) + LONGER_BY
    step = max(1, -(-(longest - shortest) // POINTS_MAX))
    return tuple(range(shortest, longest + 1, step))


def _between(
    terms: LoanTerms, state: LoanState, *, model: Offer, count: int
) -> FrontierPoint | None:
    change = model.proposal.restructured
    arrears = (
        ArrearsTreatment.CAPITALISE if change.capitalised.total.minor else ArrearsTreatment.CARRY
    )
    try:
        proposal = restructure(
            terms, state, starts_on=change.on, earliest_due=model.earliest_due,
            instalments=count, arrears=arrears, waive=model.waived,
        )  # fmt: skip
    except Refusal:
        # A length that the engine refuses is not on the frontier.
        return None
    return FrontierPoint(
        instalments=count,
        payment=max(each.amount for each in proposal.due_lines),
        cost=cost_of(proposal),
    )


def cost_of(proposal: Proposal) -> Money:
    """Return interest and instalment fees over the whole plan, carried ones included."""
    return total(
        (
            each.line.interest + each.line.fee + each.carried.interest + each.carried.fee
            for each in proposal.due_lines
        ),
        proposal.schedule.currency,
    )

"""The offer studio: candidates side by side, the one looked at in full, and what was refused."""

from datetime import date
from typing import Any

from django.http import QueryDict

from tideover.app.verbs import assessment, hosting
from tideover.app.verbs.offering.answering import COUNTER_KEY
from tideover.app.workbench.pages.frontier_points import frontier_points
from tideover.app.workbench.pages.lender_value import lender_values
from tideover.app.workbench.pages.rounds import rounds_context
from tideover.app.workbench.plots import Plot, before_after, frontier
from tideover.loan import LoanState, Restructured, loan_state
from tideover.money import Money
from tideover.offers import Offer, OfferSet


def offers_context(file: assessment.CaseFile, asked: QueryDict) -> dict[str, Any]:
    """Return the candidates, the one shown in full with its plots, and the refused ones."""
    if file.offer_set is None or not file.offer_set.offers:
        return {"offers": (), "shown": None} | rounds_context(file)
    offers = file.offer_set.offers
    shown = _shown(offers, asked=str(asked.get("offer", "")), file=file)
    capacity = usual_capacity(file.offer_set, shown)
    state = state_before(file, on=file.offer_set.on)
    points = frontier_points(file.terms, state, offers=offers, shown=shown)
    return {
        "offers": offers,
        "shown": shown,
        "capacity": capacity,
        "values": lender_values(state, offers),
        "frontier": frontier(points, capacity=capacity) if len(points) > 1 else None,
        "schedules": schedules_plot(state, shown, capacity=capacity),
        "ticked": ticked(file),
        "is_sent": bool(file.offered_keys),
        "core_remarks": hosting.remarks(shown.proposal),
    } | rounds_context(file)


def ticked(file: assessment.CaseFile) -> frozenset[str]:
    """Return the offers ticked at first: those sent, or all that the household can carry."""
    latest = file.rounds[-1] if file.rounds else None
    if latest is not None and latest.is_open:
        return frozenset((*file.offered_keys, f"{COUNTER_KEY}{latest.number}"))
    if file.offered_keys:
        return frozenset(file.offered_keys)
    offers = file.offer_set.offers if file.offer_set else ()
    return frozenset(offer.key for offer in offers if offer.affordable or offer.is_settlement)


def usual_capacity(offers: OfferSet, shown: Offer) -> Money:
    """Return the lowest capacity of the months in which `shown` is paid: all of it has to fit."""
    paid_in = [
        each.capacity
        for each in offers.capacity
        if shown.earliest_due.replace(day=1) <= each.month <= shown.latest_due
    ]
    return min(paid_in, default=shown.tightest_month.capacity)


def state_before(file: assessment.CaseFile, *, on: date) -> LoanState:
    """Return the loan as the offers of the day `on` found it, before any of them was signed."""
    events = [
        event for event in file.events if not (isinstance(event, Restructured) and event.on >= on)
    ]
    return loan_state(file.terms, events, on)


def schedules_plot(state: LoanState, offer: Offer, *, capacity: Money) -> Plot:
    """Return what falls due under the contract of `state` and under `offer`, month by month."""
    before = [
        (max(line.due_date, state.on), line.remaining.total)
        for line in state.lines
        if line.remaining.total.minor > 0
    ]
    return before_after(before, _dues(offer), capacity=capacity)


def _dues(offer: Offer) -> list[tuple[date, Money]]:
    return [(each.line.due_date, each.amount) for each in offer.proposal.due_lines]


def _shown(offers: tuple[Offer, ...], *, asked: str, file: assessment.CaseFile) -> Offer:
    by_key = {offer.key: offer for offer in offers}
    latest = file.rounds[-1] if file.rounds else None
    waiting = f"{COUNTER_KEY}{latest.number}" if latest is not None and latest.is_open else ""
    for key in (asked, file.chosen_key, waiting):
        if key in by_key:
            return by_key[key]
    return next((offer for offer in offers if offer.is_recommended), offers[0])

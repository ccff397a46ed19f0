"""An offer beside every other way out, by true yearly cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from tideover.app.portal.shown.bars import Bar, BarPlot, bars_plot
from tideover.app.portal.templatetags.portal_words import percent_plain, spoken
from tideover.money import Money
from tideover.offers import Offer
from tideover.offers.joint import Alternative, Around

_WIDTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way out: what it asks for, what it costs, its true yearly cost and its risk."""

    name: str
    words: str
    monthly: Money
    monthly_label: str
    cost: Money
    rate: Fraction | None
    risk: str
    bar: int
    is_ours: bool = False


def ways_of(offer: Offer, told: Around) -> tuple[Way, ...]:
    """Return this plan first, then the other ways, those without a yearly rate last."""
    rates = [one.annual_cost for one in told.alternatives if one.annual_cost is not None]
    top = max([*rates, offer.annual_cost.effective, Fraction(1, 1000)])
    ours = Way(
        name="ours",
        words=_("This plan: %(label)s") % {"label": spoken(offer.label)},
        monthly=offer.payment,
        monthly_label=_("At once") if offer.is_settlement else _("A month"),
        cost=offer.total - _principal(offer),
        rate=offer.annual_cost.effective,
        risk=_("Tell us before a due date when it gets hard: it is looked at again."),
        bar=_bar(offer.annual_cost.effective, top),
        is_ours=True,
    )
    others = sorted(told.alternatives, key=lambda one: one.annual_cost is None)
    return (ours, *(_way(one, top=top) for one in others))


def title_of(ways: Sequence[Way]) -> str:
    """Return what the comparison shows."""
    ours = ways[0]
    rated = [one for one in ways[1:] if one.rate is not None and one.rate > 0]
    dearer = sum(1 for one in rated if ours.rate is not None and one.rate and one.rate > ours.rate)
    return _(
        "Per year this plan really costs %(rate)s; %(dearer)s of %(count)s other ways cost more"
    ) % {
        "rate": percent_plain(ours.rate or Fraction(0)),
        "dearer": dearer,
        "count": len(rated),
    }


def plot_of_ways(ways: Sequence[Way]) -> BarPlot:
    """Return every way that has a yearly rate as a bar, the cheapest first."""
    rated = sorted(
        (one for one in ways if one.rate is not None),
        key=lambda one: (one.rate or Fraction(0), not one.is_ours),
    )
    bars = tuple(
        Bar(
            label=one.words,
            value=percent_plain(one.rate or Fraction(0)),
            start=0,
            width=one.bar,
            css="plot-new" if one.is_ours else "plot-past",
            is_strong=one.is_ours,
        )
        for one in rated
    )
    return bars_plot(bars, title=title_of(ways))


def _way(one: Alternative, *, top: Fraction) -> Way:
    is_waiting = one.name.startswith("do_nothing")
    is_at_once = one.name == "early_settlement"
    label = _("Past due by then") if is_waiting else _("At once") if is_at_once else _("A month")
    return Way(
        name=one.name,
        words=spoken(one.words),
        monthly=one.monthly,
        monthly_label=label,
        cost=one.total_cost,
        rate=one.annual_cost,
        risk=spoken(one.risk),
        bar=_bar(one.annual_cost, top) if one.annual_cost is not None else 0,
    )


def _bar(rate: Fraction, top: Fraction) -> int:
    return max(0, int(rate * _WIDTH / top))


def _principal(offer: Offer) -> Money:
    dues = offer.proposal.due_lines
    none = Money.zero(offer.payment.currency)
    return sum((due.line.principal + due.carried.principal for due in dues), none)

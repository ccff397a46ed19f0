"""Every length of a plan as one curve: shorter is dearer a month, longer is dearer in all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tideover.app.verbs.offering import Explored
from tideover.money import Money
from tideover.offers import PlanPoint

WIDTH, HEIGHT = 280, 206
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 274, 34, 176
#: The title says what this many instalments more would do.
_LONGER_BY = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One length with its place in the drawing; `offer` names the offer of this length."""

    point: PlanPoint
    x: int
    y: int
    offer: str
    below: Money
    is_within: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """The drawing, its finding, and a row for each length; `chosen` is the one looked at."""

    title: str
    svg: SafeString
    rows: tuple[Row, ...]
    chosen: Row


def frontier_of(told: Explored, *, wanted: int | None) -> Frontier:
    """Return the curve with the length looked at: the wanted one, else the recommended offer's."""
    points = told.points
    names = {
        offer.instalments: offer.key for offer in told.offers if not offer.proposal.pause_months
    }
    rows = _rows(points, limit=told.limit, names=names)
    usual = next((offer.instalments for offer in told.offers if offer.is_recommended), None)
    asked = wanted or usual or points[0].instalments
    chosen = min(rows, key=lambda row: abs(row.point.instalments - asked))
    title = finding(points, limit=told.limit)
    svg = _draw(rows, limit=told.limit, chosen=chosen, title=title)
    return Frontier(title=title, svg=svg, rows=rows, chosen=chosen)


def finding(points: Sequence[PlanPoint], *, limit: Money) -> str:
    """Return what the curve shows, as one sentence."""
    fitting = [point for point in points if point.fits]
    if not fitting:
        return _("No length fits %(limit)s a month: a pause or a reduction comes first") % {
            "limit": limit.display
        }
    shortest = fitting[0]
    wanted = shortest.instalments + _LONGER_BY
    longer = min(fitting, key=lambda point: abs(point.instalments - wanted))
    figures = {
        "count": shortest.instalments,
        "payment": shortest.payment.display,
        "more": longer.instalments - shortest.instalments,
        "less": (shortest.payment - longer.payment).display,
        "cost": (longer.cost - shortest.cost).display,
    }
    if longer is shortest:
        return _("%(count)s months at %(payment)s is the one length that fits") % figures
    return (
        _(
            "From %(count)s months on it fits your budget; %(more)s months more are %(less)s "
            "lighter a month and cost %(cost)s more"
        )
        % figures
    )


def _rows(points: Sequence[PlanPoint], *, limit: Money, names: dict[int, str]) -> tuple[Row, ...]:
    first, last = points[0].instalments, points[-1].instalments
    top = _highest(points, limit=limit)
    return tuple(
        Row(
            point,
            _LEFT
            + 12
            + (point.instalments - first) * (_RIGHT - _LEFT - 24) // max(last - first, 1),
            _y(point.payment, top=top),
            names.get(point.instalments, ""),
            abs(limit - point.payment),
            point.payment <= limit,
        )
        for point in points
    )


def _highest(points: Sequence[PlanPoint], *, limit: Money) -> int:
    # The shortest plans are so steep that they would press all others to the ground.
    usual = max(limit.minor * 5 // 2, points[-1].payment.minor * 3)
    return max(min(points[0].payment.minor, usual), 1)


def _y(payment: Money, *, top: int) -> int:
    return _BOTTOM - min(payment.minor, top) * (_BOTTOM - _TOP) // top


def _draw(rows: Sequence[Row], *, limit: Money, chosen: Row, title: str) -> SafeString:
    top = _highest([row.point for row in rows], limit=limit)
    band = _y(limit, top=top)
    line = " ".join(f"{row.x},{row.y}" for row in rows)
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        _band(band, limit=limit),
        format_html('<polyline class="plot-line" points="{}"/>', line),
        _offers(rows),
        _axis(rows),
        format_html(
            '<g data-chosen><line class="plot-chosen" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<circle class="plot-new" cx="{}" cy="{}" r="7"/></g>',
            chosen.x, chosen.x, chosen.y, _BOTTOM, chosen.x, chosen.y,
        ),
    )  # fmt: skip


def _band(y: int, *, limit: Money) -> SafeString:
    if not limit:
        return format_html("")
    words = _("you can pay %(amount)s") % {"amount": limit.display}
    return format_html(
        '<rect class="plot-band" x="{}" y="{}" width="{}" height="{}"/>'
        '<line class="plot-limit" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="plot-text plot-limit-text" x="{}" y="{}" text-anchor="end">{}</text>',
        _LEFT, y, _RIGHT - _LEFT, _BOTTOM - y, _LEFT, _RIGHT, y, y, _RIGHT, y - 5, words,
    )  # fmt: skip


def _offers(rows: Sequence[Row]) -> SafeString:
    dots = ((row.x, row.y) for row in rows if row.offer)
    return format_html_join("", '<circle class="plot-offer" cx="{}" cy="{}" r="5"/>', dots)


def _axis(rows: Sequence[Row]) -> SafeString:
    first, last = rows[0], rows[-1]
    return format_html(
        '<line class="plot-axis" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="plot-text" x="{}" y="14">{}</text>'
        '<text class="plot-text" x="{}" y="{}">{}</text>'
        '<text class="plot-text" x="{}" y="{}" text-anchor="end">{}</text>',
        _LEFT, _RIGHT, _BOTTOM, _BOTTOM, _LEFT, _("a month"),
        _LEFT, _BOTTOM + 16, _months(first.point.instalments),
        _RIGHT, _BOTTOM + 16, _months(last.point.instalments),
    )  # fmt: skip


def _months(count: int) -> str:
    return _("%(count)s months") % {"count": count}

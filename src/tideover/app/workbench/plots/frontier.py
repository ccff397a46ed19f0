"""Payment against length: what a longer plan saves a month and what it costs in all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tideover.app.workbench.plots._canvas import Canvas, Plot, Scale
from tideover.money import Money

WIDTH, HEIGHT = 460, 240
LEFT, RIGHT, TOP, BOTTOM = 6, 452, 34, 196
# The title compares the shortest plan that fits with one half a year longer.
LONGER_BY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierPoint:
    """One plan: its number of instalments, the usual instalment and the cost over its life.

    `cost` is interest and instalment fees together: a flat-fee plan has only the latter.

    `label` names the offer that this point is, and is empty for a point between offers.
    """

    instalments: int
    payment: Money
    cost: Money
    label: str = ""
    is_shown: bool = False


def frontier(points: Sequence[FrontierPoint], *, capacity: Money) -> Plot:
    """Return the plot of `points`, ordered by length, with the band the household can carry."""
    ordered = sorted(points, key=lambda point: point.instalments)
    title = _finding(ordered, capacity=capacity)
    return Plot(
        name="frontier",
        title=title,
        picture=_draw(ordered, capacity=capacity, title=title),
        header=(
            _("Instalments"),
            _("A month"),
            _("Interest and fees in all"),
            _("Fits the budget"),
        ),
        rows=tuple(
            (
                f"{point.instalments} {point.label}".strip(),
                point.payment.display,
                point.cost.display,
                _("yes") if point.payment <= capacity else _("no"),
            )
            for point in ordered
        ),
    )


def _finding(points: Sequence[FrontierPoint], *, capacity: Money) -> str:
    fitting = [point for point in points if point.payment <= capacity]
    if not fitting:
        return _(
            "No length up to %(count)s instalments fits %(capacity)s a month: "
            "first a pause, a waiver or a referral"
        ) % {"count": points[-1].instalments, "capacity": capacity.display}
    shortest, longest = fitting[0], fitting[-1]
    if shortest == longest:
        return _("%(count)s instalments are the only length that fits %(capacity)s a month") % {
            "count": shortest.instalments,
            "capacity": capacity.display,
        }
    wanted = shortest.instalments + LONGER_BY
    later = min(fitting[1:], key=lambda point: abs(point.instalments - wanted))
    return _(
        "From %(count)s instalments on it fits %(capacity)s a month; %(more)s more "
        "save %(saved)s a month and cost %(cost)s more in interest and fees"
    ) % {
        "count": shortest.instalments,
        "capacity": capacity.display,
        "more": later.instalments - shortest.instalments,
        "saved": (shortest.payment - later.payment).display,
        "cost": (later.cost - shortest.cost).display,
    }


def _draw(points: Sequence[FrontierPoint], *, capacity: Money, title: str) -> SafeString:
    canvas = Canvas(WIDTH, HEIGHT)
    across = Scale(points[0].instalments, points[-1].instalments, LEFT + 16, RIGHT - 62)
    highest = max(max(point.payment.minor for point in points), capacity.minor)
    up = Scale(0, highest, BOTTOM, TOP)
    _band(canvas, up=up, capacity=capacity)
    canvas.line((LEFT, TOP), (LEFT, BOTTOM), role="plot-axis")
    canvas.line((LEFT, BOTTOM), (RIGHT, BOTTOM), role="plot-axis")
    _cost(canvas, points, across=across)
    places = [(across.at(point.instalments), up.at(point.payment.minor)) for point in points]
    canvas.path(places, role="plot-line")
    is_left_free = _is_left_free(points, across=across)
    _band_words(canvas, up=up, capacity=capacity, is_left_free=is_left_free)
    _dots(canvas, points, places=places)
    _ends(canvas, points, across=across)
    return canvas.picture(name="frontier", title=title)


def _is_left_free(points: Sequence[FrontierPoint], *, across: Scale) -> bool:
    """Return whether the offer looked at is far enough to the right of the band's own words."""
    shown = [point for point in points if point.is_shown]
    return not shown or across.at(shown[0].instalments) > (LEFT + RIGHT) // 2


def _band(canvas: Canvas, *, up: Scale, capacity: Money) -> None:
    if capacity.minor <= 0:
        return
    top = up.at(capacity.minor)
    canvas.box((LEFT, top), width=RIGHT - LEFT, height=BOTTOM - top, role="plot-band")
    canvas.line((LEFT, top), (RIGHT, top), role="plot-limit")


def _band_words(canvas: Canvas, *, up: Scale, capacity: Money, is_left_free: bool) -> None:
    if capacity.minor <= 0:
        return
    top = up.at(capacity.minor)
    words = _("can carry %(capacity)s a month") % {"capacity": capacity.display}
    if is_left_free:
        # At the left the curve is far above the band, so the words are free of it there.
        canvas.words((LEFT + 6, top + 15), words, role="plot-text plot-limit-text plot-halo-band")
    else:
        place = (RIGHT - 4, top - 6)
        canvas.words(place, words, role="plot-text plot-limit-text plot-halo", anchor="end")


def _cost(canvas: Canvas, points: Sequence[FrontierPoint], *, across: Scale) -> None:
    highest = max(point.cost.minor for point in points)
    if highest <= 0:
        return
    up = Scale(0, highest, BOTTOM, TOP + 56)
    places = [(across.at(point.instalments), up.at(point.cost.minor)) for point in points]
    canvas.path(places, role="plot-line-old plot-dashed")
    canvas.words((places[-1][0] + 6, places[-1][1] + 4), _("cost in all"))


def _dots(
    canvas: Canvas, points: Sequence[FrontierPoint], *, places: Sequence[tuple[int, int]]
) -> None:
    """Mark the offers; only the one looked at is written out, so that near ones do not collide."""
    for point, (x, y) in zip(points, places, strict=True):
        if not point.label:
            continue
        canvas.dot((x, y), radius=7 if point.is_shown else 4, role="plot-new")
        if point.is_shown:
            canvas.words(
                (x, y - 14),
                _("%(count)s × %(payment)s")
                % {"count": point.instalments, "payment": point.payment.display},
                role="plot-label plot-halo",
                anchor="middle",
            )
        else:
            canvas.words((x, y + 20), str(point.instalments), anchor="middle")


def _ends(canvas: Canvas, points: Sequence[FrontierPoint], *, across: Scale) -> None:
    canvas.words((LEFT, TOP - 12), _("a month"))
    for point in (points[0], points[-1]):
        canvas.words((across.at(point.instalments), BOTTOM + 18), str(point.instalments),
                     anchor="middle")  # fmt: skip
    canvas.words((RIGHT, BOTTOM + 34), _("instalments"), anchor="end")

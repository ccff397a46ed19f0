"""How an offer holds when income is worse than stated: every path, month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tideover.app.portal.shown.strips import Strip, strips_plot
from tideover.app.portal.templatetags.portal_words import month, percent_short, spoken
from tideover.money import Money, Rounding
from tideover.offers import Offer
from tideover.offers.joint import Around


@dataclass(frozen=True, slots=True)
class StressLine:
    """The plan on one path of income: how many months fit, and the months that do not, in words."""

    words: str
    fits: int
    short: int
    months_short: str

    @property
    def holds(self) -> bool:
        """Whether every month still fits."""
        return not self.short


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """The income paths; `title` is the finding, `break_even` the income at which it just holds."""

    title: str
    svg: SafeString
    lines: tuple[StressLine, ...]
    break_even: str


def stress_of(told: Around, *, offer: Offer) -> Stress:
    """Return how the offer holds as income was stated and under each path of the policy book."""
    months = sorted({due.line.due_date.replace(day=1) for due in offer.proposal.due_lines})
    paths = [
        (_("Income as you told us"), frozenset(told.months_short)),
        *((capfirst(spoken(case.words)), frozenset(case.months_short)) for case in told.stress),
    ]
    fall = told.break_even_fall
    kept = Money(Rounding.HALF_UP(told.income.minor * (1 - fall)), told.income.currency)
    figures = {"share": percent_short(fall), "income": kept.display}
    title = (
        _("It is too much in some months, even with the income you told us")
        if told.months_short
        else _("It holds until income falls by %(share)s") % figures
    )
    return Stress(
        title=title,
        svg=strips_plot(
            [_strip(words, short, months=months) for words, short in paths], months, title=title
        ),
        lines=tuple(_line(words, short, months=months) for words, short in paths),
        break_even=_("Talk to us before you choose it: we look for a plan that fits.")
        if told.months_short
        else _("That is an income of %(income)s a month. Below it, tell us: we look again.")
        % figures,
    )


def _strip(words: str, short: frozenset[date], *, months: Sequence[date]) -> Strip:
    outcome = (
        ngettext("too much in %(n)s month", "too much in %(n)s months", len(short))
        % {"n": len(short)}
        if short
        else _("still fits every month")
    )
    return Strip(label=words, value=outcome, fits=tuple(one not in short for one in months))


def _line(words: str, short: frozenset[date], *, months: Sequence[date]) -> StressLine:
    runs = ", ".join(_runs(short, months=months))
    return StressLine(words, len(months) - len(short), len(short), runs or "—")


def _runs(short: frozenset[date], *, months: Sequence[date]) -> Iterator[str]:
    """Yield each run of payments that do not fit, by its first and last month."""
    for is_short, run in groupby(months, key=lambda one: one in short):
        if is_short:
            ends = tuple(run)
            last = f" – {month(ends[-1])}" if len(ends) > 1 else ""
            yield f"{month(ends[0])}{last}"

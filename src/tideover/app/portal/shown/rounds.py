"""A round of the negotiation in the borrower's words: what was asked, the answer, what now."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tideover.app.verbs.offering import Figures, RoundView
from tideover.cases import RoundOutcome

#: The headline of an answer and the sentence under it.
_ANSWERS: dict[RoundOutcome, tuple[Promise, Promise]] = {
    RoundOutcome.ACCEPTED: (
        gettext_lazy("Yes, that works"),
        gettext_lazy("It fits your budget and our rules. It is among your offers now."),
    ),
    RoundOutcome.NEAREST: (
        gettext_lazy("Not quite, but this comes closest"),
        gettext_lazy("What you proposed is not possible as it stands. This is the nearest plan "
                     "that fits your budget and our rules."),
    ),
    RoundOutcome.WITH_PERSON: (
        gettext_lazy("Possible, and two people have to agree"),
        gettext_lazy("It fits your budget, and it is more than one of us may decide alone. You do "
                     "not have to do anything; your other offers stay open."),
    ),
    RoundOutcome.REFUSED: (
        gettext_lazy("That is not possible as things stand"),
        gettext_lazy("Here is why, and what would change it. Your offers stay open, and another "
                     "person can look at it again."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRound:
    """One round, ready for its template. `tag` is the answer in a few words."""

    view: RoundView
    headline: str
    sentence: str
    asked: str
    plan: str
    tag: str
    is_reviewable: bool


def shown_round(view: RoundView) -> ShownRound:
    """Return a round with its words in the language of the page."""
    told = _ANSWERS[view.outcome]
    headline, sentence = str(told[0]), str(told[1])
    if view.outcome is RoundOutcome.WITH_PERSON and not view.is_open:
        headline, sentence = _closed(view)
    elif view.outcome is RoundOutcome.WITH_PERSON and view.difference is not None:
        headline = _("Not quite, and the nearest plan needs two people to agree")
    return ShownRound(
        view=view,
        headline=headline,
        sentence=sentence,
        asked=figures_words(view.asked),
        plan=figures_words(view.plan) if view.plan else "",
        tag=headline,
        is_reviewable=view.is_latest
        and not view.is_reviewed
        and view.outcome in {RoundOutcome.NEAREST, RoundOutcome.REFUSED},
    )


def figures_words(figures: Figures) -> str:
    """Return the figures that are there as one phrase."""
    # A figure and its word stay on one line.
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in _parts(figures))


def _parts(figures: Figures) -> Iterator[str]:
    if figures.monthly is not None:
        yield _("%(amount)s a month") % {"amount": figures.monthly.display}
    if figures.instalments:
        count = figures.instalments
        yield ngettext("%(count)d instalment", "%(count)d instalments", count) % {"count": count}
    if figures.pause_months:
        count = figures.pause_months
        words = ngettext("%(count)d month of pause", "%(count)d months of pause", count)
        yield words % {"count": count}


def _closed(view: RoundView) -> tuple[str, str]:
    if view.is_withdrawn:
        return _("You took this proposal back"), _("Nothing else has changed.")
    if view.offer_key:
        return _("Yes, two people have agreed"), _("It is among your offers now.")
    if not view.is_latest:
        return _("A later answer has taken its place"), _("Your offers are as they are now.")
    return _("A person has answered this"), _("Read the message, or look at your offers.")

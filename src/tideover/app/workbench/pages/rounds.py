"""The rounds of a negotiation as the desk reads them, the latest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tideover.app.verbs import assessment
from tideover.app.verbs.case.rows import parameters_of
from tideover.app.verbs.offering import Figures, RoundView, allowance_of
from tideover.cases import RoundOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round: who proposed what, what was answered, and how that differs."""

    view: RoundView
    asked: str
    answer: str
    plan: str
    offer_key: str
    is_attention: bool


def rounds_context(file: assessment.CaseFile) -> dict[str, object]:
    """Return the rounds of a case and how many the policy gives."""
    most = parameters_of(file.case).integer("negotiation.rounds_max")
    return {
        "rounds": [_row(one) for one in reversed(file.rounds)],
        "rounds_max": most,
        "allowance": allowance_of(file.case.loan),
    }


def _row(view: RoundView) -> RoundRow:
    return RoundRow(
        view=view,
        asked=_words(view.asked),
        answer=_answer(view),
        plan=_words(view.plan) if view.plan else "",
        offer_key=view.offer_key or f"counter-{view.number}",
        is_attention=view.is_open,
    )


def _answer(view: RoundView) -> str:
    if view.is_withdrawn:
        return _("Taken back by the borrower")
    if view.is_reviewed and view.is_open:
        return _("Another person is asked for")
    if view.outcome is RoundOutcome.WITH_PERSON and not view.is_open:
        return _("Approved: on the table") if view.offer_key else _("Answered by a person")
    return _outcomes()[view.outcome]


def _outcomes() -> Mapping[RoundOutcome, str]:
    return {
        RoundOutcome.ACCEPTED: _("Possible as proposed: on the table"),
        RoundOutcome.NEAREST: _("The nearest plan: on the table"),
        RoundOutcome.WITH_PERSON: _("Over the agent's limit: waits for you"),
        RoundOutcome.REFUSED: _("Refused"),
    }


def _words(figures: Figures) -> str:
    return " · ".join(_parts(figures))


def _parts(figures: Figures) -> Iterator[str]:
    if figures.monthly is not None:
        yield _("%(amount)s a month") % {"amount": figures.monthly.display}
    if figures.instalments:
        yield _("instalments: %(count)s") % {"count": figures.instalments}
    if figures.pause_months:
        yield _("months of pause: %(count)s") % {"count": figures.pause_months}

"""Where a request stands: the receipt, whose turn it is, and what to do meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower, Scope
from tideover.app.portal import words
from tideover.app.portal.forms import Field
from tideover.app.portal.shown import beside, lender
from tideover.app.portal.shown.budget import shown_budget
from tideover.app.portal.shown.cards import Link, case_link
from tideover.app.portal.templatetags.portal_words import day_text, spoken
from tideover.app.portal.views.access import for_helpers
from tideover.app.verbs import application, offering
from tideover.app.verbs.application import Progress
from tideover.app.verbs.case.rows import theirs
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.loan import LoanState

#: The way of most requests; one that ends otherwise shows its end as the last step.
_WAY = (
    CaseState.SUBMITTED,
    CaseState.ASSESSING,
    CaseState.OFFERED,
    CaseState.AWAITING_SIGNATURE,
    CaseState.ACTIVE,
)
_UNDECIDED = (CaseState.SUBMITTED, CaseState.ASSESSING, CaseState.AWAITING_APPROVAL)
_MAY_STOP = (*_UNDECIDED, CaseState.OFFERED, CaseState.AWAITING_SIGNATURE)
_OVER = (CaseState.DECLINED, CaseState.WITHDRAWN)
_TAKES_EVIDENCE = (CaseState.SUBMITTED, CaseState.ASSESSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """One step of the way: done, now, or still to come."""

    words: str
    css: str
    is_now: bool
    at: datetime | None
    who: str


@require_safe
@for_helpers(posts=Scope.ANSWER)
def show(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show the receipt and the way ahead; a request not yet sent goes back to its task list."""
    progress = application.progress(borrower, number)
    if progress.state is CaseState.DRAFT:
        return redirect("portal:tasks", number=number)
    headline, sentence, turn = words.STATES[_shown_state(progress).value]
    is_undecided = progress.state in _UNDECIDED
    if is_undecided and progress.asked_for:
        headline, sentence, turn = words.WAITING_FOR_PAPERS
    context = {
        "number": number,
        "headline": headline,
        "sentence": sentence,
        "turn": turn,
        "loans": beside.loans_of(theirs(borrower, number)),
        "promise": progress.answer_by if is_undecided else None,
        "offers_until": progress.offers_until if _is_open(progress) else None,
        "action": _action(progress),
        "due_advice": _due_advice(progress.loan.state) if is_undecided else (),
        "asked_for": progress.asked_for if is_undecided else (),
        "steps": _steps(progress),
        "wants_to_talk": progress.wants_to_talk,
        "can_withdraw": progress.state in _MAY_STOP,
        "ask_again": progress.loan.reference if progress.state in _OVER else "",
        "ask_by": progress.ask_by if is_undecided else None,
        "decline_lines": _decline_lines(progress),
        **_refused(borrower, progress),
        "can_add_evidence": progress.state in _TAKES_EVIDENCE,
    }
    return render(request, "portal/progress.html", context)


def _shown_state(progress: Progress) -> CaseState:
    """Return the state in the borrower's words: offers past their last day have closed."""
    return CaseState.EXPIRED if progress.have_offers_lapsed else progress.state


def _is_open(progress: Progress) -> bool:
    return _shown_state(progress) in (CaseState.OFFERED, CaseState.AWAITING_SIGNATURE)


def _action(progress: Progress) -> Link | None:
    if progress.state in _UNDECIDED or progress.loan.case is None:
        return None
    if _shown_state(progress) in (CaseState.DECLINED, CaseState.EXPIRED):
        address = f"{reverse('portal:talk')}?case={progress.case_number}"
        return Link(address, _("Talk to a person about this"))
    return case_link(progress.loan.case)


def _decline_lines(progress: Progress) -> list[str]:
    if progress.state is not CaseState.DECLINED or progress.decline_words is None:
        return []
    return spoken(progress.decline_words).splitlines()


def _refused(borrower: Borrower, progress: Progress) -> dict[str, object]:
    """Return what a refusal rests on, and until when another person can be asked for."""
    if progress.state is not CaseState.DECLINED:
        return {}
    days = lender.parameters(clock.today()).integer("review.days")
    refused_on = clock.day_of(progress.steps[-1].at)
    review_until = refused_on + timedelta(days=days)
    try:
        used = shown_budget(offering.budget(borrower, progress.case_number))
    except NotFound:
        used = None
    return {
        "used": used,
        "review_until": review_until if clock.today() <= review_until else None,
        "review": Field(
            name="message",
            label=_("What should they know?"),
            hint=_("For example a figure that is wrong, or what has changed."),
        ),
    }


def _due_advice(state: LoanState) -> tuple[str, ...]:
    """Return what to do about the next payment today, honestly: the contract still counts."""
    advice = []
    if state.past_due.total:
        advice.append(
            _("%(amount)s is past due today. Pay what you can spare, if anything: each payment "
              "lowers the penalty.")
            % {"amount": state.past_due.total.display}
        )  # fmt: skip
    if state.next_due:
        advice.append(
            _("The next due date is %(day)s, for %(amount)s. If you cannot pay it, your request "
              "goes on all the same.")
            % {
                "day": day_text(state.next_due.line.due_date),
                "amount": state.next_due.remaining.total.display,
            }
        )  # fmt: skip
    advice.append(
        _("Until a new agreement is signed your present contract counts, with its interest and "
          "its credit record.")
    )  # fmt: skip
    if lender.parameters(clock.today()).flag("collection.paused_from_submission"):
        advice.append(_("While we decide, nobody calls you to collect."))
    return tuple(advice)


def _steps(progress: Progress) -> tuple[ShownStep, ...]:
    reached: dict[CaseState, datetime] = {}
    for step in progress.steps:
        reached[step.state] = step.at
    way = list(_WAY)
    now = progress.state
    if now is CaseState.AWAITING_APPROVAL:
        way.insert(2, now)
    elif now not in way:
        way = [state for state in way if state in reached] + [now]
    is_waiting = bool(progress.asked_for)
    is_ahead = False
    shown = []
    for state in way:
        shown_step = _step(state, at=reached.get(state), is_now=state is now, is_ahead=is_ahead)
        if state is now and is_waiting:
            who = _("Whose turn: %(who)s") % {"who": words.WAITING_FOR_PAPERS[2]}
            shown_step = replace(shown_step, who=who)
        shown.append(shown_step)
        is_ahead = is_ahead or state is now
    return tuple(shown)


def _step(state: CaseState, *, at: datetime | None, is_now: bool, is_ahead: bool) -> ShownStep:
    _headline, _sentence, turn = words.STATES[state.value]
    css = "is-now" if is_now else "" if is_ahead else "is-done"
    return ShownStep(
        words=str(words.STEPS[state.value]),
        css=css,
        is_now=is_now,
        at=None if is_ahead else at,
        who=_("Whose turn: %(who)s") % {"who": turn} if is_now else "",
    )

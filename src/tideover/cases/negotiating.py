"""What happens when a borrower proposes other terms: one function for each command.

They change nothing. Where several refusals apply, the one raised is the first in the order of the
function's body: the offers changed, expired, a round still open, no round left, over the limit.
"""

from collections.abc import Iterator

from tideover.cases.case import Case
from tideover.cases.commands import AskForAnother, ProposeTerms, WithdrawTerms
from tideover.cases.events import (
    AnotherAsked,
    CaseEvent,
    OffersGenerated,
    OffersSent,
    TermsAnswered,
    TermsProposed,
    TermsWithdrawn,
)
from tideover.cases.refusals import (
    ApprovalNeeded,
    NoRoundLeft,
    NothingToReview,
    NothingToWithdraw,
    OfferExpired,
    OffersAlreadyOver,
    OffersChanged,
    RoundStillOpen,
)
from tideover.cases.rounds import BY_POLICY, Round, RoundAnswer, RoundOutcome

Events = tuple[CaseEvent, ...]

#: A plan that is not the one proposed may be looked at again by a person.
_REVIEWABLE = frozenset({RoundOutcome.NEAREST, RoundOutcome.REFUSED})


def propose_terms(case: Case, command: ProposeTerms) -> Events:
    """Return the proposal and its answer; nothing when the latest round already answered it.

    An answer within the agent's limit is on the table at once, beside the offers that are there.
    One over it waits for the agent and then for somebody else: nothing on the table moves.
    """
    if case.table is None or command.seen != case.table.set_digest:
        raise OffersChanged(case)
    if case.has_lapsed(command.at):
        raise OfferExpired(case, command.at)
    latest = case.rounds[-1] if case.rounds else None
    if latest is not None and _is_answered_by(latest, command):
        return ()
    if latest is not None and latest.is_open:
        raise RoundStillOpen(case, latest.number)
    if len(case.rounds) >= command.rounds_max:
        raise NoRoundLeft(case, command.rounds_max)
    over = _over_the_limit(case, command.answer)
    if over:
        raise ApprovalNeeded(case, over)
    proposed = TermsProposed(
        len(case.rounds) + 1,
        command.terms,
        command.loan_digest,
        command.policy_digest,
        at=command.at,
        actor=command.actor,
    )
    return (proposed, *_found(command), _answered(proposed, command))


def withdraw_terms(case: Case, command: WithdrawTerms) -> Events:
    """Return that the borrower took the open proposal back."""
    latest = case.rounds[-1] if case.rounds else None
    if latest is None or not latest.is_open:
        raise NothingToWithdraw(case)
    return (TermsWithdrawn(latest.number, at=command.at, actor=command.actor),)


def ask_for_another(case: Case, command: AskForAnother) -> Events:
    """Return that another person looks at the latest proposal; nothing the second time."""
    latest = case.rounds[-1] if case.rounds else None
    if latest is None or latest.outcome not in _REVIEWABLE:
        raise NothingToReview(case)
    if latest.is_reviewed:
        return ()
    asked = AnotherAsked(
        latest.number,
        command.message_digest,
        command.answer_by,
        at=command.at,
        actor=command.actor,
    )
    return (asked,)


def _is_answered_by(latest: Round, command: ProposeTerms) -> bool:
    """Return whether the same was proposed on the same account under the same policy."""
    judged_on = (latest.terms, latest.loan_digest, latest.policy_digest)
    is_same = judged_on == (command.terms, command.loan_digest, command.policy_digest)
    return is_same and not latest.is_withdrawn


def _over_the_limit(case: Case, answer: RoundAnswer) -> tuple[str, ...]:
    """Return what would go on the table over the agent's limit, and is not there already."""
    if answer.found is None or answer.outcome is RoundOutcome.WITH_PERSON:
        return ()
    approved = case.table.offer_keys if case.table else ()
    offers = answer.found.offers
    return tuple(one.key for one in offers if one.needs_approval and one.key not in approved)


def _found(command: ProposeTerms) -> Iterator[CaseEvent]:
    found, open_until = command.answer.found, command.answer.open_until
    if found is None:
        return
    yield OffersGenerated(
        found.on,
        found.set_digest,
        found.policy_digest,
        found.loan_digest,
        found.offers,
        found.record,
        at=command.at,
        actor=BY_POLICY,
    )
    if command.answer.outcome is RoundOutcome.WITH_PERSON or open_until is None:
        return
    if open_until <= command.at:
        raise OffersAlreadyOver(command.at, open_until)
    keys = tuple(offer.key for offer in found.offers)
    yield OffersSent(found.set_digest, keys, open_until, at=command.at, actor=BY_POLICY)


def _answered(proposed: TermsProposed, command: ProposeTerms) -> TermsAnswered:
    answer = command.answer
    return TermsAnswered(
        proposed.round,
        answer.outcome,
        answer.offer_key,
        answer.codes,
        answer.record,
        answer.answer_by,
        at=command.at,
        actor=BY_POLICY,
    )

"""Rounds: the borrower proposes other terms, and the policy of the day answers.

Within the agent's limit the answer is on the table at once, beside the offers that are there; over
it the plan waits for the agent, and for somebody else's yes. Nothing is answered that a binding
rule stops: the plans are those of `tideover.offers.counter`.
"""

from datetime import date
from typing import Any

from tideover.app import clock
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Borrower, Case, OfferRound, Scope
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import (
    add_note,
    carry_out,
    folded,
    lock_theirs,
    note_digest,
    parameters_of,
    promise,
)
from tideover.app.verbs.offering.answering import Answered, answer_terms
from tideover.app.verbs.offering.basis import loan_digest
from tideover.app.verbs.offering.talking import demand_words
from tideover.app.verbs.receipts import run_once
from tideover.cases import Case as CaseFold
from tideover.cases import RoundOutcome, Terms
from tideover.cases.commands import AskForAnother, ProposeTerms, WithdrawTerms
from tideover.cases.refusals import OffersChanged


def propose(borrower: Borrower, number: str, terms: Terms, *, seen: str, key: str) -> int:
    """Propose a payment, a number of instalments or a pause; return the round it was.

    The same terms on the same account under the same policy are the round before, not another.

    Raises:
        OffersChanged: the table is not the one that was `seen`, by its digest.
        OfferExpired: its last day is over.
        RoundStillOpen: a person still looks at the proposal before.
        NoRoundLeft: the policy gives no further round.
        AllowanceUsedUp: the policy gives no further plan on this loan.
        CommandNotAllowed, NotFound.
    """
    demand_scope(borrower, Scope.NEGOTIATE)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        lock_loan(case.loan.reference)
        told = folded(case)
        demand_seen(told, seen)
        answered = answer_terms(case, told, terms)
        command = ProposeTerms(
            terms,
            seen,
            parameters_of(case).integer("negotiation.rounds_max"),
            loan_digest(case.loan),
            parameters_of(case).digest,
            answered.answer,
            at=clock.now(),
            actor=borrower.actor,
        )
        after = carry_out(case, command, before=told)
        if after.version != told.version:
            _keep(case, after, answered)
        return {"round": after.rounds[-1].number}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="offering.propose",
        key=key,
        request={"case": number, "terms": _plain(terms), "seen": seen},
    )
    return int(answer["round"])


def withdraw_terms(borrower: Borrower, number: str, *, key: str) -> None:
    """Take a proposal back that a person has not answered yet; the offers stay as they are.

    Raises:
        NothingToWithdraw: it is answered, or there never was one.
        CommandNotAllowed, NotFound.
    """
    demand_scope(borrower, Scope.NEGOTIATE)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        carry_out(case, WithdrawTerms(at=clock.now(), actor=borrower.actor))
        return {}

    run_once(
        effect,
        actor=borrower.actor,
        command="offering.withdraw_terms",
        key=key,
        request={"case": number},
    )


def ask_for_another(borrower: Borrower, number: str, message: str, *, key: str) -> date:
    """Ask that another person looks at the latest proposal; return by when they answer.

    The case leaves its agent, who cannot take it again; the offers stay on the table.

    Raises:
        FieldMissing, TextTooLong: there are no words, or too many.
        NothingToReview: no proposal was answered otherwise than proposed.
        CommandNotAllowed, NotFound.
    """
    demand_scope(borrower, Scope.NEGOTIATE)
    demand_words(message)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        told = folded(case)
        at, actor = clock.now(), borrower.actor
        command = AskForAnother(note_digest(message), promise(case), at=at, actor=actor)
        after = carry_out(case, command, before=told)
        answer_by = after.answer_by or command.answer_by
        if after.version != told.version:
            add_note(case, author=borrower.hand, kind="talk", text=message, at=at)
            notices.talk_received(case, answer_by=answer_by, key=str(after.version))
        return {"answer_by": answer_by.isoformat()}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="offering.ask_for_another",
        key=key,
        request={"case": number, "message": note_digest(message)},
    )
    return date.fromisoformat(answer["answer_by"])


def demand_seen(told: CaseFold, seen: str) -> None:
    """Refuse a proposal about other offers than those on the table. Raises OffersChanged."""
    if told.table is not None and told.table.set_digest != seen:
        raise OffersChanged(told)


def _keep(case: Case, after: CaseFold, answered: Answered) -> None:
    """Keep the set that the answer found, and tell the borrower when a person takes over."""
    found, answer = answered.record, answered.answer
    if answer.outcome is RoundOutcome.WITH_PERSON and after.answer_by is not None:
        notices.talk_received(case, answer_by=after.answer_by, key=str(after.version))
    if found is None or answer.found is None:
        return
    is_sent = after.table is not None and after.table.set_digest == answer.found.set_digest
    OfferRound.objects.create(
        case=case,
        number=1 + case.rounds.count(),
        record=found,
        policy_digest=answer.found.policy_digest,
        generated_at=after.last_at,
        selected_keys=[offer.key for offer in answer.found.offers] if is_sent else [],
        sent_at=after.last_at if is_sent else None,
        open_until=answered.last_day if is_sent else None,
    )


def _plain(terms: Terms) -> dict[str, int | None]:
    return {
        "monthly_minor": terms.monthly_minor,
        "instalments": terms.instalments,
        "pause_months": terms.pause_months,
    }

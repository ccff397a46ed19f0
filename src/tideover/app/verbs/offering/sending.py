"""Putting offers on the table: by the agent alone, or with the yes of somebody else."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tideover.app import clock
from tideover.app.db.atomic import atomic, lock_case, lock_loan
from tideover.app.db.models import Account, Case, OfferRound
from tideover.app.verbs import hosting
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import (
    add_note,
    carry_out,
    demand_version,
    end_of_day,
    folded,
    for_staff,
    lock_for_staff,
    note_digest,
    parameters_of,
    promise,
    working_days_from_today,
)
from tideover.app.verbs.offering.basis import chosen, demand_current, offer_set_of, round_of
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right
from tideover.cases import Case as CaseFold
from tideover.cases import CaseState, Command, decide
from tideover.cases.commands import Approve, ExpireOffers, RequestApproval, SendBack, SendOffers
from tideover.cases.refusals import last_day
from tideover.cases.states import ON_THE_TABLE
from tideover.offers import Offer


def send(
    agent: Account, number: str, *, offer_keys: Sequence[str], version: int, key: str
) -> CaseState:
    """Send candidates to the borrower or, when one is over the agent's limit, to an approver.

    Returns the state of the case afterwards: OFFERED or AWAITING_APPROVAL.

    Raises:
        StaleVersion: the case moved since the form was shown.
        NoSuchCandidates: none was chosen, or one that is no candidate.
        OfferOutOfDate: something was booked on the loan since they were worked out.
        HostCannotBook, HostDisagrees, HostUnreachable: the core banking system is in the way.
        NotTheAgent, CommandNotAllowed, NotFound.
    """
    keys = tuple(dict.fromkeys(offer_keys))
    _demand_bookable(for_staff(agent, number), keys)

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        told = folded(case)
        demand_version(case, told, version)
        return {"state": _send(case, told, agent, keys=keys).state.value}

    answer = run_once(
        effect,
        actor=agent.login,
        command="offering.send",
        key=key,
        request={"case": number, "offers": list(keys), "version": version},
    )
    return CaseState(answer["state"])


def approve(approver: Account, number: str, *, version: int, key: str) -> CaseState:
    """Send the candidates of another person to the borrower.

    Raises:
        MakerCannotApprove: the approver made them.
        StaleVersion, OfferOutOfDate, OffersAlreadyOver, CommandNotAllowed, NotFound.
        HostCannotBook, HostDisagrees, HostUnreachable: the core banking system is in the way.
    """
    _demand_bookable(for_staff(approver, number))

    def effect() -> dict[str, Any]:
        case = lock_for_staff(approver, number, right=Right.APPROVE)
        told = folded(case)
        demand_version(case, told, version)
        row = _current_round(case, told)
        open_until = _open_until(case, row, keys=told.requested)
        command = Approve(open_until, at=clock.now(), actor=approver.login)
        if row is not None:
            row.approved_by, row.approved_at = approver, command.at
        return {"state": _carry_out_sending(case, told, command, row=row).state.value}

    answer = run_once(
        effect,
        actor=approver.login,
        command="offering.approve",
        key=key,
        request={"case": number, "version": version},
    )
    return CaseState(answer["state"])


def send_back(approver: Account, number: str, note: str, *, version: int, key: str) -> CaseState:
    """Give the candidates of another person back to the agent, with a remark.

    Raises:
        MakerCannotApprove: the approver made them.
        StaleVersion, CommandNotAllowed, NotFound.
    """

    def effect() -> dict[str, Any]:
        case = lock_for_staff(approver, number, right=Right.APPROVE)
        told = folded(case)
        demand_version(case, told, version)
        command = SendBack(note_digest(note), at=clock.now(), actor=approver.login)
        told = carry_out(case, command, before=told)
        add_note(case, author=approver, kind="sent-back", text=note, at=command.at)
        return {"state": told.state.value}

    answer = run_once(
        effect,
        actor=approver.login,
        command="offering.send_back",
        key=key,
        request={"case": number, "version": version, "note": note_digest(note)},
    )
    return CaseState(answer["state"])


def expire(*, actor: str = "day-close") -> tuple[str, ...]:
    """Take every offer whose last day is over off the table; return the cases by number."""
    at, expired = clock.now(), []
    states = [state.value for state in ON_THE_TABLE]
    for number in Case.objects.filter(state__in=states).values_list("number", flat=True):
        with atomic():
            case = lock_case(number)
            told = folded(case) if case else None
            if case and told and told.state in ON_THE_TABLE and told.has_lapsed(at):
                carry_out(case, ExpireOffers(at=at, actor=actor), before=told)
                expired.append(number)
    return tuple(expired)


def _demand_bookable(case: Case, keys: tuple[str, ...] = ()) -> None:
    """See that the core can book the offers named, or those that wait for approval."""
    told = folded(case)
    row = _current_round(case, told)
    if row is not None:
        offers = chosen(offer_set_of(row), keys or told.requested)
        hosting.demand_bookable(case.loan.reference, [offer.proposal for offer in offers])


def _send(case: Case, told: CaseFold, agent: Account, *, keys: tuple[str, ...]) -> CaseFold:
    at, row = clock.now(), _current_round(case, told)
    offers = told.candidates.offers if told.candidates else ()
    if any(offer.needs_approval for offer in offers if offer.key in keys):
        command: Command = RequestApproval(keys, promise(case), at=at, actor=agent.login)
    else:
        open_until = _open_until(case, row, keys=keys)
        command = SendOffers(keys, open_until, at=at, actor=agent.login)
    return _carry_out_sending(case, told, command, row=row, keys=keys)


def _carry_out_sending(
    case: Case,
    told: CaseFold,
    command: Command,
    *,
    row: OfferRound | None,
    keys: tuple[str, ...] = (),
) -> CaseFold:
    """Carry the command out on offers that the account still bears out, and tell the borrower."""
    decide(told, command)
    if row is not None:
        lock_loan(case.loan.reference)
        digest = row.record["loan_digest"]
        demand_current(case, digest=digest, on=offer_set_of(row).on)
    after = carry_out(case, command, before=told)
    if row is not None:
        row.selected_keys = list(keys or row.selected_keys)
        if after.table is not None:
            row.sent_at, row.open_until = command.at, last_day(after.table.open_until)
            notices.offers_ready(case, last_day=row.open_until, key=str(after.version))
        row.save()
    return after


def _current_round(case: Case, told: CaseFold) -> OfferRound | None:
    return round_of(case, told.candidates.set_digest) if told.candidates else None


def _open_until(case: Case, row: OfferRound | None, *, keys: Sequence[str]) -> datetime:
    """The moment offers close: after the days policy gives, and before the earliest due date."""
    offers = chosen(offer_set_of(row), tuple(keys)) if row is not None else ()
    return end_of_day(last_open_day(case, offers))


def last_open_day(case: Case, offers: Sequence[Offer]) -> date:
    """The last day on which offers that are sent today can be accepted."""
    day = working_days_from_today(parameters_of(case).integer("offer.open_working_days"))
    return min([day, *(_day_before_due(offer) for offer in offers)])


def _day_before_due(offer: Offer) -> date:
    return offer.earliest_due - timedelta(days=1)

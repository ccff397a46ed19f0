"""Ending a broken agreement: what it would do, shown first, and a person's decision to do it."""

from typing import Any, ClassVar

from tideover.agreements.keeping import Ending, ending
from tideover.app import clock
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Account, Agreement, Case, PlanKeeping
from tideover.app.verbs.books import loan_events
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import (
    add_note,
    carry_out,
    demand_version,
    folded,
    for_staff,
    lock_for_staff,
    note_digest,
)
from tideover.app.verbs.keeping.plans import begin_plan, rules_of
from tideover.app.verbs.keeping.words import ended_words
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right
from tideover.cases.commands import EndAgreement
from tideover.money import Refusal


class NotBroken(Refusal):
    """There is no agreement in force to end."""

    code: ClassVar[str] = "no-agreement-in-force"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"case {number} has no agreement in force, so there is nothing to end",
            f"案件 {number} 没有生效中的协议，无需终止",
        )


def preview_ending(approver: Account, number: str) -> Ending:
    """What ending the agreement today would do: what comes back, what falls due. Writes nothing.

    Raises NotFound for anybody but approvers, NotBroken.
    """
    case = for_staff(approver, number, right=Right.APPROVE)
    return _ending(_in_force(case))


def end_agreement(approver: Account, number: str, note: str, *, version: int, key: str) -> None:
    """End a broken agreement whose days to put it right are over. Only a person does this.

    Raises:
        StillToCure: it is not broken, or can still be put right.
        NotBroken: no agreement is in force.
        StaleVersion, CommandNotAllowed, NotFound.
    """

    def effect() -> dict[str, Any]:
        case = lock_for_staff(approver, number, right=Right.APPROVE)
        told = folded(case)
        demand_version(case, told, version)
        lock_loan(case.loan.reference)
        today, at = clock.today(), clock.now()
        command = EndAgreement(today, note_digest(note), at=at, actor=approver.login)
        carry_out(case, command, before=told)
        agreement = _in_force(case)
        found = _ending(agreement)
        keeping = begin_plan(agreement)
        keeping.standing, keeping.ended_on = PlanKeeping.Standing.ENDED, today
        keeping.save()
        Agreement.objects.filter(pk=agreement.pk).update(is_in_force=False)
        loan_events.record_events(case.loan, found.events, actor=approver.login, at=at)
        add_note(case, author=approver, kind="agreement-ended", text=note, at=at)
        notices.send(case, kind="plan-ended", words=ended_words(case.number), key=agreement.number)
        return {"agreement": agreement.number}

    run_once(
        effect,
        actor=approver.login,
        command="keeping.end_agreement",
        key=key,
        request={"case": number, "version": version, "note": note_digest(note)},
    )


def _in_force(case: Case) -> Agreement:
    agreement = case.agreements.filter(is_in_force=True).select_related("loan").first()
    if agreement is None:
        raise NotBroken(case.number)
    return agreement


def _ending(agreement: Agreement) -> Ending:
    loan = agreement.loan
    return ending(
        loan_events.terms(loan),
        loan_events.events(loan),
        on=clock.today(),
        reference=f"{agreement.number}-ended",
        concessions_lost=rules_of(agreement).concessions_lost,
    )

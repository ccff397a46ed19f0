"""Closing the case of a loan that has been paid off."""

from collections.abc import Iterable

from tideover.app import clock
from tideover.app.db.atomic import atomic, lock_case
from tideover.app.db.models import Case, Loan
from tideover.app.verbs.books import loan_events
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import carry_out, folded
from tideover.cases import CaseState
from tideover.cases.commands import RecordSettlement


def settle_paid_off(loans: Iterable[Loan], *, actor: str) -> tuple[str, ...]:
    """Close every active case whose loan is settled today; return the cases by number.

    Call it after money was booked, outside the transaction of the booking: a case is locked before
    its loan. Doing it again changes nothing.
    """
    settled = []
    active = Case.objects.filter(loan__in=loans, state=CaseState.ACTIVE.value)
    for number in active.order_by("number").values_list("number", flat=True):
        with atomic():
            case = lock_case(number)
            if case is not None and _settle(case, actor=actor):
                settled.append(number)
    return tuple(settled)


def _settle(case: Case, *, actor: str) -> bool:
    told = folded(case)
    is_paid_off = loan_events.state(case.loan, clock.today()).is_settled
    if told.state is not CaseState.ACTIVE or not is_paid_off:
        return False
    carry_out(case, RecordSettlement(at=clock.now(), actor=actor), before=told)
    notices.settled(case)
    return True

"""Asking the one place that says what an agreement switches off, for a loan of the database."""

from datetime import date
from typing import ClassVar

from tideover.agreements.keeping import Protection, protection_on
from tideover.app.db.models import Loan, PlanKeeping
from tideover.loan import Charged, Event
from tideover.money import Refusal


class LateFeeUnderAgreement(Refusal):
    """A charge was about to be booked for a day on which an agreement is in force."""

    code: ClassVar[str] = "late-fee-under-agreement"

    def __init__(self, loan: Loan, event: Charged) -> None:
        super().__init__(
            f"loan {loan.reference} is under an agreement on {event.on}, so no "
            f"{event.component.value} of {event.amount.display} can be charged for that day; the "
            f"agreement names everything it costs",
            f"贷款 {loan.reference} 在 {event.on} 处于生效的协议期内，不能加收 "
            f"{event.amount.display}；协议已列明全部费用",
        )


def protection_of(loan: Loan, day: date) -> Protection:
    """What may not be done about a loan on a day because of its agreement."""
    kept = PlanKeeping.objects.filter(agreement__loan=loan, effective_on__lte=day)
    newest = kept.order_by("-effective_on", "-agreement__signed_at").first()
    if newest is None:
        return protection_on(day, effective_from=None, ended_on=None, keeps_to_plan=False)
    over = [end for end in (newest.ended_on, newest.completed_on) if end is not None]
    return protection_on(
        day,
        effective_from=newest.effective_on,
        ended_on=min(over, default=None),
        keeps_to_plan=newest.standing
        in (PlanKeeping.Standing.KEPT, PlanKeeping.Standing.COMPLETED),
    )


def refuse_protected(loan: Loan, event: Event) -> None:
    """Refuse a charge for a day on which an agreement is in force. Raises LateFeeUnderAgreement."""
    if isinstance(event, Charged) and protection_of(loan, event.on).late_fees_off:
        raise LateFeeUnderAgreement(loan, event)


def look_again(loan: Loan) -> None:
    """Have the plan of a loan looked at by the next close: something was booked."""
    PlanKeeping.objects.filter(agreement__loan=loan).update(look_on=None)

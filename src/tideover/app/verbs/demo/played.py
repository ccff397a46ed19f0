"""The lender of a year that was played: who of its borrowers is worth looking at."""

from typing import Final

from tideover.app.db.models import Loan, PlanKeeping
from tideover.app.verbs.demo.people import PLAYED
from tideover.app.verbs.demo.signing_in import SignIn
from tideover.policy import Words

_EACH = 2
_STORIES: Final = {
    PlanKeeping.Standing.KEPT: Words("在按方案还款", "keeps to a plan"),
    PlanKeeping.Standing.LATE: Words("方案中有一期晚了", "is late under a plan"),
    PlanKeeping.Standing.BREACHED: Words(
        "方案连续未还，补救期内", "broke a plan, may still cure it"
    ),
    PlanKeeping.Standing.ENDED: Words("协议已终止", "whose agreement was ended"),
    PlanKeeping.Standing.COMPLETED: Words("已结清，有结清证明", "paid off, with the letter"),
}


def is_played() -> bool:
    """Whether this database holds a played year."""
    return Loan.objects.filter(reference__startswith=PLAYED).exists()


def played_sign_ins() -> tuple[SignIn, ...]:
    """Two borrowers for each way in which a plan stands at the end of the year."""
    found = []
    for standing, story in _STORIES.items():
        plans = PlanKeeping.objects.filter(
            standing=standing, agreement__loan__reference__startswith=PLAYED
        )
        plans = plans.select_related("agreement__case__borrower").order_by("agreement__number")
        for plan in plans[:_EACH]:
            borrower = plan.agreement.case.borrower
            found.append(SignIn(str(borrower.name), str(borrower.phone), "", story))
    return tuple(found)

"""The first moment of a case: a number, a draft, and nothing asked yet."""

from datetime import date
from typing import ClassVar

from tideover.app import clock
from tideover.app.db.models import Borrower, Case, CaseNumber, Loan
from tideover.app.verbs import loans
from tideover.app.verbs.case.rows import carry_out
from tideover.cases import CaseState
from tideover.cases.commands import OpenCase
from tideover.money import Refusal

_FIRST_NUMBER = 1_000


class LoanSettled(Refusal):
    """A case is to be opened about a loan on which nothing is owed."""

    code: ClassVar[str] = "loan-settled"

    def __init__(self, loan: Loan, on: date) -> None:
        super().__init__(
            f"nothing is owed on loan {loan.reference} on {on}: there is nothing to arrange; call "
            f"the hotline if you see it otherwise",
            f"贷款 {loan.reference} 在 {on} 已没有欠款，不需要申请；如有疑问请拨打官方热线",
        )


def begin(borrower: Borrower, loan: Loan) -> Case:
    """Open a draft about a loan that has none. Raises LoanSettled."""
    at, today = clock.now(), clock.today()
    if loans.state(loan, today).is_settled:
        raise LoanSettled(loan, today)
    case = Case.objects.create(
        borrower=borrower,
        loan=loan,
        number=f"HC-{_FIRST_NUMBER + CaseNumber.objects.create().pk}",
        state=CaseState.DRAFT.value,
        opened_at=at,
        changed_at=at,
    )
    carry_out(case, OpenCase(case.number, loan.reference, at=at, actor=borrower.actor))
    return case

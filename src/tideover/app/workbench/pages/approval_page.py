"""What an approver sees of a request: today's contract, what differs, what is over a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tideover.app.db.models import Account
from tideover.app.verbs import assessment, offering
from tideover.loan import LoanState
from tideover.money import Money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Today's contract as one row, to be read against the offers: what it still asks for."""

    highest: Money
    past_due: Money
    instalments: int
    earliest_due: date
    latest_due: date
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """One request for approval, with the contract it would change."""

    item: offering.ApprovalItem
    contract: Contract | None


def approval_rows(
    account: Account, items: Sequence[offering.ApprovalItem]
) -> tuple[ApprovalRow, ...]:
    """Return the requests in the order given."""
    return tuple(
        ApprovalRow(
            item=item, contract=contract_of(assessment.case_file(account, item.number).loan_state)
        )
        for item in items
    )


def contract_of(state: LoanState) -> Contract | None:
    """Return what today's contract still asks for; None when it asks for nothing."""
    left = [line for line in state.lines if line.remaining.total.minor > 0]
    if not left:
        return None
    return Contract(
        highest=max(line.remaining.total for line in left),
        past_due=state.past_due.total,
        instalments=len(left),
        earliest_due=left[0].due_date,
        latest_due=left[-1].due_date,
        total=total((line.remaining.total for line in left), state.schedule.currency),
    )

"""Where a case can be, in words that are stored, and the sets that have a name.

The values are stored. What people read is the service's translation of them.
"""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case is; the value is what is stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ASSESSING = "assessing"
    AWAITING_APPROVAL = "awaiting-approval"
    OFFERED = "offered"
    AWAITING_SIGNATURE = "awaiting-signature"
    ACTIVE = "active"
    ENDED = "ended"
    SETTLED = "settled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Turn(StrEnum):
    """Who acts next."""

    BORROWER = "borrower"
    LENDER = "lender"
    NOBODY = "nobody"


#: The borrower is still writing, or the lender is still to answer.
UNDECIDED = frozenset(
    {
        CaseState.DRAFT,
        CaseState.SUBMITTED,
        CaseState.ASSESSING,
        CaseState.AWAITING_APPROVAL,
        CaseState.OFFERED,
        CaseState.AWAITING_SIGNATURE,
    }
)

#: A loan has at most one case in these states. An expired one can be taken up again.
OPEN = UNDECIDED | {CaseState.ACTIVE, CaseState.EXPIRED}

#: Over, unless a refusal is reviewed.
CLOSED = frozenset(CaseState) - OPEN

#: The borrower may choose among offers, or has chosen and may choose again.
ON_THE_TABLE = frozenset({CaseState.OFFERED, CaseState.AWAITING_SIGNATURE})

#: A request ended without an agreement.
NOTHING_AGREED = frozenset({CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.EXPIRED})

"""Products of a host core system: its rules by name, where the terms of a loan say nothing else.

Data, with the reason beside each. Terms that name a rule always win over the product.
"""

from collections.abc import Mapping
from typing import Final

from tideover.loan.components import Component
from tideover.loan.progressive.rules import (
    Allocation,
    Due,
    Future,
    HostRules,
    Kind,
    Order,
    Remainder,
)

_REFUNDS: Final = frozenset({Kind.MERCHANT_REFUND, Kind.PAYOUT_REFUND})
_INTEREST_FIRST: Final[Order] = tuple(
    (due, part)
    for due in Due
    for part in (Component.INTEREST, Component.PRINCIPAL, Component.PENALTY, Component.FEE)
)


def _refunds(merchant: Future) -> dict[Kind, Allocation]:
    """Where money goes that is not the borrower's own.

    Always in the usual order, principal before interest, for a refund takes back what was lent. A
    payout refund pays the next instalments and goodwill the last ones; where a merchant's refund
    goes differs by product.
    """
    return {
        Kind.MERCHANT_REFUND: Allocation(future=merchant),
        Kind.PAYOUT_REFUND: Allocation(future=Future.NEXT),
        Kind.GOODWILL: Allocation(future=Future.LAST),
    }


#: `usual`: a merchant's refund lowers all instalments alike.
#: `interest-back`: with a refund comes the interest the refunded part has borne, so a merchant's
#: refund is spread like a payment.
#: `interest-first`: payments go to interest before principal; a merchant's refund shortens the
#: loan from its end, and interest is given back.
#: `cumulative`: the schedule is built once, nothing is split and nothing dropped.
#: The others take the word for a re-age that waives interest, and keep the interest: so in three
#: of the four loans published, and the fourth leaves out the stub that all others have.
HOST_PRODUCTS: Final[Mapping[str, HostRules]] = {
    "usual": HostRules(
        allocations=_refunds(Future.SHARED), remainder=Remainder.DROPPED, waives_on_re_age=False
    ),
    "interest-back": HostRules(
        allocations=_refunds(Future.NEXT),
        gives_interest_back=_REFUNDS,
        remainder=Remainder.DROPPED,
        waives_on_re_age=False,
    ),
    "interest-first": HostRules(
        allocations={Kind.PAYMENT: Allocation(_INTEREST_FIRST), **_refunds(Future.LAST)},
        gives_interest_back=_REFUNDS,
        remainder=Remainder.DROPPED,
        waives_on_re_age=False,
    ),
    "cumulative": HostRules(projects=False),
}

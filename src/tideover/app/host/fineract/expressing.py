"""Saying an agreed change in Fineract's operations, or why there are none for it.

A plan is a re-age there: everything outstanding in level monthly instalments from a new date.
What is given up and another rate are operations of their own, booked before it.
"""

from decimal import Decimal
from typing import Final

from tideover.app.host.interface import Expression
from tideover.app.host.operations import (
    ChangeRate,
    ForgivePrincipal,
    Operation,
    Reage,
    UnpaidInterest,
    WaiveCharges,
    WaiveInterest,
)
from tideover.loan import Rate
from tideover.options import Proposal
from tideover.policy import Words

_PERCENT: Final = 100
#: Fineract's own limit of decimals of a rate.
_RATE_PLACES: Final = Decimal("0.000001")

CAPITALISED: Final = Words(
    "核心系统不能把未还利息并入本金：请选择不计息结转，或减免。",
    "the core cannot add unpaid interest to the principal: let it be carried without interest, "
    "or waive it",
)
CARRIED: Final = Words(
    "核心系统会把未还的利息和费用全部放在第一期，不能平均分摊到各期：请减免，"
    "或先还清这部分再签新方案。",
    "the core puts all unpaid interest and fees into the earliest instalment and cannot spread "
    "them: waive them, or have them paid before the plan starts",
)
FLAT: Final = Words(
    "等本等息的贷款在核心系统中不能重新排期：请选择延期或减免。",
    "the core cannot re-age a loan at a flat fee: choose a deferral or a waiver",
)


def express(proposal: Proposal) -> Expression:
    """Return the operations that book the proposal in Fineract, in the order they must happen."""
    event = proposal.restructured
    reasons = []
    if event.capitalised.total:
        reasons.append(CAPITALISED)
    if event.carried.total:
        reasons.append(CARRIED)
    if proposal.schedule.total_fee:
        reasons.append(FLAT)
    if reasons:
        return Expression(reasons=tuple(reasons))
    operations = _operations(proposal)
    remarks = () if len(operations) == 1 else (_several(operations),)
    return Expression(operations=operations, remarks=remarks)


def _operations(proposal: Proposal) -> tuple[Operation, ...]:
    event, lines = proposal.restructured, proposal.schedule.lines
    waived, operations = event.waived, list[Operation]()
    charges = waived.penalty + waived.fee
    if charges:
        operations.append(WaiveCharges(event.on, charges))
    # A re-age gives up all unpaid interest by itself; what nobody carries is given up whole.
    unpaid = UnpaidInterest.WAIVE if waived.interest else UnpaidInterest.KEEP
    if waived.interest and waived.interest != proposal.owed.interest:
        operations.append(WaiveInterest(event.on, waived.interest))
        unpaid = UnpaidInterest.KEEP
    if waived.principal:
        operations.append(ForgivePrincipal(event.on, waived.principal))
    if event.rate is not None:
        operations.append(ChangeRate(event.on, _percent(event.rate)))
    operations.append(Reage(lines[0].due_date, len(lines), unpaid))
    return tuple(operations)


def _percent(rate: Rate) -> Decimal:
    exact = rate.simple_annual * _PERCENT
    return (Decimal(exact.numerator) / exact.denominator).quantize(_RATE_PLACES).normalize()


def _several(operations: tuple[Operation, ...]) -> Words:
    count = len(operations)
    return Words(
        f"核心系统需要分 {count} 步入账，不能一次完成：中途失败会从失败的那一步继续。",
        f"the core books this in {count} operations, not in one: if one fails, booking goes on "
        "from there",
    )

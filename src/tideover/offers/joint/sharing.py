"""Who gets what of a month's money: priority debts, then every lender in proportion, or a token."""

from collections.abc import Sequence
from dataclasses import dataclass

from tideover.affordability import fair_shares
from tideover.money import Money, total
from tideover.offers.joint.standing import Standing
from tideover.offers.situation import own_monthly

__all__ = ["CreditorShare", "creditor_shares"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditorShare:
    """What one creditor asks for in a month, and what there is for him this month.

    A token (象征性还款) is offered where nothing is available: it shows good will, keeps the talk
    open, and is no more than the creditor asks for.
    """

    name: str
    asked: Money
    amount: Money
    is_priority: bool
    is_token: bool


def creditor_shares(standing: Standing) -> tuple[CreditorShare, ...]:
    """Return the shares of the month in which the household asks, priority debts before lenders.

    The amounts are those of the capacity: what is set aside for others, and what is left for the
    loans that are planned here, each divided in proportion to what is asked for.
    """
    month = standing.capacity[0]
    debts = standing.request.household.other_debts
    first = [(one.creditor, one.monthly) for one in debts if one.is_priority]
    others = [(one.creditor, one.monthly) for one in debts if not one.is_priority]
    own = [(debt.name, own_monthly(situation.state)) for debt, situation in standing.loans]
    none = Money.zero(standing.currency)
    before = max(none, month.income - month.outgoings)
    priority = total((asked for _, asked in first), standing.currency)
    return (
        *_shared(first, before, is_priority=True),
        *_with_tokens(_shared(others, month.other_debts - priority), standing),
        *_with_tokens(_shared(own, month.capacity), standing),
    )


def _shared(
    asked: Sequence[tuple[str, Money]], available: Money, *, is_priority: bool = False
) -> list[CreditorShare]:
    shares = fair_shares(available, [monthly for _, monthly in asked])
    return [
        CreditorShare(
            name=name,
            asked=monthly,
            amount=min(share, monthly),
            is_priority=is_priority,
            is_token=False,
        )
        for (name, monthly), share in zip(asked, shares, strict=True)
    ]


def _with_tokens(shares: Sequence[CreditorShare], standing: Standing) -> list[CreditorShare]:
    policy = standing.request.parameters
    token = Money(policy.integer("token_offer.minor"), standing.currency)
    if any(one.amount for one in shares):
        return list(shares)
    return [
        CreditorShare(
            name=one.name,
            asked=one.asked,
            amount=min(token, one.asked),
            is_priority=False,
            is_token=True,
        )
        for one in shares
    ]

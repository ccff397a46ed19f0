"""Fair shares between creditors: in proportion, and adding back to the cent."""

from collections.abc import Sequence

from tideover.money import Money

__all__ = ["fair_shares"]


def fair_shares(available: Money, debts: Sequence[Money]) -> tuple[Money, ...]:
    """Return what each creditor gets of `available`, pro rata to `debts`, by largest remainder.

    The shares add up to `available` exactly. No debts, or none above zero: every share is zero.

    Reference: dossier section 3 (UK pro rata), vector D1.
    """
    weights = [max(0, debt.minor) for debt in debts]
    if not any(weights) or available.minor <= 0:
        return tuple(Money.zero(available.currency) for _ in debts)
    return available.share(weights)

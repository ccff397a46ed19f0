"""What a debt is made of: principal, interest, penalty interest and fees."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from tideover.money import Currency, Money


class Component(StrEnum):
    """One part of a debt (本金、利息、罚息、费用)."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PENALTY = "penalty"
    FEE = "fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """An amount told apart by what it is for."""

    principal: Money
    interest: Money
    penalty: Money
    fee: Money

    @classmethod
    def zero(cls, currency: Currency) -> Self:
        """Return nothing of each."""
        none = Money.zero(currency)
        return cls(principal=none, interest=none, penalty=none, fee=none)

    @classmethod
    def of(cls, amounts: Mapping[Component, Money], currency: Currency) -> Self:
        """Return the parts given, and nothing of the others."""
        none = Money.zero(currency)
        return cls(
            principal=amounts.get(Component.PRINCIPAL, none),
            interest=amounts.get(Component.INTEREST, none),
            penalty=amounts.get(Component.PENALTY, none),
            fee=amounts.get(Component.FEE, none),
        )

    @property
    def total(self) -> Money:
        """All parts together."""
        return self.principal + self.interest + self.penalty + self.fee

    def get(self, component: Component) -> Money:
        """Return one part."""
        match component:
            case Component.PRINCIPAL:
                return self.principal
            case Component.INTEREST:
                return self.interest
            case Component.PENALTY:
                return self.penalty
            case Component.FEE:
                return self.fee

    def __add__(self, other: "Components") -> "Components":
        return Components(
            principal=self.principal + other.principal,
            interest=self.interest + other.interest,
            penalty=self.penalty + other.penalty,
            fee=self.fee + other.fee,
        )

    def __sub__(self, other: "Components") -> "Components":
        return Components(
            principal=self.principal - other.principal,
            interest=self.interest - other.interest,
            penalty=self.penalty - other.penalty,
            fee=self.fee - other.fee,
        )

    def __bool__(self) -> bool:
        return any((self.principal, self.interest, self.penalty, self.fee))

"""Named collections of conventions. A profile is data: it changes no code path by its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final

from tideover.loan.components import Component
from tideover.loan.progressive import HOST_PRODUCTS, HostRules
from tideover.loan.terms import CIVIL_CODE_ORDER, Conventions, FlatRule, LevelRule
from tideover.money import Refusal, Rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a market or a core system takes for granted, where the terms say nothing else.

    `host` is what a host core system does with a loan once it runs, None for a loan of our own.
    Only `fineract-progressive` drops the cents that rounding leaves of split interest, because
    that host does; the state of such a loan names the amount.
    """

    name: str
    rounding: Rounding
    conventions: Conventions
    allocation_order: tuple[Component, ...] = CIVIL_CODE_ORDER
    penalty_uplift: Fraction = Fraction(0)
    grace_days: int = 0
    host: HostRules | None = None


_PENALTY_FIRST: Final = (
    Component.PENALTY,
    Component.FEE,
    Component.PRINCIPAL,
    Component.INTEREST,
)
_CORE_SYSTEM: Final = Conventions(
    level=LevelRule.ROUNDED,
    payment_rounding=Rounding.HALF_EVEN,
    is_equalised=True,
    flat=FlatRule.LEVEL,
)

PROFILES: Final[Mapping[str, Profile]] = {
    one.name: one
    for one in (
        Profile(
            name="cn-consumer",
            rounding=Rounding.HALF_UP,
            conventions=Conventions(),
            penalty_uplift=Fraction(1, 2),
        ),
        Profile(
            name="weilidai",
            rounding=Rounding.HALF_UP,
            conventions=Conventions(),
            penalty_uplift=Fraction(1, 2),
            grace_days=1,
        ),
        Profile(
            name="us-consumer",
            rounding=Rounding.HALF_UP,
            conventions=Conventions(level=LevelRule.ROUNDED, payment_rounding=Rounding.UP),
        ),
        Profile(
            name="fineract-progressive",
            rounding=Rounding.HALF_EVEN,
            conventions=_CORE_SYSTEM,
            allocation_order=_PENALTY_FIRST,
            host=HOST_PRODUCTS["usual"],
        ),
        Profile(
            name="fineract-cumulative",
            rounding=Rounding.HALF_EVEN,
            conventions=Conventions(
                level=LevelRule.ROUNDED,
                payment_rounding=Rounding.HALF_EVEN,
                is_equalised=True,
                flat=FlatRule.EVEN,
            ),
            allocation_order=_PENALTY_FIRST,
            host=HOST_PRODUCTS["cumulative"],
        ),
    )
}


class UnknownProfile(Refusal):
    """There is no profile of this name."""

    code: ClassVar[str] = "unknown-profile"

    def __init__(self, name: str) -> None:
        known = ", ".join(PROFILES)
        super().__init__(
            f"there is no profile {name!r}; use one of {known}",
            f"没有名为 {name!r} 的惯例；请使用 {known} 之一",
        )


def profile(name: str) -> Profile:
    """Return the profile of a name.

    Raises:
        UnknownProfile: there is none.
    """
    try:
        return PROFILES[name]
    except KeyError:
        raise UnknownProfile(name) from None

"""What a lender grants beyond time: every combination that policy allows, the least first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Final

import numpy as np

from tideover.kernels import Int, Mask
from tideover.loan import AnnualRate, Components, DailyRate, Rate
from tideover.money import Money
from tideover.offers.situation import Situation
from tideover.options import ArrearsTreatment
from tideover.policy import Parameters

__all__ = ["PLAIN", "Grant", "Grants", "grants_of", "rate_after", "waived_by"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One combination of concessions, in shares.

    `rate_cut` is a share of the rate, `interest_waived` of the interest unpaid on the day the plan
    starts, `principal_forgiven` of the principal; `arrears` is what becomes of the interest that
    is not waived. The penalty is waived by policy whatever is granted.
    """

    rate_cut: Fraction = Fraction(0)
    interest_waived: Fraction = Fraction(0)
    principal_forgiven: Fraction = Fraction(0)
    arrears: ArrearsTreatment = ArrearsTreatment.CARRY

    @property
    def given(self) -> int:
        """How many of the three concessions it has."""
        return sum(map(bool, (self.rate_cut, self.interest_waived, self.principal_forgiven)))


#: Time alone, as a lender grants it who lets unpaid interest wait.
PLAIN: Final = Grant()


@dataclass(frozen=True, slots=True, eq=False)
class Grants:
    """All grants that may be had, the one that gives nothing first, and the same as columns.

    `forgiven`, `cuts` and `waived` are the shares there are of each kind; `forgiven_at`, `cut_at`
    and `waived_at` say which of them a grant has. `joins` says that unpaid interest joins the
    principal, `singles` are the places of the grants with one concession alone.
    """

    each: tuple[Grant, ...]
    forgiven: tuple[Fraction, ...]
    forgiven_at: Int
    cuts: tuple[Fraction, ...]
    cut_at: Int
    waived: tuple[Fraction, ...]
    waived_at: Int
    joins: Mask
    singles: tuple[int, ...]

    @classmethod
    def of(cls, each: tuple[Grant, ...]) -> "Grants":
        """Return these grants."""
        forgiven, forgiven_at = _distinct([one.principal_forgiven for one in each])
        cuts, cut_at = _distinct([one.rate_cut for one in each])
        waived, waived_at = _distinct([one.interest_waived for one in each])
        first = each[0].arrears
        return cls(
            each=each,
            forgiven=forgiven,
            forgiven_at=forgiven_at,
            cuts=cuts,
            cut_at=cut_at,
            waived=waived,
            waived_at=waived_at,
            joins=np.array([one.arrears is ArrearsTreatment.CAPITALISE for one in each]),
            singles=tuple(
                place for place, one in enumerate(each) if one.given == 1 and one.arrears is first
            ),
        )

    def __len__(self) -> int:
        return len(self.each)

    def __getitem__(self, place: int) -> Grant:
        return self.each[place]

    def both(self, other: "Grants") -> "Grants":
        """Return the grants that are in both; plain time is always among them."""
        if self is other:
            return self
        shared = tuple(one for one in self.each if one in other.each)
        return Grants.of(shared or self.each[:1])


def grants_of(policy: Parameters) -> Grants:
    """Return every combination that policy admits, the one that gives nothing at all first.

    Unpaid interest is waived before the rate is lowered, and the rate lowered before principal is
    forgiven. Where unpaid interest may both wait and join the principal, waiting comes first. A
    policy without one of the lists grants nothing of the kind.
    """
    return _grants(
        _told(policy, "forgiveness.principal_shares", most="forgiveness.principal_share_max"),
        _told(policy, "concession.rate_cuts"),
        _told(policy, "waiver.interest_shares", most="waiver.interest_share_max"),
        _treatments(policy),
    )


def rate_after(situation: Situation, grant: Grant) -> Rate | None:
    """Return the rate of a plan, None for the contract's own. A flat fee has no rate to lower."""
    rate, left = situation.terms.rate, 1 - grant.rate_cut
    if grant.rate_cut and isinstance(rate, DailyRate):
        return DailyRate(rate.of_day * left)
    if grant.rate_cut and isinstance(rate, AnnualRate):
        return replace(rate, of_year=rate.of_year * left)
    return situation.agreed_rate


def waived_by(situation: Situation, grant: Grant) -> Components:
    """Return what is given up when the plan is signed, every part rounded down.

    That is the share of the penalty which policy waives for everybody who signs, and the shares
    of the grant.
    """
    owed = situation.start_state.outstanding
    currency = owed.principal.currency

    def part(amount: Money, share: Fraction) -> Money:
        return Money(int(amount.minor * share), currency)

    return Components(
        principal=part(owed.principal, grant.principal_forgiven),
        interest=part(owed.interest, grant.interest_waived),
        penalty=part(owed.penalty, situation.parameters.ratio("waiver.penalty_share")),
        fee=Money.zero(currency),
    )


#: A list of shares as policy writes it, and the most it allows of them.
Told = tuple[tuple[str, ...], Fraction]


@lru_cache(maxsize=64)
def _grants(
    forgiven: Told, cuts: Told, waived: Told, treatments: tuple[ArrearsTreatment, ...]
) -> Grants:
    return Grants.of(
        tuple(
            Grant(
                principal_forgiven=principal, rate_cut=cut, interest_waived=interest,
                arrears=treatment,
            )
            for principal, cut, interest, treatment in product(
                _shares(*forgiven), _shares(*cuts), _shares(*waived), treatments
            )
        )
    )  # fmt: skip


def _told(policy: Parameters, name: str, *, most: str = "") -> Told:
    limit = policy.ratio(most) if most in policy else Fraction(1)
    return (policy.names(name) if name in policy else ()), limit


def _shares(told: tuple[str, ...], most: Fraction) -> tuple[Fraction, ...]:
    """Return nought and the shares of a list, none above the most there may be."""
    found = {Fraction(text) for text in told}
    return tuple(sorted({Fraction(0), *(one for one in found if 0 <= one <= most)}))


def _distinct(shares: Sequence[Fraction]) -> tuple[tuple[Fraction, ...], Int]:
    """Return the shares there are, and which one stands at every place."""
    known = {share: place for place, share in enumerate(dict.fromkeys(shares))}
    return tuple(known), np.array([known[share] for share in shares], dtype=np.int64)


def _treatments(policy: Parameters) -> tuple[ArrearsTreatment, ...]:
    """Return what may become of unpaid interest; it waits where policy has no say."""
    joins = "arrears.capitalise_interest" in policy and policy.flag("arrears.capitalise_interest")
    waits = not joins or (
        "arrears.freeze_interest" in policy and policy.flag("arrears.freeze_interest")
    )
    return (
        *((ArrearsTreatment.CARRY,) if waits else ()),
        *((ArrearsTreatment.CAPITALISE,) if joins else ()),
    )

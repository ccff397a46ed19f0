"""What every grant makes of one loan: principal, what is carried, and the rate, as columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tideover.kernels import Int
from tideover.loan import Rate
from tideover.offers.grants import Grant, Grants, rate_after
from tideover.offers.situation import Situation

__all__ = ["Granted", "granted_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """One entry a grant, minor units: the `principal` of the plan, and what it carries beside it.

    `rates` are the rates there are, None for the contract's, `rate_at` which one a grant has.
    """

    principal: Int
    interest: Int
    penalty: Int
    fee: Int
    rates: tuple[Rate | None, ...]
    rate_at: Int

    @property
    def carried(self) -> Int:
        """Everything that is carried beside the principal."""
        return self.interest + self.penalty + self.fee


def granted_of(situation: Situation, grants: Grants) -> Granted:
    """Return what the grants make of a loan, to the minor unit as the scalar engine has it."""
    owed = situation.start_state.outstanding
    waived = owed.penalty.minor * situation.parameters.ratio("waiver.penalty_share")
    penalty, fee = owed.penalty.minor - int(waived), owed.fee.minor
    interest = _left(owed.interest.minor, grants.waived)[grants.waived_at]
    principal = _left(owed.principal.minor, grants.forgiven)[grants.forgiven_at]
    beside, waits = interest + (penalty + fee), ~grants.joins
    return Granted(
        principal=principal + np.where(waits, 0, beside),
        interest=np.where(waits, interest, 0),
        penalty=np.where(waits, penalty, 0),
        fee=np.where(waits, fee, 0),
        rates=tuple(rate_after(situation, Grant(rate_cut=cut)) for cut in grants.cuts),
        rate_at=grants.cut_at,
    )


def _left(whole: int, shares: Iterable[Fraction]) -> Int:
    """Return what is left of a whole without each of the shares, which are rounded down."""
    return np.array([whole - int(whole * share) for share in shares], dtype=np.int64)

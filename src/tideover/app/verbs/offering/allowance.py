"""What a renegotiation may still use: plans and months of pause that policy gives in some years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from tideover.app import clock
from tideover.app.db.models import Agreement, Case, Loan
from tideover.dates import add_months
from tideover.money import Refusal
from tideover.offers import Offer, OfferSet, Refused, offer_from_record
from tideover.policy import Words, load_book

CODE = "allowance_used_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Plans signed and months of pause agreed on a loan since a day, and what policy gives."""

    since: date
    window_months: int
    plans_used: int
    plans_max: int
    pause_months_used: int
    pause_months_max: int

    @property
    def plans_left(self) -> int:
        """How many further plans may be signed."""
        return max(0, self.plans_max - self.plans_used)

    @property
    def pause_months_left(self) -> int:
        """How many further months of pause may be agreed."""
        return max(0, self.pause_months_max - self.pause_months_used)


class AllowanceUsedUp(Refusal):
    """As many plans were signed on the loan as policy gives in its window."""

    code: ClassVar[str] = "allowance-used-up"

    def __init__(self, case: Case, allowance: Allowance) -> None:
        self.allowance = allowance
        used, months = allowance.plans_used, allowance.window_months
        super().__init__(
            f"{used} plans were signed on the loan of case {case.number} since {allowance.since}, "
            f"and up to {allowance.plans_max} can be within {months} months; decline with the way "
            f"to a review, or talk about a pause and free advice",
            f"案件 {case.number} 的贷款自 {allowance.since} 起已签 {used} 次方案，"
            f"{months} 个月内最多 {allowance.plans_max} 次；"
            "可以说明原因并告知复核途径，或商量暂停和免费咨询",
        )


def allowance_of(loan: Loan) -> Allowance:
    """Return what is used and left of the policy of today for a loan."""
    today = clock.today()
    policy = load_book().on(today, product=loan.product)
    months = policy.integer("renegotiation.window_months")
    since = add_months(today, -months)
    rows = Agreement.objects.filter(loan=loan, signed_at__gte=clock.start_of_day(since))
    pauses = [offer_from_record(row.offer).proposal.pause_months for row in rows]
    return Allowance(
        since=since,
        window_months=months,
        plans_used=len(pauses),
        plans_max=policy.integer("renegotiation.plans_max"),
        pause_months_used=sum(pauses),
        pause_months_max=policy.integer("renegotiation.pause_months_max"),
    )


def demand_allowance(case: Case) -> Allowance:
    """Return what is left for a loan. Raises AllowanceUsedUp when no further plan is."""
    allowance = allowance_of(case.loan)
    if not allowance.plans_left:
        raise AllowanceUsedUp(case, allowance)
    return allowance


def within(found: OfferSet, allowance: Allowance) -> OfferSet:
    """Return the offers that use no more pause than is left; those left out have their reason."""
    kept = tuple(offer for offer in found.offers if fits(offer, allowance))
    if len(kept) == len(found.offers):
        return found
    dropped = [offer for offer in found.offers if not fits(offer, allowance)]
    return replace(found, offers=kept, refused=(*found.refused, too_long(dropped, allowance)))


def fits(offer: Offer, allowance: Allowance) -> bool:
    """Return whether an offer pauses no longer than is left."""
    return offer.proposal.pause_months <= allowance.pause_months_left


def too_long(offers: Sequence[Offer], allowance: Allowance) -> Refused:
    """Return why a pause cannot be had any more, with what is left."""
    asked = min(offer.proposal.pause_months for offer in offers)
    left, used = allowance.pause_months_left, allowance.pause_months_used
    return Refused(
        code=CODE,
        words=Words(
            f"需要再停 {asked} 个月，而近 {allowance.window_months} 个月已约定停 {used} 个月，"
            f"还可以停 {left} 个月",
            f"{asked} months of pause are needed; {used} were agreed within "
            f"{allowance.window_months} months and {left} are left",
        ),
        would_change=Words(
            f"停 {left} 个月以内，或改为每月少还",
            f"a pause of up to {left} months, or a lower payment instead",
        ),
    )

"""The rules of a settlement for less (减免结清): a sum paid soon, the rest never asked for."""

from datetime import timedelta
from fractions import Fraction
from typing import ClassVar

from tideover.dates import format_date_en, format_date_zh
from tideover.money import Money, Refusal, Rounding
from tideover.policy.facts import PlanFacts
from tideover.policy.parameters import Parameters
from tideover.policy.registry import rule, verdict
from tideover.policy.verdict import Verdict
from tideover.policy.words import Words, counted, percent_text

SETTLEMENT = "settlement"


class BandsDoNotMatch(Refusal):
    """The two lists of the smallest shares are not of the same length, or not in order."""

    code: ClassVar[str] = "settlement-bands-do-not-match"

    def __init__(self, days: tuple[str, ...], shares: tuple[str, ...]) -> None:
        super().__init__(
            f"settlement.days_from has {', '.join(days)} and settlement.shares_min has "
            f"{', '.join(shares)}: give one share for each number of days, the days rising from 0",
            f"settlement.days_from（{'、'.join(days)}）与 settlement.shares_min"
            f"（{'、'.join(shares)}）须逐项对应，天数从 0 起递增",
        )


def least_share(days_past_due: int, policy: Parameters) -> Fraction:
    """Return the smallest share of what is owed that settles a debt so many days past due.

    The bands are half-open, `[from, next)`, and exactly one holds (hit policy UNIQUE).

    Raises:
        BandsDoNotMatch: the lists of days and shares do not go together.
    """
    days, shares = policy.names("settlement.days_from"), policy.names("settlement.shares_min")
    starts = [int(one) for one in days]
    if len(days) != len(shares) or not starts or starts != sorted({0, *starts}):
        raise BandsDoNotMatch(days, shares)
    return next(
        Fraction(share)
        for start, share in zip(reversed(starts), reversed(shares), strict=True)
        if days_past_due >= start
    )


def least_settlement(owed: Money, *, days_past_due: int, policy: Parameters) -> Money:
    """Return the smallest sum that settles `owed`, rounded up to the minor unit."""
    share = least_share(days_past_due, policy)
    return Money(Rounding.UP(owed.minor * share), owed.currency)


@rule("settlement.when-allowed", "settlement.days_past_due_min")
def settlement_when_allowed(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A debt is settled for less only when it is long past due, or when no plan can be carried."""
    settled = facts.settled
    if facts.legal_form != SETTLEMENT or settled is None:
        return None
    least, days = policy.integer("settlement.days_past_due_min"), facts.days_past_due
    because = (
        Words(f"逾期 {days} 天，没有负担得起的还款方案，可以谈减免结清",
              f"{days} days past due, and no plan can be carried: a settlement may be agreed")
        if settled.nothing_fits
        else Words(f"逾期 {days} 天；有负担得起的还款方案时，逾期满 {least} 天才能减免结清",
                   f"{days} days past due; while a plan can be carried, a settlement may be agreed "
                   f"from {least} days on")
    )  # fmt: skip
    return verdict(
        "settlement.when-allowed", settled.nothing_fits or days >= least, because=because,
        reference=policy["settlement.days_past_due_min"].reference,
    )  # fmt: skip


@rule("settlement.minimum-share", "settlement.days_from", "settlement.shares_min")
def settlement_minimum_share(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """What is paid is at least the share of what is owed that its days past due ask for."""
    settled = facts.settled
    if facts.legal_form != SETTLEMENT or settled is None:
        return None
    share = least_share(facts.days_past_due, policy)
    least = least_settlement(settled.owed, days_past_due=facts.days_past_due, policy=policy)
    shown = percent_text(share, digits=0)
    because = Words(
        f"欠 {settled.owed.display}，付 {settled.paid.display}；逾期 {facts.days_past_due} 天时"
        f"最少付 {shown}，即 {least.display}",
        f"{settled.paid.display} is paid of {settled.owed.display} owed; at "
        f"{facts.days_past_due} days past due at least {shown} settles it, {least.display}",
    )
    return verdict(
        "settlement.minimum-share", settled.paid >= least, because=because,
        reference=policy["settlement.shares_min"].reference,
    )  # fmt: skip


@rule("settlement.within-means", "settlement.reserve_months")
def settlement_within_means(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """What the payments take beyond each month's capacity is at hand, a reserve left alone."""
    settled = facts.settled
    if facts.legal_form != SETTLEMENT or settled is None:
        return None
    months = policy.integer("settlement.reserve_months")
    because = Words(
        f"除当月能力外还要 {settled.drawn.display}，手头可用 {settled.at_hand.display}"
        f"（按你说的金额，或存款减去 {months} 个月必要支出）",
        f"{settled.drawn.display} is needed beyond what the months can pay, and "
        f"{settled.at_hand.display} is at hand (as you said, or savings less necessary spending "
        f"of {counted(months, 'month')})",
    )
    return verdict(
        "settlement.within-means", settled.drawn <= settled.at_hand, because=because,
        reference=policy["settlement.reserve_months"].reference,
    )  # fmt: skip


@rule("settlement.soon", "settlement.instalments_max", "settlement.days_max")
def settlement_soon(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A settlement is paid in few payments and within few days."""
    if facts.legal_form != SETTLEMENT or facts.settled is None:
        return None
    most, days = (
        policy.integer("settlement.instalments_max"), policy.integer("settlement.days_max"),
    )  # fmt: skip
    until = (facts.starts_on or facts.on) + timedelta(days=days)
    count, last = len(facts.payments), facts.payments[-1].on
    because = Words(
        f"分 {count} 次付清，最后一次{format_date_zh(last)}；最多 {most} 次，"
        f"最晚{format_date_zh(until)}",
        f"paid in {count}, the last on {format_date_en(last)}; at most {most}, and by "
        f"{format_date_en(until)} at the latest",
    )
    return verdict(
        "settlement.soon", count <= most and last <= until, because=because,
        reference=policy["settlement.days_max"].reference,
    )  # fmt: skip


@rule("settlement.better-than-no-agreement", "value.recovery_share", "value.discount_rate")
def settlement_better_than_no_agreement(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """The lender may expect no less of the settlement than of going on without an agreement."""
    settled = facts.settled
    if facts.legal_form != SETTLEMENT or settled is None:
        return None
    gain = settled.value - settled.without
    because = Words(
        f"预计现值 {settled.value.display}，没有协议时 {settled.without.display}，"
        f"{'多' if gain.minor >= 0 else '少'} {abs(gain).display}",
        f"worth {settled.value.display} to the lender, against {settled.without.display} with no "
        f"agreement: {abs(gain).display} {'more' if gain.minor >= 0 else 'less'}",
    )
    return verdict(
        "settlement.better-than-no-agreement", gain.minor >= 0, because=because,
        reference=policy["value.recovery_share"].reference,
    )  # fmt: skip

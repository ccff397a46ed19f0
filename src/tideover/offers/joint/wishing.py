"""Answering a wish: accepted, the nearest plan that passes, or a coded refusal."""

from tideover.money import Money
from tideover.offers.grid import Candidate, Grid
from tideover.offers.joint.frontier import Search
from tideover.offers.joint.plans import draft_of
from tideover.offers.joint.request import JointWish
from tideover.offers.joint.standing import Standing
from tideover.offers.offer import Refused
from tideover.offers.refusing import month_of_interest
from tideover.policy import Words

__all__ = ["Wished", "answer_wish", "refused_wish"]

#: What a wish is answered with: the plan that meets it, and what could not be had.
Wished = tuple[Candidate | None, tuple[Refused, ...]]


def answer_wish(searched: Search) -> Wished:
    """Return the plan that meets the wish, and the refusals of the parts that none meets."""
    wish = searched.standing.request.wish
    if not wish:
        return None, ()
    meeting = [one for one in searched.found if _meets(one, wish)]
    if meeting:
        return min(meeting, key=lambda one: (one.pause_months, one.instalments)), ()
    return None, (refused_wish(searched),)


def _meets(plan: Candidate, wish: JointWish) -> bool:
    return (
        (wish.monthly is None or plan.payment <= wish.monthly)
        and (wish.instalments is None or plan.instalments == wish.instalments)
        and (wish.pause_months is None or plan.pause_months == wish.pause_months)
    )


def refused_wish(searched: Search) -> Refused:
    """Return why no plan meets the wish: the reason that weighs most."""
    standing, grid = searched.standing, searched.grid
    wish, policy = standing.request.wish, standing.request.parameters
    longest = grid.longest()
    interest = total_interest_of_a_month(standing)
    pause_max = policy.integer("pause.months_max")
    if wish.monthly is not None and wish.monthly <= interest:
        return _never(wish.monthly, interest)
    if wish.pause_months is not None and wish.pause_months > pause_max:
        return _too_long_a_pause(wish.pause_months, pause_max)
    if wish.instalments is not None and wish.instalments > longest:
        return _too_long(wish.instalments, longest)
    if wish.monthly is not None and longest and grid.asked_for(longest) > wish.monthly:
        return _too_little(grid, wish.monthly)
    return _above_capacity(searched)


def total_interest_of_a_month(standing: Standing) -> Money:
    """Return the interest or fee of an ordinary month over all loans."""
    amounts = [month_of_interest(situation) for _, situation in standing.loans]
    return sum(amounts, start=Money.zero(standing.currency))


def _never(wished: Money, interest: Money) -> Refused:
    return Refused(
        code="never_amortises",
        words=Words(
            f"每月还 {wished.display}，不超过当月利息 {interest.display}，本金永远还不完",
            f"{wished.display} a month does not exceed the month's interest of {interest.display}, "
            "so the principal would never be repaid",
        ),
        would_change=Words(
            f"每月高于 {interest.display}，或先谈息费减免、暂停",
            f"more than {interest.display} a month, or a waiver or a pause first",
        ),
    )


def _too_long_a_pause(wished: int, most: int) -> Refused:
    return Refused(
        code="over_policy_limit",
        words=Words(f"希望暂停 {wished} 个月，最长可停 {most} 个月",
                    f"a pause of {wished} months was asked for; the longest is {most}"),
        would_change=Words(f"先停 {most} 个月，到期前再谈一次",
                           f"pause for {most} months and talk again before it ends"),
    )  # fmt: skip


def _too_long(wished: int, longest: int) -> Refused:
    return Refused(
        code="over_legal_limit",
        words=Words(f"希望分 {wished} 期，法律允许最长 {longest} 期",
                    f"{wished} instalments were asked for; the law allows {longest} at most"),
        would_change=Words(f"{longest} 期以内", f"{longest} instalments or fewer"),
    )  # fmt: skip


def _too_little(grid: Grid, wished: Money) -> Refused:
    longest = grid.longest()
    least = grid.asked_for(longest)
    return Refused(
        code="over_legal_limit",
        words=Words(
            f"每月还 {wished.display} 要超过法律允许的最长 {longest} 期，"
            f"{longest} 期每月约 {least.display}",
            f"{wished.display} a month would need more than the {longest} instalments the "
            "law "
            f"allows, which come to about {least.display} a month",
        ),
        would_change=Words(f"每月多 {(least - wished).display}，或减免一部分利息",
                           f"{(least - wished).display} more a month, or a waiver of interest"),
    )  # fmt: skip


def _above_capacity(searched: Search) -> Refused:
    standing, grid, found = searched.standing, searched.grid, searched.found
    wish, longest = standing.request.wish, grid.longest()
    nearest = min(
        found, key=lambda one: abs(one.instalments - (wish.instalments or 0)), default=None
    )
    asked = Money.zero(standing.currency)
    if longest:
        counts = grid.counts(min(wish.instalments or 1, longest))
        plan = draft_of(standing, counts, pause_months=0)
        asked = plan.payment if plan else asked
    able = max(month.capacity for month in standing.capacity)
    change = (
        Words(f"最接近的是 {nearest.instalments} 期，每月 {nearest.payment.display}",
              f"the nearest is {nearest.instalments} instalments at "
              f"{nearest.payment.display} a month")
        if nearest
        else Words("收入增加、暂停或减免", "more income, a pause or a waiver")
    )  # fmt: skip
    return Refused(
        code="above_capacity",
        words=Words(
            f"这样每月要还 {asked.display}，而每月最多能还 {able.display}",
            f"that asks for {asked.display} a month, and at most {able.display} can be paid",
        ),
        would_change=change,
    )

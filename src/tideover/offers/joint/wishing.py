"""Answering a wish: accepted, the nearest plan that passes, or a coded refusal."""

from collections.abc import Iterator

from tideover.money import Money
from tideover.offers.grid import Candidate, Grid
from tideover.offers.joint.frontier import Search
from tideover.offers.joint.plans import Draft, draft_of
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
    """Say in which month the wish asks for more than there is, and what the nearest plan is."""
    standing = searched.standing
    wish = standing.request.wish
    nearest = min(
        searched.found,
        key=lambda one: (
            abs(one.pause_months - (wish.pause_months or 0)),
            abs(one.instalments - (wish.instalments or 0)),
        ),
        default=None,
    )
    change = (
        _said(nearest)
        if nearest
        else Words("收入增加、暂停或减免", "more income, a pause or a waiver")
    )
    return Refused(code="above_capacity", words=_too_much(searched, wish), would_change=change)


def _too_much(searched: Search, wish: JointWish) -> Words:
    standing, pause = searched.standing, wish.pause_months or 0
    count, plan = _wished_draft(searched, wish)
    if plan is None:
        return Words(
            f"暂停 {pause} 个月积下的利息，超过分期后的一期应还",
            f"the interest of a pause of {pause} months is more than an instalment of any plan",
        )
    over = next(
        (month for month, asked in plan.months.items() if asked > standing.limit_on(month)), None
    )
    paused_zh, paused_en = (
        (f"暂停 {pause} 个月后", f" after a pause of {pause} months") if pause else ("", "")
    )
    kind = Words(f"{paused_zh}分 {count} 期", f"{count} instalments{paused_en}")
    if over is None:
        return Words(f"{kind.zh}，政策不允许", f"policy does not allow {kind.en}")
    asked, able = plan.months[over], standing.limit_on(over)
    return Words(
        f"{kind.zh}，{over.year} 年 {over.month} 月要还 {asked.display}，"
        f"而当月最多能还 {able.display}",
        f"{kind.en} ask for {asked.display} in {over:%Y-%m}, when at most {able.display} can be "
        "paid",
    )


def _wished_draft(searched: Search, wish: JointWish) -> tuple[int, Draft | None]:
    """Return the wish as a plan: as many instalments as it says, else the most that repay it."""
    grid, pause = searched.grid, wish.pause_months or 0
    longest = grid.longest(pause)
    asked = (
        range(min(wish.instalments, longest), 0, -1)
        if wish.instalments is not None
        else _within(grid, wish.monthly, longest)
        if wish.monthly is not None
        else range(longest, 0, -1)
    )
    for count in asked:
        counts = grid.counts(count, pause=pause)
        plan = draft_of(searched.standing, counts, pause_months=pause)
        if plan is not None:
            return count, plan
    return 0, None


def _within(grid: Grid, monthly: Money, longest: int) -> Iterator[int]:
    """Yield the counts whose payment is within the wish, the fewest first."""
    return (one for one in range(1, longest + 1) if grid.asked_for(one) <= monthly)


def _said(nearest: Candidate) -> Words:
    pause, payment = nearest.pause_months, nearest.payment.display
    return Words(
        f"最接近的是{f'暂停 {pause} 个月后' if pause else ''} {nearest.instalments} 期，"
        f"每月最多 {payment}",
        f"the nearest is {nearest.instalments} instalments of at most {payment}"
        + (f" after a pause of {pause} months" if pause else " without a pause"),
    )

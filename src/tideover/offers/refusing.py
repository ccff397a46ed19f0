"""Why there is no offer, or not the one wished for: coded, with numbers, and what would help."""

from collections.abc import Iterator

from tideover.dates import format_date_en, format_date_zh
from tideover.loan.building import factors_of, periods_of
from tideover.money import Money, total
from tideover.offers.grid import Grid, grid_of
from tideover.offers.offer import Refused
from tideover.offers.plan_facts import latest_permitted
from tideover.offers.situation import Situation
from tideover.options import due_date_after, plan_terms
from tideover.policy import Words

__all__ = ["ability_sufficient", "next_steps", "nothing_owed", "refused_wish", "why_nothing_fits"]


def nothing_owed(situation: Situation) -> Refused:
    """Return the answer for a loan without principal."""
    owed = situation.state.payoff.display
    return Refused(
        code="nothing_owed",
        words=Words(f"这笔贷款已没有未还本金，还清 {owed} 即可结清",
                    f"no principal is left on this loan; {owed} closes it"),
        would_change=Words("无需方案", "no plan is needed"),
    )  # fmt: skip


def ability_sufficient(situation: Situation) -> Refused:
    """Return the answer for a household that can carry today's contract."""
    most = max(amount for _, amount in situation.contract_dues)
    least = min(situation.capacity_on(day) for day, _ in situation.contract_dues)
    return Refused(
        code="ability_sufficient",
        words=Words(
            f"没有逾期，现在的合同每期最多 {most.display}，而你每月能还 {least.display}，"
            "不改合同更省利息",
            f"nothing is overdue and today's contract asks for at most {most.display} a month "
            f"against the {least.display} you can pay; leaving it as it is costs the least",
        ),
        would_change=Words(
            "如果收入会减少或有新的必要支出，补充后我们重新计算",
            "if income is going to fall or a new necessary cost comes, tell us and we work it out "
            "again",
        ),
    )


def why_nothing_fits(grid: Grid) -> Refused:
    """Return why no plan of all its loans passes: no ability, never amortising, over the limit.

    Ability counts from the month on in which something could fall due.
    """
    best = Money(int(grid.limits[int(min(one.months[0] for one in grid.calendars)) :].max()),
                 grid.currency)  # fmt: skip
    if not best:
        return _no_ability(grid.situations[0])
    interest = total((month_of_interest(one) for one in grid.situations), grid.currency)
    if best <= interest:
        return _never_amortises(best, interest)
    return _over_limit(grid) if grid.longest() else _too_old(grid)


def refused_wish(situation: Situation) -> Iterator[Refused]:
    """Return why a wished payment or pause cannot be had, nothing when it can."""
    wish, policy = situation.request.wish, situation.parameters
    if wish.monthly is not None:
        interest = month_of_interest(situation)
        grid = grid_of(situation)
        longest_plan = grid.longest()
        if wish.monthly <= interest:
            yield _never_amortises(wish.monthly, interest)
        elif longest_plan and grid.asked_for(longest_plan) > wish.monthly:
            yield _over_limit(grid, wished=wish.monthly)
    longest = policy.integer("pause.months_max")
    if wish.pause_months is not None and wish.pause_months > longest:
        yield Refused(
            code="over_policy_limit",
            words=Words(f"希望暂停 {wish.pause_months} 个月，最长可停 {longest} 个月",
                        f"a pause of {wish.pause_months} months was asked for; the longest is "
                        f"{longest}"),
            would_change=Words(f"先停 {longest} 个月，到期前再谈一次",
                               f"pause for {longest} months and talk again before it ends"),
        )  # fmt: skip


def next_steps(situation: Situation) -> tuple[Words, ...]:
    """Return where to go when nothing fits. There is always somewhere."""
    policy = situation.parameters
    pause, review = policy.integer("pause.months_max"), policy.integer("review.days")
    return (
        Words(f"可以先申请暂停还款（最长 {pause} 个月），由专员和你一起看",
              f"a pause of up to {pause} months can be looked at with an agent first"),
        Words("可以同时申请减免罚息和利息，写明收入和必要支出即可",
              "penalty and interest can be asked to be waived at the same time; your income and "
              "necessary spending are enough to say"),
        Words(f"{review} 天内可以要求另一位专员复核，复核期间不产生新的费用",
              f"within {review} days you can ask for another person to look again; nothing new is "
              "charged meanwhile"),
        Words(f"免费咨询：{policy.text('helpline.free_advice_zh')}",
              f"free advice: {policy.text('helpline.free_advice_en')}"),
    )  # fmt: skip


def month_of_interest(situation: Situation) -> Money:
    """Return the interest or fee of one ordinary month: what a payment must exceed to help."""
    principal = situation.state.outstanding.principal
    terms = plan_terms(
        situation.terms,
        principal=principal,
        starts_on=situation.starts_on,
        earliest_due=situation.earliest_due(),
        instalments=2,
    )
    ordinary = factors_of(terms, periods_of(terms))[1]
    minor = terms.rounding(principal.minor * (ordinary + terms.fee_rate))
    return Money(minor, principal.currency)


def _no_ability(situation: Situation) -> Refused:
    shortfall = max(month.shortfall for month in situation.capacity)
    lacking = (
        Words(f"目前收入不够必要支出，每月还差 {shortfall.display}。这不是你的错",
              f"income does not cover necessary spending at present, by {shortfall.display} a "
              "month. That is not your fault")
        if shortfall
        else Words("扣除必要支出和其他债务后，目前没有余钱可还",
                   "after necessary spending and other debts nothing is left to pay with")
    )  # fmt: skip
    return Refused(
        code="no_repayment_ability",
        words=lacking,
        would_change=Words(
            "收入恢复、申领到失业金或低保、或减少其他债务后，可以重新计算；在此之前先看暂停还款或减免",
            "we work it out again when income returns, a benefit is granted or other debts fall; "
            "until then a pause or a waiver comes first",
        ),
    )


def _never_amortises(payment: Money, interest: Money) -> Refused:
    return Refused(
        code="never_amortises",
        words=Words(
            f"每月还 {payment.display}，不超过当月利息 {interest.display}，本金永远还不完",
            f"{payment.display} a month does not exceed the month's interest of "
            f"{interest.display}, so the principal would never be repaid",
        ),
        would_change=Words(
            f"每月高于 {interest.display} 才会减少本金；否则先看息费减免、暂停或免费咨询",
            f"only more than {interest.display} a month reduces the principal; otherwise a waiver, "
            "a pause or free advice comes first",
        ),
    )


def _too_old(grid: Grid) -> Refused:
    """Return the answer where no due date is left before the latest day the law permits."""
    until = min(latest_permitted(one) for one in grid.situations)
    zh, en = format_date_zh(until), format_date_en(until)
    return Refused(
        code="over_legal_limit",
        words=Words(f"这类贷款法律上最晚只能还到{zh}，之前已没有可用的还款日，不能再延长",
                    f"a loan of this kind may run until {en} at the latest, and no due date is "
                    "left before it"),
        would_change=Words("可以谈一次结清时的减免，或另签一笔新贷款来还（借新还旧），由专员一起看",
                           "a waiver when all is settled at once, or a new loan that pays this "
                           "one off (renewal): an agent looks at it with you"),
    )  # fmt: skip


def _over_limit(grid: Grid, *, wished: Money | None = None) -> Refused:
    longest = grid.longest()
    asked, able = grid.asked_for(longest), grid.least_limit(longest) if wished is None else wished
    last = max(
        due_date_after(one.terms, one.earliest_due(), pause_months=count - 2)
        for one, count in zip(grid.situations, grid.counts(longest), strict=True)
    )
    return Refused(
        code="over_legal_limit",
        words=Words(
            f"最长可分 {longest} 期，到{format_date_zh(last)}为止，每月仍要约 "
            f"{asked.display}，高于{'希望的' if wished else '你能还的'} {able.display}",
            f"the longest plan permitted has {longest} instalments (until "
            f"{format_date_en(last)}) and still asks for about {asked.display} a month, "
            f"above the {able.display} {'wished for' if wished else 'you can pay'}",
        ),
        would_change=Words(
            f"每月多 {(asked - able).display}，或由审批人批准减免一部分利息",
            f"{(asked - able).display} more a month, or a waiver of interest granted by "
            "an approver",
        ),
    )

"""Why an offer is what it is, in one sentence with its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tideover.dates import format_date_en, format_date_zh
from tideover.money import Money
from tideover.offers.figures import Judged
from tideover.offers.grid import Candidate
from tideover.offers.situation import Situation
from tideover.policy import Words, percent_text

__all__ = [
    "LABELS",
    "Comparison",
    "approval_reasons",
    "why_balanced",
    "why_conceded",
    "why_lightest",
    "why_pause",
    "why_shortest",
    "why_unpaused",
]

LABELS: Final = {
    "shortest": Words("更符合你的预算", "Fits your budget best"),
    "lightest": Words("每月最轻", "Lightest each month"),
    "balanced": Words("折中方案", "The middle way"),
    "pause-first": Words("先停一停", "Pause first"),
    "unpaused": Words("不停，按月还", "Without a pause"),
    "concession": Words("减免方案（须复核）", "With a concession (needs approval)"),
    "settlement": Words("减免结清（须复核）", "Settle for less (needs approval)"),
    "counter": Words("按你的提议", "Your proposal"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How one plan differs from another: positive where the first asks for more."""

    instalments: int
    payment: Money
    cost: Money

    @classmethod
    def of(cls, plan: Judged | Candidate, against: Judged | Candidate) -> "Comparison":
        """Return how `plan` differs from `against`."""
        return cls(
            instalments=plan.instalments - against.instalments,
            payment=plan.payment - against.payment,
            cost=plan.cost_of_credit - against.cost_of_credit,
        )


def why_shortest(plan: Judged, *, longer: Judged | Candidate | None) -> Words:
    """Return why the shortest plan is the one to take, against a longer one."""
    if longer is None:
        return Words(
            f"这是你负担得起的最短期限，每月 {plan.payment.display}",
            f"this is the shortest term you can carry, at {plan.payment.display} a month",
        )
    step = Comparison.of(longer, plan)
    return Words(
        f"这是你负担得起的最短期限；再长 {step.instalments} 期，每月少 {(-step.payment).display}，"
        f"但息费多 {step.cost.display}",
        f"this is the shortest term you can carry; {step.instalments} instalments longer is "
        f"{(-step.payment).display} less a month and {step.cost.display} more interest",
    )


def why_lightest(plan: Judged, *, shortest: Judged) -> Words:
    """Return what the lightest plan gives and what it costs."""
    step = Comparison.of(plan, shortest)
    return Words(
        f"比最短的方案每月少还 {(-step.payment).display}，多还 {step.instalments} 期，"
        f"息费多 {step.cost.display}",
        f"{(-step.payment).display} less a month than the shortest plan, for {step.instalments} "
        f"more instalments and {step.cost.display} more interest",
    )


def why_balanced(plan: Judged, *, shortest: Judged) -> Words:
    """Return why the middle plan is shown: what it gives, and what it costs."""
    step = Comparison.of(plan, shortest)
    return Words(
        f"折中，对你和贷款机构都过得去：比最短的方案每月少还 "
        f"{(-step.payment).display}，多还 {step.instalments} 期，息费多 {step.cost.display}",
        "a middle way, fair to you and to the lender: "
        f"{(-step.payment).display} less a month than the shortest plan, for {step.instalments} "
        f"more instalments and {step.cost.display} more interest",
    )


def why_pause(plan: Judged, *, shortest: Judged | None) -> Words:
    """Return what a pause gives and what it costs."""
    months = plan.proposal.pause_months
    start = plan.facts.payments[0].on
    zh = (f"先停 {months} 个月，{format_date_zh(start)}起每月还 {plan.payment.display}；"
          "停的时候照常计息")  # fmt: skip
    en = (f"no payments for {months} months, then {plan.payment.display} a month from "
          f"{format_date_en(start)}; interest goes on during the pause")  # fmt: skip
    if shortest is None:
        return Words(zh, en)
    cost = Comparison.of(plan, shortest).cost
    more = cost.minor >= 0
    return Words(
        f"{zh}，比不停{'多' if more else '少'}付息费 {abs(cost).display}",
        f"{en}, {abs(cost).display} {'more' if more else 'less'} than without the pause",
    )


def why_unpaused(plan: Judged, *, paused: Judged) -> Words:
    """Return how paying at once compares with the pause that is over sooner."""
    cost = Comparison.of(plan, paused).cost
    later = plan.instalments - paused.instalments - paused.proposal.pause_months
    more = cost.minor >= 0
    return Words(
        f"马上开始还，每月 {plan.payment.display}；比先停一停晚 {later} 个月还清，"
        f"息费{'多' if more else '少'} {abs(cost).display}",
        f"{plan.payment.display} a month from the start; over {later} months later than with the "
        f"pause, at {abs(cost).display} {'more' if more else 'less'} interest",
    )


def why_conceded(plan: Judged, situation: Situation) -> Words:
    """Return what is granted, and why: by time alone nothing fits."""
    told = tuple(_granted(plan, situation))
    zh, en = "，".join(one.zh for one in told), ", ".join(one.en for one in told)
    return Words(
        f"只延长时间没有负担得起的方案；{zh}，{plan.instalments} 期每月 "
        f"{plan.payment.display} 就还得起",
        f"by more time alone no plan can be carried; with {en} {plan.instalments} instalments of "
        f"{plan.payment.display} can",
    )


def _granted(plan: Judged, situation: Situation) -> Iterator[Words]:
    """Return each concession beyond time, the smallest kind first."""
    change = plan.proposal.restructured
    rate, contract = change.rate, situation.terms.rate
    if change.waived.interest:
        given = change.waived.interest.display
        yield Words(f"减免未付利息 {given}", f"{given} of unpaid interest waived")
    if rate is not None and contract is not None and rate != contract:
        before = percent_text(contract.simple_annual, digits=2)
        after = percent_text(rate.simple_annual, digits=2)
        yield Words(f"年利率由 {before} 降到 {after}", f"the rate at {after} instead of {before}")
    if change.waived.principal:
        given = change.waived.principal.display
        yield Words(f"减免本金 {given}", f"{given} of the principal forgiven")


def approval_reasons(plan: Judged, situation: Situation) -> tuple[Words, ...]:
    """Return what in a plan is over the agent's own limits, nothing when all is within them."""
    policy = situation.parameters
    longest = policy.integer("agent.instalments_max")
    waiver = Money(policy.integer("agent.waiver_minor_max"), plan.payment.currency)
    pause = policy.integer("agent.pause_months_max")
    waived = plan.proposal.restructured.waived.total
    reasons = []
    if plan.instalments > longest:
        reasons.append(
            Words(f"共 {plan.instalments} 期，超过专员权限 {longest} 期",
                  f"{plan.instalments} instalments, above the agent's {longest}")
        )  # fmt: skip
    if waived > waiver:
        reasons.append(
            Words(f"减免 {waived.display}，超过专员权限 {waiver.display}",
                  f"{waived.display} waived, above the agent's {waiver.display}")
        )  # fmt: skip
    if plan.proposal.pause_months > pause:
        reasons.append(
            Words(f"暂停 {plan.proposal.pause_months} 个月，超过专员权限 {pause} 个月",
                  f"a pause of {plan.proposal.pause_months} months, above the agent's {pause}")
        )  # fmt: skip
    if plan.facts.settled:
        if not policy.flag("agent.may_settle"):
            paid, owed = plan.facts.settled.paid.display, plan.facts.settled.owed.display
            reasons.append(
                Words(f"减免结清：欠 {owed}，付 {paid}，须复核",
                      f"settlement: {paid} paid of {owed} owed, needs an approver")
            )  # fmt: skip
        return tuple(reasons)
    reasons += (
        Words(f"{one.zh}，须复核", f"{one.en}: needs an approver")
        for one in _granted(plan, situation)
    )
    return tuple(reasons)

"""Why a joint plan is what it is, in one sentence with its numbers."""

from collections.abc import Iterator
from typing import Final

from tideover.money import total
from tideover.offers.grid import Candidate
from tideover.offers.joint.plans import JointPlan
from tideover.policy import Words, percent_text

__all__ = ["LABELS", "why", "why_granted"]

LABELS: Final = {
    "shortest": Words("更符合你的预算", "Fits your budget best"),
    "wished": Words("按你希望的", "As you wished"),
    "lightest": Words("每月最轻", "Lightest each month"),
    "balanced": Words("折中方案", "The middle way"),
    "pause-first": Words("先停一停", "Pause first"),
    "unpaused": Words("不停，按月还", "Without a pause"),
    "concession": Words("减免方案（须复核）", "With a concession (needs approval)"),
    "settlement": Words("减免结清（须复核）", "Settle for less (needs approval)"),
}


def why(
    one: Candidate, *, key: str, shortest: Candidate, unpaused: Candidate | None = None
) -> Words:
    """Return the reason of one offer, against the plan that stands first or is over soonest.

    One that pauses and is over sooner is told against the shortest that does not, `unpaused`.
    """
    paused = Words(f"先停 {one.pause_months} 个月，停的时候照常计息；",
                   f"no payments for {one.pause_months} months, interest goes on; ")  # fmt: skip
    is_sooner = unpaused is not None and _months(one) < _months(unpaused)
    if one.pause_months and key != "wished" and unpaused is not None and is_sooner:
        return _sooner(one, unpaused, lead=paused)
    if one is shortest:
        lead = paused if one.pause_months else Words("", "")
        return Words(
            f"{lead.zh}这是你负担得起的最短期限：{one.instalments} 期，每月最多 "
            f"{one.payment.display}",
            f"{lead.en}this is the shortest term you can carry: {one.instalments} instalments of "
            f"at most {one.payment.display} a month",
        )
    compared = _compared(one, shortest)
    lead = {
        "balanced": Words("折中，对你和贷款机构都过得去：",
                          "a middle way, fair to you and to the lender: "),
        "wished": Words("符合你的愿望：", "meets your wish: "),
        "unpaused": Words("马上开始还：", "payments start at once: "),
        "pause-first": paused,
    }.get(key, Words("", ""))  # fmt: skip
    return Words(f"{lead.zh}{compared.zh}", f"{lead.en}{compared.en}")


def _sooner(one: Candidate, unpaused: Candidate, *, lead: Words) -> Words:
    sooner = _months(unpaused) - _months(one)
    more = one.cost_of_credit - unpaused.cost_of_credit
    return Words(
        f"{lead.zh}然后 {one.instalments} 期，每月最多 {one.payment.display}；比不停早 {sooner} "
        f"个月还清，息费{'多' if more.minor >= 0 else '少'} {abs(more).display}",
        f"{lead.en}then {one.instalments} instalments of at most {one.payment.display} a month; "
        f"over {sooner} months sooner than without the pause, at {abs(more).display} "
        f"{'more' if more.minor >= 0 else 'less'} interest",
    )


def _months(one: Candidate) -> int:
    """Return how many months a plan takes, its pause counted."""
    return one.instalments + one.pause_months


def why_granted(plan: JointPlan) -> Words:
    """Return what a lender grants in a plan, and that nothing can be carried without it."""
    told = tuple(_granted(plan))
    zh, en = "，".join(one.zh for one in told), ", ".join(one.en for one in told)
    draft = plan.draft
    return Words(
        f"只延长时间没有负担得起的方案；{zh}，{draft.asked} 期每月最多 {draft.payment.display} "
        "就还得起，须贷款人批准",
        f"by more time alone no plan can be carried; with {en} {draft.asked} instalments of at "
        f"most {draft.payment.display} can, if the lender approves",
    )


def _granted(plan: JointPlan) -> Iterator[Words]:
    """Return each concession beyond time, all loans together."""
    changes = [proposal.restructured for _, proposal in plan.draft.proposals]
    currency = plan.draft.payment.currency
    waived = total((change.waived.interest for change in changes), currency)
    forgiven = total((change.waived.principal for change in changes), currency)
    cut = max(part.judged.facts.rate_cut for part in plan.parts)
    if waived:
        yield Words(f"减免未付利息 {waived.display}", f"{waived.display} of unpaid interest waived")
    if cut:
        share = percent_text(cut, digits=0)
        yield Words(f"利率降低 {share}", f"the rate lowered by {share}")
    if forgiven:
        yield Words(f"减免本金 {forgiven.display}", f"{forgiven.display} of the principal forgiven")


def _compared(plan: Candidate, shortest: Candidate) -> Words:
    less, more = shortest.payment - plan.payment, plan.cost_of_credit - shortest.cost_of_credit
    length = _length(plan, shortest)
    monthly = Words(
        f"每月{'少' if less.minor >= 0 else '多'} {abs(less).display}",
        f"{abs(less).display} {'less' if less.minor >= 0 else 'more'} a month",
    )
    cost = Words(
        f"息费{'多' if more.minor >= 0 else '少'} {abs(more).display}",
        f"{abs(more).display} {'more' if more.minor >= 0 else 'less'} interest",
    )
    return Words(
        f"{length.zh}，{monthly.zh}，{cost.zh}", f"{length.en}, {monthly.en} and {cost.en}"
    )


def _length(plan: Candidate, shortest: Candidate) -> Words:
    """Return how much longer a plan is: in instalments, or in months where one of both pauses."""
    longer = plan.instalments - shortest.instalments
    if plan.pause_months == shortest.pause_months:
        return Words(
            f"比最短的方案{'多' if longer >= 0 else '少'} {abs(longer)} 期",
            f"{abs(longer)} instalments {'more' if longer >= 0 else 'fewer'} than the shortest "
            "plan",
        )
    later = longer + plan.pause_months - shortest.pause_months
    return Words(f"比最短的方案晚 {later} 个月还清", f"over {later} months after the shortest plan")

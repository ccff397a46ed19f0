"""Why a joint plan is what it is, in one sentence with its numbers."""

from typing import Final

from tideover.offers.grid import Candidate
from tideover.policy import Words

__all__ = ["LABELS", "why"]

LABELS: Final = {
    "shortest": Words("更符合你的预算", "Fits your budget best"),
    "wished": Words("按你希望的", "As you wished"),
    "lightest": Words("每月最轻", "Lightest each month"),
    "balanced": Words("折中方案", "The middle way"),
    "pause-first": Words("先停一停", "Pause first"),
    "concession": Words("降低利率（须复核）", "At a lower rate (needs approval)"),
}


def why(one: Candidate, *, key: str, shortest: Candidate) -> Words:
    """Return the reason of one offer, against the shortest plan that fits."""
    if key == "concession":
        return Words(
            f"按原利率没有负担得起的方案；降低利率后 {one.instalments} 期每月最多 "
            f"{one.payment.display}，须贷款人批准",
            f"at the contract rate no plan can be carried; at a lower rate {one.instalments} "
            f"instalments of at most {one.payment.display} can, if the lender approves",
        )
    if one is shortest:
        return Words(
            f"这是你负担得起的最短期限：{one.instalments} 期，每月最多 {one.payment.display}",
            f"this is the shortest term you can carry: {one.instalments} instalments of at most "
            f"{one.payment.display} a month",
        )
    compared = _compared(one, shortest)
    lead = {
        "balanced": Words("在每月余地、总息费和贷款人的回收之间取中：",
                          "splits the gain over no agreement between you and the lender: "),
        "wished": Words("符合你的愿望：", "meets your wish: "),
        "pause-first": Words(f"先停 {one.pause_months} 个月，停的时候照常计息；",
                             f"no payments for {one.pause_months} months, interest goes on; "),
    }.get(key, Words("", ""))  # fmt: skip
    return Words(f"{lead.zh}{compared.zh}", f"{lead.en}{compared.en}")


def _compared(plan: Candidate, shortest: Candidate) -> Words:
    longer = plan.instalments - shortest.instalments
    less, more = shortest.payment - plan.payment, plan.cost_of_credit - shortest.cost_of_credit
    counts = Words(f"比最短的方案{'多' if longer >= 0 else '少'} {abs(longer)} 期",
                   f"{abs(longer)} instalments {'more' if longer >= 0 else 'fewer'} than the "
                   "shortest plan")  # fmt: skip
    monthly = Words(
        f"每月{'少' if less.minor >= 0 else '多'} {abs(less).display}",
        f"{abs(less).display} {'less' if less.minor >= 0 else 'more'} a month",
    )
    cost = Words(
        f"息费{'多' if more.minor >= 0 else '少'} {abs(more).display}",
        f"{abs(more).display} {'more' if more.minor >= 0 else 'less'} interest",
    )
    return Words(
        f"{counts.zh}，{monthly.zh}，{cost.zh}", f"{counts.en}, {monthly.en} and {cost.en}"
    )

"""The rules of what a lender gives up: a late penalty, interest, a part of the rate, principal.

A settlement for less has limits of its own (`settling`), and is not held to these.
"""

from fractions import Fraction

from tideover.policy.facts import PlanFacts
from tideover.policy.parameters import Parameters
from tideover.policy.registry import rule, verdict
from tideover.policy.verdict import Verdict
from tideover.policy.words import Words, percent_text


@rule("arrears.no-interest-on-interest", "arrears.capitalise_interest")
def arrears_no_interest_on_interest(facts: PlanFacts, policy: Parameters) -> Verdict:
    """Unpaid interest joins the principal only where policy says so (不收复利)."""
    allowed = policy.flag("arrears.capitalise_interest")
    joined = facts.capitalised_interest
    because = (
        Words(
            "未付利息不并入本金，不计复利",
            "unpaid interest does not join the principal and bears no interest",
        )
        if not joined
        else Words(f"未付利息 {joined.display} 并入本金计息",
                   f"unpaid interest of {joined.display} joins the principal and bears interest")
    )  # fmt: skip
    return verdict(
        "arrears.no-interest-on-interest", allowed or not joined, because=because,
        reference=policy["arrears.capitalise_interest"].reference,
    )  # fmt: skip


@rule("waiver.within-policy", "waiver.penalty_share")
def waiver_within_policy(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """What is waived of the penalty is no more than policy gives."""
    if not facts.waived_penalty:
        return None
    share = policy["waiver.penalty_share"]
    most = int(facts.penalty.minor * policy.ratio("waiver.penalty_share"))
    because = Words(
        f"减免罚息 {facts.waived_penalty.display}（罚息共 {facts.penalty.display}）",
        f"{facts.waived_penalty.display} of {facts.penalty.display} penalty is waived",
    )
    return verdict(
        "waiver.within-policy", facts.waived_penalty.minor <= most, because=because,
        reference=share.reference,
    )  # fmt: skip


@rule("waiver.interest-within-policy", "waiver.interest_share_max")
def interest_waiver_within_policy(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """What is waived of the unpaid interest is no more than policy gives."""
    if not facts.waived_interest or facts.settled:
        return None
    share = policy["waiver.interest_share_max"]
    unpaid, waived = facts.unpaid_interest, facts.waived_interest
    most = int(unpaid.minor * policy.ratio("waiver.interest_share_max"))
    because = Words(
        f"减免未付利息 {waived.display}（未付利息共 {unpaid.display}）",
        f"{waived.display} of {unpaid.display} unpaid interest is waived",
    )
    return verdict(
        "waiver.interest-within-policy", waived.minor <= most, because=because,
        reference=share.reference,
    )  # fmt: skip


@rule("rate.cut-within-policy", "concession.rate_cuts")
def rate_cut_within_policy(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """The rate is lowered by no more than an approver may grant."""
    if not facts.rate_cut or facts.settled:
        return None
    cuts = policy["concession.rate_cuts"]
    most = max(map(Fraction, policy.names("concession.rate_cuts")), default=Fraction(0))
    shown, limit = percent_text(facts.rate_cut, digits=0), percent_text(most, digits=0)
    because = Words(
        f"利率降低 {shown}，最多可降 {limit}",
        f"the rate is lowered by {shown}; at most {limit} may be granted",
    )
    return verdict(
        "rate.cut-within-policy", facts.rate_cut <= most, because=because, reference=cuts.reference
    )


@rule("forgiveness.within-policy", "forgiveness.principal_share_max")
def forgiveness_within_policy(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """No more of the principal is forgiven than policy gives (本金减免)."""
    if not facts.forgiven_principal or facts.settled:
        return None
    share = policy["forgiveness.principal_share_max"]
    forgiven = facts.forgiven_principal
    owed = facts.principal + forgiven - facts.capitalised
    most = int(owed.minor * policy.ratio("forgiveness.principal_share_max"))
    because = Words(
        f"减免本金 {forgiven.display}（原欠本金 {owed.display}）",
        f"{forgiven.display} of {owed.display} principal is forgiven",
    )
    return verdict(
        "forgiveness.within-policy", forgiven.minor <= most, because=because,
        reference=share.reference,
    )  # fmt: skip

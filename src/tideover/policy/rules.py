"""The rules a plan is judged by: one small function each, facts to verdict, numbers inside.

Legal forms are named as in the glossary: `term_extension` 展期, `personalised_instalments`
个性化分期, `restructure` 重组, `deferral` 延期还款.
"""

from tideover.dates import add_months, format_date_en, format_date_zh
from tideover.policy.facts import PlanFacts
from tideover.policy.parameters import Parameters
from tideover.policy.registry import notice, rule, verdict
from tideover.policy.verdict import Verdict
from tideover.policy.words import Words, counted, percent_text

#: A deferral moves the last due date as an extension does, and is held to the same limit.
EXTENDING = frozenset({"term_extension", "deferral"})


@rule("extension.before-maturity", "extension.before_maturity_only")
def extension_before_maturity(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """An extension is agreed before the loan matures; a matured loan takes another form."""
    wanted = policy["extension.before_maturity_only"]
    if facts.legal_form not in EXTENDING or not wanted.value:
        return None
    zh, en = format_date_zh(facts.original_maturity), format_date_en(facts.original_maturity)
    before = facts.on < facts.original_maturity
    because = (
        Words(f"贷款{zh}到期，目前还没到期，可以展期",
              f"the loan matures on {en}, which is still ahead, so it can be extended")
        if before
        else Words(f"贷款已在{zh}到期，不能再展期，需另签还款协议（重组）",
                   f"the loan matured on {en}, so it can no longer be extended; it takes a "
                   "restructured agreement instead")
    )  # fmt: skip
    return verdict("extension.before-maturity", before, because=because, reference=wanted.reference)


@rule(
    "extension.within-legal-limit",
    "extension.short_loan_months",
    "extension.short_loan_share_max",
    "product.term_months_max",
)
def extension_within_legal_limit(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """All extensions of a loan together stay within its own legal limit (展期限额).

    A loan of up to a year: not longer than the original term. A longer loan: the original term
    and all extensions together not longer than the longest term of the product.
    """
    if facts.legal_form not in EXTENDING:
        return None
    limit = extension_months_max(facts.original_months, policy)
    months, original = facts.extended_months, facts.original_months
    short = original <= policy.integer("extension.short_loan_months")
    because = (
        Words(f"累计展期 {months} 个月，上限为原期限 {limit} 个月",
              f"extended by {months} months in all; the limit is the original term, {limit} months")
        if short
        else Words(f"累计展期 {months} 个月；原期限 {original} 个月，产品最长"
                   f" {original + limit} 个月，最多可展 {limit} 个月",
                   f"extended by {months} months in all; the original term is {original} months "
                   f"and the product allows {original + limit}, so at most {limit}")
    )  # fmt: skip
    parameter = policy["extension.short_loan_share_max" if short else "product.term_months_max"]
    return verdict(
        "extension.within-legal-limit",
        months <= limit,
        because=because,
        reference=parameter.reference,
    )


def extension_months_max(original_months: int, policy: Parameters) -> int:
    """Return by how many months a loan of this original term may be extended in all."""
    if original_months <= policy.integer("extension.short_loan_months"):
        return int(original_months * policy.ratio("extension.short_loan_share_max"))
    return max(0, policy.integer("product.term_months_max") - original_months)


@rule("personalised.cards-only", "personalised.months_max")
def personalised_cards_only(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A personalised instalment plan is for credit card debt alone (第七十条)."""
    if facts.legal_form != "personalised_instalments":
        return None
    because = (
        Words("这是信用卡欠款，可以办理个性化分期",
              "this is credit card debt, which may have a personalised instalment plan")
        if facts.is_card
        else Words("个性化分期只适用于信用卡，这笔贷款需用展期或重组",
                   "a personalised instalment plan is for credit cards only; this loan takes an "
                   "extension or a restructured agreement")
    )  # fmt: skip
    return verdict(
        "personalised.cards-only", facts.is_card, because=because,
        reference=policy["personalised.months_max"].reference,
    )  # fmt: skip


@rule("personalised.within-legal-limit", "personalised.months_max")
def personalised_within_legal_limit(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A personalised instalment plan ends within five years of the agreement."""
    if facts.legal_form != "personalised_instalments":
        return None
    limit = policy["personalised.months_max"]
    most = policy.integer("personalised.months_max")
    months = facts.months_from_start
    because = Words(
        f"个性化分期共 {months} 个月，上限 {most} 个月",
        f"the personalised plan runs {months} months; the limit is {most}",
    )
    return verdict(
        "personalised.within-legal-limit",
        months <= most,
        because=because,
        reference=limit.reference,
    )


@rule("restructure.within-consumer-maximum", "consumer_loan.months_max")
def restructure_within_consumer_maximum(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A restructured consumer loan stays within the longest term of such a loan.

    The agreement amends the contract and does not replace it, so the term is counted from the
    day the loan was paid out.
    """
    if facts.legal_form != "restructure":
        return None
    limit = policy["consumer_loan.months_max"]
    most = policy.integer("consumer_loan.months_max")
    months = facts.months_from_disbursement
    last = add_months(facts.disbursed_on, most)
    because = Words(
        f"自放款日起共 {months} 个月，消费贷款最长 {most} 个月，即至{format_date_zh(last)}",
        f"{months} months from the day the loan was paid out; a consumer loan lasts at most {most} "
        f"(until {format_date_en(last)})",
    )
    return verdict(
        "restructure.within-consumer-maximum",
        months <= most,
        because=because,
        reference=limit.reference,
    )


@rule("plan.within-lender-maximum", "plan.instalments_max")
def plan_within_lender_maximum(facts: PlanFacts, policy: Parameters) -> Verdict:
    """The plan has no more instalments than this lender agrees to."""
    most = policy.integer("plan.instalments_max")
    count = len(facts.payments)
    because = Words(f"共 {count} 期，本行最长 {most} 期",
                    f"{count} instalments; this lender agrees to at most {most}")  # fmt: skip
    return verdict(
        "plan.within-lender-maximum", count <= most, because=because,
        reference=policy["plan.instalments_max"].reference,
    )  # fmt: skip


@rule("pause.within-policy", "pause.months_max")
def pause_within_policy(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A pause of payments is no longer than the lender allows."""
    if not facts.pause_months:
        return None
    most = policy.integer("pause.months_max")
    because = Words(
        f"先暂停 {facts.pause_months} 个月，最长 {most} 个月",
        f"payments pause for {facts.pause_months} months; at most {most} are allowed",
    )
    return verdict(
        "pause.within-policy", facts.pause_months <= most, because=because,
        reference=policy["pause.months_max"].reference,
    )  # fmt: skip


@rule("payment.within-capacity", "capacity.buffer_share")
def payment_within_capacity(facts: PlanFacts, policy: Parameters) -> Verdict:
    """Every single instalment is within what the household can pay in that month."""
    tightest = facts.tightest
    over = sum(payment.room.minor < 0 for payment in facts.payments)
    month_zh = f"{tightest.on.year}年{tightest.on.month}月"
    month_en = f"{tightest.on:%Y-%m}"
    because = (
        Words(f"每期都不超过当月能力；最紧的是{month_zh}，还后余 {tightest.room.display}",
              f"no instalment is above that month's capacity; the tightest is {month_en}, which "
              f"leaves {tightest.room.display}")
        if not over
        else Words(f"有 {over} 期超过当月能力；{month_zh}应还 {tightest.amount.display}，"
                   f"能还 {tightest.capacity.display}",
                   f"{counted(over, 'instalment')} above that month's capacity; in {month_en} "
                   f"{tightest.amount.display} falls due against {tightest.capacity.display}")
    )  # fmt: skip
    # A settlement is paid from what is at hand, and judged by that.
    answer = notice if facts.settled else verdict
    return answer(
        "payment.within-capacity", not over, because=because,
        reference=policy["capacity.buffer_share"].reference,
    )  # fmt: skip


@rule("payment.above-interest", "plan.instalments_max")
def payment_above_interest(facts: PlanFacts, policy: Parameters) -> Verdict:
    """Every instalment pays more than its interest, so the debt falls each month."""
    idle = [payment for payment in facts.payments if payment.principal.minor <= 0]
    earliest = facts.payments[0]
    because = (
        Words(f"每期都在还本金，首期还本 {earliest.principal.display}",
              f"every instalment repays principal, the earliest {earliest.principal.display}")
        if not idle
        else Words(f"{idle[0].on.year}年{idle[0].on.month}月应还 {idle[0].amount.display}，"
                   f"利息就有 {idle[0].interest.display}，本金还不下来",
                   f"{idle[0].amount.display} in {idle[0].on:%Y-%m} does not even cover the "
                   f"interest of {idle[0].interest.display}, so the debt would never fall")
    )  # fmt: skip
    return verdict(
        "payment.above-interest", not idle, because=because,
        reference=policy["plan.instalments_max"].reference,
    )  # fmt: skip


@rule("cost.within-cap", "cost.all_in_max")
def cost_within_cap(facts: PlanFacts, policy: Parameters) -> Verdict:
    """The all-in annual cost of the plan is within the cap (综合融资成本上限)."""
    cap = policy["cost.all_in_max"]
    most = policy.ratio("cost.all_in_max")
    shown, shown_cap = percent_text(facts.cost_simple), percent_text(most, digits=0)
    because = Words(
        f"综合融资成本年化 {shown}（单利），上限 {shown_cap}",
        f"the all-in annual cost is {shown} (simple); the cap is {shown_cap}",
    )
    return verdict(
        "cost.within-cap", facts.cost_simple <= most, because=because, reference=cap.reference
    )


@rule("penalty.within-cap", "cost.all_in_max", "penalty.uplift")
def penalty_within_cap(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A notice when interest and penalty of a late instalment are above the cap together.

    A court cuts what is above it on request (最高人民法院 2017).
    """
    if facts.cost_late is None or "cost.all_in_max" not in policy:
        return None
    most = policy.ratio("cost.all_in_max")
    shown, cap = percent_text(facts.cost_late), percent_text(most, digits=0)
    within = facts.cost_late <= most
    because = (
        Words(f"逾期部分的利息和罚息合计年化 {shown}，不超过 {cap}",
              f"interest and penalty on what is late are {shown} a year, within {cap}")
        if within
        else Words(f"逾期部分的利息和罚息合计年化 {shown}，超过 {cap} 的部分可以要求减掉",
                   f"interest and penalty on what is late are {shown} a year; what is above {cap} "
                   "can be refused")
    )  # fmt: skip
    return notice(
        "penalty.within-cap", within, because=because,
        reference=policy["cost.all_in_max"].reference,
    )  # fmt: skip


@rule("term.not-longer-than-needed", "lightest.instalments_max")
def term_not_longer_than_needed(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A notice when the household could carry a shorter plan; longer costs more interest."""
    shortest, count = facts.shortest_instalments, len(facts.payments)
    if shortest is None:
        return None
    longer = count - shortest
    because = (
        Words(f"{count} 期，是负担得起的最短期限", f"{count} instalments, the shortest that fits")
        if longer <= 0
        else Words(f"比负担得起的最短期限（{shortest} 期）长 {longer} 期，利息会更多",
                   f"{longer} instalments longer than the shortest that fits ({shortest}), "
                   "which costs more interest")
    )  # fmt: skip
    return notice(
        "term.not-longer-than-needed", longer <= 0, because=because,
        reference=policy["lightest.instalments_max"].reference,
    )  # fmt: skip


@rule("probation.applies", "probation.months_min", "probation.periods_min")
def probation_applies(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A notice that the loan is a restructured asset and is observed (重组资产观察期).

    A settlement is over before observation could end, so nothing is said of it there.
    """
    if "probation.months_min" not in policy or facts.settled:
        return None
    start = facts.payments[0].on
    months, periods = (
        policy.integer("probation.months_min"),
        policy.integer("probation.periods_min"),
    )
    because = Words(
        f"纳入重组资产观察：自{format_date_zh(start)}起"
        f"至少 {months} 个月，且至少 {periods} 个还款期",
        f"a restructured asset under observation from {format_date_en(start)}, for at least "
        f"{months} months and {periods} instalments",
    )
    return notice(
        "probation.applies", True, because=because,
        reference=policy["probation.months_min"].reference,
    )  # fmt: skip


@rule("disclosure.before-signature", "cost.disclosure_required")
def disclosure_before_signature(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A notice that the all-in cost table is shown before the plan is signed."""
    if not facts.payments or not policy.flag("cost.disclosure_required"):
        return None
    because = Words(
        "签署前须出示综合融资成本明示表，并留足阅读时间",
        "the all-in cost table is shown, with time to read it, before the plan is signed",
    )
    return notice(
        "disclosure.before-signature", True, because=because,
        reference=policy["cost.disclosure_required"].reference,
    )  # fmt: skip

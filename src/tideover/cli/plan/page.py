"""The answer for a person at a prompt."""

from collections.abc import Iterator

from tideover.offers.joint import Alternative, JointAnswer, JointOffer
from tideover.offers.plan_file import shown_months
from tideover.policy import Words, percent_text

__all__ = ["answer_lines"]

#: Ways that ask for something every month.
PAID_MONTHLY = frozenset({"bring_current", "card_instalment", "bank_loan", "family_loan"})


def answer_lines(answer: JointAnswer, *, language: str) -> Iterator[str]:
    """Return the answer as lines, in one language."""

    def said(zh: str, en: str) -> str:
        return Words(zh, en).in_language(language)

    yield _capacity(answer, language)
    for debt in answer.debts:
        cost = percent_text(debt.annual_cost)
        owed = debt.outstanding_principal.display
        yield said(
            f"{debt.name}：未还本金 {owed}，逾期 {debt.days_past_due} 天，真实年化 {cost}",
            f"{debt.name}: principal {owed}, {debt.days_past_due} days past due, true annual cost "
            f"{cost}",
        )
    for place, offer in enumerate(answer.offers, start=1):
        yield ""
        yield from _offer(offer, place, language)
    for refused in answer.declined:
        yield ""
        yield f"{refused.words.in_language(language)}  [{refused.code}]"
        yield "  " + refused.would_change.in_language(language)
    for step in answer.next_steps:
        yield "- " + step.in_language(language)
    if answer.alternatives:
        yield ""
        yield said("其他办法：", "Other ways:")
    for one in answer.alternatives:
        yield "- " + _alternative(one).in_language(language)


def _alternative(one: Alternative) -> Words:
    zh = [f"{one.words.zh}：总成本 {one.total_cost.display}"]
    en = [f"{one.words.en}: costs {one.total_cost.display} in all"]
    if one.annual_cost is not None:
        rate = percent_text(one.annual_cost)
        zh.append(f"真实年化 {rate}")
        en.append(f"{rate} a year")
    if one.name in PAID_MONTHLY:
        zh.append(f"每月 {one.monthly.display}")
        en.append(f"{one.monthly.display} a month")
    risk = one.risk.en[0].upper() + one.risk.en[1:]
    return Words(f"{'，'.join(zh)}。{one.risk.zh}", f"{', '.join(en)}. {risk}")


def _capacity(answer: JointAnswer, language: str) -> str:
    amounts = sorted({month.capacity for month in shown_months(answer)})
    least, most = amounts[0].display, amounts[-1].display
    if least == most:
        return Words(f"每月能还 {most}", f"{most} a month can be paid").in_language(language)
    return Words(
        f"每月能还 {least} 到 {most}", f"{least} to {most} a month can be paid"
    ).in_language(language)


def _offer(offer: JointOffer, place: int, language: str) -> Iterator[str]:
    draft = offer.plan.draft
    first, last = draft.dues[0][1].line.due_date, draft.dues[-1][1].line.due_date
    forms = {part.proposal.legal_form.words for part in offer.plan.parts}
    names = "、".join(sorted(form.in_language(language) for form in forms))
    yield f"{place}. {offer.label.in_language(language)} ({names})"
    if offer.from_savings is not None:
        yield _settlement(offer).in_language(language)
        return
    yield Words(
        f"   每月 {draft.payment.display} × {draft.asked} 期，{first} 至 {last}，利息共 "
        f"{draft.total_interest.display}（比原计划{_more(offer)[0]}），真实年化 "
        f"{percent_text(offer.annual_cost)}",
        f"   {draft.payment.display} a month × {draft.asked}, {first} to {last}, interest "
        f"{draft.total_interest.display} ({_more(offer)[1]} than the present schedule), true "
        f"annual cost {percent_text(offer.annual_cost)}",
    ).in_language(language)
    yield "   " + offer.why.in_language(language)


def _settlement(offer: JointOffer) -> Words:
    draft = offer.plan.draft
    last = draft.dues[-1][1].line.due_date
    return Words(
        f"   最晚 {last}，分 {draft.asked} 次：{offer.why.zh}",
        f"   by {last}, in {draft.asked} payment{'' if draft.asked == 1 else 's'}: {offer.why.en}",
    )


def _more(offer: JointOffer) -> tuple[str, str]:
    extra = offer.extra_interest
    shown = abs(extra).display
    return (
        (f"多 {shown}", f"{shown} more") if extra.minor >= 0 else (f"少 {shown}", f"{shown} less")
    )

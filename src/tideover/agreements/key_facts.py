"""Page one: what the borrower must know, in the order of the offer card."""

from collections.abc import Iterator

from tideover.agreements.document import Row
from tideover.agreements.facts import AgreementFacts, annual_rate_words
from tideover.dates import format_date_en, format_date_zh
from tideover.loan import Method
from tideover.policy import Words

__all__ = ["key_facts"]


def key_facts(facts: AgreementFacts) -> tuple[Row, ...]:
    """Return the rows of the key facts; the first is the payment and its number."""
    return tuple(_rows(facts))


def _rows(facts: AgreementFacts) -> Iterator[Row]:
    offer, policy = facts.offer, facts.parameters
    yield from _payments(facts)
    yield Row(Words("总共要还", "Total to pay"), _same(offer.total.display))
    yield Row(_cost_label(facts), _cost(facts))
    yield Row(Words("减免", "Waived"), _waived(facts))
    yield Row(Words("真实年化成本", "True annual cost"), annual_rate_words(facts))
    yield Row(Words("法律形式", "Legal form"), offer.proposal.legal_form.words)
    yield Row(Words("征信", "Credit record"), offer.credit_record)
    yield Row(Words("若再付不起", "If you cannot pay again"), _if_not(facts))
    hotline, account = policy.text("official.hotline"), policy.text("official.account")
    yield Row(
        Words("官方渠道", "Official channels"),
        Words(
            f"客服热线 {hotline}，公众号“{account}”",
            f"hotline {hotline}, official account “{account}”",
        ),
    )


def _payments(facts: AgreementFacts) -> Iterator[Row]:
    """How much, how often and when; one payment has one amount and one day."""
    offer = facts.offer
    payment, count = offer.payment.display, offer.instalments
    earliest = Words(format_date_zh(offer.earliest_due), format_date_en(offer.earliest_due))
    latest = Words(format_date_zh(offer.latest_due), format_date_en(offer.latest_due))
    if count == 1:
        yield Row(Words("一次付清", "One payment"), _same(payment))
        yield Row(Words("付款日", "Payment day"), earliest)
        return
    each, unit = (
        (Words("每次付", "Each payment"), "次")
        if offer.is_settlement
        else (Words("每期应还", "Each instalment"), "期")
    )
    yield Row(each, Words(f"{payment} × {count} {unit}", f"{payment} × {count}"))
    yield Row(Words("第一次还款", "First payment"), earliest)
    yield Row(Words("最后一次还款", "Last payment"), latest)


def _cost_label(facts: AgreementFacts) -> Words:
    if facts.terms.method is Method.FLAT:
        return Words("其中利息和手续费", "Of which interest and fees")
    return Words("其中利息", "Of which interest")


def _cost(facts: AgreementFacts) -> Words:
    offer = facts.offer
    cost = offer.annual_cost.total_interest + offer.annual_cost.total_fee
    extra = offer.extra_interest
    if extra.minor < 0:
        return Words(
            f"{cost.display}（比按原合同还少 {(-extra).display}）",
            f"{cost.display} ({(-extra).display} less than under today's contract)",
        )
    return Words(
        f"{cost.display}（比按原合同还多 {extra.display}）",
        f"{cost.display} ({extra.display} more than under today's contract)",
    )


def _waived(facts: AgreementFacts) -> Words:
    waived = facts.offer.waived
    if not waived:
        return Words("无", "nothing")
    names = (
        (waived.penalty, "罚息", "penalty interest"),
        (waived.interest, "利息", "interest"),
        (waived.fee, "费用", "fees"),
        (waived.principal, "本金", "principal"),
    )
    return Words(
        "，".join(f"{zh} {amount.display}" for amount, zh, _ in names if amount),
        ", ".join(f"{en} {amount.display}" for amount, _, en in names if amount),
    )


def _if_not(facts: AgreementFacts) -> Words:
    notice = facts.parameters.integer("notice.working_days")
    cure = facts.parameters.integer("breach.cure_days")
    return Words(
        f"还款日前 {notice} 个工作日告诉我们，可以再谈；没还上有 {cure} 天补救期",
        f"tell us {notice} working days before the due date and we talk again; a missed instalment "
        f"can be put right within {cure} days",
    )


def _same(text: str) -> Words:
    return Words(text, text)

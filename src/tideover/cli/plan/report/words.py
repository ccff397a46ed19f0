"""The words of a report: the request, and what to say on the telephone."""

from collections.abc import Iterator

from tideover.dates import format_date_en, format_date_zh
from tideover.money import total
from tideover.offers.joint import JointAnswer, JointOffer
from tideover.policy import Words

__all__ = ["CAUSE_WORDS", "request_words", "script"]

CAUSE_WORDS = {
    "job_loss": Words("失业", "I lost my job"),
    "income_drop": Words("收入减少", "my income has fallen"),
    "illness": Words("生病", "I am ill"),
    "family_illness": Words("家人生病", "somebody in my family is ill"),
    "death": Words("亲人去世", "somebody in my family died"),
    "disaster": Words("遭遇灾害", "of a disaster"),
    "divorce": Words("家庭变故", "of a separation"),
    "business_failure": Words("经营失败", "my business failed"),
    "fraud": Words("被骗", "I was defrauded"),
    "disability": Words("残疾", "of a disability"),
    "over_indebted": Words("负债过多", "my debts are more than I can carry"),
}


def request_words(offer: JointOffer) -> Words:
    """Return what is asked of the lender, with its figures."""
    draft = offer.plan.draft
    if offer.from_savings is not None:
        return _settlement_words(offer)
    start = draft.dues[0][1].line.due_date
    return Words(
        f"申请分 {draft.asked} 期偿还，每月最多 {draft.payment.display}，"
        f"{format_date_zh(start)}开始；罚息予以减免，未付利息不再计息。",
        f"{draft.asked} instalments of at most {draft.payment.display} a month from "
        f"{format_date_en(start)}; penalty waived, unpaid interest without interest.",
    )


def _settlement_words(offer: JointOffer) -> Words:
    dues = offer.plan.draft.dues
    paid = total((due.amount for _, due in dues), offer.lender_value.currency)
    last = dues[-1][1].line.due_date
    return Words(
        f"申请减免结清：{format_date_zh(last)}前（含当日）分 {offer.plan.draft.asked} 次付清 "
        f"{paid.display}，其余不再收取，出具结清证明。",
        f"a settlement: {paid.display} in {offer.plan.draft.asked} payment(s) by "
        f"{format_date_en(last)}, the rest not asked for any more, and a letter that says so.",
    )


def script(answer: JointAnswer, *, cause: str | None) -> Iterator[Words]:
    """Return what to say, line by line. Nothing in it is asked for that the plan does not hold."""
    why = CAUSE_WORDS.get(cause or "", Words("遇到困难", "of a hardship"))
    able = answer.capacity[0].capacity.display
    yield Words(
        f"“您好，因为{why.zh}，我现在没法按原来的计划还款，想和您商量。”",
        f"“Hello. Because {why.en} I cannot pay as agreed, and would like to talk about it.”",
    )
    yield Words(
        f"“我算过收支：扣掉必要的生活开支，每月最多能还 {able}。”",
        f"“I have worked out my budget: after what we need to live I can pay {able} a month.”",
    )
    if answer.offers:
        request = request_words(answer.offers[0])
        yield Words(f"“我的请求：{request.zh}”", f"“What I ask for: {request.en}”")
    yield Words(
        "“请告诉我：需要哪些材料？多久答复？商量期间能否停止催收？签署后征信怎样报送？”",
        "“Please tell me: which documents, how long until an answer, whether collection stops "
        "meanwhile, and what the credit record will say.”",
    )
    yield Words(
        "“请给我书面协议，写明每期金额、总额和年化成本。”",
        "“Please give me the agreement in writing, with every instalment, the total and the annual "
        "cost.”",
    )
    yield Words(
        "只拨打官方客服热线。协商不收费；任何人索要验证码、要求转账到个人账户，都是诈骗。",
        "Call the official hotline only. Talking is free; whoever asks for a code or a transfer "
        "to a "
        "private account is a fraud.",
    )

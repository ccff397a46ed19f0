"""Why an application can be declined, and what would change it. Never "policy" alone.

Source: the domain dossier, section 6.5; a reason, what would change it, the way to a review and
free advice belong to every refusal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tideover.policy import Words


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """A coded reason, as the borrower reads it, and what would change it."""

    code: str
    label: Words
    would_change: Words


_REASONS = (
    DeclineReason(
        "evidence-insufficient",
        Words("现有材料还不足以说明情况", "the documents do not show enough yet"),
        Words(
            "补充一份能说明收入或支出变化的材料后，可以马上重新申请",
            "send one document that shows how income or costs changed, and apply again at once",
        ),
    ),
    DeclineReason(
        "evidence-unverifiable",
        Words("材料的出具方暂时无法核实", "the issuer of a document could not be confirmed"),
        Words(
            "请提供盖章的原件照片，或出具方的联系方式",
            "send a photo of the stamped original, or say how the issuer can be reached",
        ),
    ),
    DeclineReason(
        "evidence-contradicted",
        Words("材料与填写的内容对不上", "a document and the answers do not agree"),
        Words(
            "请更正填写的内容，或说明两者不同的原因；我们会请另一位同事再看",
            "correct the answers, or say why the two differ; another person will look at it again",
        ),
    ),
    DeclineReason(
        "hardship-not-shown",
        Words("还没有看到影响还款的具体变化", "no change that affects payment has been shown"),
        Words(
            "说明什么时候发生了什么、收入或支出变了多少",
            "tell us what happened when, and by how much income or costs changed",
        ),
    ),
    DeclineReason(
        "able-to-pay",
        Words(
            "按填写的收支，目前的还款计划可以承担",
            "by the figures given, the present instalments can be paid",
        ),
        Words(
            "如果有支出没有填写，或收入即将减少，请补充后重新申请",
            "if some spending was left out, or income is about to fall, add it and apply again",
        ),
    ),
    DeclineReason(
        "unable-even-if-changed",
        Words(
            "按填写的收支，调整后的还款计划也难以承担",
            "by the figures given, a changed plan could not be paid either",
        ),
        Words(
            "收入恢复或有家人共同承担时可以重新申请；我们会为你介绍免费的债务咨询",
            "apply again when income returns or is shared; we will tell you where free debt advice "
            "is given",
        ),
    ),
    DeclineReason(
        "proposal-too-low",
        Words(
            "希望的每月还款不够付当月利息，欠款会越来越多",
            "the amount wished for is below the interest of a month, so the debt would grow",
        ),
        Words(
            "可以申请减免利息或先暂停一段时间，再恢复还款",
            "ask for interest to be waived, or for a pause first and payments after it",
        ),
    ),
    DeclineReason(
        "proposal-too-long",
        Words("希望的期限超过了允许的最长期限", "the term wished for is longer than is allowed"),
        Words(
            "选择较短的期限，或同时申请减免罚息以降低每月还款",
            "choose a shorter term, or ask for the penalty to be waived to lower the instalment",
        ),
    ),
    DeclineReason(
        "earlier-plan-broken",
        Words(
            "不久前的还款方案没有按约履行，次数已到上限",
            "an earlier plan was not kept, and the number of plans is used up",
        ),
        Words(
            "按现计划连续还款三期后可以重新申请",
            "after three instalments in a row under the present plan you can apply again",
        ),
    ),
    DeclineReason(
        "not-the-borrower",
        Words(
            "申请人不是借款人本人，也没有授权",
            "the applicant is not the borrower and has no mandate",
        ),
        Words(
            "请借款人本人登录申请，或提供书面授权",
            "let the borrower sign in, or send a written mandate",
        ),
    ),
    DeclineReason(
        "account-blocked",
        Words(
            "该贷款正在诉讼、已转让或因安全原因冻结",
            "the loan is before a court, was transferred, or is blocked for safety",
        ),
        Words(
            "请拨打官方热线，我们会告诉你现在由谁负责",
            "call the official hotline; we will tell you who is in charge of it now",
        ),
    ),
    DeclineReason(
        "product-not-eligible",
        Words("这类贷款不适用还款调整", "plans are not available for this kind of loan"),
        Words(
            "请拨打官方热线，看看有没有其他办法",
            "call the official hotline to see what else can be done",
        ),
    ),
    DeclineReason(
        "duplicate",
        Words("同一笔贷款已有一份申请在处理", "another application for this loan is being handled"),
        Words("请在原申请中补充新的情况", "add what is new to the first application"),
    ),
    DeclineReason(
        "no-answer-in-time",
        Words("在约定日期前没有收到补充材料", "the document asked for did not arrive by its day"),
        Words("准备好材料后可以马上重新申请", "apply again as soon as you have the document"),
    ),
)

DECLINE_REASONS: Mapping[str, DeclineReason] = {reason.code: reason for reason in _REASONS}
"""Every reason by its code."""

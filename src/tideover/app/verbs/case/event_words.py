"""What happened to a case, in words for people: one line for each kind of event."""

from collections.abc import Mapping

from tideover.cases.events import (
    AgreementEnded,
    AgreementSigned,
    AnotherAsked,
    ApprovalRequested,
    CaseAssigned,
    CaseClaimed,
    CaseDeclined,
    CaseEvent,
    CaseOpened,
    CaseReleased,
    CaseSettled,
    CaseSubmitted,
    CaseWithdrawn,
    DisclosureShown,
    EarlyNoticeGiven,
    EvidenceAdded,
    EvidenceMarked,
    EvidenceRemoved,
    MoreAsked,
    OfferAccepted,
    OffersApproved,
    OffersExpired,
    OffersGenerated,
    OffersReturned,
    OffersSent,
    PlanBreached,
    PlanCured,
    ReviewAsked,
    SectionSaved,
    TalkAnswered,
    TalkAsked,
    TermsAnswered,
    TermsProposed,
    TermsWithdrawn,
)
from tideover.policy import Words

EVENT_WORDS: Mapping[type[CaseEvent], Words] = {
    CaseOpened: Words("开始申请", "began the application"),
    SectionSaved: Words("填写了申请内容", "filled in part of the application"),
    EvidenceAdded: Words("上传了材料", "added a file"),
    EvidenceRemoved: Words("删除了材料", "took a file away"),
    CaseSubmitted: Words("提交了申请", "handed the application in"),
    CaseClaimed: Words("认领了案件", "took the case"),
    CaseAssigned: Words("分派了案件", "assigned the case"),
    CaseReleased: Words("退回了队列", "gave the case back to the queue"),
    EvidenceMarked: Words("查看了材料", "looked at a file"),
    MoreAsked: Words("请借款人补充材料", "asked the borrower for evidence"),
    OffersGenerated: Words("计算了方案", "worked out offers"),
    ApprovalRequested: Words("提交审批", "asked for approval"),
    OffersApproved: Words("批准了方案", "approved the offers"),
    OffersReturned: Words("退回了方案", "sent the offers back"),
    OffersSent: Words("发出了方案", "sent the offers"),
    CaseDeclined: Words("未通过申请", "declined the application"),
    OfferAccepted: Words("选择了方案", "accepted an offer"),
    TermsProposed: Words("提出了自己的方案", "proposed other terms"),
    TermsAnswered: Words("答复了提议", "answered the proposal"),
    TermsWithdrawn: Words("撤回了提议", "took the proposal back"),
    AnotherAsked: Words("请另一位专员再看提议", "asked for another person to see the proposal"),
    TalkAsked: Words("希望商量", "asked to talk"),
    TalkAnswered: Words("答复了借款人", "answered the borrower"),
    ReviewAsked: Words("申请复核", "asked for a review"),
    DisclosureShown: Words("阅读了协议和费用说明", "was shown the agreement and its costs"),
    AgreementSigned: Words("签署了协议", "signed the agreement"),
    CaseWithdrawn: Words("撤回了申请", "withdrew the application"),
    OffersExpired: Words("方案过期", "let the offers expire"),
    EarlyNoticeGiven: Words("提前告知还款有困难", "said early that a payment will be hard"),
    PlanBreached: Words("方案违约，进入补救期", "found the plan broken, to be put right"),
    PlanCured: Words("违约已补救", "found the plan put right"),
    AgreementEnded: Words("终止了协议", "ended the agreement"),
    CaseSettled: Words("贷款已结清", "settled the loan"),
}
"""One line for every kind; read after the name of who did it, or alone."""


ANSWERED_BY_POLICY = Words("按政策自动", "by the policy")
"""Who answers a proposal that needs no person."""


def words_of(event: CaseEvent) -> Words:
    """What happened, in both languages."""
    return EVENT_WORDS[type(event)]

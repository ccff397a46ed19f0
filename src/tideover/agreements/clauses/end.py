"""Clauses 17 to 23: others, information, signatures, law, and when it takes effect."""

from typing import Final

from tideover.agreements.clauses.debt import Written
from tideover.agreements.facts import AgreementFacts
from tideover.dates import format_date_en, format_date_zh
from tideover.policy import Words

__all__ = ["END"]


def others(facts: AgreementFacts) -> Words:
    """Guarantors and family."""
    del facts
    return Words(
        "这笔借款没有担保人。本协议不让借款人的配偶、父母、子女或其他人承担还款责任。",
        "Nobody guarantees this loan. This agreement makes no spouse, parent, child or anybody "
        "else "
        "of the borrower's answer for it.",
    )


def personal_information(facts: AgreementFacts) -> Words:
    """What personal information is used for, and for how long."""
    del facts
    return Words(
        "贷款人只为办理和履行本协议使用借款人的个人信息。病历、"
        "账户流水等敏感信息须另行取得单独同意，"
        "只由经办人员查看，超过必要期限即删除。",
        "The lender uses the borrower's personal information for making and keeping this agreement "
        "only. Medical records, account statements and the like need a consent of their own, are "
        "seen only by those who handle the case, and are deleted when no longer necessary.",
    )


def false_evidence(facts: AgreementFacts) -> Words:
    """What false documents lead to, and that a person decides."""
    review = facts.parameters.integer("review.days")
    return Words(
        "经人工核实，借款人提交了伪造或变造材料的，贷款人可以撤销减免。贷款人须先说明理由并听取"
        f"借款人的解释；借款人可在 {review} 天内要求复核。",
        "When a person has verified that documents were forged or altered, the lender may withdraw "
        "what it waived. It first gives its reasons and hears the borrower, who may ask for a "
        f"review within {review} days.",
    )


def transfer(facts: AgreementFacts) -> Words:
    """Transfer of the claim."""
    del facts
    return Words(
        "贷款人转让债权的，须通知借款人；受让人受本协议约束，不得改变已经商定的还款计划。",
        "If the lender transfers the claim it tells the borrower; who receives it is bound by this "
        "agreement and may not change the schedule agreed.",
    )


def signatures(facts: AgreementFacts) -> Words:
    """How it is signed, and who keeps a copy."""
    minutes = facts.parameters.integer("signature.code_minutes")
    return Words(
        f"借款人阅读全文后，用发到上述手机号的验证码签署；验证码只对应本协议文本，{minutes} "
        "分钟内有效。"
        "贷款人加盖电子印章。签署后任何改动都能被发现。双方各存一份，通话录音至少保存到还清。",
        "After reading all of it the borrower signs with a code sent to the phone number above; "
        "the "
        f"code belongs to this text alone and is valid for {minutes} minutes. The lender adds its "
        "electronic seal. Any later change can be detected. Each party keeps a copy; recordings of "
        "calls are kept at least until everything is paid.",
    )


def disputes(facts: AgreementFacts) -> Words:
    """Law and ways to settle a dispute."""
    line = facts.parameters.text("helpline.complaints")
    return Words(
        f"本协议适用中华人民共和国法律。有争议先协商；协商不成的，可拨打 {line} 投诉、申请调解，"
        "或向原合同约定的法院起诉。",
        "The law of the People's Republic of China applies. Disputes are talked over; failing "
        "that "
        f"either party may complain on {line}, ask for mediation, or go to the court named in the "
        "original contract.",
    )


def effect(facts: AgreementFacts) -> Words:
    """When it takes effect and which document comes before which."""
    zh, en = format_date_zh(facts.starts_on), format_date_en(facts.starts_on)
    return Words(
        f"本协议自双方签署时生效，还款计划自{zh}起算。与原合同不一致的，以本协议为准；"
        "所附还款计划和综合融资成本明示表是本协议的一部分。中文文本为准，英文供阅读。",
        "This agreement takes effect when both parties have signed; the schedule counts from "
        f"{en}. "
        "Where it differs from the original contract it prevails; the schedule and the cost table "
        "attached are part of it. The Chinese text is the agreement, the English one is for "
        "reading.",
    )


END: Final[tuple[Written, ...]] = (
    (Words("担保人与家人", "Guarantors and family"), others),
    (Words("个人信息", "Personal information"), personal_information),
    (Words("虚假材料", "False documents"), false_evidence),
    (Words("债权转让", "Transfer of the claim"), transfer),
    (Words("电子签名与文本保存", "Signatures and copies"), signatures),
    (Words("法律适用与争议解决", "Law and disputes"), disputes),
    (Words("生效与文件次序", "Effect and order of documents"), effect),
)

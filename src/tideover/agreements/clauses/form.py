"""What the legal form of a plan adds to the text: its rule, its limits, and what it is not.

A legal form is a field of the offer. 展期 is bound to the term of the loan, 个性化分期 to six
contents, 重组 to an observation period, 续贷 to the
principal of the old contract, a deferral to its pause, a settlement to its one payment.
"""

from collections.abc import Callable, Mapping
from typing import Final

from tideover.agreements.facts import AgreementFacts
from tideover.dates import format_date_en, format_date_zh
from tideover.options import LegalForm
from tideover.policy import Words

__all__ = ["form_words"]


def form_words(facts: AgreementFacts) -> Words:
    """Return the paragraph that the legal form adds to the clause on what the agreement is."""
    return _WRITERS[facts.offer.proposal.legal_form](facts)


def _extension(facts: AgreementFacts) -> Words:
    last = facts.offer.latest_due
    zh, en = format_date_zh(last), format_date_en(last)
    return Words(
        f"展期：借款人在借款到期前提出申请，贷款人同意将最后还款日延至{zh}（《民法典》第六百七十八条）。"
        "累计展期不超过监管规定的期限，超过的部分不能再以展期办理。",
        "Extension: the borrower asked before the loan matured, and the lender agrees that the "
        f"last payment falls on {en} (Civil Code, article 678). Extensions together stay within "
        "the limit of supervision; beyond it another legal form is needed.",
    )


def _personalised(facts: AgreementFacts) -> Words:
    months = facts.parameters.integer("personalised.months_max")
    return Words(
        "个性化分期：借款人的欠款超出还款能力，且仍有还款意愿，双方经平等协商达成本协议，"
        f"最长 {months} 个月（《商业银行信用卡业务监督管理办法》第七十条）。应有的六项内容见："
        "（一）欠款余额、结构和币种，第 3 条；（二）还款周期、方式、币种、日期和每期金额，"
        "第 5、6 条及还款计划；（三）还款期间是否收取年费、利息和其他费用，第 8 条；"
        "（四）还清前不向任何银行申请信用卡的承诺，第 12 条；（五）双方的权利义务和违约责任，"
        "第 9 至 16 条；（六）其他事项，第 17 至 23 条。",
        "Personalised instalment plan: the debt is more than the borrower can repay, the borrower "
        f"is still willing, and both have agreed as equals, for at most {months} months (article "
        "70 of the rules on credit cards of commercial banks). The six contents it must have: (1) "
        "balance, structure and currency, clause 3; (2) period, method, currency, dates and the "
        "amount of each instalment, clauses 5 and 6 and the schedule; (3) whether annual fee, "
        "interest and other fees are charged meanwhile, clause 8; (4) the promise to apply to no "
        "bank for a credit card until all is paid, clause 12; (5) rights, duties and breach, "
        "clauses 9 to 16; (6) other matters, clauses 17 to 23.",
    )


def _restructure(facts: AgreementFacts) -> Words:
    periods = facts.parameters.integer("probation.periods_min")
    months = facts.parameters.integer("probation.months_min")
    return Words(
        "重组：因借款人遇到财务困难，贷款人作出有利于借款人的调整。贷款人须按监管规定把这笔贷款"
        f"列为重组资产，从第一个还款日起观察不少于 {months} 个月且不少于 {periods} 期。"
        "这是贷款人内部的风险分类，不增加借款人的还款，也不另收费用。",
        "Restructuring: the borrower is in financial difficulty and the lender changes the "
        "contract in the borrower's favour. Supervision has the lender class the loan as "
        f"restructured and watch it for at least {months} months and {periods} instalments from "
        "the first due date. That is the lender's own classing: it adds nothing to what is paid "
        "and costs nothing.",
    )


def _renewal(facts: AgreementFacts) -> Words:
    lent = facts.offer.schedule.opening_balance.display
    carried = facts.offer.proposal.restructured.carried.total
    zh, en = format_date_zh(facts.offer.latest_due), format_date_en(facts.offer.latest_due)
    beside = (
        Words(
            f"原合同尚未支付的息费 {carried.display} 不计入新借款本金，随各期一并偿还，不再计息。",
            f" Interest and fees of {carried.display} that are unpaid on the original contract are "
            "no part of the new principal; they are paid with the instalments and bear no "
            "interest.",
        )
        if carried
        else Words("", "")
    )
    return Words(
        f"续贷：贷款人向借款人发放新借款 {lent}，金额等于原合同的未还本金，全部用于结清该本金，"
        f"不另付现金；原合同的本金自起算日起视为已还清。新借款最后还款日为{zh}。{beside.zh}"
        "原合同的担保、优惠和已还款项不受影响。因借款人遇到财务困难而续贷的，贷款人须按监管规定列为"
        "重组资产并观察，这不增加借款人的还款。",
        f"Renewal: the lender lends {lent} anew, which is the principal left on the original "
        "contract and pays all of it; no cash is paid out, and that principal counts as repaid "
        f"from the day the plan starts. The last payment of the new loan falls on {en}."
        f"{beside.en} What was paid on the original contract is not affected. Where the borrower "
        "is in financial difficulty supervision has the lender class the loan as restructured and "
        "watch it, which adds nothing to what is paid.",
    )


def _deferral(facts: AgreementFacts) -> Words:
    months, due = facts.offer.pause_months, facts.offer.earliest_due
    return Words(
        f"延期还款：暂停还款 {months} 个月，{format_date_zh(due)}起恢复。暂停不是免除："
        "暂停期间的利息照常计算，已列入还款计划，不会在恢复时一次收取。",
        f"Deferral: payments pause for {months} months and go on from {format_date_en(due)}. A "
        "pause is no remission: its interest is counted, stands in the schedule, and is not asked "
        "for all at once when payments go on.",
    )


def _settlement(facts: AgreementFacts) -> Words:
    offer, waived = facts.offer, facts.offer.waived.total
    due_zh, due_en = format_date_zh(offer.latest_due), format_date_en(offer.latest_due)
    return Words(
        f"减免结清：借款人在{due_zh}前（含当日）付清 {offer.total.display}，"
        f"其余 {waived.display} 不再收取，债权消灭，贷款人出具结清证明，今后不再追索，"
        "也不转让给他人追索。",
        f"Settlement: when {offer.total.display} is paid by {due_en}, that day included, the other "
        f"{waived.display} is not asked for any more: the debt is extinguished, the lender "
        "gives a letter that says so, and neither it nor anybody else pursues it again.",
    )


_WRITERS: Final[Mapping[LegalForm, Callable[[AgreementFacts], Words]]] = {
    LegalForm.TERM_EXTENSION: _extension,
    LegalForm.PERSONALISED_INSTALMENTS: _personalised,
    LegalForm.RESTRUCTURE: _restructure,
    LegalForm.RENEWAL: _renewal,
    LegalForm.DEFERRAL: _deferral,
    LegalForm.SETTLEMENT: _settlement,
}

"""Clauses 9 to 16: how it is paid, what each side promises, and what happens if it is missed."""

from typing import Final

from tideover.agreements.clauses.debt import CARD_FORMS, Written
from tideover.agreements.facts import AgreementFacts, order_words
from tideover.policy import Words, counted, percent_text

__all__ = ["CONDUCT"]


def payment(facts: AgreementFacts) -> Words:
    """Where to pay, and in which order a payment is applied."""
    policy, order = facts.parameters, order_words(facts.terms)
    hotline, account = policy.text("official.hotline"), policy.text("official.account")
    return Words(
        f"请通过原合同约定的扣款账户，或官方公众号“{account}”内的还款入口还款；如有疑问，"
        f"拨打 {hotline} 核实。贷款人不会索要验证码、密码或屏幕共享，也不会要求转账到个人账户。\n"
        f"每笔还款先还到期最早的一期；同一期内依次为{order.zh}。",
        f"Pay through the account named in the original contract or the payment page of the "
        f"official account “{account}”; if in doubt, check by calling {hotline}. The lender never "
        "asks for a code, a password or a shared screen, nor for a transfer to a private account.\n"
        f"A payment goes to the oldest instalment due; within it, in this order: {order.en}.",
    )


def early_payment(facts: AgreementFacts) -> Words:
    """Paying early is free."""
    del facts
    return Words(
        "借款人可以随时提前还清，不收违约金，利息只算到还清当天为止；"
        "提前多还的部分留作以后各期还款。",
        "The borrower may pay everything off at any time without a charge; interest counts to that "
        "day only. Money paid early beyond what is due is kept for the next instalments.",
    )


def truth(facts: AgreementFacts) -> Words:
    """What the borrower tells, and keeps telling."""
    review = facts.parameters.integer("review.days")
    months = facts.parameters.integer("review.income_months")
    return Words(
        "借款人确认所填的收入、支出、债务和所交材料是真实的。收入或必要支出有较大变化时，请在 "
        f"{review} 天内告诉贷款人。每 {months} 个月双方一起看一次方案是否仍然合适，不需要新材料；"
        "收入恢复后，借款人可以要求缩短期限，贷款人不收费用。",
        "The borrower confirms that the income, spending, debts and documents given are true, and "
        f"tells the lender of a large change within {review} days. Every {months} months both look "
        "whether the plan still fits, without new papers; when income returns the borrower may ask "
        "for a shorter term, free of charge.",
    )


def new_credit(facts: AgreementFacts) -> Words:
    """Taking on new debt while the plan runs."""
    if facts.offer.proposal.legal_form in CARD_FORMS:
        return Words(
            "还清之前，"
            "借款人不向任何银行申请信用卡（《商业银行信用卡业务监督管理办法》第七十条）。",
            "Until everything is paid the borrower applies to no bank for a credit card (article "
            "70 "
            "of the rules on credit cards of commercial banks).",
        )
    return Words(
        "还清之前，请借款人不要借新的消费贷款来还本协议的欠款；确有必要新增借款时，"
        "请先告诉贷款人。",
        "Until everything is paid the borrower takes no new consumer loan to pay this one; if new "
        "borrowing cannot be avoided, the lender is told first.",
    )


def lender_promises(facts: AgreementFacts) -> Words:
    """What the lender stops and does."""
    policy = facts.parameters
    start, end = policy.text("contact.quiet_from"), policy.text("contact.quiet_until")
    return Words(
        "自签署之日起，只要借款人按本协议还款，贷款人及其委托的机构停止催收，只发送还款提醒；"
        f"每日 {start} 至次日 {end} 不打扰。贷款人不向借款人以外的人透露欠款，并按事实报送征信。",
        "From the day of signing, as long as this agreement is kept, the lender and its agencies "
        f"stop collection and send reminders only, none between {start} and {end}. The lender "
        "tells "
        "nobody but the borrower about the debt and reports to the credit record what is true.",
    )


def credit_record(facts: AgreementFacts) -> Words:
    """What is reported, and what stays."""
    said, days = facts.offer.credit_record, facts.parameters.integer("credit_record.objection_days")
    return Words(
        f"{said.zh}。没有人能够花钱“洗白”征信。对报送内容有异议的，可向贷款人或征信机构提出，"
        f"{days} 天内答复。",
        f"{said.en[0].upper()}{said.en[1:]}. Nobody can buy a clean record. An objection to what "
        "is "
        f"reported goes to the lender or the credit registry and is answered within {days} days.",
    )


def early_notice(facts: AgreementFacts) -> Words:
    """Telling beforehand that an instalment will be hard to pay."""
    policy = facts.parameters
    notice = policy.integer("notice.working_days")
    answer = policy.integer("decision.promise_working_days")
    return Words(
        f"预计某一期还不上时，请在还款日前 {notice} 个工作日告诉贷款人。贷款人在 {answer} "
        "个工作日内"
        "和借款人重新商量。提前告知不收费，也不因此算违约。",
        f"When an instalment is going to be hard to pay, the borrower says so {notice} working "
        "days "
        f"before it is due. The lender answers within {answer} working days and talks again. "
        "Saying "
        "so costs nothing and breaks nothing.",
    )


def breach(facts: AgreementFacts) -> Words:
    """What happens when an instalment is missed, step by step, and who may end the agreement."""
    policy, terms = facts.parameters, facts.terms
    cure, missed = policy.integer("breach.cure_days"), policy.integer("breach.missed_max")
    grace, uplift = terms.grace_days, percent_text(terms.penalty_uplift, digits=0)
    lost = _concessions(facts)
    if facts.offer.is_settlement:
        return Words(
            f"付款日后 {grace} 天内付清，不算逾期；{cure} 天内补上的，本协议继续有效，不加收罚息。"
            "少付一部分的，按已付部分入账。\n"
            f"到期没有付清、又没有重新商定的，贷款人经人工审批，可以提前 {cure} 天"
            f"书面通知终止本协议；系统不会自动终止。{lost.zh}",
            f"What is paid within {counted(grace, 'day')} of its date is not late; if it is put "
            f"right within {cure} days this agreement goes on, and no penalty is added. What is "
            "paid in part counts as paid for that part.\n"
            "When it is not paid and nothing new is agreed, a "
            f"person at the lender may decide to end this agreement with {cure} days' written "
            f"notice; no system does so by itself. {lost.en}",
        )
    return Words(
        f"还款日后 {grace} 天内还清，不算逾期。超过的，未还本金从还款日起在合同利率上加收 "
        f"{uplift} 罚息；"
        f"{cure} 天内补上的，本协议继续有效。少还一部分的，按已还部分入账，不视为整期未还。\n"
        f"连续 {missed} 期没有还清、又没有重新商定的，贷款人经人工审批，可以提前 {cure} "
        f"天书面通知终止本协议，要求一次还清剩余欠款；系统不会自动终止。{lost.zh}",
        f"An instalment paid within {counted(grace, 'day')} of its due date is not late. After "
        f"that, unpaid principal bears penalty interest of {uplift} on top of the contract rate "
        f"from the due date; if it is put right within {cure} days this agreement goes on. What is "
        "paid in part counts as paid for that part.\n"
        f"When {missed} instalments in a row are unpaid and nothing new is agreed, a person at "
        f"the lender may decide to end this agreement with {cure} days' written notice and ask "
        f"for all that is left; no system does so by itself. {lost.en}",
    )


def _concessions(facts: AgreementFacts) -> Words:
    """Whether what was waived comes back when the agreement is ended, with its amounts."""
    waived = facts.offer.waived
    back = waived.total - waived.principal
    if facts.offer.is_settlement and waived:
        return Words(
            f"没有按期付清、本协议被终止的，未收取的 {waived.total.display} 恢复计收；"
            "已经付的钱照样冲抵欠款。付清之后，这笔钱不再恢复。",
            f"If it is not paid and the agreement is ended, the {waived.total.display} that was "
            "not asked for is owed again, and what was paid counts. Once all is paid it never "
            "comes back.",
        )
    if not waived:
        return Words("本协议没有减免，终止后不补收任何款项。",
                     "Nothing was waived, so nothing is asked for afterwards.")  # fmt: skip
    if not facts.parameters.flag("breach.concessions_lost") or not back:
        return Words(f"已经减免的 {waived.total.display} 不再恢复。",
                     f"The {waived.total.display} that was waived does not come back.")  # fmt: skip
    principal = waived.principal.display if waived.principal else ""
    kept_zh = f"；已减免的本金 {principal} 不恢复" if principal else ""
    kept_en = f"; waived principal of {principal} does not" if principal else ""
    return Words(
        f"终止后恢复计收已减免的利息 {waived.interest.display}、罚息 {waived.penalty.display}、"
        f"费用 {waived.fee.display}，合计 {back.display}{kept_zh}。",
        f"Then waived interest of {waived.interest.display}, penalty interest of "
        f"{waived.penalty.display} and fees of {waived.fee.display}, {back.display} in all, come "
        f"back{kept_en}.",
    )


CONDUCT: Final[tuple[Written, ...]] = (
    (Words("还款渠道与冲抵顺序", "Where to pay and what a payment covers"), payment),
    (Words("提前还款", "Paying early"), early_payment),
    (Words("如实告知", "Telling the truth"), truth),
    (Words("新增借款", "New borrowing"), new_credit),
    (Words("贷款人的承诺", "What the lender promises"), lender_promises),
    (Words("征信", "Credit record"), credit_record),
    (Words("提前告知与再商量", "Saying so early, and talking again"), early_notice),
    (Words("违约与补救", "Missed instalments and putting them right"), breach),
)

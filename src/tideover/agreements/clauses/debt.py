"""Clauses 1 to 8: who, which loan, what is owed, and what it becomes."""

from collections.abc import Callable
from typing import Final

from tideover.agreements.clauses.form import form_words
from tideover.agreements.facts import METHOD_WORDS, AgreementFacts, rate_words
from tideover.dates import format_date_en, format_date_zh
from tideover.loan import DailyRate, Method
from tideover.options import LegalForm
from tideover.policy import Words, counted

__all__ = ["DEBT", "Written"]

#: A clause: its title, and what writes its text.
Written = tuple[Words, Callable[[AgreementFacts], Words]]


def parties(facts: AgreementFacts) -> Words:
    """Who the parties are and where messages reach them."""
    who, lender = facts.borrower, facts.lender
    days = facts.parameters.integer("notice.working_days")
    return Words(
        f"贷款人：{lender.zh}。借款人：{who.name}，证件号 {who.id_number_masked}，"
        f"手机号 {who.phone_masked}。\n"
        "双方以上述手机号和本服务内的消息互相通知。借款人换号后，请在 "
        f"{days} 个工作日内告诉贷款人；告知之前，发到原号码的通知视为送达。",
        f"Lender: {lender.en}. Borrower: {who.name}, identity number {who.id_number_masked}, phone "
        f"{who.phone_masked}.\n"
        "The parties reach each other by that phone number and by messages in this service. A new "
        f"number is told to the lender within {days} working days; until then a message to the "
        "earlier number counts as received.",
    )


def original_contract(facts: AgreementFacts) -> Words:
    """The contract that this agreement changes."""
    terms, rate = facts.terms, rate_words(facts.terms)
    method = METHOD_WORDS[terms.method]
    zh, en = format_date_zh(terms.disbursed_on), format_date_en(terms.disbursed_on)
    return Words(
        f"{zh}，贷款人向借款人发放“{facts.product.zh}”借款 {terms.principal.display}"
        f"（贷款账户 {facts.loan_reference}），约定分 {terms.instalments} 期、按{method.zh}偿还，"
        f"{rate.zh}。以下称原合同。贷款人确认这笔债权属于自己，没有转让给他人。",
        f"On {en} the lender paid out a {facts.product.en} loan of {terms.principal.display} "
        f"(account {facts.loan_reference}) to the borrower, to be paid in {terms.instalments} "
        f"instalments by {method.en}, at {rate.en}: the original contract. The lender confirms "
        "that the claim is its own and has not been transferred.",
    )


def acknowledgement(facts: AgreementFacts) -> Words:
    """What is owed, told apart, on the day the plan counts from."""
    owed = facts.offer.proposal.owed
    zh, en = format_date_zh(facts.starts_on), format_date_en(facts.starts_on)
    return Words(
        f"截至{zh}，借款人尚欠：本金 {owed.principal.display}，利息 {owed.interest.display}，"
        f"罚息 {owed.penalty.display}，费用 {owed.fee.display}，合计 {owed.total.display}，"
        "币种均为人民币。\n"
        "借款人认可以上金额。诉讼时效自签署本协议之日起重新计算。",
        f"On {en} the borrower owes: principal {owed.principal.display}, interest "
        f"{owed.interest.display}, penalty interest {owed.penalty.display}, fees "
        f"{owed.fee.display}, {owed.total.display} in all, in renminbi.\n"
        "The borrower acknowledges these amounts. The limitation period starts anew on the day "
        "this agreement is signed.",
    )


def nature(facts: AgreementFacts) -> Words:
    """What this agreement is in law, and what it is not."""
    form, more = facts.offer.proposal.legal_form.words, form_words(facts)
    if facts.offer.proposal.legal_form is LegalForm.RENEWAL:
        return Words(
            f"本协议的法律形式为{form.zh}：它是一份新的借款合同，用来结清原合同。原合同中没有被本协议"
            f"改变的约定，适用于新的借款。\n{more.zh}",
            f"The legal form of this agreement is {form.en.lower()}: it is a new loan contract "
            "that pays off the original one. What it does not change in the original contract "
            f"holds for the new loan.\n{more.en}",
        )
    return Words(
        f"本协议变更原合同的还款安排，法律形式为{form.zh}。本协议不是一笔新的借款，"
        f"也不是借新还旧。原合同中没有被本协议改变的约定继续有效。\n{more.zh}",
        f"This agreement changes how the original contract is paid; its legal form is "
        f"{form.en.lower()}. It is not a new loan and does not pay off one loan with another. What "
        f"it does not change in the original contract stays in force.\n{more.en}",
    )


def adjusted_terms(facts: AgreementFacts) -> Words:
    """The new term, method, rate and due dates."""
    offer, terms = facts.offer, facts.terms
    if offer.is_settlement:
        return _settled_terms(facts)
    schedule, rate = offer.schedule, _rate(facts)
    method = METHOD_WORDS[Method.FLAT if terms.method is Method.FLAT else Method.LEVEL]
    counted = _counted(facts)
    start_zh, start_en = format_date_zh(schedule.start), format_date_en(schedule.start)
    return Words(
        f"自{start_zh}起，本金 {schedule.opening_balance.display} 按{method.zh}分 "
        f"{offer.instalments} 期偿还。{rate.zh}。{counted.zh}"
        f"第一个还款日为{format_date_zh(offer.earliest_due)}，最后一个还款日为"
        f"{format_date_zh(offer.latest_due)}，每月的还款日与原合同相同。{_pause(facts).zh}",
        f"From {start_en} the principal of {schedule.opening_balance.display} is paid in "
        f"{offer.instalments} instalments ({method.en}). {rate.en}. {counted.en}The earliest due "
        f"date is {format_date_en(offer.earliest_due)} and the last "
        f"{format_date_en(offer.latest_due)}; "
        f"the day of the month is that of the original contract.{_pause(facts).en}",
    )


def _settled_terms(facts: AgreementFacts) -> Words:
    offer, count = facts.offer, facts.offer.instalments
    last_zh, last_en = format_date_zh(offer.latest_due), format_date_en(offer.latest_due)
    return Words(
        f"付清 {offer.total.display} 即了结全部欠款，分 {count} 次付，最后付款日为{last_zh}。"
        "付清前不计利息、罚息和手续费。",
        f"{offer.total.display} settles everything owed. It is paid in "
        f"{counted(count, 'payment')}, the last on {last_en}. Until then nothing bears "
        "interest, penalty or a fee.",
    )


def _rate(facts: AgreementFacts) -> Words:
    """Return the rate of the plan, and whether it is that of the contract."""
    rate, contract = rate_words(facts.plan_terms), rate_words(facts.terms)
    if not facts.is_cheaper:
        return Words(f"利率与原合同相同：{rate.zh}",
                     f"The rate is that of the original contract: {rate.en}")  # fmt: skip
    return Words(f"利率由{contract.zh}降为{rate.zh}",
                 f"The rate falls from {contract.en} to {rate.en}")  # fmt: skip


def _counted(facts: AgreementFacts) -> Words:
    if not isinstance(facts.terms.rate, DailyRate):
        return Words("", "")
    return Words("利息按实际天数计算，还款当天不计息。",
                 "Interest counts actual days, without the day of payment. ")  # fmt: skip


def _pause(facts: AgreementFacts) -> Words:
    months = facts.offer.pause_months
    if not months:
        return Words("", "")
    return Words(
        f"在第一个还款日之前先暂停还款 {months} 个月，暂停期间照常计息，不计罚息，不算逾期。",
        f" Before that, payments pause for {months} months: interest goes on, no penalty is "
        "counted and nothing is overdue.",
    )


def schedule_text(facts: AgreementFacts) -> Words:
    """The instalments, and how the last one comes out even."""
    offer = facts.offer
    last = offer.proposal.due_lines[-1].amount
    if offer.is_settlement:
        return Words(
            f"每次付多少、哪一天付，见所附还款计划，合计 {offer.total.display}。",
            f"The schedule attached shows what is paid on which day, {offer.total.display} in all.",
        )
    return Words(
        f"每期应还 {offer.payment.display}，最后一期 {last.display}，合计 {offer.total.display}。"
        "各期的本金、利息和费用见所附还款计划。利息每期四舍五入到分，最后一期还清全部余额。",
        f"Each instalment is {offer.payment.display}, the last {last.display}, "
        f"{offer.total.display} "
        "in all. The schedule attached shows the principal, interest and fees of each. Interest is "
        "rounded half up to the fen once an instalment; the last instalment clears the balance.",
    )


def arrears(facts: AgreementFacts) -> Words:
    """What becomes of what is overdue: waived, carried or capitalised, each by its amount."""
    change = facts.offer.proposal.restructured
    start_zh, start_en = format_date_zh(change.on), format_date_en(change.on)
    zh, en = [], []
    if change.waived.penalty:
        zh.append(f"罚息 {change.waived.penalty.display} 予以减免，自{start_zh}起不再计收。")
        en.append(f"Penalty interest of {change.waived.penalty.display} is waived and none is "
                  f"counted from {start_en} on.")  # fmt: skip
    if change.carried.total:
        zh.append(f"未付息费 {change.carried.total.display} 平均分摊到各期偿还，不再计息，"
                  "也不计复利。")  # fmt: skip
        en.append(f"Unpaid interest and fees of {change.carried.total.display} are spread evenly "
                  "over the instalments and bear no interest.")  # fmt: skip
    if change.capitalised.total:
        zh.append(f"未付息费 {change.capitalised.total.display} 并入本金，一并计息。")
        en.append(f"Unpaid interest and fees of {change.capitalised.total.display} join the "
                  "principal and bear interest with it.")  # fmt: skip
    if change.waived.interest:
        zh.append(f"未付利息 {change.waived.interest.display} 予以减免。")
        en.append(f"Unpaid interest of {change.waived.interest.display} is waived.")
    if change.waived.fee:
        zh.append(f"费用 {change.waived.fee.display} 予以减免。")
        en.append(f"Fees of {change.waived.fee.display} are waived.")
    if change.waived.principal:
        zh.append(f"本金 {change.waived.principal.display} 予以减免，不再计息。")
        en.append(f"Principal of {change.waived.principal.display} is forgiven and bears no "
                  "interest.")  # fmt: skip
    zh.append("逾期本金并入本协议的本金，按新计划偿还，自该日起不再是逾期。")
    en.append("Overdue principal is part of the principal of this agreement, is paid by the new "
              "schedule, and is no longer overdue from that day.")  # fmt: skip
    return Words("".join(zh), " ".join(en))


def fees(facts: AgreementFacts) -> Words:
    """What is charged while the agreement is kept, and that nothing else is."""
    is_flat = facts.terms.method is Method.FLAT
    settles = facts.offer.is_settlement
    zh = "收取分期手续费，不收取利息" if is_flat else "收取利息，不收取分期手续费"
    en = "the instalment fee and no interest" if is_flat else "interest and no instalment fee"
    if settles:
        zh, en = "不收取利息和分期手续费", "neither interest nor an instalment fee"
    return Words(
        f"履行本协议期间{zh}，标准见所附综合融资成本明示表；不收取年费、服务费、担保费、保险费"
        "等其他任何费用。办理、变更本协议均不收费，也没有首付。违约时才可能发生的费用在该表中另行列明，"
        "表中没有列明的不收取。",
        f"While this agreement is kept the lender charges {en}, as the attached cost table states, "
        "and no annual, service, guarantee, insurance or other fee. Making and changing this "
        "agreement is free, and there is no down payment. What could be charged after a breach "
        "stands in the same table; what does not stand there is not charged.",
    )


DEBT: Final[tuple[Written, ...]] = (
    (Words("当事人与送达", "Parties and messages"), parties),
    (Words("原合同与债权", "The original contract and the claim"), original_contract),
    (Words("欠款确认", "What is owed"), acknowledgement),
    (Words("本协议的性质", "What this agreement is"), nature),
    (Words("调整后的条件", "The changed terms"), adjusted_terms),
    (Words("还款计划", "The schedule"), schedule_text),
    (Words("逾期款项的处理", "What becomes of the arrears"), arrears),
    (Words("费用", "Costs"), fees),
)

#: Forms that are for cards alone; the clause on new credit differs for them.
CARD_FORMS: Final = frozenset({LegalForm.PERSONALISED_INSTALMENTS})

"""The all-in cost table (综合融资成本明示表), and what could be charged only after a breach."""

from tideover.agreements.document import CostRow
from tideover.agreements.facts import AgreementFacts, annual_rate_words, rate_words
from tideover.loan import DailyRate, Method
from tideover.policy import Words, counted, percent_text

__all__ = ["contingent_costs", "cost_table"]

NOBODY = Words("—", "—")
NONE_CHARGED = Words("不收取", "not charged")


def cost_table(facts: AgreementFacts) -> tuple[CostRow, ...]:
    """Return every cost of performing the plan, with its annual rate and who receives it."""
    return (
        _interest_or_fee(facts),
        CostRow(
            item=Words("手续费、服务费、担保费、保险费", "Handling, service, guarantee, insurance"),
            how=NONE_CHARGED,
            rate=Words("0.00%", "0.00%"),
            payee=NOBODY,
        ),
        CostRow(
            item=Words("办理本协议的费用", "Making this agreement"),
            how=NONE_CHARGED,
            rate=Words("0.00%", "0.00%"),
            payee=NOBODY,
        ),
        CostRow(
            item=Words("综合融资成本合计", "All-in cost"),
            how=Words("按本协议正常还款", "if the agreement is kept"),
            rate=annual_rate_words(facts),
            payee=NOBODY,
        ),
    )


def contingent_costs(facts: AgreementFacts) -> tuple[CostRow, ...]:
    """Return the costs that arise only after a breach, who charges them, and that no others do."""
    return (*_penalty(facts), *_concessions(facts), _no_others())


def _penalty(facts: AgreementFacts) -> tuple[CostRow, ...]:
    terms = facts.terms
    rate = facts.offer.proposal.restructured.rate or terms.late_rate
    if not terms.penalty_uplift or rate is None or not rate.simple_annual:
        return ()
    uplift = percent_text(terms.penalty_uplift, digits=0)
    grace = terms.grace_days
    annual = rate.simple_annual
    late = percent_text(annual * (1 + terms.penalty_uplift), digits=2)
    extra = percent_text(annual * terms.penalty_uplift, digits=2)
    return (
        CostRow(
            item=Words("逾期罚息", "Penalty interest"),
            how=Words(
                f"还款日后超过 {grace} 天仍未还的本金，从还款日起按天收，不计复利",
                f"on principal unpaid more than {counted(grace, 'day')} after the due date, by the "
                "day from the due date, never compounded",
            ),
            rate=Words(
                f"在合同利率上加收 {uplift}（年化加 {extra}，合计 {late}）",
                f"{uplift} on top of the contract rate ({extra} a year more, {late} in all)",
            ),
            payee=facts.lender,
        ),
    )


def _concessions(facts: AgreementFacts) -> tuple[CostRow, ...]:
    waived = facts.offer.waived
    is_settlement = facts.offer.is_settlement
    back = waived.total if is_settlement else waived.total - waived.principal
    if not back or not (is_settlement or facts.parameters.flag("breach.concessions_lost")):
        return ()
    return (
        CostRow(
            item=Words("已减免的息费恢复", "What was waived comes back"),
            how=Words("仅在贷款人依约终止本协议后，一次计收",
                      "only after the lender has ended this agreement, once"),
            rate=Words(back.display, back.display),
            payee=facts.lender,
        ),
    )  # fmt: skip


def _no_others() -> CostRow:
    return CostRow(
        item=Words("违约金、催收费、挪用违约金等", "Default, collection and misuse charges"),
        how=NONE_CHARGED,
        rate=Words("0.00%", "0.00%"),
        payee=NOBODY,
    )


def _interest_or_fee(facts: AgreementFacts) -> CostRow:
    terms = facts.plan_terms
    if facts.offer.is_settlement:
        return CostRow(
            item=Words("利息、分期手续费", "Interest and instalment fee"),
            how=NONE_CHARGED,
            rate=Words("0.00%", "0.00%"),
            payee=NOBODY,
        )
    if terms.method is Method.FLAT:
        return CostRow(
            item=Words("分期手续费", "Instalment fee"),
            how=Words("每期按分期本金收取", "with each instalment, on the principal of the plan"),
            rate=rate_words(terms),
            payee=facts.lender,
        )
    how = (
        Words("按剩余本金和实际天数计息，随每期收取",
              "on what is left of the principal, by actual days, with each instalment")
        if isinstance(terms.rate, DailyRate)
        else Words("按剩余本金计息，随每期收取",
                   "on what is left of the principal, with each instalment")
    )  # fmt: skip
    return CostRow(
        item=Words("利息", "Interest"), how=how, rate=rate_words(terms), payee=facts.lender
    )

"""What an agreement is written from."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tideover.loan import AnnualRate, Component, DailyRate, LoanTerms, Method
from tideover.offers import Offer
from tideover.policy import Parameters, Words, percent_text

__all__ = ["AgreementFacts", "Party", "annual_rate_words", "order_words", "rate_words"]

METHOD_WORDS: Final = {
    Method.EQUAL_PRINCIPAL: Words("等额本金", "equal principal"),
    Method.LEVEL: Words("等额本息", "equal instalments"),
    Method.INTEREST_ONLY: Words("先息后本", "interest first"),
    Method.FLAT: Words("等本等息", "flat fee"),
    Method.BULLET: Words("到期一次还本付息", "all at the end"),
}

COMPONENT_WORDS: Final = {
    Component.PRINCIPAL: Words("本金", "principal"),
    Component.INTEREST: Words("利息", "interest"),
    Component.PENALTY: Words("罚息", "penalty interest"),
    Component.FEE: Words("费用", "fees"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The borrower as the agreement names them, already masked for the page."""

    name: str
    id_number_masked: str
    phone_masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """One accepted offer, the contract it changes, and who signs.

    `terms` are those of the original contract, `parameters` the policy the offer was judged on.
    The amounts of the agreement are those of the offer, and no others.
    """

    number: str
    lender: Words
    borrower: Party
    loan_reference: str
    product: Words
    terms: LoanTerms
    offer: Offer
    made_on: date
    parameters: Parameters

    @property
    def starts_on(self) -> date:
        """The day the plan counts from: that of the offer, so its figures still hold."""
        return self.offer.proposal.restructured.on

    @property
    def plan_terms(self) -> LoanTerms:
        """The terms with the rate of the plan: that of the contract unless the offer lowers it."""
        return replace(self.terms, rate=self.offer.proposal.restructured.rate or self.terms.rate)

    @property
    def is_cheaper(self) -> bool:
        """Whether the offer lowers the rate."""
        return self.offer.proposal.restructured.rate is not None


def rate_words(terms: LoanTerms) -> Words:
    """Return the contract rate as the contract states it, with the simple annual rate first."""
    rate = terms.rate
    if isinstance(rate, DailyRate):
        annual = percent_text(rate.simple_annual, digits=2)
        return Words(f"年化 {annual}（单利；日利率 {rate.percent_text}%）",
                     f"{annual} a year (simple; {rate.percent_text}% a day)")  # fmt: skip
    if isinstance(rate, AnnualRate):
        annual = percent_text(rate.of_year, digits=2)
        return Words(f"年利率 {annual}（单利）", f"{annual} a year (simple)")
    monthly = percent_text(terms.fee_rate, digits=2)
    return Words(f"每期手续费率 {monthly}（按分期本金）",
                 f"a fee of {monthly} of the principal an instalment")  # fmt: skip


def annual_rate_words(facts: AgreementFacts) -> Words:
    """Return the true annual cost of the plan, simple first, with the basis named."""
    cost = facts.offer.annual_cost
    simple = percent_text(cost.nominal, digits=2)
    effective = percent_text(cost.effective, digits=2)
    return Words(f"{simple}（单利），实际年利率 {effective}（复利）",
                 f"{simple} (simple); effective rate {effective} (compound)")  # fmt: skip


def order_words(terms: LoanTerms) -> Words:
    """Return in which order a payment is applied."""
    names = [COMPONENT_WORDS[component] for component in terms.allocation_order]
    return Words("、".join(name.zh for name in names), ", ".join(name.en for name in names))

"""A household's request for all its loans, as tests of the joint search begin it."""

from datetime import date

from factories import TODAY, card, household, paid_until, policy, weilidai, yuan
from tideover.affordability import Income, IncomeKind
from tideover.loan import LoanTerms
from tideover.offers.joint import JointAnswer, JointRequest, JointWish, PlanDebt, find_plans

LATER_JOB = Income(
    name="新工作", kind=IncomeKind.WAGE, monthly=yuan("4000"), since=date(2027, 5, 1)
)


def debt(name="微粒贷", terms: LoanTerms | None = None, paid=2, product="weilidai") -> PlanDebt:
    terms = terms or weilidai()
    return PlanDebt(
        name=name,
        terms=terms,
        events=paid_until(terms, instalments=paid),
        parameters=policy(product),
    )


def card_debt(paid=5) -> PlanDebt:
    return debt("信用卡", card(), paid=paid, product="card-instalment")


def plans(able="680", *debts, home=None, **wish) -> JointAnswer:
    return find_plans(
        JointRequest(
            on=TODAY,
            household=home or household(able=able),
            debts=debts or (debt(),),
            parameters=policy(),
            wish=JointWish(**wish),
        )
    )

"""Ways outside the offers, by the same cash-flow engine and at their true rates."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from tideover.loan import (
    AnnualRate,
    CashFlow,
    LoanTerms,
    Method,
    build_schedule,
    cost_of_credit,
    loan_state,
    xirr,
)
from tideover.money import Money, Rounding, total
from tideover.offers.joint.answer import Alternative
from tideover.offers.joint.standing import Standing, by_month
from tideover.offers.waiting import WaitingCost, cost_of_waiting
from tideover.policy import Parameters, Words

__all__ = ["alternatives"]

WAITED_DAYS = (30, 90)


def alternatives(standing: Standing) -> tuple[Alternative, ...]:
    """Return what else could be done today about everything owed, each with its risk."""
    owed = total((one.state.payoff for _, one in standing.loans), standing.currency)
    policy = standing.request.parameters
    return (
        _bring_current(standing),
        _settle_now(standing, owed),
        _borrowed(
            standing, owed, kind="card_instalment", terms=_card_terms(standing, owed, policy)
        ),
        _borrowed(standing, owed, kind="bank_loan", terms=_bank_terms(standing, owed, policy)),
        _family(standing, owed, policy),
        *_do_nothing(standing),
    )


NAMES = {
    "bring_current": Words("补齐逾期，按原合同继续", "Pay what is past due and carry on"),
    "early_settlement": Words("现在一次还清", "Pay everything off now"),
    "card_instalment": Words("用信用卡分期来还", "Pay it with a card instalment plan"),
    "bank_loan": Words("借一笔银行贷款来还", "Pay it with a new bank loan"),
    "family_loan": Words("向家人借", "Borrow from family"),
}

RISKS = {
    "bring_current": Words(
        "要先拿出逾期的全部金额；之后每月仍按原合同，可能再次逾期",
        "all that is past due is needed at once, and the contract's instalments stay as they are",
    ),
    "early_settlement": Words(
        "最省利息，但会用掉应急的钱",
        "costs the least interest and uses up what is kept for emergencies",
    ),
    "card_instalment": Words(
        "“免息”分期也收手续费，真实年化约为标价的两倍；额度未必够",
        "“interest-free” plans charge fees whose true rate is about twice the one shown; the limit "
        "may not do",
    ),
    "bank_loan": Words(
        "有逾期时很难批下来；中介代办多是骗局",
        "hard to get with arrears; agents who promise one are mostly a fraud",
    ),
    "family_loan": Words(
        "不要利息，但还不上会伤感情；请写清楚怎么还",
        "no interest, but it strains the family if it goes wrong; write down how it is paid back",
    ),
}


def _bring_current(standing: Standing) -> Alternative:
    past_due = total((one.state.past_due.total for _, one in standing.loans), standing.currency)
    cost = total(
        (
            line.remaining.interest + line.remaining.fee + line.remaining.penalty
            for _, situation in standing.loans
            for line in situation.state.lines
        ),
        standing.currency,
    )
    flows = _flows(standing, standing.contract_dues)
    months = by_month(standing.contract_dues)
    later = [amount for month, amount in months.items() if month > standing.request.on]
    name = NAMES["bring_current"]
    return Alternative(
        name="bring_current",
        words=Words(
            f"{name.zh}（现在付 {past_due.display}）", f"{name.en} ({past_due.display} now)"
        ),
        total_cost=cost,
        annual_cost=flows,
        monthly=max(later, default=past_due),
        risk=RISKS["bring_current"],
    )


def _settle_now(standing: Standing, owed: Money) -> Alternative:
    principal = total(
        (one.state.outstanding.principal for _, one in standing.loans), standing.currency
    )
    return Alternative(
        name="early_settlement",
        words=NAMES["early_settlement"],
        total_cost=owed - principal,
        annual_cost=None,
        monthly=owed,
        risk=RISKS["early_settlement"],
    )


def _card_terms(standing: Standing, owed: Money, policy: Parameters) -> LoanTerms:
    return LoanTerms(
        principal=owed,
        rate=None,
        method=Method.FLAT,
        fee_rate=policy.ratio("alternative.card_fee_rate"),
        instalments=policy.integer("alternative.card_instalments"),
        disbursed_on=standing.request.on,
    )


def _bank_terms(standing: Standing, owed: Money, policy: Parameters) -> LoanTerms:
    return LoanTerms(
        principal=owed,
        rate=AnnualRate(policy.ratio("alternative.bank_annual_rate")),
        method=Method.LEVEL,
        instalments=policy.integer("alternative.bank_instalments"),
        disbursed_on=standing.request.on,
    )


def _borrowed(standing: Standing, owed: Money, *, kind: str, terms: LoanTerms) -> Alternative:
    schedule = build_schedule(terms)
    cost = cost_of_credit(schedule, by_month=True)
    return Alternative(
        name=kind,
        words=NAMES[kind],
        total_cost=cost.total - owed + _added_already(standing, owed),
        annual_cost=_kept(cost.effective),
        monthly=schedule.lines[0].instalment,
        risk=RISKS[kind],
    )


def _family(standing: Standing, owed: Money, policy: Parameters) -> Alternative:
    count = policy.integer("alternative.family_instalments")
    return Alternative(
        name="family_loan",
        words=NAMES["family_loan"],
        total_cost=_added_already(standing, owed),
        annual_cost=Fraction(0),
        monthly=owed.split(count)[0],
        risk=RISKS["family_loan"],
    )


def _added_already(standing: Standing, owed: Money) -> Money:
    """Return the interest, penalty and fees in `owed`: a cost whichever way it is paid."""
    principal = total(
        (one.state.outstanding.principal for _, one in standing.loans), standing.currency
    )
    return owed - principal


def _do_nothing(standing: Standing) -> Iterator[Alternative]:
    """Return what waiting costs: penalty, interest on what is overdue, and the record."""
    on = standing.request.on
    for days in WAITED_DAYS:
        costs = [
            cost_of_waiting(
                debt.terms, debt.events, on=on, days=(days,), parameters=debt.parameters
            )[0]
            for debt, _ in standing.loans
        ]
        yield _waited(standing, costs, days=days)


def _waited(standing: Standing, costs: Sequence[WaitingCost], *, days: int) -> Alternative:
    currency = standing.currency
    on = standing.request.on + timedelta(days=days)
    before = total((one.state.payoff for _, one in standing.loans), currency)
    after = total(
        (loan_state(debt.terms, debt.events, on).payoff for debt, _ in standing.loans), currency
    )
    worst = max(costs, key=lambda cost: cost.days_past_due)
    past_due = total((cost.past_due for cost in costs), currency)
    rate = Fraction((after - before).minor * 365, before.minor * days) if before else None
    return Alternative(
        name=f"do_nothing_{days}",
        words=Words(f"什么都不做，{days} 天后", f"Do nothing, after {days} days"),
        total_cost=after - before,
        annual_cost=_kept(rate) if rate is not None else None,
        monthly=past_due,
        risk=Words(
            f"逾期累计到 {past_due.display}，征信记{worst.credit_mark.zh}，罚息继续增加",
            f"{past_due.display} is then overdue, credit record: {worst.credit_mark.en}, "
            "and penalty goes on",
        ),
    )


def _flows(standing: Standing, dues: Sequence[tuple[date, Money]]) -> Fraction | None:
    """Return the effective rate of `dues` against what is owed, None when all is due today."""
    on = standing.request.on
    owed = total((one.state.payoff for _, one in standing.loans), standing.currency)
    now = total((amount for day, amount in dues if day <= on), standing.currency)
    later = [CashFlow(day, amount) for day, amount in dues if day > on]
    if not later or (owed - now).minor <= 0:
        return None
    return _kept(xirr([CashFlow(on, now - owed), *later]).of_year)


def _kept(rate: Fraction) -> Fraction:
    return Fraction(Rounding.HALF_UP(rate * 10**10), 10**10)

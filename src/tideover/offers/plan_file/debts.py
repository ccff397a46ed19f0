"""The debts of a file: with full terms, or by balance and monthly payment."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from tideover.affordability import OtherDebt
from tideover.loan import (
    AnnualRate,
    Conventions,
    DailyRate,
    Disbursed,
    Event,
    LevelRule,
    LoanTerms,
    Method,
    Paid,
    Rate,
    build_schedule,
    loan_state,
)
from tideover.money import Currency, Money, total
from tideover.offers.joint import PlanDebt
from tideover.offers.plan_file.reader import Fields
from tideover.policy import Parameters, load_book, penalty_uplift

__all__ = ["read_debts"]

METHODS: Final = {
    "equal-principal": Method.EQUAL_PRINCIPAL,
    "level": Method.LEVEL,
    "interest-only": Method.INTEREST_ONLY,
    "flat-fee": Method.FLAT,
}
PRODUCT_METHODS: Final = {
    "weilidai": "equal-principal",
    "consumer-level": "level",
    "card-instalment": "flat-fee",
}
RATES: Final = ("daily_rate", "annual_rate", "fee_rate")
SIMPLE: Final = ("name", "lender", "balance", "monthly_payment", "priority")
FULL: Final = (
    "name", "lender", "product", "method", *RATES, "principal", "disbursed", "instalments",
    "payments",
)  # fmt: skip
#: A fee or a yearly rate as high as this was surely meant as a percentage.
FEE_MAX: Final = Fraction(1, 10)
YEARLY_MAX: Final = Fraction(1)
#: More debts than any household has: a mistake in the file.
DEBTS_MAX: Final = 40
#: A debt told by its method alone is judged as any consumer loan.
OTHER_PRODUCT: Final = "consumer-level"


def read_debts(
    top: Fields, *, as_of: date | None, unit: Currency
) -> tuple[PlanDebt | OtherDebt, ...]:
    """Return every debt that could be read; problems are noted."""
    found: list[PlanDebt | OtherDebt] = []
    seen: dict[str, int] = {}
    told = tuple(top.entries("debts"))
    if len(told) > DEBTS_MAX:
        top.note("debts", zh=f"超过 {DEBTS_MAX} 笔", en=f"are more than {DEBTS_MAX}")
        return ()
    for where, node in told:
        is_simple = "balance" in getattr(node, "entries", ()) or "monthly_payment" in getattr(
            node, "entries", ()
        )
        needed = ("name", "balance", "monthly_payment") if is_simple else (
            "name", "principal", "disbursed", "instalments"
        )  # fmt: skip
        one = top.reader.fields(node, where, known=SIMPLE if is_simple else FULL, needed=needed)
        _unique(one, seen)
        debt = _simple(one, unit) if is_simple else _full(one, as_of=as_of, unit=unit)
        if debt is not None:
            found.append(debt)
    return tuple(found)


def _unique(one: Fields, seen: dict[str, int]) -> None:
    name = one.text("name")
    if name is None:
        return
    if name in seen:
        one.note(
            "name",
            zh=f"与第 {seen[name]} 行重名",
            en=f"is the name of the debt on line {seen[name]}",
        )
    seen.setdefault(name, one.line("name"))


def _simple(one: Fields, unit: Currency) -> OtherDebt | None:
    name = one.text("name")
    one.text("lender")
    one.money("balance", unit)
    monthly = one.money("monthly_payment", unit)
    priority = one.flag("priority")
    if name is None or monthly is None:
        return None
    return OtherDebt(creditor=name, monthly=monthly, is_priority=bool(priority))


def _full(one: Fields, *, as_of: date | None, unit: Currency) -> PlanDebt | None:
    name, product, method = one.text("name"), _product(one), _method(one)
    one.text("lender")
    principal = one.money("principal", unit, above_zero=True)
    disbursed, count = one.day("disbursed"), one.whole("instalments", least=1)
    if disbursed and as_of and disbursed > as_of:
        one.note("disbursed", zh=f"晚于 as_of（{as_of}）", en=f"is after as_of, {as_of}")
        disbursed = None
    rate = _rate(one, method)
    payments = tuple(_payments(one, disbursed=disbursed, as_of=as_of, unit=unit))
    if not (name and product and method and principal and disbursed and count and as_of):
        return None
    if rate is None:
        return None
    parameters = load_book().on(as_of, product=product)
    terms = _terms(
        principal, method=method, rate=rate, count=count, disbursed=disbursed, policy=parameters
    )
    debt = PlanDebt(
        name=name,
        terms=terms,
        events=(Disbursed(disbursed, "disbursed", principal), *payments),
        parameters=parameters,
    )
    _adds_up(one, debt, as_of)
    return debt


def _product(one: Fields) -> str | None:
    if "product" not in one:
        return OTHER_PRODUCT
    product = one.text("product")
    if product not in PRODUCT_METHODS:
        known = ", ".join(PRODUCT_METHODS)
        one.note("product", zh=f"“{product}”不在可选范围：{known}", en=f"must be one of {known}")
        return None
    return product


def _method(one: Fields) -> Method | None:
    told, product = one.text("method"), one.text("product")
    if told is None and product is None:
        one.note(
            "method", zh="product 和 method 至少写一个", en="is missing: give a product or a method"
        )
        return None
    usual = PRODUCT_METHODS.get(product or "")
    if told is not None and told not in METHODS:
        known = ", ".join(METHODS)
        one.note("method", zh=f"“{told}”不在可选范围：{known}", en=f"must be one of {known}")
        return None
    if told and usual and told != usual:
        one.note(
            "method", zh=f"与 product（{product}，{usual}）不一致",
            en=f"is {told}, and the product {product} is {usual}: leave one of them out",
        )  # fmt: skip
        return None
    name = told or usual
    return METHODS[name] if name else None


def _rate(one: Fields, method: Method | None) -> Rate | Fraction | None:
    """Return the rate, or for a flat fee the fee; None with the problem noted."""
    given = [key for key in RATES if key in one]
    if len(given) != 1:
        one.note(
            given[1] if given else "daily_rate",
            zh="利率应当且只能写一个：daily_rate、annual_rate 或 fee_rate",
            en="must be the one rate of the debt: give exactly one of daily_rate, annual_rate, "
            "fee_rate",
        )
        return None
    key = given[0]
    ratio = one.ratio(key)
    if ratio is None or method is None:
        return None
    if (key == "fee_rate") is not (method is Method.FLAT):
        wanted = "fee_rate" if method is Method.FLAT else "daily_rate / annual_rate"
        one.note(
            key, zh=f"这种还款方式应写 {wanted}", en=f"does not go with this method: give {wanted}"
        )
        return None
    most = FEE_MAX if key == "fee_rate" else YEARLY_MAX
    if key != "daily_rate" and ratio >= most:
        one.note(
            key, zh="太高，像是把百分数写成了小数；1% 应写 0.01",
            en="is so high that it looks like a percentage; 1 % is written 0.01",
        )  # fmt: skip
        return None
    if key == "fee_rate":
        return ratio
    if key == "annual_rate":
        return AnnualRate(ratio)
    return one.read(key, lambda _: DailyRate(ratio), zh="不是日利率", en="is not a daily rate")


def _payments(
    one: Fields, *, disbursed: date | None, as_of: date | None, unit: Currency
) -> Iterator[Event]:
    latest: date | None = None
    for place, (where, node) in enumerate(one.entries("payments"), start=1):
        paid = one.reader.fields(node, where, known=("on", "amount"), needed=("on", "amount"))
        on, amount = paid.day("on"), paid.money("amount", unit, above_zero=True)
        if on and disbursed and on < disbursed:
            paid.note(
                "on", zh=f"早于放款日 {disbursed}", en=f"is before the disbursement on {disbursed}"
            )
        elif on and as_of and on > as_of:
            paid.note("on", zh=f"晚于 as_of（{as_of}）", en=f"is after as_of, {as_of}")
        elif on and latest and on < latest:
            paid.note(
                "on", zh=f"早于上一笔还款（{latest}），请按时间先后填写",
                en=f"is before the payment above it, {latest}: write the oldest first",
            )  # fmt: skip
        elif on and amount:
            yield Paid(on, f"payment-{place}", amount)
        latest = max(on, latest) if on and latest else on or latest


def _terms(
    principal: Money,
    *,
    method: Method,
    rate: Rate | Fraction,
    count: int,
    disbursed: date,
    policy: Parameters,
) -> LoanTerms:
    is_fee = isinstance(rate, Fraction)
    return LoanTerms(
        principal=principal,
        rate=None if isinstance(rate, Fraction) else rate,
        fee_rate=rate if is_fee and isinstance(rate, Fraction) else Fraction(0),
        method=method,
        instalments=count,
        disbursed_on=disbursed,
        penalty_uplift=penalty_uplift(_yearly(rate), policy),
        grace_days=policy.integer("grace.days"),
        conventions=Conventions(level=LevelRule.ROUNDED),
    )


def _yearly(rate: Rate | Fraction) -> Fraction:
    return Fraction(0) if isinstance(rate, Fraction) else rate.simple_annual


def _adds_up(one: Fields, debt: PlanDebt, as_of: date) -> None:
    """Note payments that are more than the debt ever asked for."""
    paid = (event.amount for event in debt.events if isinstance(event, Paid))
    above = total(paid, debt.terms.currency) - build_schedule(debt.terms).total
    # Whoever pays the last lines early owes less than their whole interest: no mistake.
    over = min(loan_state(debt.terms, debt.events, as_of).in_advance_credit, above)
    if over.minor > 0:
        one.note(
            "payments", zh=f"合计比这笔债务一共要还的多 {over.display}",
            en=f"add up to {over.display} more than the debt ever asked for",
        )  # fmt: skip

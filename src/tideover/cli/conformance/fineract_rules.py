"""Fineract's words for what it does with a loan, in ours."""

from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from tideover.cli.conformance.cells import exact
from tideover.cli.conformance.results import Case
from tideover.loan import Component
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    Allocation,
    Due,
    Future,
    HostRules,
    Kind,
)

KINDS: Final = {
    "DEFAULT": Kind.PAYMENT,
    "REPAYMENT": Kind.PAYMENT,
    "DOWN_PAYMENT": Kind.DOWN_PAYMENT,
    "MERCHANT_ISSUED_REFUND": Kind.MERCHANT_REFUND,
    "PAYOUT_REFUND": Kind.PAYOUT_REFUND,
    "GOODWILL_CREDIT": Kind.GOODWILL,
    "INTEREST_PAYMENT_WAIVER": Kind.INTEREST_WAIVER,
}
FUTURES: Final = {
    "NEXT_INSTALLMENT": Future.NEXT,
    "LAST_INSTALLMENT": Future.LAST,
    "NEXT_LAST_INSTALLMENT": Future.NEXT_LAST,
    "REAMORTIZATION": Future.SHARED,
}
_DUES: Final = {"PAST": Due.PAST_DUE, "DUE": Due.DUE, "IN": Due.IN_ADVANCE}
_COMPONENTS: Final = {
    "PENALTY": Component.PENALTY,
    "PENALTIES": Component.PENALTY,
    "FEE": Component.FEE,
    "FEES": Component.FEE,
    "PRINCIPAL": Component.PRINCIPAL,
    "INTEREST": Component.INTEREST,
}


def rules_of(stated: Case, *, overrides: Case | None = None, gives_back: bool = False) -> HostRules:
    """Return the rules of a case: those of its product, and what its terms state themselves.

    `overrides` change where its product sends payments in advance; `gives_back` says that its
    transactions show interest given back.
    """
    recalculation = stated.get("recalculation") or {}
    down = stated.get("down_payment") or {"pct": "0", "auto": False}
    is_same = stated["interest_period"] == "SAME_AS_REPAYMENT_PERIOD"
    product = HOST_PRODUCTS[_product_of(stated, gives_back=gives_back)]
    return replace(
        product,
        recalculates=bool(recalculation),
        rests_by_period=recalculation.get("rest") == "SAME_AS_REPAYMENT",
        closes_at_rest=recalculation.get("preclose") == "TILL_REST_FREQUENCY_DATE",
        overdue_bears_interest=not recalculation.get("no_interest_on_past_due", False),
        by_component=stated.get("schedule_processing") == "VERTICAL",
        allocations=_allocations(stated, overrides or {}, product=product),
        down_payment=exact(down["pct"]) / 100,
        pays_down_itself=bool(down["auto"]),
        tranches_run_full_term=bool(stated.get("full_term_tranche")),
        counts_whole_steps=is_same,
        moves_to_step_start=is_same and not stated.get("allow_partial_period_interest"),
        levels_by_opening=levels_by_opening(stated),
        keeps_excess_with_row=levels_by_opening(stated),
        projects=product.projects or levels_by_opening(stated),
    )


def _product_of(stated: Case, *, gives_back: bool) -> str:
    """The product a case belongs to, by what it shows of it."""
    if stated["schedule_type"] != "PROGRESSIVE":
        return "cumulative"
    if _puts_interest_first(stated):
        return "interest-first"
    return "interest-back" if gives_back else "usual"


def levels_by_opening(stated: Case) -> bool:
    """Whether a cumulative schedule is computed again as payments come in."""
    return (
        stated["schedule_type"] == "CUMULATIVE"
        and stated["interest_type"] == "DECLINING_BALANCE"
        and stated["interest_period"] == "DAILY"
        and bool(stated.get("recalculation"))
        and exact(stated["rate_pct"]) > 0
    )


def _puts_interest_first(stated: Case) -> bool:
    """Whether payments go to interest before anything else."""
    rules = stated.get("allocation") or ()
    return any(rule["type"] == "DEFAULT" and "INTEREST" in rule["order"][0] for rule in rules)


def _allocations(stated: Case, overrides: Case, *, product: HostRules) -> dict[Kind, Allocation]:
    if stated["strategy"] != "ADVANCED_PAYMENT_ALLOCATION":
        usual = _by_strategy(stated["strategy"])
        return {Kind.PAYMENT: _principal_first(usual) if levels_by_opening(stated) else usual}
    # A kind of payment that nobody here can make needs no rule.
    named = {
        KINDS[rule["type"]]: _allocation(rule)
        for rule in stated.get("allocation") or ()
        if rule["type"] in KINDS
    }
    found = {**product.allocations, **named}
    usual = found.get(Kind.PAYMENT, Allocation())
    for kind, future in overrides.items():
        if kind not in KINDS:
            continue
        changed = found.get(KINDS[kind], usual)
        found[KINDS[kind]] = Allocation(order=changed.order, future=FUTURES[future])
    return found


def _allocation(rule: Any) -> Allocation:
    order = tuple(_due_and_component(name) for name in rule["order"])
    return Allocation(order=order, future=FUTURES[rule["future"]])


def _due_and_component(name: str) -> tuple[Due, Component]:
    parts = name.split("_")
    return _DUES[parts[0]], _COMPONENTS[parts[-1]]


def _by_strategy(name: str) -> Allocation:
    """One of the older orders: instalment by instalment, oldest first."""
    due, _, advance = name.removeprefix("DUE_").removesuffix("_ORDER").partition("_IN_ADVANCE_")
    now = [_COMPONENTS[part] for part in due.split("_")]
    later = [_COMPONENTS[part] for part in advance.split("_")] if advance else now
    order = [(when, part) for when in (Due.PAST_DUE, Due.DUE) for part in now]
    return Allocation(order=(*order, *((Due.IN_ADVANCE, part) for part in later)))


def _principal_first(usual: Allocation) -> Allocation:
    """Where interest is counted again, all that is paid in advance lowers the balance."""
    order = sorted(usual.order, key=lambda pair: pair == (Due.IN_ADVANCE, Component.INTEREST))
    return Allocation(order=tuple(order), future=usual.future)


def fraction_of_percent(text: Any) -> Fraction:
    """Return a rate written in percent as a fraction."""
    return exact(text) / 100

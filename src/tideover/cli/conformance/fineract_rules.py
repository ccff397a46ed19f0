"""Fineract's words for what it does with a loan, in ours."""

from fractions import Fraction
from typing import Any, Final

from tideover.cli.conformance.cells import exact
from tideover.cli.conformance.results import Case
from tideover.loan import Component
from tideover.loan.progressive import Allocation, Due, Future, HostRules, Kind

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
_REFUNDS: Final = (Kind.MERCHANT_REFUND, Kind.PAYOUT_REFUND)
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
    """Return the rules of a case, with the allocation of its product changed by `overrides`."""
    recalculation = stated.get("recalculation") or {}
    down = stated.get("down_payment") or {"pct": "0", "auto": False}
    is_same = stated["interest_period"] == "SAME_AS_REPAYMENT_PERIOD"
    return HostRules(
        recalculates=bool(recalculation),
        rests_by_period=recalculation.get("rest") == "SAME_AS_REPAYMENT",
        closes_at_rest=recalculation.get("preclose") == "TILL_REST_FREQUENCY_DATE",
        overdue_bears_interest=not recalculation.get("no_interest_on_past_due", False),
        by_component=stated.get("schedule_processing") == "VERTICAL",
        allocations=_allocations(stated, overrides or {}, gives_back=gives_back),
        down_payment=exact(down["pct"]) / 100,
        pays_down_itself=bool(down["auto"]),
        tranches_run_full_term=bool(stated.get("full_term_tranche")),
        counts_whole_steps=is_same,
        moves_to_step_start=is_same and not stated.get("allow_partial_period_interest"),
        levels_by_opening=levels_by_opening(stated),
        keeps_excess_with_row=levels_by_opening(stated),
        projects=stated["schedule_type"] == "PROGRESSIVE" or levels_by_opening(stated),
        gives_interest_back=frozenset(
            _REFUNDS if gives_back or _puts_interest_first(stated) else ()
        ),
    )


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
    """Whether payments go to interest before principal: such products give interest back too."""
    rules = stated.get("allocation") or ()
    return any(rule["type"] == "DEFAULT" and "INTEREST" in rule["order"][0] for rule in rules)


def _allocations(stated: Case, overrides: Case, *, gives_back: bool) -> dict[Kind, Allocation]:
    if stated["strategy"] != "ADVANCED_PAYMENT_ALLOCATION":
        usual = _by_strategy(stated["strategy"])
        return {Kind.PAYMENT: _principal_first(usual) if levels_by_opening(stated) else usual}
    found = {KINDS[rule["type"]]: _allocation(rule) for rule in stated.get("allocation") or ()}
    usual = found.get(Kind.PAYMENT, Allocation())
    found = {**_unsaid(usual, gives_back=gives_back), **found}
    for kind, future in overrides.items():
        changed = found.get(KINDS[kind], usual)
        found[KINDS[kind]] = Allocation(order=changed.order, future=FUTURES[future])
    return found


def _unsaid(usual: Allocation, *, gives_back: bool) -> dict[Kind, Allocation]:
    """What the stated terms leave out: each kind of refund goes its own way in advance.

    A merchant's refund is shared by all instalments, or pays the last where interest comes first,
    or the next where the product gives interest back with it.
    """
    pays_interest_first = usual.order[0][1] is Component.INTEREST
    merchant = Future.NEXT if gives_back else Future.SHARED
    merchant = Future.LAST if pays_interest_first else merchant
    return {
        Kind.MERCHANT_REFUND: Allocation(order=usual.order, future=merchant),
        Kind.GOODWILL: Allocation(order=usual.order, future=Future.LAST),
        Kind.PAYOUT_REFUND: Allocation(order=usual.order, future=Future.NEXT),
    }


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

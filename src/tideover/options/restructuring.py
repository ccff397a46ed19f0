"""The one builder behind every option: a state in, a proposal out.

    owed − waived = new principal + carried          to the cent, component by component

The new schedule is level (等额本息), by the loan's own interest basis and at its own rate; a loan
at a flat fee stays flat, at its own fee rate on what is left. Due dates stay on the loan's own
day of the month. Interest counts from the day the plan starts, a pause included.
"""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from tideover.dates import format_date_zh
from tideover.loan import (
    Components,
    Conventions,
    LoanState,
    LoanTerms,
    Method,
    Rate,
    Restructured,
    Schedule,
    ScheduleLine,
    build_schedule,
)
from tideover.money import Money, Refusal
from tideover.options.describing import describe
from tideover.options.grid import own_anchor
from tideover.options.legal_form import LegalForm
from tideover.options.proposal import ArrearsTreatment, Proposal

__all__ = [
    "NeverAmortises", "NothingOwed", "StateOfAnotherDay", "WaivesMoreThanOwed", "plan_terms",
    "restructure",
]  # fmt: skip


class NothingOwed(Refusal):
    """The loan has no principal left, so there is nothing to plan."""

    code: ClassVar[str] = "nothing-owed"

    def __init__(self, state: LoanState) -> None:
        owed = state.outstanding.total.display
        super().__init__(
            f"no principal is left on {state.on}; {owed} is owed in all. Pay that amount to close "
            "the loan",
            f"{format_date_zh(state.on)}已没有未还本金，总共还欠 {owed}，还清即可结清。",
        )


class NeverAmortises(Refusal):
    """An instalment does not cover its interest, so the debt would not fall."""

    code: ClassVar[str] = "never-amortises"

    def __init__(self, line: ScheduleLine) -> None:
        self.line = line
        due, interest = line.instalment.display, line.interest.display
        super().__init__(
            f"the instalment of {due} on {line.due_date} is no more than its interest "
            f"({interest}), so the principal would never fall: take fewer instalments, a shorter "
            "pause, or a waiver",
            f"{format_date_zh(line.due_date)}这一期应还 {due}，还不过利息（{interest}），"
            "本金不会减少：请减少期数、缩短暂停，或申请减免。",
        )


class WaivesMoreThanOwed(Refusal):
    """More was to be waived than is owed."""

    code: ClassVar[str] = "waives-more-than-owed"

    def __init__(self, waive: Components, owed: Components) -> None:
        super().__init__(
            f"{waive.total.display} cannot be waived of {owed.total.display}: no component can be "
            "waived beyond what is owed of it",
            f"不能减免 {waive.total.display}：各项减免都不得超过所欠（共 {owed.total.display}）。",
        )


class StateOfAnotherDay(Refusal):
    """A plan starts on the day the state was taken, and not on another."""

    code: ClassVar[str] = "state-of-another-day"

    def __init__(self, state: LoanState, starts_on: date) -> None:
        super().__init__(
            f"the plan starts on {starts_on} and the state is of {state.on}: take the state of "
            f"{starts_on}",
            f"方案自 {starts_on} 开始，而账户状态是 {state.on} 的；请使用 {starts_on} 的账户状态。",
        )


def restructure(
    terms: LoanTerms,
    state: LoanState,
    *,
    starts_on: date,
    earliest_due: date,
    instalments: int,
    pause_months: int = 0,
    arrears: ArrearsTreatment = ArrearsTreatment.CARRY,
    waive: Components | None = None,
    legal_form: LegalForm = LegalForm.RESTRUCTURE,
    rate: Rate | None = None,
    reference: str = "",
) -> Proposal:
    """Return the proposal of one new schedule for everything owed on `starts_on`.

    Overdue principal stays principal. Unpaid interest, fees and penalty that `waive` does not give
    up are carried without interest, or capitalised where `arrears` says so.

    `rate` replaces the contract rate where it is given.

    Raises:
        StateOfAnotherDay: `state` is not of `starts_on`.
        NothingOwed: no principal is left.
        WaivesMoreThanOwed: `waive` is above what is owed, in any component.
        FirstDueBeforeDisbursement: `earliest_due` is not after `starts_on`.
        NeverAmortises: an instalment is no more than its interest.
    """
    _refuse_misplaced(state, starts_on)
    waived = waive or Components.zero(terms.currency)
    left = _less_waived(state.outstanding, waived)
    capitalised, carried = _arrears(left, arrears)
    new_terms = plan_terms(
        terms, principal=left.principal + capitalised.total, starts_on=starts_on,
        earliest_due=earliest_due, instalments=instalments, rate=rate,
    )  # fmt: skip
    event = Restructured(
        on=starts_on,
        reference=reference or f"plan-{starts_on}",
        schedule=_amortising(build_schedule(new_terms)),
        rate=rate,
        waived=waived,
        capitalised=capitalised,
        carried=carried,
        legal_form=legal_form.value,
    )
    return describe(
        event, state, contract_rate=terms.rate, legal_form=legal_form, pause_months=pause_months
    )


def _refuse_misplaced(state: LoanState, starts_on: date) -> None:
    if state.on != starts_on:
        raise StateOfAnotherDay(state, starts_on)
    if not state.outstanding.principal:
        raise NothingOwed(state)


def plan_terms(
    terms: LoanTerms,
    *,
    principal: Money,
    starts_on: date,
    earliest_due: date,
    instalments: int,
    rate: Rate | None = None,
) -> LoanTerms:
    """Return the terms of a new schedule on the loan's own basis, rate and day of the month.

    However the contract rounds its instalment, that of a plan is the smallest which clears the
    balance, so that no later one is higher.
    """
    method = Method.FLAT if terms.method is Method.FLAT else Method.LEVEL
    return replace(
        terms,
        principal=principal,
        rate=rate or terms.rate,
        method=method,
        instalments=instalments,
        disbursed_on=starts_on,
        earliest_due=earliest_due,
        anchor=own_anchor(terms),
        conventions=Conventions(),
    )


def _less_waived(owed: Components, waived: Components) -> Components:
    left = owed - waived
    parts = (left.principal, left.interest, left.penalty, left.fee)
    if any(part.minor < 0 for part in parts) or not left.principal:
        raise WaivesMoreThanOwed(waived, owed)
    return left


def _arrears(left: Components, treatment: ArrearsTreatment) -> tuple[Components, Components]:
    """Return what is capitalised and what is carried of the parts that are not principal."""
    rest = replace(left, principal=Money.zero(left.principal.currency))
    none = Components.zero(left.principal.currency)
    return (rest, none) if treatment is ArrearsTreatment.CAPITALISE else (none, rest)


def _amortising(schedule: Schedule) -> Schedule:
    """Return `schedule` if every line of it repays principal."""
    for line in schedule.lines:
        if line.principal.minor <= 0:
            raise NeverAmortises(line)
    return schedule

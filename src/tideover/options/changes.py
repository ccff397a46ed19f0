"""The single options by name. Each is the one builder with most of its choices made."""

from datetime import date

from tideover.loan import Components, LoanState, LoanTerms
from tideover.money import Money
from tideover.options.grid import due_date_after
from tideover.options.legal_form import LegalForm
from tideover.options.proposal import ArrearsTreatment, Proposal
from tideover.options.restructuring import restructure

__all__ = ["capitalise_arrears", "defer", "extend", "penalty_of", "reamortise", "remaining_count",
           "waive_penalty"]  # fmt: skip


def reamortise(terms: LoanTerms, state: LoanState, *, on: date) -> Proposal:
    """Return the same debt over the same number of instalments, level (重新摊还)."""
    return _plan(terms, state, on=on, instalments=remaining_count(state))


def extend(terms: LoanTerms, state: LoanState, *, on: date, months: int) -> Proposal:
    """Return the debt over `months` more instalments than are left (展期)."""
    return _plan(
        terms, state, on=on, instalments=remaining_count(state) + months,
        legal_form=LegalForm.TERM_EXTENSION,
    )  # fmt: skip


def defer(terms: LoanTerms, state: LoanState, *, on: date, months: int) -> Proposal:
    """Return a pause of `months`, then as many instalments as are left (延期还款)."""
    return _plan(
        terms, state, on=on, instalments=remaining_count(state), pause_months=months,
        legal_form=LegalForm.DEFERRAL,
    )  # fmt: skip


def waive_penalty(terms: LoanTerms, state: LoanState, *, on: date) -> Proposal:
    """Return the debt without its penalty, over as many instalments as are left (息费减免)."""
    return _plan(terms, state, on=on, instalments=remaining_count(state), waive=penalty_of(state))


def capitalise_arrears(terms: LoanTerms, state: LoanState, *, on: date) -> Proposal:
    """Return the debt with its unpaid interest and fees joined to the principal (逾期并入本金)."""
    return _plan(
        terms, state, on=on, instalments=remaining_count(state),
        arrears=ArrearsTreatment.CAPITALISE,
    )  # fmt: skip


def penalty_of(state: LoanState, *, minor: int | None = None) -> Components:
    """Return the penalty owed, or `minor` of it, as what is to be waived."""
    owed = state.outstanding.penalty
    none = Money.zero(owed.currency)
    given = owed if minor is None else Money(minor, owed.currency)
    return Components(principal=none, interest=none, penalty=given, fee=none)


def remaining_count(state: LoanState) -> int:
    """Return how many instalments are still to come, at least one."""
    return max(1, sum(line.due_date > state.on and bool(line.remaining) for line in state.lines))


def _plan(
    terms: LoanTerms,
    state: LoanState,
    *,
    on: date,
    instalments: int,
    pause_months: int = 0,
    arrears: ArrearsTreatment = ArrearsTreatment.CARRY,
    waive: Components | None = None,
    legal_form: LegalForm = LegalForm.RESTRUCTURE,
) -> Proposal:
    return restructure(
        terms,
        state,
        starts_on=on,
        earliest_due=due_date_after(terms, on, pause_months=pause_months),
        instalments=instalments,
        pause_months=pause_months,
        arrears=arrears,
        waive=waive,
        legal_form=legal_form,
    )

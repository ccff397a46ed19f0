"""The credit record of a loan: a mark for every month, special transactions, and how long it stays.

The alphabet is that of the second-generation personal credit report (二代征信): `*` nothing due and
nothing owed, `N` normal, `M` paid after its day but before the month's end, `1` to `7` by days past
due at the month's end, `C` settled. Signing a plan erases no earlier mark; it stops new ones while
the plan is kept, and adds a special transaction by its legal form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tideover.agreements.keeping import KeepingRules, judge_plan
from tideover.agreements.reporting.months import (
    due_days,
    last_day,
    missed_days,
    months_between,
    restructurings,
    standing,
)
from tideover.dates import add_months
from tideover.loan import (
    Event,
    LoanState,
    LoanTerms,
    PrincipalForgiven,
    Restructured,
    Settled,
    loan_state,
)
from tideover.money import Money
from tideover.offers import NORMAL_MARK, credit_code, monthly_mark
from tideover.options import LegalForm
from tideover.policy import Parameters, Words

NOTHING_DUE, LATE_IN_MONTH, SETTLED = "*", "M", "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMark:
    """One month: its mark, days past due and principal owed at its end, and the mark in words."""

    month: date
    mark: str
    days_past_due: int
    balance: Money
    words: Words

    @property
    def is_adverse(self) -> bool:
        """Whether the mark says that money was late at the month's end."""
        return self.mark.isdigit()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialTransaction:
    """An entry beside the monthly marks (特殊交易): its code, its day and what it says."""

    code: str
    on: date
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRecord:
    """What a lender would report of a loan by the day `on`, the earliest month first.

    `adverse_until` is the day from which the adverse marks are no longer shown; None when there are
    none, or while the arrears last, since the years count from their end. Arrears that a plan took
    in are not paid by being put off: they end when the loan is settled.
    """

    on: date
    months: tuple[MonthMark, ...]
    special: tuple[SpecialTransaction, ...]
    adverse_until: date | None

    @property
    def line(self) -> str:
        """The marks as the report prints them, the earliest month first."""
        return "".join(month.mark for month in self.months)


def credit_record(
    terms: LoanTerms, events: Sequence[Event], *, on: date, parameters: Parameters
) -> CreditRecord:
    """Return the record by the day `on`: complete months, and that of the settlement.

    At most `credit_record.months_shown` months are kept, the newest. Arrears within the grace days
    are not late. Source: 二代征信报告还款状态; 征信业管理条例第十六条.
    """
    marks: list[MonthMark] = []
    for month in months_between(terms.disbursed_on, on):
        end = min(last_day(month), on)
        state = loan_state(terms, events, end)
        if end < last_day(month) and not state.is_settled:
            break
        marks.append(_mark(terms, events, state=state, month=month, parameters=parameters))
        if state.is_settled:
            break
    shown = marks[-parameters.integer("credit_record.months_shown") :]
    return CreditRecord(
        on=on,
        months=tuple(shown),
        special=_special(terms, events, on=on, parameters=parameters),
        adverse_until=_adverse_until(terms, events, marks=shown, on=on, parameters=parameters),
    )


def _mark(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    state: LoanState,
    month: date,
    parameters: Parameters,
) -> MonthMark:
    grace = parameters.integer("grace.days")
    late, share = _days_late(state, parameters), parameters.ratio("breach.shortfall_share")
    due = due_days(terms, events, since=month, until=state.on)
    if state.is_settled:
        mark = SETTLED
    elif late:
        mark = monthly_mark(late, parameters)
    elif missed_days(
        terms, events, since=month, until=state.on, grace_days=grace, shortfall_share=share
    ):
        mark = LATE_IN_MONTH
    else:
        mark = NORMAL_MARK if due or _was_due_before(state, month) else NOTHING_DUE
    return MonthMark(
        month=month,
        mark=mark,
        days_past_due=late,
        balance=state.outstanding.principal,
        words=_mark_words(mark, late),
    )


def _days_late(state: LoanState, parameters: Parameters) -> int:
    """The days past due that are told, none within the grace.

    Under an agreement they count from the oldest instalment that was missed: one that lacks no
    more than policy lets pass was paid in part, and is not reported as late.
    """
    grace, late = parameters.integer("grace.days"), state.days_past_due
    if late and state.restructured_on is not None:
        missed = judge_plan(state, KeepingRules.of(parameters, grace_days=grace)).missed
        late = (state.on - missed[0].due_date).days if missed else 0
    return late if late > grace else 0


def _was_due_before(state: LoanState, month: date) -> bool:
    return any(line.due_date < month for line in (*state.closed_lines, *state.lines))


def _mark_words(mark: str, days: int) -> Words:
    named = {
        NOTHING_DUE: Words("当月没有应还款", "nothing was due"),
        NORMAL_MARK: Words("正常", "paid as agreed"),
        LATE_IN_MONTH: Words("过了还款日，月底前还清", "paid late, before the month's end"),
        SETTLED: Words("已结清", "settled"),
    }
    return named.get(mark) or Words(f"月底时逾期 {days} 天", f"{days} days past due at its end")


def _special(
    terms: LoanTerms, events: Sequence[Event], *, on: date, parameters: Parameters
) -> tuple[SpecialTransaction, ...]:
    found = [
        SpecialTransaction(code=code, on=event.on, words=LegalForm(event.legal_form).words)
        for event in restructurings(events)
        if (code := _code(event, parameters)) is not None
    ]
    found += [_entry("debt_reduction", day, parameters=parameters) for day in _reduced_on(events)]
    settled = _settled_early(terms, events, on=on)
    if settled is not None:
        found.append(_entry("early_settlement", settled, parameters=parameters))
    return tuple(sorted((entry for entry in found if entry.on <= on), key=lambda one: one.on))


def _code(event: Restructured, parameters: Parameters) -> str | None:
    """The code of a plan by the policy of the day it was agreed on, not of the report's."""
    then = Parameters.gather(parameters.dated, on=event.on, product=parameters.product)
    known = then if "credit_record.code_term_extension" in then else parameters
    return credit_code(LegalForm(event.legal_form), known)


def _entry(kind: str, day: date, *, parameters: Parameters) -> SpecialTransaction:
    code = parameters.text(f"credit_record.code_{kind}")
    return SpecialTransaction(code=code, on=day, words=_SPECIAL[kind])


_SPECIAL = {
    "debt_reduction": Words("债务减免", "debt reduced"),
    "early_settlement": Words("提前结清", "settled early"),
}


def _reduced_on(events: Sequence[Event]) -> list[date]:
    """Return the days on which principal was given up."""
    days = [event.on for event in restructurings(events) if event.waived.principal]
    for event in standing(events):
        if isinstance(event, PrincipalForgiven):
            days.append(event.on)
        if isinstance(event, Settled) and event.waived.principal:
            days.append(event.on)
    return days


def _settled_early(terms: LoanTerms, events: Sequence[Event], *, on: date) -> date | None:
    """Return the day the loan was closed before its maturity, by money and not by a waiver."""
    closed = _settled_on(terms, events, on=on)
    if closed is None or closed in _reduced_on(events):
        return None
    return closed if closed < loan_state(terms, events, on).schedule.maturity_date else None


def _adverse_until(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    marks: Sequence[MonthMark],
    on: date,
    parameters: Parameters,
) -> date | None:
    late = {mark.month for mark in marks if mark.is_adverse}
    if not late:
        return None
    ended = _arrears_ended(terms, events, late=late, on=on, policy=parameters)
    if ended is None:
        return None
    return add_months(ended, 12 * parameters.integer("credit_record.years_kept"))


def _arrears_ended(
    terms: LoanTerms, events: Sequence[Event], *, late: set[date], on: date, policy: Parameters
) -> date | None:
    """Return the day by which the arrears of the months `late` were paid, None if they are not.

    A plan pays nothing: what was late at its eve, and at the month's end before, goes on in it.
    """
    for plan in restructurings(events):
        eve = plan.on - timedelta(days=1)
        ended = plan.on.replace(day=1) - timedelta(days=1)
        was_marked = ended.replace(day=1) in late
        if plan.on <= on and was_marked and _days_late(loan_state(terms, events, eve), policy):
            return _settled_on(terms, events, on=on)
    day = last_day(max(late))
    while day <= on:
        if not _days_late(loan_state(terms, events, day), policy):
            return day
        day += timedelta(days=1)
    return None


def _settled_on(terms: LoanTerms, events: Sequence[Event], *, on: date) -> date | None:
    if not loan_state(terms, events, on).is_settled:
        return None
    return max(event.on for event in standing(events) if event.on <= on)

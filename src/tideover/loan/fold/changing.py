"""What each change by agreement, and each step after a breach, does to the lines still to come."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from tideover.dates import Period
from tideover.loan.components import Component
from tideover.loan.events import (
    Accelerated,
    ArrearsCapitalised,
    Change,
    Disbursed,
    DueDateMoved,
    GraceGiven,
    InterestPaused,
    PrincipalForgiven,
    RateChanged,
    ReAged,
    ReAmortised,
    Reinstated,
    Settled,
    TermsAdded,
)
from tideover.loan.fold.basis import Basis
from tideover.loan.fold.book import Book
from tideover.loan.fold.refusals import (
    DisbursedTooLate,
    DisbursedTwice,
    DueDateTooEarly,
    NoRateToChange,
    NotEnded,
    NothingDueThen,
    PauseEndsTooEarly,
)
from tideover.loan.fold.rescheduling import Making, basis_on, is_over, lines_to_come, remake
from tideover.loan.reasons import Reason
from tideover.loan.terms import INSTALMENTS_MAX, GraceTooLong, NoInstalments


def change(book: Book, event: Change) -> None:
    """Apply a change to the book on its day.

    A change that finds nothing left to change (the loan is closed, or no line falls due later)
    is noted in `without_effect`: money that comes to light later may give it something again.
    """
    _CHANGES[type(event)](book, event)


def disburse(book: Book, event: Disbursed, *, agreed: int) -> None:
    """Let a later tranche join the lines still to come.

    Raises:
        DisbursedTwice: more is paid out than was agreed.
        DisbursedTooLate: no line falls due after the day.
    """
    amount = event.amount.minor
    if book.disbursed + amount > max(agreed, book.disbursed):
        raise DisbursedTwice(event)
    dates = _dates(book, event.on)
    if not dates:
        raise DisbursedTooLate(event)
    book.disbursed += amount
    basis = basis_on(book, event.on)
    remake(
        book,
        Making(
            on=event.on,
            basis=replace(basis, base=basis.base + amount),
            due_dates=dates,
            added=amount,
            why=_why(event, "tranche", "分次放款"),
        ),
    )


def _pause(book: Book, event: InterestPaused) -> None:
    if event.until <= event.on:
        raise PauseEndsTooEarly(event)
    basis = basis_on(book, event.on)
    paused = replace(basis, pauses=(*basis.pauses, Period(event.on, event.until)))
    if is_over(book, event.on) and any(book.owed(event.on).values()):
        # After the last due date a pause still stops what late principal goes on costing.
        book.basis = paused
        return
    words = _why(event, f"no interest until {event.until}", f"停息至 {event.until}")
    _remake(book, event, basis=paused, why=words)


def _change_rate(book: Book, event: RateChanged) -> None:
    basis = basis_on(book, event.on)
    if basis.rate is None:
        raise NoRateToChange(event)
    late_rate = book.terms.overdue_rate or event.rate
    words = _why(event, "another rate", "调整利率")
    _remake(book, event, basis=replace(basis, rate=event.rate, late_rate=late_rate), why=words)


def _move_due_date(book: Book, event: DueDateMoved) -> None:
    dates = _dates(book, event.on)
    if event.due not in dates:
        raise NothingDueThen(event)
    place = dates.index(event.due)
    earliest = dates[place - 1] if place else event.on
    if event.new <= earliest:
        raise DueDateTooEarly(event, event.new, after=earliest)
    basis = basis_on(book, event.on).counted_from(event.new)
    moved = dates[:place] + basis.dates_from(event.new, len(dates) - place)
    words = _why(
        event, f"due on {event.new} instead of {event.due}", f"{event.due} 改为 {event.new}"
    )
    _remake(book, event, basis=basis, due_dates=moved, why=words)


def _add_terms(book: Book, event: TermsAdded) -> None:
    dates = _dates(book, event.on)
    if not 1 <= event.count <= INSTALMENTS_MAX - len(dates):
        raise NoInstalments(event.count)
    basis = basis_on(book, event.on)
    more = basis.dates_after(dates[-1], event.count) if dates else ()
    words = _why(event, f"{event.count} instalments more", f"展期 {event.count} 期")
    basis = replace(basis, beyond=max(basis.beyond - event.count, 0))
    _remake(book, event, basis=basis, due_dates=dates + more, why=words)


def _give_grace(book: Book, event: GraceGiven) -> None:
    basis, count = basis_on(book, event.on), len(_dates(book, event.on))
    for grace in (event.grace_on_principal, event.grace_on_interest):
        if grace < 0 or (count and grace >= count):
            raise GraceTooLong(grace, count)
    basis = replace(
        basis,
        grace_on_principal=max(basis.grace_on_principal, event.grace_on_principal),
        grace_on_interest=max(basis.grace_on_interest, event.grace_on_interest),
    )
    _remake(book, event, basis=basis, why=_why(event, "grace", "宽限期"))


def _re_age(book: Book, event: ReAged) -> None:
    if event.earliest_due <= event.on:
        raise DueDateTooEarly(event, event.earliest_due, after=event.on)
    if not 1 <= event.instalments <= INSTALMENTS_MAX:
        raise NoInstalments(event.instalments)
    if not any(book.owed(event.on).values()):
        book.without_effect.append(event.reference)
        return
    basis = basis_on(book, event.on).counted_from(event.earliest_due, event.frequency)
    basis = replace(basis, beyond=0, grace_on_principal=0, grace_on_interest=0)
    remake(
        book,
        Making(
            on=event.on,
            basis=basis,
            due_dates=basis.dates_from(event.earliest_due, event.instalments),
            taken_in=tuple(book.due_by(event.on)),
            why=_why(event, "re-aged", "重新起算"),
        ),
    )


def _re_amortise(book: Book, event: ReAmortised) -> None:
    words = _why(event, "re-amortised", "重新摊还")
    _remake(book, event, basis=basis_on(book, event.on), takes_in=True, why=words)


def _capitalise(book: Book, event: ArrearsCapitalised) -> None:
    due = book.due_by(event.on)
    joins = sum(b.left_in_all() - b.left(Component.PRINCIPAL) for b in due)
    basis = basis_on(book, event.on)
    basis = replace(basis, base=basis.base + joins)
    words = _why(event, "arrears capitalised", "逾期并入本金")
    _remake(book, event, basis=basis, takes_in=True, capitalises=True, why=words)


def _forgive(book: Book, event: PrincipalForgiven) -> None:
    on, part = event.on, Component.PRINCIPAL
    later = lines_to_come(book, on)
    before = sum(bucket.waived[part] for bucket in later)
    given_in_all = book.waive(part, event.amount.minor, on=on, reference=event.reference)
    given = sum(bucket.waived[part] for bucket in later) - before
    if not given_in_all:
        book.without_effect.append(event.reference)
    elif given and not is_over(book, on):
        basis = basis_on(book, on)
        words = _why(event, "principal forgiven", "本金减免")
        _remake(book, event, basis=replace(basis, base=basis.base - given), why=words)


def _accelerate(book: Book, event: Accelerated) -> None:
    if is_over(book, event.on):
        book.ended = book.ended or (None, ())
        book.without_effect.append(event.reference)
        return
    dates = _dates(book, event.on)
    _fall_due(book, event, _why(event, "contract ended", "提前到期"))
    ended = next(one for one in book.buckets if one.line is book.schedule.lines[0])
    book.ended = (ended, dates)


def _fall_due(book: Book, event: Change, why: Reason) -> None:
    on = event.on
    remake(book, Making(on=on, basis=basis_on(book, on), due_dates=(on,), is_bare=True, why=why))


def _settle(book: Book, event: Settled) -> None:
    on = event.on
    if not any(book.owed(on).values()):
        book.without_effect.append(event.reference)
        return
    if not is_over(book, on):
        _fall_due(book, event, _why(event, "settled", "减免结清"))
    for part in Component:
        book.waive(part, event.waived.get(part).minor, on=on, reference=event.reference)


def _reinstate(book: Book, event: Reinstated) -> None:
    on = event.on
    if book.ended is None:
        raise NotEnded(event)
    (ended, dates), book.ended = book.ended, None
    if ended is None or ended.left_in_all() <= 0 or ended not in book.buckets:
        book.without_effect.append(event.reference)
        return
    basis = replace(book.basis, grace_on_principal=0, grace_on_interest=0)
    remake(
        book,
        Making(
            on=on,
            basis=basis,
            due_dates=tuple(day for day in dates if day > on) or basis.dates_after(on, 1),
            taken_in=tuple(bucket for bucket in book.buckets if bucket.line is ended.line),
            why=_why(event, "contract goes on", "恢复原合同"),
        ),
    )


def _remake(
    book: Book,
    event: Change,
    *,
    basis: Basis,
    why: Reason,
    due_dates: tuple[date, ...] | None = None,
    takes_in: bool = False,
    capitalises: bool = False,
) -> None:
    if is_over(book, event.on):
        book.without_effect.append(event.reference)
        return
    remake(
        book,
        Making(
            on=event.on,
            basis=basis,
            due_dates=due_dates or _dates(book, event.on),
            taken_in=tuple(book.due_by(event.on)) if takes_in else None,
            capitalises=capitalises,
            why=why,
        ),
    )


def _dates(book: Book, on: date) -> tuple[date, ...]:
    return tuple(bucket.due for bucket in lines_to_come(book, on))


def _why(event: Change | Disbursed, en: str, zh: str) -> Reason:
    return Reason(
        f"made anew by {event.reference!r} of {event.on}: {en}",
        f"由 {event.on} 的 {event.reference!r} 重新制定：{zh}",
    )


#: Each rule takes its own kind of event, which a mapping cannot say.
_CHANGES: Final[Mapping[type[Change], Callable[[Book, Any], None]]] = {
    Accelerated: _accelerate,
    ArrearsCapitalised: _capitalise,
    DueDateMoved: _move_due_date,
    GraceGiven: _give_grace,
    InterestPaused: _pause,
    PrincipalForgiven: _forgive,
    RateChanged: _change_rate,
    ReAged: _re_age,
    ReAmortised: _re_amortise,
    Reinstated: _reinstate,
    Settled: _settle,
    TermsAdded: _add_terms,
}

"""Changes by agreement: rates, pauses, dates, terms; refunds of what was overpaid."""

from datetime import date
from typing import ClassVar

from tideover.loan.components import Component
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.events import (
    Change,
    DueDateMoved,
    GraceGiven,
    InterestPaused,
    RateChanged,
    TermsAdded,
)
from tideover.loan.progressive.rows import Row
from tideover.loan.projection import (
    add_terms,
    change_rate,
    credited,
    move_due_date,
    outstanding_until,
    pause,
    pay_principal,
)
from tideover.money import Refusal


def change(book: Book, event: Change) -> None:
    """Change the projection, and ask in the rows not yet met what follows."""
    match event:
        case RateChanged():
            if book.interest_is_agreed:
                return
            book.projection = change_rate(book.projection, event.rate, since=event.since)
            _ask_from(book, event.since)
        case InterestPaused():
            book.pauses.append((event.start, event.end))
            book.projection = pause(book.projection, event.start, end=event.end)
            _ask_from(book, event.start)
        case TermsAdded():
            book.projection = add_terms(
                book.projection,
                event.count,
                since=event.since,
                dates=_dates_after_re_age(book, event),
            )
            known = {(row.start, row.due) for row in book.rows}
            for window in book.projection.windows:
                if (window.start, window.due) not in known:
                    book.rows.append(Row(start=window.start, due=window.due))
            book.rows.sort(key=lambda one: (one.start, one.due))
            _ask_from(book, event.since)
        case DueDateMoved():
            _move(book, event)
        case GraceGiven():
            _give_grace(book, event)


class GraceOnProjection(Refusal):
    """Grace on interest was asked for a loan whose interest follows payments."""

    code: ClassVar[str] = "grace-on-projection"

    def __init__(self, event: GraceGiven) -> None:
        super().__init__(
            f"grace {event.reference!r} of {event.count} instalments from {event.since} needs a "
            f"schedule that is built once: pause the interest or add terms instead",
            f"宽限 {event.reference!r}（自 {event.since} 起 {event.count} 期）"
            f"只适用于固定还款计划：请改用停息或展期",
        )


def _give_grace(book: Book, event: GraceGiven) -> None:
    """The rows of the grace ask no interest; the next one asks what they would have asked."""
    if book.follows_payments:
        raise GraceOnProjection(event)
    plain = [row for row in book.rows if not (row.is_down_payment or row.is_extra)]
    rows = [row for row in plain if row.due >= event.since and not row.is_met]
    skipped, later = rows[: event.count], rows[event.count :]
    carrier = later[0] if later else skipped[-1]
    for row in skipped:
        if row is not carrier:
            interest = row.left(Component.INTEREST)
            row.charged[Component.INTEREST] -= interest
            carrier.charged[Component.INTEREST] += interest


def _dates_after_re_age(book: Book, event: TermsAdded) -> list[date]:
    """After a re-age more terms go on from its dates; otherwise the grid of due dates decides."""
    reaged, frequency = book.reaged, book.projection.basis.frequency
    if reaged is None:
        return []
    return [frequency.after(reaged.start, reaged.count + step) for step in range(event.count)]


def _ask_from(book: Book, since: date) -> None:
    for row in book.rows:
        if row.is_down_payment or row.is_met or since > row.due:
            continue
        place = book.projection.place_between(row.start, row.due)
        if place is not None:
            figure = book.projection.figures[place]
            row.ask(principal=figure.principal, interest=figure.interest)


def _move(book: Book, event: DueDateMoved) -> None:
    if book.rows_stand_alone:
        _move_rows(book, event)
        return
    book.projection = move_due_date(
        book.projection, event.due, new=event.new, frequency=book.frequency
    )
    plain = [row for row in book.rows if not (row.is_down_payment or row.is_extra)]
    start = next((at for at, row in enumerate(plain) if row.due == event.due), len(plain))
    pairs = list(zip(plain, book.projection.windows, book.projection.figures, strict=False))
    for row, window, figure in pairs[start:]:
        if not row.is_met:
            row.start, row.due = window.start, window.due
            row.ask(principal=figure.principal, interest=figure.interest)
    _merge_extra(book, plain[-1])
    book.rows.sort(key=lambda one: (one.start, one.due))


def _move_rows(book: Book, event: DueDateMoved) -> None:
    rows = [r for r in book.rows if r.due >= event.due and not (r.is_extra or r.is_down_payment)]
    if not rows or rows[0].due != event.due:
        return
    before = None
    for step, row in enumerate(rows):
        row.start = before or row.start
        row.due = before = book.frequency.after(event.new, step)


def _merge_extra(book: Book, last: Row) -> None:
    """Charges that fell after the maturity and now fall before it join the last row."""
    for extra in [row for row in book.rows if row.is_extra and row.due < last.due]:
        for component in (Component.FEE, Component.PENALTY):
            last.charged[component] += extra.charged[component]
        book.rows.remove(extra)


def pay_back(book: Book, amount: int, *, on: date) -> None:
    """Pay back what was overpaid; anything above it is owed again, as principal."""
    book.catch_up(on)
    back = min(amount, book.overpaid)
    book.overpaid -= back
    owed = amount - back
    if owed <= 0:
        return
    rows = [row for row in book.rows if not row.is_down_payment]
    row = next((r for r in rows if r.is_extra or r.due > on), None)
    if row is None and on == rows[-1].due:
        row = rows[-1]
    if row is None:
        row = Row(start=rows[-1].due, due=on, is_extra=True)
        book.rows.append(row)
    _owe_again(book, row, (amount, back), on)


def _owe_again(book: Book, row: Row, amounts: tuple[int, int], on: date) -> None:
    amount, back = amounts
    place = book.projection.place_between(row.start, row.due)
    if row.is_extra or place is None or not book.follows_payments:
        row.due = max(row.due, on) if row.is_extra else row.due
        row.charged[Component.PRINCIPAL] += amount
        row.credited_principal += amount
        row.note_met(on)
    else:
        book.projection = credited(book.projection, on, principal=amount)
        book.sync(on)
        if back:
            book.projection = pay_principal(book.projection, place, on=on, amount=back)
            book.sync(on)
    if back:
        row.pay(Component.PRINCIPAL, back, on=on)


def note_interest_of_closed_window(book: Book, on: date) -> None:
    """Ask the interest to the due date, when a paid window still runs and the loan is closed."""
    if not (book.closes and book.follows_payments and book.rules.closes_at_rest):
        return
    for place, window in enumerate(book.projection.windows):
        if window.start <= on < window.due and window.is_paid:
            owed = outstanding_until(book.projection, window.due)
            if owed.interest > 0:
                book.projection = book.projection.with_advanced_interest(place, owed.interest)
            return

"""Changes by agreement: rates, pauses, dates, terms; refunds of what was overpaid."""

from datetime import date

from tideover.loan.components import Component
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.charging import row_of
from tideover.loan.progressive.events import (
    Change,
    DueDateMoved,
    GraceGiven,
    InterestPaused,
    RateChanged,
    TermsAdded,
)
from tideover.loan.progressive.grace import give_grace
from tideover.loan.progressive.refusals import (
    BuiltOnce,
    GraceOnProjection,
    NoRowsToCome,
    NotADueDate,
    RowsAreAgreed,
)
from tideover.loan.progressive.rows import Row
from tideover.loan.projection import (
    add_terms,
    change_rate,
    credited,
    move_due_date,
    pause,
    pay_principal,
)


def change(book: Book, event: Change) -> None:
    """Change the projection, and ask in the rows not yet met what follows.

    Rows that stand do not know of each other, so the last unpaid one takes what is over; once all
    of them are paid there is nothing left to change.
    """
    is_paid = bool(book.disbursed) and not any(row.outstanding for row in book.rows)
    if is_paid and not book.follows_payments:
        return
    if book.rows_stand_alone and not isinstance(event, DueDateMoved):
        raise RowsAreAgreed(event.reference)
    if not (book.rules.projects or isinstance(event, GraceGiven)):
        raise BuiltOnce(event.reference)
    _change(book, event)
    book.settle()
    for row in book.rows:
        if row.paid_in_all:
            row.note_met(event.on)


def _change(book: Book, event: Change) -> None:
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
            _place_extras(book)
            _ask_from(book, event.since)
        case DueDateMoved():
            _move(book, event)
        case GraceGiven():
            _give_grace(book, event)


def _give_grace(book: Book, event: GraceGiven) -> None:
    """The rows of the grace ask no interest; the next one asks what they would have asked."""
    if book.follows_payments:
        raise GraceOnProjection(event.reference, count=event.count, since=event.since)
    rows = [row for row in _plain(book) if row.due >= event.since and not row.is_met]
    if not rows:
        raise NoRowsToCome(event.reference, on=event.since, maturity=book.maturity)
    skipped, later = rows[: event.count], rows[event.count :]
    carrier = later[0] if later else skipped[-1]
    give_grace(skipped, carrier)


def _dates_after_re_age(book: Book, event: TermsAdded) -> list[date]:
    """After a re-age more terms go on from its dates; otherwise the grid of due dates decides."""
    reaged, frequency = book.reaged, book.projection.basis.frequency
    if reaged is None:
        return []
    return [frequency.after(reaged.start, reaged.count + step) for step in range(event.count)]


def _ask_from(book: Book, since: date) -> None:
    for row in book.rows:
        if row.is_down_payment or row.is_extra or row.is_met or since > row.due:
            continue
        place = book.projection.place_between(row.start, row.due)
        if place is not None:
            book.ask_by_window(row, book.projection.figures[place])


def _move(book: Book, event: DueDateMoved) -> None:
    if not any(row.due == event.due and not row.is_met for row in _plain(book)):
        if book.reaged is not None and event.on <= book.reaged.on:
            return  # The re-age agreed later has overtaken it: its row is no more.
        raise NotADueDate(event.reference, due=event.due)
    if book.rows_stand_alone:
        _move_rows(book, event)
        return
    book.projection = move_due_date(
        book.projection, event.due, new=event.new, frequency=book.frequency
    )
    plain = _plain(book)
    start = next((at for at, row in enumerate(plain) if row.due == event.due), len(plain))
    pairs = list(zip(plain, book.projection.windows, book.projection.figures, strict=False))
    for row, window, figure in pairs[start:]:
        row.start, row.due = window.start, window.due
        if not row.is_met:
            book.ask_by_window(row, figure)
    _place_extras(book)


def _plain(book: Book) -> list[Row]:
    return [row for row in book.rows if not (row.is_down_payment or row.is_extra)]


def _move_rows(book: Book, event: DueDateMoved) -> None:
    rows = [row for row in _plain(book) if row.due >= event.due]
    before = None
    for step, row in enumerate(rows):
        row.start = before or row.start
        row.due = before = book.frequency.after(event.new, step)


def _place_extras(book: Book) -> None:
    """Rows after the maturity follow the last row, or join the row their day now falls in.

    What was lent after the maturity was due at once, in a row of its own, and stays so.
    """
    extras = [row for row in book.rows if row.is_extra]
    book.rows = sorted(
        (row for row in book.rows if not row.is_extra), key=lambda one: (one.due, one.start)
    )
    last = _plain(book)[-1]
    for extra in extras:
        if extra.due > last.due:
            extra.start = last.due
        if extra.due > last.due or extra.charged[Component.PRINCIPAL]:
            book.rows.append(extra)
        else:
            row_of(book, extra.due).take(extra)
    book.rows.sort(key=lambda one: (one.due, one.start))


def pay_back(book: Book, amount: int, *, on: date) -> None:
    """Pay back what was overpaid; anything above it is owed again, as principal."""
    book.catch_up(on)
    back = min(amount, book.overpaid)
    book.take_overpaid(back)
    owed = amount - back
    if owed <= 0:
        return
    rows = [row for row in book.rows if not row.is_down_payment]
    row = next((r for r in rows if r.due > on), None)
    # After them all the last row takes it, when the day or what follows the maturity is its own.
    if row is None and (rows[-1].is_extra or on == rows[-1].due):
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
    else:
        book.projection = credited(book.projection, on, principal=amount)
        book.projection = pay_principal(book.projection, place, on=on, amount=back)
        book.sync(on)
    row.pay(Component.PRINCIPAL, back, on=on)

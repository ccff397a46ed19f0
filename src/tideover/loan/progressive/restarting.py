"""Starting again what is unpaid, in the rows: re-age, re-amortisation, the end of the contract."""

from dataclasses import dataclass
from datetime import date

from tideover.loan.components import Component
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.charging import CHARGES, ask_again, charges_of
from tideover.loan.progressive.events import (
    ContractEnded,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    takes_effect,
)
from tideover.loan.progressive.refusals import NoRowsToCome
from tideover.loan.progressive.rows import Row, nothing
from tideover.loan.progressive.rules import Remainder
from tideover.loan.projection import (
    end_contract,
    equal_parts,
    interest_until,
    outstanding_until,
    parts_of,
    pause,
    re_age,
    re_age_equally,
    re_amortise,
    re_amortise_splitting,
    window_interest_until,
)
from tideover.money import Rounding


def restart(book: Book, event: ReAged | ReAmortised | ContractEnded) -> None:
    """Start what is unpaid again. Does nothing when nothing was lent, or nothing is unpaid."""
    if not book.disbursed or not any(row.outstanding for row in book.rows):
        return
    match event:
        case ReAged():
            _re_age(book, event)
        case ReAmortised():
            _re_amortise(book, event)
        case ContractEnded():
            _end(book, takes_effect(event))


def _re_age(book: Book, event: ReAged) -> None:
    book.reaged = book.reaged or event
    if not book.follows_payments:
        _re_age_rows(book, event)
    elif event.interest in (ReAgeInterest.DEFAULT, ReAgeInterest.WAIVED):
        _re_age_level(book, event)
    else:
        _re_age_equally(book, event)
    number_again(book)


def _dates(event: ReAged) -> list[date]:
    return [event.frequency.after(event.start, step) for step in range(event.count)]


def _re_age_level(book: Book, event: ReAged) -> None:
    # On the day of disbursement nothing can fall due yet: the earliest is due a step later.
    opens = event.start == book.disbursed[0][0]
    since = event.start if opens else event.frequency.after(event.start, -1)
    dates = [event.frequency.after(since, step + 1) for step in range(event.count)]
    book.projection = re_age(
        book.projection,
        takes_effect(event),
        dates=dates if opens else _dates(event),
        start=since,
        opens=opens,
        waives=book.rules.waives_on_re_age and event.interest is ReAgeInterest.WAIVED,
    )
    kept, taken = _parted(book, takes_effect(event))
    charges = charges_of(book, taken)
    # What was lent after the maturity stays due in its own row.
    extras = [row for row in taken if row.is_extra and row.asked]
    lifted = _Lifted.of([row for row in taken if not row.is_extra])
    rows = iter([row for row in kept if not (row.is_down_payment or row.is_extra)])
    added = []
    for window, figure in zip(book.projection.windows, book.projection.figures, strict=True):
        row = next(rows, None)
        if row is None:
            row = Row(start=window.start, due=window.due)
            if window.is_holder or window.paid:
                row.paid[Component.PRINCIPAL] = window.paid_principal
                row.paid[Component.INTEREST] = window.paid_interest
                row.in_advance, row.late = lifted.in_advance, lifted.late
            added.append(row)
        row.start, row.due = window.start, window.due
        row.ask(principal=figure.principal, interest=figure.interest)
        row.credited_principal = window.credited_principal
        row.note_met(takes_effect(event))
    book.rows = [*kept, *added, *extras]
    ask_again(book, charges, on=takes_effect(event))
    for start, end in book.pauses:
        book.projection = pause(book.projection, start, end=end)
        book.sync(takes_effect(event))


def _parted(book: Book, on: date) -> tuple[list[Row], list[Row]]:
    """The rows that stay, and those due on `on` or later that are taken away."""
    kept = [row for row in book.rows if row.is_down_payment or row.due < on]
    return kept, [row for row in book.rows if not (row.is_down_payment or row.due < on)]


@dataclass(frozen=True, slots=True)
class _Lifted:
    """What was paid of rows that are taken away."""

    fee: int
    penalty: int
    in_advance: int
    late: int

    @classmethod
    def of(cls, rows: list[Row]) -> "_Lifted":
        return cls(
            fee=sum(row.paid[Component.FEE] for row in rows),
            penalty=sum(row.paid[Component.PENALTY] for row in rows),
            in_advance=sum(row.in_advance for row in rows),
            late=sum(row.late for row in rows),
        )


def _in_multiples(whole: int, count: int, multiple: int) -> list[int]:
    """Equal parts of `whole` in multiples of the product; the last takes the rest."""
    part = Rounding.HALF_EVEN.to_multiple(Rounding.HALF_EVEN.of(whole, count), multiple)
    return parts_of(whole, part, count=count)


def _re_age_equally(book: Book, event: ReAged) -> None:
    on, count = takes_effect(event), event.count
    day = on if event.interest is ReAgeInterest.PAYABLE else book.projection.maturity
    owed = outstanding_until(book.projection, day)
    fees, penalties = (_lift_charges(book, component, on) for component in CHARGES)
    fee_parts, penalty_parts = equal_parts(fees, count), equal_parts(penalties, count)
    interests = equal_parts(owed.interest, count)
    whole = owed.principal + owed.interest + fees + penalties
    others = interests[0] + fee_parts[0] + penalty_parts[0]
    principal = Rounding.HALF_EVEN.of(whole, count) - others
    # The last instalment takes what rounding leaves, or goes without what it asks too much.
    amounts = [(principal + interests[0], interest) for interest in interests]
    kept, taken = _parted(book, on)
    book.projection = re_age_equally(book.projection, on, dates=_dates(event), amounts=amounts)
    book.interest_is_agreed = True
    lifted = _Lifted.of([row for row in taken if not row.is_extra])
    standing = {(window.start, window.due) for window in book.projection.windows}
    extras = [row for row in (*kept, *taken) if row.is_extra and row.asked]
    kept = [row for row in kept if row.is_down_payment or (row.start, row.due) in standing]
    for row in kept:
        if not row.is_down_payment:
            row.ask(principal=row.paid[Component.PRINCIPAL], interest=row.paid[Component.INTEREST])
            row.note_met(on)
    book.rows = [*kept, *extras]
    charges = iter(zip(fee_parts, penalty_parts, strict=True))
    for window, figure in zip(book.projection.windows, book.projection.figures, strict=True):
        if window.due < on:
            continue
        row = Row(start=window.start, due=window.due)
        row.ask(principal=figure.principal, interest=figure.interest)
        if window.is_holder:
            row.paid[Component.PRINCIPAL] = window.paid_principal
            row.paid[Component.INTEREST] = window.paid_interest
            row.charged[Component.FEE] = row.paid[Component.FEE] = lifted.fee
            row.charged[Component.PENALTY] = row.paid[Component.PENALTY] = lifted.penalty
            row.in_advance = lifted.in_advance
        else:
            row.charged[Component.FEE], row.charged[Component.PENALTY] = next(charges)
        row.credited_principal = window.credited_principal
        row.note_met(on)
        book.rows.append(row)


def _lift_charges(book: Book, component: Component, on: date) -> int:
    lifted = 0
    for row in book.rows:
        if not row.is_down_payment:
            lifted += row.left(component)
            row.charged[component] = row.paid[component]
            row.note_met(on)
    return lifted


def number_again(book: Book) -> None:
    """Put rows in order, each starting where the one before it ends that is not extra."""
    book.rows.sort(key=lambda row: (row.due, row.start))
    before = None
    for row in book.rows:
        if before is not None and not row.is_down_payment:
            row.start = before
        if not row.is_extra:
            before = row.due


def _re_age_rows(book: Book, event: ReAged) -> None:
    """Without interest to recalculate: principal (and interest, when asked) in equal parts."""
    on, count = takes_effect(event), event.count
    takes_all = event.interest in (ReAgeInterest.PAYABLE, ReAgeInterest.WHOLE)
    maturity = book.maturity
    components = list(Component) if takes_all else [Component.PRINCIPAL]
    owed = nothing()
    for row in book.rows:
        if takes_all and row.is_down_payment:
            continue
        for component in components:
            owed[component] += row.left(component)
            row.charged[component] = row.paid[component]
        row.note_met(on)
    if event.interest is ReAgeInterest.PAYABLE and not book.has_ended:
        owed[Component.INTEREST] = _unpaid_until(book, on)
    parts = {component: equal_parts(owed[component], count) for component in components}
    others = sum(parts[c][0] for c in components if c is not Component.PRINCIPAL)
    whole = _in_multiples(sum(owed.values()), count, book.projection.basis.multiple)
    parts[Component.PRINCIPAL] = parts_of(owed[Component.PRINCIPAL], whole[0] - others, count=count)
    kept, taken = _parted(book, on)
    start = book.rows[0].start
    charges = [] if takes_all else charges_of(book, taken)
    if on <= maturity or any(row.paid_in_all for row in taken):
        early = _early_row(taken, start, on)
        if kept and _is_stub(kept[-1]) and _is_stub(early):
            early.start = kept.pop().start
        kept.append(early)
        start = on
    for place, due in enumerate(_dates(event)):
        row = Row(start=start, due=due, is_reaged=True)
        for component in components:
            row.charged[component] = parts[component][place]
        kept.append(row)
        start = due
    book.rows = kept
    book.rows_stand_alone = True
    ask_again(book, charges, on=on)


def _unpaid_until(book: Book, on: date) -> int:
    """Interest accrued by `on` and not paid: of payments the rows know, not the projection."""
    borne = outstanding_until(book.projection, on).interest
    return max(borne - sum(row.paid[Component.INTEREST] for row in book.rows), 0)


def _is_stub(row: Row) -> bool:
    return row.is_reaged and not row.asked


def _early_row(taken: list[Row], start: date, on: date) -> Row:
    """The row that keeps what was paid in advance of the rows taken away."""
    row = Row(start=start, due=on, is_reaged=True)
    for one in taken:
        for component in Component:
            row.charged[component] += one.paid[component]
            row.paid[component] += one.paid[component]
        row.in_advance += one.in_advance
    row.note_met(on)
    return row


def _re_amortise(book: Book, event: ReAmortised) -> None:
    on = takes_effect(event)
    overdue = [row for row in book.rows if row.due <= on]
    if not _later(book, on):
        raise NoRowsToCome(event.reference, on=on, maturity=book.maturity)
    if not book.follows_payments:
        _re_amortise_rows(book, overdue, on)
        return
    principal = sum(row.left(Component.PRINCIPAL) for row in overdue)
    interest = interest_until(book.projection, overdue[-1].due) if overdue else 0
    if not principal and not interest:
        return
    if not event.splits_interest:
        book.projection = re_amortise(book.projection, on)
        book.sync(on)
        return
    fees = sum(row.left(Component.FEE) for row in overdue)
    for row in overdue:
        row.charged[Component.FEE] = row.paid[Component.FEE]
    conserves = book.rules.remainder is Remainder.LAST_ROW
    book.projection, dropped = re_amortise_splitting(book.projection, on, conserves=conserves)
    book.dropped += dropped
    book.sync(on)
    later = _later(book, on)
    for row, fee in zip(later, equal_parts(fees, len(later)), strict=True):
        row.charged[Component.FEE] += fee


def _later(book: Book, on: date) -> list[Row]:
    return [r for r in book.rows if r.due > on and not (r.is_extra or r.is_down_payment)]


def _re_amortise_rows(book: Book, overdue: list[Row], on: date) -> None:
    owed = sum(row.left(Component.PRINCIPAL) for row in overdue)
    later = _later(book, on)
    if not owed:
        return
    for row in overdue:
        row.charged[Component.PRINCIPAL] = row.paid[Component.PRINCIPAL]
        row.note_met(on)
    multiple = book.projection.basis.multiple
    for row, part in zip(later, _in_multiples(owed, len(later), multiple), strict=True):
        row.charged[Component.PRINCIPAL] += part
    book.rows_stand_alone = True


def _end(book: Book, on: date) -> None:
    """Everything falls due on `on`, with the interest by then."""
    plain = [r for r in book.rows if not r.is_down_payment]
    opens = [r for r in plain[:1] if r.start == on]
    row = next(iter(opens + [r for r in plain if r.start < on <= r.due]), None)
    if row is None or on >= book.maturity:
        book.has_ended = True
        return
    place = book.projection.place_between(row.start, row.due)
    if book.follows_payments and place is not None:
        if not row.is_met:
            borne = window_interest_until(book.projection, place, on=on)
            row.charged[Component.INTEREST] = borne
        agreed = sum(window.fixed_interest for window in book.projection.windows[place + 1 :])
        row.charged[Component.INTEREST] += agreed
    row.due = on
    later = [one for one in plain if one.start >= on and one is not row]
    for one in later:
        row.charged[Component.PRINCIPAL] += one.charged[Component.PRINCIPAL]
        for component in Component:
            row.paid[component] += one.paid[component]
        for component in CHARGES:
            row.charged[component] += one.paid[component]
        row.in_advance += one.in_advance
    # Interest paid ahead, to the due date of its row, may be more than was borne by now.
    row.charged[Component.INTEREST] = max(
        row.charged[Component.INTEREST], row.paid[Component.INTEREST]
    )
    book.rows = [one for one in book.rows if not any(one is gone for gone in later)]
    _keep_charges(book, row, later)
    row.note_met(on)
    book.projection = end_contract(book.projection, on)
    book.has_ended = True


def _keep_charges(book: Book, ended: Row, later: list[Row]) -> None:
    """Charges of later days stay due on their days, in a row of their own; others fall due now."""
    fees, penalties = (sum(one.left(c) for one in later) for c in CHARGES)
    if not (fees or penalties):
        return
    due = max(due for _, _, due in book.charges)
    row = ended
    if due > ended.due:
        row = Row(start=ended.due, due=due, is_extra=True)
        book.rows.append(row)
    row.charged[Component.FEE] += fees
    row.charged[Component.PENALTY] += penalties

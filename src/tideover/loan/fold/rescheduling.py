"""The one way in which a change makes the lines still to come anew.

Lines due by the day stay as they are, or are taken in with what is left of them. Money paid in
advance goes back to its payments and is paid in again, so it stays ahead. What was earned, charged
and waived of the lines that go is handed over to those that come; nothing of it is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tideover.loan.carrying import carried_by_line
from tideover.loan.components import Component, Components
from tideover.loan.fold.basis import Basis
from tideover.loan.fold.book import Book
from tideover.loan.fold.bucket import Amounts, Bucket, no_amounts
from tideover.loan.fold.lines import components_of, line_states
from tideover.loan.reasons import Reason
from tideover.loan.rebuilding import Course, bare_schedule, rebuilt_schedule
from tideover.loan.schedule import Schedule
from tideover.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How the lines from the day `on` on are made: when they fall due, by which basis, and why.

    `taken_in` are lines already due that end with it: their principal joins, and what else is left
    of them joins too with `capitalises`, or is carried beside the lines without interest. `added`
    is principal lent on the day. With `is_bare` the first line asks for everything.
    """

    on: date
    basis: Basis
    due_dates: tuple[date, ...]
    why: Reason
    taken_in: tuple[Bucket, ...] | None = None
    capitalises: bool = False
    added: int = 0
    is_bare: bool = False


def lines_to_come(book: Book, on: date) -> list[Bucket]:
    """Return the lines of the schedule due later than the day, without what is carried beside."""
    return [bucket for bucket in book.due_after(on) if bucket.bears_interest]


def is_over(book: Book, on: date) -> bool:
    """Return whether nothing is left to change: closed early, or no line falls due later."""
    later = lines_to_come(book, on)
    return not later or later[0].is_stopped


def basis_on(book: Book, on: date) -> Basis:
    """Return the basis for lines made on the day."""
    passed = sum(line.due_date <= on for line in book.schedule.lines)
    return book.basis.after_lines(passed)


def remake(book: Book, making: Making) -> None:
    """Make the lines due after the day anew, and close those that go."""
    on, released = making.on, book.release(making.on)
    taken_in = making.taken_in or ()
    if making.taken_in is not None:
        book.days_before_restructure = book.days_past_due(on)
        book.restructured_on = on
        paid = [(name, book.pay_due(name, amount, on=on)) for name, amount in released]
        released = [(name, rest) for name, rest in paid if rest]
    later = lines_to_come(book, on)
    stopped = [bucket for bucket in later if bucket.is_stopped]
    moving = [bucket for bucket in later if not bucket.is_stopped]
    beside = [bucket for bucket in book.due_after(on) if not bucket.bears_interest]
    carried = _left((*taken_in, *stopped))
    principal = making.added + sum(map(_principal, moving))
    principal += carried[Component.PRINCIPAL]
    carried[Component.PRINCIPAL] = 0
    if making.capitalises:
        principal += _capitalise(book, carried)
        carried = no_amounts()
    going = [*taken_in, *later]
    gone = {id(bucket) for bucket in (*going, *beside)}
    kept = [bucket for bucket in book.buckets if id(bucket) not in gone]
    earnings = [book.earned(bucket, on) for bucket in moving]
    # A waiver of interest may stand on a later line than the one that earned it.
    waived = sum(bucket.waived[Component.INTEREST] for bucket in moving)
    earned = max(sum(earnings) - waived, 0)
    used_up = sum(earnings)
    schedule = _schedule(
        book, making, principal=principal, earned=earned, number=_next_number(kept), moving=moving
    )
    places = {bucket.line.number: place for place, bucket in enumerate(later)}
    book.basis = making.basis
    opened = book.open_lines(schedule, kept=kept, earned=earned, made_by=making.why)
    if moving:
        opened[0].begun = moving[0].begun
    for place, bucket in enumerate(moving):
        used = min(bucket.waived[Component.INTEREST], used_up)
        used_up -= used
        _hand_over(book, bucket, opened[min(place, len(opened) - 1)], earned=used)
    close(book, going, on=on)
    for bucket in beside:
        place = min(places[bucket.line.number], len(opened) - 1)
        bucket.fall_due_with(schedule.lines[place])
    book.stand_beside(beside)
    carry(book, components_of(carried, book.terms.currency))
    for name, amount in released:
        book.pay(name, amount, on=on)
    book.use_credit(on)


def close(book: Book, going: Sequence[Bucket], *, on: date) -> None:
    """Write lines down as they stand on the day, with what was paid of them."""
    book.closed += line_states(going, on, currency=book.terms.currency)
    gone = {id(bucket) for bucket in going}
    book.closed_entries += [entry for entry in book.entries if id(entry.bucket) in gone]
    book.entries = [entry for entry in book.entries if id(entry.bucket) not in gone]


def carry(book: Book, carried: Components) -> None:
    """Put what is carried beside the lines it falls due with; it bears no interest."""
    if not carried:
        return
    parts = carried_by_line(book.schedule, carried)
    by_number = {bucket.line.number: bucket for bucket in book.buckets if bucket.bears_interest}
    beside = []
    for line, part in zip(book.schedule.lines, parts, strict=True):
        asked = {component: part.get(component).minor for component in Component}
        if part:
            rules = by_number[line.number].rules
            beside.append(Bucket(line, asked, rules, bears_interest=False))
    book.stand_beside(beside)


def _left(buckets: Sequence[Bucket]) -> Amounts:
    amounts = no_amounts()
    for bucket in buckets:
        for part in amounts:
            amounts[part] += max(bucket.left(part), 0)
    return amounts


def _capitalise(book: Book, carried: Amounts) -> int:
    for part, amount in carried.items():
        book.capitalised[part] += amount
    return sum(carried.values())


def _next_number(kept: Sequence[Bucket]) -> int:
    return max((bucket.line.number for bucket in kept), default=0) + 1


def _principal(bucket: Bucket) -> int:
    part = Component.PRINCIPAL
    return max(bucket.asked[part] - bucket.charged[part] - bucket.waived[part], 0)


def _own_fee(bucket: Bucket) -> int:
    return bucket.asked[Component.FEE] - bucket.charged[Component.FEE]


def _schedule(
    book: Book,
    making: Making,
    *,
    principal: int,
    earned: int,
    number: int,
    moving: Sequence[Bucket],
) -> Schedule:
    on, money = making.on, Money(principal, book.terms.currency)
    if making.is_bare or not principal:
        fee = sum(_own_fee(bucket) for bucket in moving if bucket.begun < on)
        return bare_schedule(
            money, making.due_dates, start=on, earned=earned, fee=fee, number=number
        )
    begun = moving[0].begun if moving else on
    basis = making.basis
    schedule = rebuilt_schedule(
        Course(
            terms=basis.terms(book.terms, principal=money, start=on, due_dates=making.due_dates),
            due_dates=making.due_dates,
            begun=begun,
            base=basis.base,
            earned=earned,
            number=number,
            pauses=basis.pauses,
        )
    )
    if begun == on:
        return schedule
    # The fee of a period that has begun is owed already, whatever fees count on from now on.
    begun_fee = Money(_own_fee(moving[0]), book.terms.currency)
    return replace(schedule, lines=(replace(schedule.lines[0], fee=begun_fee), *schedule.lines[1:]))


def _hand_over(book: Book, old: Bucket, new: Bucket, *, earned: int) -> None:
    """Let the new line ask for what was charged to the old one, and be waived what is not used."""
    used = {
        Component.PRINCIPAL: old.asked[Component.PRINCIPAL] - old.charged[Component.PRINCIPAL],
        Component.INTEREST: earned,
    }
    for part in Component:
        charged = old.charged[part]
        new.asked[part] += charged
        new.charged[part] += charged
        old.asked[part] -= charged
        rest = max(old.waived[part] - used.get(part, 0), 0)
        if rest:
            old.take_waiver_back(part, rest)
            new.waive(part, min(rest, new.left(part)))
    handed = [entry for entry in book.waivers if entry.component not in used]
    for entry in (*book.charges, *handed):
        if entry.bucket is old:
            entry.bucket = new

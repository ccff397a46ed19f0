"""Paying money out: rows for a down payment, new instalments for the rest."""

from dataclasses import replace
from datetime import date

from tideover.loan.building import build_schedule
from tideover.loan.components import Component
from tideover.loan.progressive.allocating import allocate
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.charging import place_again
from tideover.loan.progressive.grace import interest_asked
from tideover.loan.progressive.rows import Row
from tideover.loan.progressive.rules import Kind
from tideover.loan.projection import disburse, disburse_full_term
from tideover.money import Money, Rounding


def pay_out(book: Book, amount: int, *, on: date) -> int:
    """Pay a tranche out; return the down payment that is due at once."""
    book.disbursed.append((on, amount))
    down = _down_payment(book, amount)
    if down:
        row = Row(start=on, due=on, is_down_payment=True)
        row.charged[Component.PRINCIPAL] = down
        book.rows.append(row)
    if book.rows_stand_alone or not book.rules.projects:
        _spread(book, amount - down, on)
    else:
        _project(book, amount - down, on)
    book.rows.sort(key=lambda one: (one.due, one.start))
    _use_overpaid(book, on)
    return down


def pay_out_as_built(book: Book, amount: int, *, on: date) -> None:
    """Pay a tranche out on a schedule that is built, not projected.

    Every row takes its share of what was paid out by the day it falls due, the last takes the rest;
    interest is that of everything paid out.
    """
    book.disbursed.append((on, amount))
    currency = book.terms.currency
    whole = sum(paid for _, paid in book.disbursed)
    lines = build_schedule(replace(book.terms, principal=Money(whole, currency))).lines
    left = whole
    own = {id(row): line.interest.minor for row, line in zip(book.rows, lines, strict=False)}
    for place, (row, line) in enumerate(zip(book.rows, lines, strict=False)):
        known = sum(paid for day, paid in book.disbursed if day <= row.due)
        share = line.principal.minor
        if known != whole:
            part = replace(book.terms, principal=Money(known, currency))
            share = build_schedule(part).lines[place].principal.minor
        share = left if place == len(lines) - 1 else share
        interest = interest_asked(row, book.rows, own=lambda one: own.get(id(one), 0))
        row.ask(principal=share + row.credited_principal, interest=interest)
        left -= share
    _use_overpaid(book, on)


def _down_payment(book: Book, amount: int) -> int:
    part = amount * book.rules.down_payment
    multiple = book.projection.basis.multiple
    whole = book.terms.rounding(part)
    return Rounding.HALF_UP.to_multiple(part, multiple) if multiple > 1 else whole


def _project(book: Book, amount: int, on: date) -> None:
    if book.rules.tranches_run_full_term:
        book.projection = disburse_full_term(
            book.projection, amount, on=on, instalments=book.terms.instalments
        )
    else:
        book.projection = disburse(book.projection, amount, on=on)
    if all(row.due < on or row.is_down_payment or row.is_extra for row in book.rows):
        extra = Row(start=on, due=on, is_extra=True)
        extra.charged[Component.PRINCIPAL] = amount
        book.rows.append(extra)
    for window, figure in zip(book.projection.windows, book.projection.figures, strict=True):
        row = _row_due(book, window.due)
        if row is None:
            row = Row(start=window.start, due=window.due)
            book.rows.append(row)
        if window.due >= on:
            book.ask_by_window(row, figure)
            row.note_met(on)
    place_again(book, on=on)
    book.settle()


def _row_due(book: Book, due: date) -> Row | None:
    return next((row for row in book.rows if row.due == due and not row.is_down_payment), None)


def _spread(book: Book, amount: int, on: date) -> None:
    """Add a tranche to the principal of the rows to come, in equal parts."""
    rows = [r for r in book.rows if r.due > on and not r.is_down_payment and not r.is_extra]
    if not rows:
        extra = Row(start=on, due=on, is_extra=True)
        book.rows.append(extra)
        rows = [extra]
    part = book.terms.rounding.of(amount, len(rows))
    last = amount - part * (len(rows) - 1)
    for row, share in zip(rows, [*[part] * (len(rows) - 1), last], strict=True):
        row.charged[Component.PRINCIPAL] += share
        row.note_met(on)


def _use_overpaid(book: Book, on: date) -> None:
    whole, rule = book.overpaid, book.rules.allocation(Kind.PAYMENT)
    book.take_overpaid(whole - allocate(book, whole, rule=rule, on=on))

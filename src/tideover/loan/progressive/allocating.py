"""Spreading a payment over the rows of a schedule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from tideover.loan.components import Component
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.rows import Row
from tideover.loan.progressive.rules import Allocation, Due, Future
from tideover.loan.projection import (
    Projection,
    due_until,
    pay_interest,
    pay_principal,
    with_room_at_the_end,
)
from tideover.money import Rounding


def allocate(book: Book, amount: int, *, rule: Allocation, on: date) -> int:
    """Spread a payment over the rows of a book by `rule`; return what found nothing to pay."""
    payer = _Payer(book.rows, rule.future, on, book)
    return payer.spread(amount, rule, by_component=book.rules.by_component)


def allocate_over(
    rows: list[Row], amount: int, *, rule: Allocation, on: date, by_component: bool
) -> int:
    """Spread a payment over rows that no projection moves; return what found nothing to pay."""
    payer = _Payer(rows, rule.future, on, None)
    return payer.spread(amount, rule, by_component=by_component)


@dataclass(slots=True)
class _Payer:
    """One payment on its way. `tried` are the ids of rows that were asked what they take."""

    rows: list[Row]
    future: Future
    on: date
    book: Book | None
    tried: set[int] = field(default_factory=set)
    takes_principal: bool = False
    takes_everything: bool = False

    def spread(self, amount: int, rule: Allocation, *, by_component: bool) -> int:
        """Go through the order again as long as it moves anything: rows paid may ask more.

        Then rows are asked for principal above what was agreed with them. Once all of it is paid
        and nothing bears interest any more, what they still ask of later days is taken too.
        """
        amount = self._all_rounds(amount, rule, by_component=by_component)
        book = self.book
        if amount and book is not None and book.projection.outstanding_principal:
            self.takes_principal = True
            amount = self._all_rounds(amount, rule, by_component=by_component)
        if amount and book is not None and not book.projection.outstanding_principal:
            self.takes_everything = True
            if book.closing and book.closing.is_asked:
                book.projection = with_room_at_the_end(book.projection)
                book.sync(self.on)
            amount = self._all_rounds(amount, rule, by_component=by_component)
        return amount

    def _all_rounds(self, amount: int, rule: Allocation, *, by_component: bool) -> int:
        before = None
        while amount and amount != before:
            before, amount = amount, self._once(amount, rule, by_component=by_component)
        return amount

    def _once(self, amount: int, rule: Allocation, *, by_component: bool) -> int:
        if by_component:
            for due, component in rule.order:
                amount = self._by_component(amount, due, component)
            return amount
        for due, parts in groupby(_grouped(rule), key=lambda pair: pair[0]):
            amount = self._by_row(amount, due, [part for _, part in parts])
        return amount

    def _by_row(self, amount: int, due: Due, components: Sequence[Component]) -> int:
        """Pay the rows of one due type, row by row, the components of each in order.

        Rows that take nothing and ask nothing else than before are left.
        """
        full: set[int] = set()
        while amount:
            rows = self._unmet(due, full)
            if not rows:
                break
            before = amount, len(self.tried)
            for component in components:
                for row, portion in _portions(rows, amount):
                    amount -= self._pay(row, component, portion, due)
            if (amount, len(self.tried)) == before:
                full.update(id(row) for row in rows)
        return amount

    def _by_component(self, amount: int, due: Due, component: Component) -> int:
        """Pay one component of all rows of one due type; a row that can take nothing is left."""
        full: set[int] = set()
        while amount:
            asking = [row for row in self.rows if row.left(component) > 0 and id(row) not in full]
            chosen = self._chosen(asking, asking, due)
            if not chosen:
                break
            before = amount
            for row, portion in _portions(chosen, before):
                amount -= self._pay(row, component, portion, due)
            if amount == before:
                full.update(id(row) for row in chosen)
        return amount

    def _unmet(self, due: Due, full: set[int]) -> list[Row]:
        rows = [row for row in self.rows if id(row) not in full]
        unmet = [row for row in rows if not row.is_met]
        # A row that asks nothing as yet can still be paid when interest follows the money.
        open_rows = [row for row in rows if not row.is_met or self._may_ask(row)]
        return self._chosen(unmet, open_rows, due)

    def _may_ask(self, row: Row) -> bool:
        follows = self.book is not None and self.book.follows_payments
        return follows and row.asked == 0 and id(row) not in self.tried

    def _chosen(self, rows: Sequence[Row], open_rows: Sequence[Row], due: Due) -> list[Row]:
        """The rows that a payment goes to; the last one is that of `open_rows`."""
        on = self.on
        if due is Due.PAST_DUE:
            return [row for row in rows if on > row.due][:1]
        if due is Due.DUE:
            return [row for row in rows if on == row.due][:1]
        later = [row for row in rows if on < row.due]
        if self.future is Future.NEXT:
            return later[:1]
        if self.future is Future.SHARED:
            return later
        running = [row for row in later if row.start <= on]
        if self.future is Future.NEXT_LAST and running:
            return running
        return [row for row in open_rows if on < row.due][-1:]

    def _pay(self, row: Row, component: Component, amount: int, due: Due) -> int:
        book = self.book
        if book is None or not book.follows_payments:
            return row.pay(component, amount, on=self.on)
        if row.is_down_payment or row.is_extra:
            self.tried.add(id(row))
            return row.pay(component, amount, on=self.on)
        place = book.projection.place_between(row.start, row.due)
        if place is None or component not in (Component.PRINCIPAL, Component.INTEREST):
            return row.pay(component, amount, on=self.on)
        # Interest of what is late may have been asked to the due date, and stays asked.
        counted_on = max(self.on, book.projection.overdue_until or self.on)
        if due is Due.IN_ADVANCE:
            asked_on = self._asked_on(book, row)
            is_asked = book.closing is not None and book.closing.is_asked
            counted_on = self.on if is_asked else asked_on
            if is_asked and component is Component.INTEREST:
                asked_on = self.on  # That of the days to come is asked already.
            if not self.takes_everything:
                self._ask_as_of(book, row, component, (place, asked_on))
        wanted = max(min(row.left(component), amount), 0)
        pays = pay_principal if component is Component.PRINCIPAL else pay_interest
        paid = pays(book.projection, place, on=counted_on, amount=wanted)
        # Less when the row asks more than is left of the loan.
        counted = _paid(paid, place, component) - _paid(book.projection, place, component)
        taken = row.pay(component, counted, on=self.on)
        book.projection = paid
        book.sync(self.on)
        return taken

    def _asked_on(self, book: Book, row: Row) -> date:
        closing = book.closing
        is_running = row.start < self.on <= row.due
        if is_running and book.rules.runs_to_due_date(closes=closing is not None):
            return row.due
        return self.on if closing is None or closing.is_asked else closing.rest

    def _ask_as_of(self, book: Book, row: Row, component: Component, at: tuple[int, date]) -> None:
        place, day = at
        owed = due_until(book.projection, place, on=day, by_component=book.rules.by_component)
        self.tried.add(id(row))
        if component is Component.INTEREST:
            row.charged[component] = owed.interest
        elif self.takes_principal:
            row.charged[component] = book.projection.figures[place].principal
        else:
            row.charged[component] = owed.principal


def _paid(projection: Projection, place: int, component: Component) -> int:
    window = projection.windows[place]
    return window.paid_principal if component is Component.PRINCIPAL else window.paid_interest


def _grouped(rule: Allocation) -> list[tuple[Due, Component]]:
    """The order with the pairs of one due type together, types in order of appearance."""
    seen = list(dict.fromkeys(due for due, _ in rule.order))
    return sorted(rule.order, key=lambda pair: seen.index(pair[0]))


def _portions(rows: Sequence[Row], amount: int) -> Iterator[tuple[Row, int]]:
    """Equal parts of an amount for rows, one at least; the last takes what rounding leaves."""
    count = len(rows)
    even = Rounding.HALF_EVEN.of(amount, count)
    rest = amount - even * count
    if even + rest < 0:
        even = amount // count
        rest = amount - even * count
    for row in rows[:-1]:
        yield row, even
    yield rows[-1], even + rest

"""The loan while it is being folded: its buckets, its credit, and who paid what.

This is the one place where something changes in this room; `loan_state` makes a fresh book for
every question, so nothing outside can see it happen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from tideover.dates import Period
from tideover.loan.components import Component
from tideover.loan.fold.basis import Basis
from tideover.loan.fold.bucket import Amounts, Bucket, LateRules, no_amounts
from tideover.loan.fold.state import LineState
from tideover.loan.reasons import Reason
from tideover.loan.rebuilding import bearing_days, factor_since
from tideover.loan.schedule import Schedule
from tideover.loan.terms import LoanTerms, Method


@dataclass(slots=True)
class Entry:
    """One allocation while it may still move: early settlement takes back unearned interest."""

    reference: str
    on: date
    bucket: Bucket
    component: Component
    amount: int


@dataclass(slots=True)
class Book:
    """A loan in the middle of its fold.

    `basis` is what its next lines go by. `opening_interest` was earned before the schedule started
    and is asked with its first line. `ended` holds the due dates of a contract that was ended,
    `without_effect` the references of changes that found nothing left to change.
    """

    terms: LoanTerms
    schedule: Schedule
    basis: Basis
    opening_interest: int = field(init=False)
    buckets: list[Bucket] = field(default_factory=list)
    closed: list[LineState] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    closed_entries: list[Entry] = field(default_factory=list)
    credit: list[tuple[str, int]] = field(default_factory=list)
    charges: list[Entry] = field(default_factory=list)
    waivers: list[Entry] = field(default_factory=list)
    restructured_on: date | None = None
    days_before_restructure: int = 0
    worst_days: int = 0
    disbursed: int = 0
    refunded: int = 0
    refunded_beyond: int = 0
    capitalised: Amounts = field(default_factory=no_amounts)
    ended: tuple[Bucket | None, tuple[date, ...]] | None = None
    without_effect: list[str] = field(default_factory=list)

    @classmethod
    def opened(cls, terms: LoanTerms, schedule: Schedule) -> "Book":
        """Return the book of a loan just paid out."""
        book = cls(terms, schedule, Basis.of(terms))
        book.disbursed = terms.principal.minor
        book.open_lines(schedule)
        return book

    def open_lines(
        self,
        schedule: Schedule,
        *,
        kept: Sequence[Bucket] = (),
        earned: int = 0,
        made_by: Reason | None = None,
    ) -> list[Bucket]:
        """Make `schedule` the active one beside the lines `kept`, and return its buckets."""
        terms = self.terms
        rules = LateRules(
            self.basis.late_rate,
            terms.penalty_base,
            terms.penalty_uplift,
            terms.grace_days,
            terms.rounding,
        )
        self.schedule = schedule
        self.opening_interest = earned
        opened = [Bucket.of(line, rules) for line in schedule.lines]
        for bucket in opened:
            bucket.made_by = made_by
        self.buckets = [*kept, *opened]
        return opened

    def stand_beside(self, buckets: Iterable[Bucket]) -> None:
        """Put amounts without interest beside the lines they fall due with."""
        self.buckets = sorted(
            (*self.buckets, *buckets),
            key=lambda bucket: (bucket.due, bucket.line.number, not bucket.bears_interest),
        )

    # Time

    def accrue(self, to: date) -> None:
        """Count late interest and days past due up to `to`."""
        for bucket in self.buckets:
            if bucket.due >= to:
                break
            bucket.accrue(to, self.basis.pauses)
        self.worst_days = max(self.worst_days, self.days_past_due(to))

    def days_past_due(self, on: date) -> int:
        """Return how many days the oldest unpaid line is late."""
        for bucket in self.buckets:
            if bucket.left_in_all() > 0:
                return max((on - bucket.due).days, 0)
        return 0

    # What is owed

    def due_by(self, on: date) -> Iterator[Bucket]:
        """The buckets due on the day or before."""
        return (bucket for bucket in self.buckets if bucket.due <= on)

    def due_after(self, on: date) -> Iterator[Bucket]:
        """The buckets due later than the day."""
        return (bucket for bucket in self.buckets if bucket.due > on)

    def to_close(self, bucket: Bucket, on: date) -> Amounts:
        """Return what a line not yet due would ask for if the loan closed on the day.

        All its principal; interest as far as it is earned; the fee of a period that has begun.
        """
        if bucket.is_stopped:
            return bucket.asked
        has_begun = bucket.begun < on
        return {
            Component.PRINCIPAL: bucket.asked[Component.PRINCIPAL],
            Component.INTEREST: self.earned(bucket, on) + bucket.charged[Component.INTEREST],
            Component.PENALTY: bucket.asked[Component.PENALTY],
            Component.FEE: bucket.asked[Component.FEE]
            if has_begun or not bucket.bears_interest
            else bucket.charged[Component.FEE],
        }

    def earned(self, bucket: Bucket, on: date) -> int:
        """Return the interest earned on a line by the day and not yet due, rounded once."""
        line = bucket.line
        if not bucket.bears_interest:
            return bucket.asked[Component.INTEREST]
        if line.period.start > on:
            return 0
        place = line.number - self.schedule.lines[0].number
        carried_in = self._carried_after(place - 1)
        accrued = line.interest.minor + self._carried_after(place) - carried_in
        return carried_in + min(self._pro_rata(bucket, on, accrued), accrued)

    def accrued(self, on: date) -> Iterator[int]:
        """The interest of every line not yet due that is earned by the day and not paid.

        What a restructure carried was earned before it and is not counted here.
        """
        for bucket in self.due_after(on):
            if bucket.bears_interest:
                earned = self.to_close(bucket, on)[Component.INTEREST]
                paid = bucket.paid[Component.INTEREST] + bucket.waived[Component.INTEREST]
                yield max(earned - paid, 0)

    def owed(self, on: date) -> Amounts:
        """Return what closing the loan on the day would take, by component."""
        amounts = no_amounts()
        for bucket in self.due_by(on):
            for part in amounts:
                amounts[part] += bucket.left(part)
        for bucket in self.due_after(on):
            for part, amount in self.to_close(bucket, on).items():
                amounts[part] += max(amount - bucket.paid[part] - bucket.waived[part], 0)
        return amounts

    def payoff(self, on: date) -> int:
        """Return the payment that closes the loan on the day.

        It is what `owed` adds up to, less what was paid in advance for interest and fees that are
        not earned yet.
        """
        amount = 0
        for bucket in self.buckets:
            if bucket.due <= on:
                amount += bucket.left_in_all()
            else:
                amount += self._closing_sum(bucket, on) - bucket.settled
        return amount

    def _closing_sum(self, bucket: Bucket, on: date) -> int:
        """The sum of `to_close`, cheap for the many lines that have not begun."""
        has_begun = bucket.line.period.start <= on
        if has_begun or bucket.is_stopped or not bucket.bears_interest:
            return sum(self.to_close(bucket, on).values())
        # Nothing is charged to a line before the line before it has fallen due.
        return bucket.asked[Component.PRINCIPAL]

    def _pro_rata(self, bucket: Bucket, on: date, accrued: int) -> int:
        line, basis = bucket.line, self.basis
        rounding = self.terms.rounding
        elapsed = Period(line.period.start, on)
        days = bearing_days(elapsed, basis.pauses) if basis.pauses else elapsed.days
        if basis.rate is None or basis.method is Method.FLAT:
            whole = bearing_days(line.period, basis.pauses) if basis.pauses else line.period.days
            return rounding.of(accrued * days, whole) if whole else 0
        if not elapsed.days:
            return 0
        opening = line.closing_balance.minor + line.principal.minor
        factor = factor_since(basis.rate, elapsed, begun=bucket.begun)
        return rounding(opening * factor * days / elapsed.days)

    def _carried_after(self, place: int) -> int:
        """The interest earned by the due date of a line and left to the lines after it."""
        if place < 0:
            return self.opening_interest
        carried = self.schedule.lines[place].carried_interest
        return carried.minor if carried is not None else 0

    # Money in

    def pay(self, reference: str, amount: int, *, on: date) -> None:
        """Allocate a payment: past due oldest first, then due today, then in advance."""
        rest = self._fill(reference, amount, on, self.due_by(on))
        if rest >= self.payoff(on):
            self._settle(on)
            rest = self._fill(reference, rest, on, self.buckets)
        else:
            rest = self._fill(reference, rest, on, self.due_after(on))
        if rest > 0:
            self.credit.append((reference, rest))

    def use_credit(self, on: date) -> None:
        """Pay what is owed out of an overpayment, and settle what is paid in full."""
        credit, self.credit = self.credit, []
        for reference, amount in credit:
            self.pay(reference, amount, on=on)
        if self.payoff(on) <= 0:
            self._settle(on)

    def release(self, on: date) -> list[tuple[str, int]]:
        """Return to their payments what was paid in advance for lines due later than the day."""
        released: dict[str, int] = {}
        for entry in self.entries:
            if entry.bucket.due > on and entry.amount and not entry.bucket.is_stopped:
                entry.bucket.give_back(entry.component, entry.amount)
                released[entry.reference] = released.get(entry.reference, 0) + entry.amount
                entry.amount = 0
        return list(released.items())

    def pay_due(self, reference: str, amount: int, *, on: date) -> int:
        """Pay what is due by the day and return what is left of the amount."""
        return self._fill(reference, amount, on, self.due_by(on))

    def take_back_unearned(self, on: date) -> list[tuple[str, int]]:
        """Return to their payments what was paid for interest and fees not earned by the day.

        The lines not yet due then ask for no more than closing the loan on the day takes.
        """
        released: dict[str, int] = {}
        for bucket in self.due_after(on):
            bucket.asked |= self.to_close(bucket, on)
            bucket.is_stopped = True
        for entry in reversed(self.entries):
            excess = min(max(-entry.bucket.left(entry.component), 0), entry.amount)
            if excess:
                entry.amount -= excess
                entry.bucket.give_back(entry.component, excess)
                released[entry.reference] = released.get(entry.reference, 0) + excess
        self._move_waivers(on)
        return list(released.items())[::-1]

    def _move_waivers(self, on: date) -> None:
        """Let what was waived of lines that now ask for less count for those that ask for more."""
        for part in Component:
            spare = 0
            for bucket in self.due_after(on):
                over = min(max(-bucket.left(part), 0), bucket.waived[part])
                bucket.take_waiver_back(part, over)
                spare += over
            for bucket in self.due_after(on):
                spare -= bucket.waive(part, min(spare, bucket.left(part)))

    def _settle(self, on: date) -> None:
        for earlier, released in self.take_back_unearned(on):
            rest = self._fill(earlier, released, on, self.buckets)
            if rest:
                self.credit.append((earlier, rest))

    def _fill(self, reference: str, amount: int, on: date, buckets: Iterable[Bucket]) -> int:
        order = self.terms.allocation_order
        for bucket in buckets:
            if amount <= 0:
                break
            if bucket.left_in_all() == 0:
                continue
            for component in order:
                used = bucket.take(component, amount)
                if used:
                    self.entries.append(Entry(reference, on, bucket, component, used))
                    amount -= used
        return amount

    # Other events

    def refund(self, amount: int, *, on: date, reference: str) -> None:
        """Pay credit back to the borrower; what exceeds it is owed again, with the next line."""
        self.refunded += amount
        credit, self.credit = self.credit, []
        for earlier, held in credit:
            used = min(held, amount)
            amount -= used
            if held > used:
                self.credit.append((earlier, held - used))
        if amount:
            self.refunded_beyond += amount
            self.charge(Component.PRINCIPAL, amount, on=on, reference=reference)

    def charge(self, component: Component, amount: int, *, on: date, reference: str) -> None:
        """Add a charge to the next line due, or to the last one."""
        bucket = next(chain(self._due_from(on), reversed(self.buckets)))
        bucket.asked[component] += amount
        bucket.charged[component] += amount
        self.charges.append(Entry(reference, on, bucket, component, amount))

    def waive(self, component: Component, amount: int, *, on: date, reference: str) -> int:
        """Give up to `amount` of a component: oldest first, principal not yet due from the end.

        Returns what was given.
        """
        wanted = amount
        for bucket in self.due_by(on):
            given = bucket.waive(component, min(amount, bucket.left(component)))
            self._note_waiver(reference, on, bucket, component, given)
            amount -= given
        later = list(self.due_after(on))
        # Only what is owed by now can be given up, though a later line may be the one to ask.
        owed = [
            self.to_close(bucket, on)[component] - bucket.paid[component] - bucket.waived[component]
            for bucket in later
        ]
        beyond = max(amount - max(sum(owed), 0), 0)
        amount -= beyond
        lines = [*zip(later, owed, strict=True), *((bucket, amount) for bucket in later)]
        for bucket, most in reversed(lines) if component is Component.PRINCIPAL else lines:
            given = bucket.waive(component, min(amount, most, bucket.left(component)))
            self._note_waiver(reference, on, bucket, component, given)
            amount -= given
        return wanted - amount - beyond

    def _note_waiver(
        self, reference: str, on: date, bucket: Bucket, component: Component, amount: int
    ) -> None:
        if amount:
            self.waivers.append(Entry(reference, on, bucket, component, amount))

    def _due_from(self, on: date) -> Iterator[Bucket]:
        return (bucket for bucket in self.buckets if bucket.due >= on and bucket.bears_interest)

"""A kept history of a host loan: its terms, its rules, and what happened after it was paid out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from host_invariants import out_of_order
from host_operations import yuan
from tideover.loan import Disbursed, LoanTerms, Paid
from tideover.loan.progressive import HostRules, ProjectedEvent, ProjectedState, projected_state


@dataclass(frozen=True, slots=True)
class History:
    """Everything of `terms` is paid out on their day, and then `events` happen."""

    terms: LoanTerms
    rules: HostRules
    events: tuple[ProjectedEvent, ...]

    @property
    def all_events(self) -> tuple[ProjectedEvent, ...]:
        out = Disbursed(self.terms.disbursed_on, "out", self.terms.principal)
        return (out, *self.events)

    def on(self, day: date) -> ProjectedState:
        return projected_state(self.terms, self.all_events, rules=self.rules, on=day)

    def faults(self, *later: date) -> Iterator[str]:
        """What is out of order on the days of its events, and on some later ones."""
        for day in (*(event.on for event in self.events), *later):
            known = [event for event in self.all_events if event.on <= day]
            rests = self.rules.closes_at_rest
            for fault in out_of_order(self.on(day), known, closes_at_rest=rests):
                yield f"{day}: {fault}"


def paid_by(
    terms: LoanTerms, rules: HostRules, payments: list[tuple[int, int]], *, passed: int
) -> tuple[History, date]:
    """A loan with payments, each so many days after the one before and of so many cents.

    Also the day that is `passed` days after the last of them.
    """
    on, events = terms.disbursed_on, []
    for gap, cents in payments:
        on += timedelta(gap)
        events.append(Paid(on, f"{len(events)}", yuan(cents)))
    return History(terms, rules, tuple(events)), on + timedelta(passed)

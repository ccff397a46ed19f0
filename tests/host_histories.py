"""A kept history of a host loan: its terms, its rules, and what happened after it was paid out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from host_invariants import out_of_order
from tideover.loan import Disbursed, LoanTerms
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

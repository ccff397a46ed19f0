"""The table before, one operation, the table after: the history is read off the table before."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from tideover.cli.conformance.fineract_events import event_of
from tideover.cli.conformance.fineract_rules import fraction_of_percent, rules_of
from tideover.cli.conformance.fineract_tables import first_difference
from tideover.cli.conformance.fineract_terms import not_followed, terms_of
from tideover.cli.conformance.results import Case, Checked
from tideover.loan import Disbursed, Paid
from tideover.loan.progressive import (
    InterestPaused,
    ProjectedEvent,
    RateChanged,
    projected_state,
)
from tideover.money import Currency, Money, total

# What comes before the operation sorts before it.
_OPERATION: Final = "9"


def checked(case: Case) -> Checked:
    """Return the earliest cell of the table after that differs, and what the host drops."""
    stated, today = case["terms"], date.fromisoformat(case["business_date"])
    rules = rules_of(stated)
    passed_over = not_followed(stated, is_projected=rules.projects)
    if passed_over:
        return Checked(passed_over)
    currency = Currency(stated["currency"], stated["decimals"])
    events = list(_history(case, currency))
    if case["operation"]["op"] != "time_passes":
        events.append(
            event_of(case["operation"], reference=_OPERATION, today=today, currency=currency)
        )
    earliest = next(event for event in events if isinstance(event, Disbursed))
    terms = terms_of(stated, disbursed_on=earliest.on, amount=earliest.amount.text)
    state = projected_state(terms, events, rules=rules, on=today)
    return Checked(first_difference(state, case["after"]), state.dropped or None)


def _history(case: Case, currency: Currency) -> Iterator[ProjectedEvent]:
    """Tranches, payments and changes that the table before shows."""
    rows = case["before"]
    for number, row in enumerate(row for row in rows if row["n"] is None):
        yield Disbursed(_day(row["date"]), f"0-{number}", Money.parse(row["balance"], currency))
    start = _day(case["seed"])
    for number, (since, rate) in enumerate(case.get("rate_changes_before", ())):
        yield RateChanged(start, f"1-{number}", _day(since), fraction_of_percent(rate))
    for number, (first, last) in enumerate(case.get("pauses_before", ())):
        yield InterestPaused(start, f"2-{number}", _day(first), _day(last))
    yield from _payments(case, currency)


def _payments(case: Case, currency: Currency) -> Iterator[ProjectedEvent]:
    """One payment a day, of everything the rows met that day have been paid.

    A down payment that pays itself is no payment of the borrower.
    """
    pays_itself = bool((case["terms"].get("down_payment") or {}).get("auto"))
    by_day: dict[str, list[Money]] = defaultdict(list)
    for row in case["before"]:
        is_down = row["days"] == "0" and pays_itself
        if row["n"] is not None and row["paid_date"] and not is_down:
            by_day[row["paid_date"]].append(Money.parse(row["paid"], currency))
    for number, (day, amounts) in enumerate(sorted(by_day.items())):
        amount = total(amounts, currency)
        if amount:
            yield Paid(_day(day), f"3-{number:03d}", amount)


def _day(text: str) -> date:
    return date.fromisoformat(text)

"""tideover.loan.progressive (refusals, products and the rest): every ordered pair of operations.

Whatever is done after whatever else, a projected loan is in order or refuses by name; and what
was undone never happened. `make test` walks all pairs on one pair of days, `make soak` on many.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import pytest

from host_invariants import out_of_order
from host_operations import OPERATIONS, OUT, START, TERMS, re_aged, yuan
from tideover.dates import DayCount
from tideover.loan import (
    AnnualRate,
    Method,
    Paid,
    Reversed,
    build_schedule,
    profile,
)
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    BuiltOnce,
    DueDateMoved,
    HostRules,
    NoRowsToCome,
    NotADueDate,
    NotProjected,
    ProjectedEvent,
    ProjectedState,
    RateChanged,
    ReAgeInterest,
    ReAmortised,
    RowsAreAgreed,
    projected_state,
)
from tideover.money import Refusal

RULES: Final[dict[str, HostRules]] = {
    "follows payments": replace(HOST_PRODUCTS["usual"], recalculates=True),
    "stands": HostRules(),
}


def state(events: list[ProjectedEvent], rules: HostRules, on: date) -> ProjectedState | None:
    """The state after events, None when one of them is refused by name."""
    try:
        return projected_state(TERMS, [OUT, *events], rules=rules, on=on)
    except Refusal:
        return None


def faults(earlier: str, *, rules: HostRules, day: int, gap: int) -> list[str]:
    """What is wrong with every pair that begins with one operation."""
    on = START + timedelta(day)
    then, seen = on + timedelta(gap), on + timedelta(gap + 12)
    before = OPERATIONS[earlier](on, "01")
    alone = state([before], rules, seen)
    found: list[str] = []
    for later, operation in OPERATIONS.items():
        after = operation(then, "02")
        both = state([before, after], rules, seen)
        if both is None:
            continue
        wrong = list(out_of_order(both, [OUT, before, after]))
        undone = state([before, after, Reversed(seen, "99", "02")], rules, seen)
        if undone != alone:
            wrong.append("undoing the later one is not as if it never happened")
        found += [f"{earlier}, {later}: {one}" for one in wrong]
    return found


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("earlier", OPERATIONS)
class TestEveryOrderedPair:
    def test_is_in_order_or_refused_by_name_and_can_be_undone(self, earlier: str, rules: str):
        assert faults(earlier, rules=RULES[rules], day=45, gap=15) == []


@pytest.mark.soak
@pytest.mark.parametrize("earlier", OPERATIONS)
@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("day", [0, 28, 29, 59, 150, 181, 200])
class TestEveryOrderedPairOnAwkwardDays:
    @pytest.mark.parametrize("gap", [0, 13, 31])
    def test_is_in_order_or_refused_by_name(self, earlier: str, rules: str, day: int, gap: int):
        assert faults(earlier, rules=RULES[rules], day=day, gap=gap) == []


class TestAtTheStart:
    @pytest.mark.parametrize("method", [Method.LEVEL, Method.FLAT])
    @pytest.mark.parametrize("day_count", [DayCount.MONTHLY, DayCount.ACT_360, DayCount.ACT_365F])
    @pytest.mark.parametrize("percent", ["0", "9.9", "36"])
    def test_the_projection_is_the_schedule_as_built(self, method, day_count, percent):
        host = profile("fineract-progressive").conventions
        rate = AnnualRate.percent(percent, day_count)
        terms = replace(TERMS, method=method, rate=rate, conventions=host)

        found = projected_state(terms, [OUT], rules=RULES["follows payments"], on=START)

        ours = [(row.charged.principal, row.charged.interest) for row in found.rows]
        assert ours == [(line.principal, line.interest) for line in build_schedule(terms).lines]

    def test_flat_interest_does_not_mind_early_payment(self):
        flat = replace(TERMS, method=Method.FLAT)
        early = Paid(START, "01", yuan(50_000))

        found = projected_state(flat, [OUT, early], rules=RULES["follows payments"], on=START)

        # 1,000.00 at 9.9 % by the month: 8.25 each, whatever was paid.
        assert {row.charged.interest for row in found.rows} == {yuan(825)}


class TestRefusals:
    def test_name_a_method_that_cannot_follow_the_money(self):
        even = replace(TERMS, method=Method.EQUAL_PRINCIPAL)

        with pytest.raises(NotProjected, match="a schedule that is built once"):
            projected_state(even, [OUT], rules=RULES["stands"], on=START)

    def test_name_a_change_to_a_schedule_built_once(self):
        built = HOST_PRODUCTS["cumulative"]
        cheaper = RateChanged(START, "01", START + timedelta(1), Fraction(1, 100))

        with pytest.raises(BuiltOnce, match="re-age the loan"):
            projected_state(TERMS, [OUT, cheaper], rules=built, on=START)

    def test_name_a_change_to_rows_divided_by_agreement(self):
        on = START + timedelta(45)
        aged = re_aged(ReAgeInterest.DEFAULT)(on, "01")
        cheaper = RateChanged(on, "02", on + timedelta(1), Fraction(1, 100))

        with pytest.raises(RowsAreAgreed, match="divided by agreement"):
            projected_state(TERMS, [OUT, aged, cheaper], rules=RULES["stands"], on=on)

    def test_name_a_due_date_that_is_none(self):
        moved = DueDateMoved(START, "01", date(2026, 3, 30), date(2026, 4, 15))

        with pytest.raises(NotADueDate, match="no unpaid instalment falls due"):
            projected_state(TERMS, [OUT, moved], rules=RULES["stands"], on=START)

    @pytest.mark.parametrize("rules", RULES)
    def test_name_a_spread_over_nothing(self, rules: str):
        spread = ReAmortised(date(2026, 8, 9), "01")

        with pytest.raises(NoRowsToCome, match="re-age the loan instead"):
            projected_state(TERMS, [OUT, spread], rules=RULES[rules], on=spread.on)

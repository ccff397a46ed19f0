"""Plots say their finding, hold the same numbers as their table, and carry no style."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tideover.affordability import MonthCapacity
from tideover.app.workbench.plots import (
    FrontierPoint,
    before_after,
    budget_months,
    frontier,
)
from tideover.money import CNY, Money


def yuan(amount: int) -> Money:
    return Money(amount * 100, CNY)


def point(count: int, payment: int, *, cost: int, label: str = "") -> FrontierPoint:
    return FrontierPoint(instalments=count, payment=yuan(payment), cost=yuan(cost), label=label)


def month(number: int, capacity: int) -> MonthCapacity:
    zero = yuan(0)
    return MonthCapacity(
        month=date(2026, number, 1), income=yuan(5000), outgoings=yuan(3000), other_debts=zero,
        buffer=zero, capacity=yuan(capacity), shortfall=zero,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


POINTS = (
    point(10, 900, cost=400),
    point(16, 600, cost=700, label="Shortest"),
    point(22, 450, cost=950),
)


class TestFrontier:
    def test_says_where_it_fits_and_what_longer_costs(self):
        plot = frontier(POINTS, capacity=yuan(680))

        # 16 is the shortest within 680; 6 more: 600 − 450 = 150 less a month, 950 − 700 = 250 more.
        assert plot.title == (
            "From 16 instalments on it fits ¥680.00 a month; 6 more "
            "save ¥150.00 a month and cost ¥250.00 more in interest and fees"
        )

    def test_says_that_nothing_fits(self):
        plot = frontier(POINTS, capacity=yuan(100))

        assert plot.title.startswith("No length up to 22 instalments fits ¥100.00")

    def test_tells_the_same_as_a_table(self):
        plot = frontier(POINTS, capacity=yuan(680))

        assert [row[1] for row in plot.rows] == ["¥900.00", "¥600.00", "¥450.00"]
        assert [row[3] for row in plot.rows] == ["no", "yes", "yes"]

    @given(
        st.lists(st.integers(1, 60), min_size=2, max_size=12, unique=True), st.integers(0, 100_000)
    )
    def test_draws_well_formed_pictures_inside_their_frame(self, counts, capacity):
        points = [point(count, 10_000 // count, cost=count * 40) for count in counts]

        picture = ET.fromstring(frontier(points, capacity=yuan(capacity)).picture)

        width, height = (int(size) for size in picture.attrib["viewBox"].split()[2:])
        for circle in picture.iter("circle"):
            assert 0 <= int(circle.attrib["cx"]) <= width
            assert 0 <= int(circle.attrib["cy"]) <= height
        assert not any("style" in each.attrib for each in picture.iter())


class TestBeforeAfter:
    before = ((date(2026, 11, 24), yuan(1100)), (date(2026, 12, 11), yuan(1050)))
    after = ((date(2027, 1, 11), yuan(450)), (date(2027, 2, 11), yuan(450)))

    def test_says_what_falls_and_when_it_ends(self):
        plot = before_after(self.before, self.after, capacity=yuan(500))

        assert plot.title == (
            "At most ¥450.00 a month instead of ¥1,100.00, to the end in Feb\u00a02027"
        )

    def test_does_not_call_a_plan_light_that_is_above_what_fits(self):
        plot = before_after(self.before, self.after, capacity=yuan(400))

        assert plot.title == (
            "The plan asks ¥450.00 in its heaviest month, above the ¥400.00 that fits"
        )

    def test_has_a_row_for_every_month_even_an_empty_one(self):
        pause = (*self.before, (date(2027, 1, 31), yuan(1)))
        late = ((date(2027, 4, 11), yuan(450)),)

        plot = before_after(pause, late, capacity=yuan(500))

        assert [row[0].replace("\u00a0", " ") for row in plot.rows] == [
            "Nov 2026", "Dec 2026", "Jan 2027", "Feb 2027", "Mar 2027", "Apr 2027",
        ]  # fmt: skip
        assert plot.rows[3][1:] == ("¥0.00", "¥0.00")


class TestBudgetMonths:
    def test_says_the_span_when_income_ends(self):
        plot = budget_months([month(11, 1035), month(12, 680)])

        assert plot.title == (
            "Between ¥680.00 (Dec\u00a02026) and ¥1,035.00 (Nov\u00a02026) a month can be carried"
        )

    def test_says_one_figure_when_it_never_changes(self):
        plot = budget_months([month(11, 680), month(12, 680)])

        assert plot.title == "¥680.00 a month can be carried, the same in every month"

    def test_blames_nobody_when_nothing_is_left(self):
        plot = budget_months([month(11, 0), month(12, 0)])

        assert plot.title == ("Nothing is left in any month: first a pause, a waiver or a referral")

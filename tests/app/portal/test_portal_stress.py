"""How an offer holds when income falls: strips, title and table say the same months."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from lender import offered

from tideover.app.portal.shown.stress import stress_of
from tideover.app.portal.shown.strips import Strip, strips_plot
from tideover.app.verbs import offering

MONTHS = tuple(date(2027, month, 1) for month in range(1, 11))


class TestStripsPlot:
    def drawn(self, *fits: bool) -> list[tuple[str, int, int]]:
        strip = Strip(label="a <path>", value="fits", fits=fits)
        svg = strips_plot([strip], MONTHS[: len(fits)], title="a <finding>")
        assert 'role="img" aria-label="a &lt;finding&gt;"' in svg
        assert "2027-01" in svg
        found = re.findall(r'<rect class="(plot-\w+)" x="(\d+)" y="\d+" width="(\d+)"', svg)
        return [(css, int(x), int(wide)) for css, x, wide in found]

    def test_joins_months_of_one_kind_and_tells_the_kinds_apart(self):
        # 276 units for 10 months: the first 3 end at 2 + 82, two more at 2 + 138; a unit of air.
        assert self.drawn(*[True] * 3, *[False] * 2, *[True] * 5) == [
            ("plot-new", 2, 81),
            ("plot-short", 84, 55),
            ("plot-new", 140, 137),
        ]

    def test_shows_a_month_among_sixty(self):
        months = tuple(date(2027 + at // 12, at % 12 + 1, 1) for at in range(60))
        strip = Strip(label="x", value="y", fits=tuple(at != 30 for at in range(60)))

        svg = strips_plot([strip], months, title="t")

        assert re.search(r'plot-short" x="140" y="\d+" width="3"', svg)
        assert "2031-12" in svg


@pytest.mark.django_db
class TestStressOf:
    @pytest.fixture
    def around(self, lender):
        number = offered(lender)
        offer = offering.borrower_offers(lender.borrower, number).offers[0]
        return offering.look_around(lender.borrower, number, offer.key), offer

    def test_has_a_line_and_a_strip_for_every_path(self, around, lender):
        told, offer = around

        stress = stress_of(told, offer=offer)

        assert stress.lines[0].holds
        assert len(stress.lines) == len(told.stress) + 1
        months = {due.line.due_date.replace(day=1) for due in offer.proposal.due_lines}
        assert {line.fits + line.short for line in stress.lines} == {len(months)}
        for line, case in zip(stress.lines[1:], told.stress, strict=True):
            assert line.short == len(case.months_short)
        assert stress.svg.count("plot-short") >= sum(not line.holds for line in stress.lines)

    def test_says_it_when_even_the_stated_income_is_too_little(self, around):
        told, offer = around
        first, second = (due.line.due_date.replace(day=1) for due in offer.proposal.due_lines[1:3])
        poor = replace(told, months_short=(first, second), break_even_fall=Fraction(0))

        stress = stress_of(poor, offer=offer)

        assert "0%" not in stress.title
        assert stress.lines[0].short == 2
        assert " – " in stress.lines[0].months_short

"""The plot shows the money of every month once, and needs nothing but its classes."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tideover.app.portal.shown.bars import Bar, bars_plot
from tideover.app.portal.shown.plots import PlotWords, before_and_after, by_month
from tideover.money import CNY, Money

WORDS = PlotWords("a <finding>", "before", "after", "limit")
TODAY = date(2026, 11, 23)
dues = st.lists(
    st.tuples(
        st.dates(date(2026, 6, 1), date(2029, 12, 31)),
        st.integers(1, 10_000_00).map(lambda minor: Money(minor, CNY)),
    ),
    min_size=1,
    max_size=40,
)


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


class TestByMonth:
    @given(dues, dues)
    def test_keeps_every_fen(self, before, after):
        months = by_month(before, after, on=TODAY, currency=CNY)

        assert sum(one.before.minor for one in months) == sum(due.minor for _, due in before)
        assert sum(one.after.minor for one in months) == sum(due.minor for _, due in after)

    @given(dues, dues)
    def test_leaves_no_month_out(self, before, after):
        months = [one.month for one in by_month(before, after, on=TODAY, currency=CNY)]

        assert months[0] == date(2026, 11, 1)
        numbers = [month.year * 12 + month.month for month in months]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))

    def test_asks_for_what_is_late_this_month(self):
        before = [(date(2026, 9, 3), yuan("100")), (date(2026, 12, 3), yuan("7"))]
        after = [(date(2027, 1, 3), yuan("50"))]

        months = by_month(before, after, on=TODAY, currency=CNY)

        # September's 100.00 is still owed, so November asks for it; December asks for its own.
        assert [(one.before.text, one.after.text) for one in months] == [
            ("100.00", "0.00"),
            ("7.00", "0.00"),
            ("0.00", "50.00"),
        ]


class TestBeforeAndAfter:
    def drawn(self, *, limit: Money | None = None) -> str:
        before = [(date(2026, 11, 3), yuan("200")), (date(2026, 12, 3), yuan("100"))]
        after = [(date(2027, 1, 3), yuan("50")), (date(2027, 2, 3), yuan("100"))]
        months = by_month(before, after, on=TODAY, currency=CNY)
        return before_and_after(months, limit=limit, words=WORDS)

    def test_draws_heights_in_proportion(self):
        svg = self.drawn()

        heights = [
            int(text)
            for text in re.findall(r'plot-old" x="\d+" y="\d+" width="\d+" height="(\d+)"', svg)[
                :-1
            ]
        ]
        bars = [
            int(text)
            for text in re.findall(r'plot-new" x="\d+" y="\d+" width="\d+" height="(\d+)" rx', svg)
        ]
        # The last grey square names the colour. 136 units stand for 200.00, so 100.00 is 68.
        assert heights == [136, 68]
        assert bars == [34, 68]

    def test_draws_the_limit_only_where_there_is_one(self):
        assert "plot-limit" not in self.drawn()
        assert "plot-limit" in self.drawn(limit=yuan("80"))

    def test_says_the_finding_to_a_screen_reader_and_escapes_it(self):
        assert 'role="img" aria-label="a &lt;finding&gt;"' in self.drawn()

    def test_carries_no_style_and_no_script(self):
        assert not re.search(r"<script|<style|style=|\bon\w+=", self.drawn(limit=yuan("80")))


class TestBarsPlot:
    def drawn(self, *bars: Bar) -> str:
        return bars_plot(bars, title="a <finding>").svg

    def test_stands_where_the_step_before_ended(self):
        svg = self.drawn(
            Bar(label="in", value="¥10", start=0, width=1000, css="plot-past"),
            Bar(label="out", value="− ¥4", start=600, width=400, css="plot-old", joins_next=True),
        )

        # 276 units are the whole: 600 per mille of them begin at 2 + 165, and 400 are 110 wide.
        assert re.search(r'class="plot-old" x="167" y="\d+" width="110"', svg)
        assert svg.count("plot-joint") == 1

    @given(st.lists(st.sampled_from("现在付清 ¥1,111.20 as agreed，"), min_size=1, max_size=60))
    def test_loses_no_letter_of_a_long_name_and_fits_it(self, pieces):
        label = "".join(pieces)
        svg = self.drawn(Bar(label=label, value="15.28%", start=0, width=500, css="plot-new"))

        lines = re.findall(r'<text class="plot-label" x="2" y="\d+">([^<]*)</text>', svg)
        assert "".join("".join(lines).split()) == "".join(label.split())
        assert 'aria-label="a &lt;finding&gt;"' in svg

"""Changes by agreement and the borders at which they are refused: fold/changing.py, lines.py."""

from datetime import date
from typing import Final

import pytest

from folded import paid, split, state
from tideover.loan import Component, DueDateMoved, GraceGiven, ReAged, TermsAdded
from tideover.money import Refusal

ON: Final = date(2018, 9, 20)
LATEST: Final = 1200


class TestReAged:
    @pytest.mark.parametrize("count", [1, LATEST])
    def test_may_have_as_many_instalments_as_terms(self, count):
        found = state(ReAged(ON, "r", count, date(2018, 10, 1)), on="2018-09-20")

        assert [len(found.lines), found.lines[0].line.due_date] == [count, date(2018, 10, 1)]

    @pytest.mark.parametrize("count", [0, LATEST + 1])
    def test_is_refused_with_none_or_too_many(self, count):
        with pytest.raises(Refusal, match=f"{count}"):
            state(ReAged(ON, "r", count, date(2018, 10, 1)), on="2018-09-20")

    def test_starts_the_day_after_at_the_earliest(self):
        assert state(ReAged(ON, "r", 2, date(2018, 9, 21)), on="2018-09-20").lines
        with pytest.raises(Refusal, match="2018-09-20") as refused:
            state(ReAged(ON, "r", 2, ON), on="2018-09-20")
        assert refused.value.code == "due-date-too-early"


class TestTermsAdded:
    def test_spread_the_principal_over_all_that_is_to_come(self):
        found = state(TermsAdded(ON, "t", 3), on="2018-09-20")

        # 10,000.00 in eight parts of 1,250.00; five lines were to come.
        assert [line.line.principal.text for line in found.lines] == ["1250.00"] * 8

    @pytest.mark.parametrize("count", [0, LATEST - 4])
    def test_are_refused_when_none_or_too_many(self, count):
        assert len(state(TermsAdded(ON, "t", LATEST - 5), on="2018-09-20").lines) == LATEST
        with pytest.raises(Refusal, match=f"{count}"):
            state(TermsAdded(ON, "t", count), on="2018-09-20")


class TestGraceGiven:
    def test_asks_the_next_lines_for_no_principal_or_no_interest(self):
        on_principal = state(GraceGiven(ON, "g", 2), on="2018-09-20").lines
        on_interest = state(GraceGiven(ON, "g", 0, 1), on="2018-09-20").lines

        assert [bool(one.line.principal) for one in on_principal] == [False] * 2 + [True] * 3
        assert [bool(one.line.interest) for one in on_interest] == [False] + [True] * 4

    @pytest.mark.parametrize("graces", [(5, 0), (0, 5), (-1, 0), (0, -1)])
    def test_is_refused_where_no_line_would_be_left_to_ask(self, graces):
        with pytest.raises(Refusal) as refused:
            state(GraceGiven(ON, "g", *graces), on="2018-09-20")

        assert refused.value.code == "grace-too-long"


class TestDueDateMoved:
    @pytest.mark.parametrize("new", ["2018-10-11", "2018-10-10"])
    def test_stays_after_the_due_date_before(self, new):
        moved = DueDateMoved(ON, "d", date(2018, 11, 11), date.fromisoformat(new))

        with pytest.raises(Refusal) as refused:
            state(moved, on="2018-09-20")
        assert refused.value.code == "due-date-too-early"

    def test_may_be_the_day_after_it_and_later_ones_count_from_there(self):
        moved = DueDateMoved(ON, "d", date(2018, 11, 11), date(2018, 10, 12))

        found = state(moved, on="2018-09-20").lines

        assert [f"{one.line.due_date:%m-%d}" for one in found] == [
            "10-11", "10-12", "11-12", "12-12", "01-12",
        ]  # fmt: skip


class TestLines:
    def test_are_late_only_when_past_due(self):
        found = state(paid("2018-10-11", "2150"), on="2018-11-13").lines

        # The first was paid on its day, the second is two days late, the third not due yet.
        assert [one.days_past_due for one in found[:3]] == [0, 2, 0]
        assert split(found[0].paid) == ("2000.00", "150.00", "0.00", "0.00")
        assert found[1].remaining.get(Component.PRINCIPAL).text == "2000.00"

"""The parts of the report: figures as they are said, escaped blocks, curves and tables."""

import re

import pytest

from tideover.portfolio import Run
from tideover.portfolio.report.blocks import Block, section, table
from tideover.portfolio.report.breaking import breaking_figure, staffing_figure
from tideover.portfolio.report.figures import large, percent, plan_words
from tideover.portfolio.report.frontier import frontier_figure
from tideover.portfolio.report.html import section_html
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.report.svg import across, up
from tideover.portfolio.report.tables import group_tables, policy_words


def shown(*blocks: Block) -> str:
    """The blocks as a page shows them."""
    return section_html(section("", *blocks))


def record(name: str, **values: str) -> dict[str, str]:
    return {"name": name, "zh": "字", "en": "Words", "unit": "month", "reference": "",
            "confidence": "D", **values}  # fmt: skip


MADE_OF: dict[str, object] = {
    "months": 2,
    "currency": "CNY",
    "on": "2026-12-01",
    "policies": [
        record("grant.name_zh", unit="text", A="甲", B="乙"),
        record("grant.name_en", unit="text", A="First", B="Second"),
        record("grant.pause_max", A="0", B="3"),
        record("grant.extension_max", A="6", B="6"),
    ],
    "assumptions": [
        record("simulation.fair_ratio", unit="ratio", value="4/5"),
        record("simulation.redefault_months", value="2"),
        record("simulation.minutes_a_case", value="60"),
        record("simulation.minutes_a_month", value="600"),
    ],
    "menu": [
        {"extension": 0, "pause": 0, "cut": 0, "waives": False, "granted_by": [True, True]},
        {"extension": 12, "pause": 3, "cut": 30_000, "waives": True, "granted_by": [False, True]},
    ],
}
TALLY = {
    "asked": 40, "asks/0": 40, "asks/1": 0, "A/fails/0": 0, "B/fails/1": 5, "A/seen/1": 25,
    "A/failed/1": 5, "B/seen/1": 30, "B/failed/1": 15, "B/seen/2": 19, "B/failed/2": 19,
    "menu/before": 1000, "menu/0/due": 900, "menu/1/due": 500, "menu/0/worth": 90,
    "menu/1/worth": 100, "menu/0/can_pay": 10, "menu/1/can_pay": 30,
    **{f"{arm}/by/sex/{what}={word}": many for arm in "AB" for what, word, many in (
        ("asked", "female", 40), ("asked", "male", 40), ("asked", "unknown", 3),
        ("approved", "female", 20),
        ("approved", "male", 32), ("relief", "male", 320_000), ("relief", "female", 100_000))},
}  # fmt: skip


def reading(language: str = "en") -> Reading:
    return Reading(Run(made_of=MADE_OF, tally=TALLY), language)


class TestFigures:
    def test_are_said_in_the_units_of_the_reader(self):
        assert large(-123_456_789, language="zh", symbol="¥") == "−¥123.5 万"
        assert large(123_456_789, language="en", symbol="$") == "$1.23 m"
        assert large(-85_873, language="en", symbol="$") == "−$859"
        assert large(999_949, language="zh", symbol="¥") == "¥9,999"
        assert percent(1, 3) == "33.3%"
        assert percent(1, 0) == "–"

    def test_name_a_plan_by_what_it_changes(self):
        plan = {"extension": 12, "pause": 3, "cut": 30_000, "waives": True}

        assert plan_words(plan, language="en") == "+12 months, pause 3, rate −3 points, no penalty"
        assert plan_words(plan, language="zh") == "展期 12 月、暂停 3 月、降息 3 个百分点、免罚息"


class TestBlocks:
    def test_escape_what_comes_from_a_tape(self):
        assert "<script>" not in shown(table(["<script>"], [["<script>", "<b>"]]))


class TestScales:
    def test_reach_from_corner_to_corner(self):
        assert (across(0, low=0, high=2), across(2, low=0, high=2)) == (58, 396)
        assert up(0, low=0, high=1) > up(1, low=0, high=1)


class TestBreakingFigure:
    def test_draws_only_ages_seen_often_enough(self):
        # Nineteen plans were seen for two months: one too few for a share of their own.
        drawn = shown(breaking_figure(reading()))
        second = re.findall(r'points="([^"]+)" fill="none" stroke="#0f6b66"', drawn)[0]

        assert len(second.split()) == 2

    def test_counts_broken_plans_as_work(self):
        # 40 cases of 60 minutes are four agents of 600.
        assert "4 under First, 4 under Second" in shown(staffing_figure(reading()))


class TestFrontierFigure:
    def test_names_the_plan_that_most_can_pay(self):
        said = shown(frontier_figure(reading()))

        assert "+12 months, pause 3" in said
        assert "75.0%" in said


class TestGroupTables:
    def test_points_out_a_group_that_is_approved_less(self):
        # 20 of 40 against 32 of 40 is 0.625 of the best group, below four fifths.
        assert "ask why: Sex female" in shown(*group_tables(reading()))
        assert "¥50" in shown(*group_tables(reading()))

    def test_do_not_compare_a_handful(self):
        said = shown(*group_tables(reading()))

        assert "unknown" not in said
        assert "1 more groups in which fewer than 30 asked" in said


class TestPolicyWords:
    @pytest.mark.parametrize(("language", "said"), [("en", "0 months → 3"), ("zh", "0 个月 → 3")])
    def test_say_only_what_differs(self, language, said):
        words = shown(policy_words(reading(language)))

        assert said in words
        assert words.count("<li>") == 1

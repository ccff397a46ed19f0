"""Generated households against the oracle: every answer follows from the file alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.drawing import awkward_households, households, yaml_of
from households.oracle import complaints
from households.published import minor
from tideover.cli.main import main

SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)

#: Paid on time until November, and the instalment of December two weeks early.
PAID_AHEAD: dict[str, Any] = {
    "as_of": "2026-11-23",
    "income": [{"name": "wage", "monthly": 3500}],
    "outgoings": [{"category": "housing", "monthly": 3000}],
    "debts": [{
        "name": "loan", "product": "weilidai", "daily_rate": "0.0004", "principal": 10000,
        "disbursed": "2026-08-03", "instalments": 10,
        "payments": [
            {"on": "2026-09-03", "amount": "1124.00"}, {"on": "2026-10-03", "amount": "1108.00"},
            {"on": "2026-11-03", "amount": "1099.20"}, {"on": "2026-11-20", "amount": "1084.00"},
        ],
    }],
}  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def answer(home: dict[str, Any]) -> dict[str, Any]:
        path = tmp_path / "home.yaml"
        path.write_text(yaml_of(home), encoding="utf-8")
        code = main(["plan", str(path), "--json", "--lang", "en"])
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out)

    return answer


def _raised(income: dict[str, Any], percent: int) -> dict[str, Any]:
    more = minor(income["monthly"]) * (100 + percent) // 100
    return {**income, "monthly": f"{more // 100}.{more % 100:02d}"}


def end_of(offer: dict[str, Any]) -> str:
    return max(str(line["due_date"]) for line in offer["instalments"])


class TestGeneratedHouseholds:
    @settings(SHARED, max_examples=40)
    @given(home=households())
    def test_are_answered_as_their_file_says(self, home, plan):
        assert complaints(home, plan(home)) == []

    @settings(SHARED, max_examples=40)
    @given(home=awkward_households())
    def test_are_answered_as_their_file_says_however_awkward(self, home, plan):
        assert complaints(home, plan(home)) == []

    @settings(SHARED, max_examples=20)
    @given(home=awkward_households(), percent=st.sampled_from([1, 5, 40]))
    def test_are_never_later_out_of_debt_with_more_income(self, home, percent, plan):
        home = {key: value for key, value in home.items() if key != "wish"}
        richer = {**home, "income": [_raised(one, percent) for one in home["income"]]}

        less, more = plan(home), plan(richer)

        if less["offers"] and more["offers"]:
            assert min(map(end_of, more["offers"])) <= min(map(end_of, less["offers"]))
        elif less["offers"]:
            assert [one["code"] for one in more["declined"]] == ["ability_sufficient"]

    @pytest.mark.soak
    @settings(SHARED, max_examples=2000)
    @given(home=awkward_households())
    def test_are_answered_as_their_file_says_however_awkward_for_long(self, home, plan):
        assert complaints(home, plan(home)) == []

    @pytest.mark.soak
    @settings(SHARED, max_examples=2000)
    @given(home=households())
    def test_are_answered_as_their_file_says_for_long(self, home, plan):
        assert complaints(home, plan(home)) == []


class TestAWish:
    def test_for_a_pause_is_not_lost_among_other_pauses(self, plan):
        wage = [{"name": "wage", "monthly": 12000, "from": "2027-05-08"}]
        home = {**PAID_AHEAD, "income": wage, "wish": {"instalments": 10, "pause_months": 6}}

        answer = plan(home)

        assert complaints(home, answer) == []
        assert [one["pause_months"] for one in answer["offers"]].count(6) == 1


class TestPaidAhead:
    def test_starts_where_interest_is_paid_to(self, plan):
        answer = plan(PAID_AHEAD)

        assert complaints(PAID_AHEAD, answer) == []
        for offer in answer["offers"]:
            # Interest is paid to 3 December: 6,000 × 0.04 % × 31 days to 3 January are 74.40.
            assert offer["starts_on"] == "2026-12-03"
            assert offer["instalments"][0]["due_date"] == "2027-01-03"
            assert offer["instalments"][0]["interest"] == "74.40"

    def test_counts_the_days_that_a_part_payment_covers(self, plan):
        (loan,) = PAID_AHEAD["debts"]
        part = {"on": "2026-11-20", "amount": "70.00"}
        home = {**PAID_AHEAD, "debts": [{**loan, "payments": [*loan["payments"][:3], part]}]}

        # 7,000 × 0.04 % is 2.80 a day, so 70.00 are 25 days from 3 November.
        assert {one["starts_on"] for one in plan(home)["offers"]} == {"2026-11-28"}

    def test_accepts_whose_last_line_came_early(self, plan):
        loan = {
            "name": "loan", "method": "level", "annual_rate": "0.12", "principal": 1000,
            "disbursed": "2026-10-20", "instalments": 1,
            "payments": [{"on": "2026-11-10", "amount": "1010.00"}],
        }  # fmt: skip

        answer = plan({**PAID_AHEAD, "debts": [loan]})

        assert [one["code"] for one in answer["declined"]] == ["nothing_owed"]
        assert answer["debts"][0]["outstanding_principal"] == "0.00"


class TestOracle:
    def test_finds_a_wrong_figure(self, plan):
        answer = plan(PAID_AHEAD)
        answer["offers"][0]["extra_interest"] = "0.00"
        answer["debts"][0]["annual_cost"] = "0.15"

        assert len(complaints(PAID_AHEAD, answer)) == 2

"""Runs every household beside it through `tideover plan`, and the oracle over the answer."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from households.oracle import complaints
from households.published import minor
from tideover.cli.main import main

FOLDER = Path(__file__).parent / "households"
# Every scalar stays the text it was written as: 0.0004 is no binary number, 2026-11 no sum.
CASES = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for path in sorted(FOLDER.glob("*.yaml"))
}
CASE_KEYS = {"name", "household", "expect"}
EXPECT_KEYS = {"capacity", "codes", "says", "debts", "offers", "stress_fails"}
DERIVED = {"instalments", "first_due", "last_due"}


@pytest.fixture
def answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def plan(household: Mapping[str, Any]) -> dict[str, Any]:
        path = tmp_path / "home.yaml"
        path.write_text(yaml.safe_dump(household, allow_unicode=True), encoding="utf-8")
        code = main(["plan", str(path), "--json", "--lang", "zh"])
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out)

    return plan


def shown(offer: Mapping[str, Any], field: str) -> Any:
    """A figure of an offer as a case writes it; instalments are those of one loan."""
    lines = offer["instalments"]
    if field == "instalments":
        debts = [line.get("debt") for line in lines]
        return str(max(debts.count(debt) for debt in set(debts)))
    if field in DERIVED:
        return lines[0 if field == "first_due" else -1]["due_date"]
    value = offer[field]
    return str(value) if isinstance(value, int) else value


def check_offers(record: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    offers = {offer["key"]: offer for offer in record["offers"]}
    if not expected:
        assert offers == {}
    for key, figures in expected.items():
        for field, value in figures.items():
            assert (key, field, shown(offers[key], field)) == (key, field, value)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
class TestHouseholds:
    def test_are_answered_as_worked_by_hand(self, case, answer):
        record, expect = answer(case["household"]), case["expect"]

        months = {one["month"]: one["amount"] for one in record["capacity"]}
        debts = {one["name"]: one for one in record["debts"]}
        because = " ".join(one["because"] for one in record["declined"])
        for month, amount in expect.get("capacity", {}).items():
            assert (month, months[month]) == (month, amount)
        for name, figures in expect.get("debts", {}).items():
            for field, value in figures.items():
                assert (name, field, str(debts[name][field])) == (name, field, value)
        if "codes" in expect:
            assert [one["code"] for one in record["declined"]] == expect["codes"]
        assert all(word in because for word in expect.get("says", ()))
        check_offers(record, expect["offers"])

    def test_fail_the_stress_that_was_foreseen(self, case, answer):
        failing = [
            "delay" if one["delay_months"] else one["income_change"]
            for one in answer(case["household"])["stress"]
            if not one["holds"]
        ]

        assert failing == case["expect"].get("stress_fails", failing)

    def test_leave_nothing_for_the_oracle_to_complain_of(self, case, answer):
        assert complaints(case["household"], answer(case["household"])) == []

    def test_say_nothing_that_would_not_be_checked(self, case, answer):
        del answer
        assert set(case) == CASE_KEYS
        assert set(case["expect"]) <= EXPECT_KEYS


class TestWorking:
    @pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
    def test_stands_above_every_case(self, path):
        first = path.read_text(encoding="utf-8").splitlines()[0]

        assert first.startswith("# ")
        assert any(sign in first for sign in ("−", "as in 01", "do not reach"))

    def test_adds_up_for_the_couple(self):
        # 900.00 by 1,099.20 and 600.00, the largest remainder first.
        assert round(minor("900") * 109920 / 169920) == minor("582.20")


class TestReadMe:
    def test_names_every_key_a_household_may_have(self):
        text = (FOLDER.parent / "README.md").read_text(encoding="utf-8")

        assert all(f"`{key}`" in text for key in CASE_KEYS | EXPECT_KEYS | DERIVED)

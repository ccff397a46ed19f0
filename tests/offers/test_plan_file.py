"""The household's file: nodes, reader, debts, assets, situation, record."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.offers.joint import find_plans
from tideover.offers.plan_file import BadFile, answer_json, read_plan
from tideover.offers.plan_file.nodes import MapNode, Problem, parse
from tideover.offers.plan_file.reader import Reader

HOME = """\
as_of: 2026-11-23
income:
  - {name: 零工, monthly: "3755.56"}
debts:
  - {name: 微粒贷, product: weilidai, daily_rate: 0.0004, principal: 10000, disbursed: 2026-08-03, instalments: 10}
"""  # noqa: E501


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadFile) as refused:
        read_plan(text, name="home.yaml")
    return [(one.line, one.where) for one in refused.value.problems]


class TestAssets:
    @pytest.mark.parametrize(
        ("told", "savings"),
        [
            ("9000.50", "9000.50"),
            ('"9000.50"', "9000.50"),
            ("{savings: 3000, cash: 500, car: 40000}", "3500.00"),
            ("{存款: 3000, 房子: 400000}", "3000.00"),
            ("[{name: savings, amount: 10}, {name: home, value: 900000}]", "10.00"),
            ("[{name: shares, amount: 70, liquid: true}]", "70.00"),
            ("[{kind: cash, balance: 5}, {kind: cash, amount: 7, liquid: false}]", "5.00"),
            ("{car: 1}", "0.00"),
        ],
    )
    def test_count_where_they_are_money_at_hand(self, told, savings):
        request = read_plan(f"{HOME}assets: {told}\n", name="home.yaml").request

        assert request.household.savings.text == savings

    def test_are_unknown_where_the_file_says_nothing(self):
        assert read_plan(HOME, name="home.yaml").request.household.savings is None

    @pytest.mark.parametrize(
        ("told", "where"),
        [
            ("-1", "assets"),
            ("plenty", "assets"),
            ("{savings: much}", "assets.savings"),
            ("[{name: savings}]", "assets[0].amount"),
            ("[{name: savings, amount: 1, value: 2}]", "assets[0].amount"),
            ("[{name: savings, amount: 1, colour: red}]", "assets[0].colour"),
        ],
    )
    def test_are_refused_at_their_line(self, told, where):
        assert problems(f"{HOME}assets: {told}\n") == [(6, where)]


class TestParse:
    def test_keeps_the_line_of_every_key_and_the_text_of_every_value(self):
        node = parse("as_of: 2026-11-23\nwish:\n  monthly: 0.10\n", [])

        assert isinstance(node, MapNode)
        assert node.key_lines == {"as_of": 1, "wish": 2}
        wish = Reader().fields(node.entries["wish"], "wish", known=("monthly",))
        assert wish.text("monthly") == "0.10"

    def test_reads_json_as_the_yaml_it_is(self):
        assert parse('{"a": "1", "b": [2]}', []) == parse("{a: '1', b: [2]}", [])

    def test_reads_a_day_that_a_program_wrote_as_an_alias(self):
        assert parse("a: &id001 2026-11-23\nb: *id001", []).entries["b"].text == "2026-11-23"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("a: &a [1]\nb: [*a, *a]", "uses an alias"),
            ("a: &a 1\nb: &a [*a]\nc: *a", "uses an alias"),
            ("[" * 20_000, "is nested too deeply"),
            ("[" + "1," * 30_000 + "]", "has more than 20000 keys and values"),
        ],
    )
    def test_turns_away_what_no_household_writes_before_it_costs_anything(self, text, said):
        found: list[Problem] = []

        assert parse(text, found) is None
        assert said in found[0].words.en


class TestReadPlan:
    @given(text=st.text(max_size=200))
    def test_answers_any_text_with_a_plan_or_with_its_problems(self, text: str):
        with pytest.raises(BadFile) as refused:
            read_plan(text, name="any")

        assert refused.value.problems

    def test_says_every_problem_with_its_line(self):
        text = HOME.replace("as_of: 2026-11-23", "as_of: 2026-13-01").replace("monthly", "weekly")

        assert problems(text) == [
            (1, "as_of"),
            (3, "income[0].weekly"),
            (3, "income[0].monthly"),
        ]

    def test_takes_payments_from_the_oldest_on_and_a_typing_error_for_one(self):
        debt = (
            "as_of: 2026-11-23\ndebts:\n- {name: a, product: weilidai, daily_rate: 0.0004,"
            " principal: 1000, disbursed: 2026-08-03, instalments: 5, payments: [\n"
        )
        first, second = "{on: 2026-09-03, amount: 9},\n", "{on: 2026-10-03, amount: 9},\n"

        read_plan(f"{debt}{first}{first}{second}]}}", name="home.yaml")

        assert problems(f"{debt}{second}{first}{second}]}}") == [
            (5, "debts[0].payments[1].on"),
        ]  # fmt: skip

    def test_reads_the_same_household_from_json(self):
        told = {
            "as_of": "2026-11-23",
            "income": [{"name": "零工", "monthly": "3755.56"}],
            "debts": [
                {
                    "name": "微粒贷", "product": "weilidai", "daily_rate": 0.0004,
                    "principal": 10000, "disbursed": "2026-08-03", "instalments": 10,
                }
            ],
        }  # fmt: skip

        from_json = read_plan(json.dumps(told), name="home.json")

        assert from_json == read_plan(HOME, name="home.yaml")
        assert from_json.request.on == date(2026, 11, 23)


class TestAnswerJson:
    def test_is_the_record_in_one_form_only(self):
        answer = find_plans(read_plan(HOME, name="home.yaml").request)

        text = answer_json(answer, language="zh")

        assert json.dumps(json.loads(text), ensure_ascii=False, indent=1) == text
        assert "微粒贷" in text

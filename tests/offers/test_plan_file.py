"""The household's file: nodes.py, reader.py, debts.py, situation.py, record.py."""

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

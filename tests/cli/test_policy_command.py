"""tideover policy: policy.py of the command line."""

import json

import pytest

from tideover.cli.main import main
from tideover.policy import Parameters, judge, load_book, rule_names, rule_reads


def told(capsys, *arguments):
    code = main(["policy", *arguments])
    return code, capsys.readouterr().out


class TestCheck:
    def test_passes_the_book_that_ships(self, capsys):
        code, out = told(capsys, "check", "--on", "2026-11-23", "--json")

        record = json.loads(out)
        assert code == 0
        assert record["missing"] == []
        assert record["rules"] == len(rule_names())
        assert record["provisional_years"] == [2027]
        assert "lpr.one_year" in record["weak"]

    def test_names_the_rules_that_have_no_number_yet_on_an_early_day(self, capsys):
        code, out = told(capsys, "check", "--on", "2023-01-01", "--json")

        assert code == 1
        assert (
            "weilidai: restructure.within-consumer-maximum: consumer_loan.months_max"
            in json.loads(out)["missing"]
        )


class TestShow:
    def test_shows_the_numbers_of_a_day(self, capsys):
        _, out = told(capsys, "show", "extension", "--on", "2026-11-23", "--json")

        values = {one["name"]: one["value"] for one in json.loads(out)}
        assert values["extension.short_loan_months"] == "12"

    def test_shows_the_history_of_one_number_in_chinese(self, capsys):
        _, out = told(capsys, "show", "cost.disclosure_required", "--lang", "zh")

        assert "办理分期前须出示综合融资成本明示表" in out
        assert "2026-08-01  是" in out

    def test_refuses_a_name_that_is_not_there_and_says_what_is_near(self, capsys):
        assert main(["policy", "show", "cost.nothing"]) == 2
        assert "cost.all_in_max" in capsys.readouterr().err


class TestExplain:
    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("plan", "COLLECT"), ("legal-form", "FIRST"), ("refusal", "PRIORITY"),
            ("value-of-the-day", "UNIQUE"),
        ],
    )  # fmt: skip
    def test_explains_a_set_of_rules_by_its_hit_policy(self, capsys, name, said):
        code, out = told(capsys, "explain", name, "--lang", "en")

        assert code == 0
        assert out.splitlines()[0].split()[:2] == [name, said]

    def test_names_the_sets_beside_the_numbers_and_beside_the_rules(self, capsys):
        for question in ("show", "explain"):
            _, out = told(capsys, question, "--lang", "zh")

            assert "legal-form         FIRST     方案采用哪种法律形式" in out

    def test_gives_a_set_to_scripts(self, capsys):
        _, out = told(capsys, "explain", "legal-form", "--json")

        assert json.loads(out)["hit_policy"] == "FIRST"
        assert json.loads(out)["rules"][0] == "personalised_instalments"

    def test_writes_numbers_as_people_do(self, capsys):
        _, shown = told(capsys, "show", "cost.all_in_max", "--lang", "en")
        _, listed = told(capsys, "show", "pause", "--lang", "zh")

        assert "2017-08-04  24%" in shown
        assert "6 个月" in listed

    def test_explains_a_rule_with_the_numbers_it_looks_at(self, capsys):
        _, out = told(capsys, "explain", "cost.within-cap", "--json", "--on", "2026-11-23")

        (one,) = json.loads(out)
        assert "within the cap" in one["text"]
        assert [read["value"] for read in one["reads"]] == ["6/25"]

    def test_refuses_an_unknown_rule(self, capsys):
        assert main(["policy", "explain", "nonsense"]) == 2
        assert "extension.before-maturity" in capsys.readouterr().err


class TestSources:
    def test_lists_every_parameter_with_its_source(self, capsys):
        _, out = told(capsys, "sources", "--json")

        book = load_book()
        assert len(json.loads(out)) == sum(len(pack) for pack in book.packs.values())
        assert told(capsys, "sources")[1].startswith("[H]")


class Watched:
    """Parameters that remember what was asked of them."""

    def __init__(self, policy: Parameters) -> None:
        self.policy = policy
        self.asked: set[str] = set()

    def __getattr__(self, name):
        value = getattr(self.policy, name)
        if name not in {"integer", "ratio", "text", "flag", "names"}:
            return value

        def read(parameter):
            self.asked.add(parameter)
            return value(parameter)

        return read

    def __getitem__(self, name):
        self.asked.add(name)
        return self.policy[name]

    def __contains__(self, name):
        return name in self.policy


class TestReads:
    @pytest.mark.parametrize("product", load_book().products)
    def test_name_every_parameter_that_a_rule_really_reads(self, product):
        from factories import TODAY, card, request, weilidai
        from tideover.offers.search import build
        from tideover.offers.situation import situation_of

        terms = card() if product == "card-instalment" else weilidai()
        plan = build(situation_of(request(terms=terms)), instalments=14, pause_months=1)
        watched = Watched(load_book().on(TODAY, product=product))

        assert plan is not None
        for verdict in judge(plan.facts, watched):
            assert verdict.rule in rule_names()
        told = {read for name in rule_names() for read in rule_reads(name)}
        assert watched.asked <= told

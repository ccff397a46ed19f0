from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.app.verbs.application.answers import (
    SECTIONS,
    AnswerProblems,
    Asked,
    UnknownSection,
    household_of,
    parse_section,
)
from tideover.money import CNY, Money

TODAY = date(2026, 12, 1)
ASKED = Asked(TODAY, CNY, ("job_loss", "other"), ("termination_letter", "bank_statement"))

texts = st.text(max_size=30)
leaves = st.none() | st.booleans() | st.integers() | texts
anything = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)
names = st.sampled_from(
    ["cause", "since", "until", "items", "debts", "kind", "monthly", "adults", "missing", "note"]
)


def problems_of(section, raw):
    with pytest.raises(AnswerProblems) as refused:
        parse_section(section, raw, asked=ASKED)
    return {name: problem.code for name, problem in refused.value.problems.items()}


class TestParseSection:
    @given(st.sampled_from(SECTIONS), st.dictionaries(names | texts, anything, max_size=6))
    def test_answers_with_a_record_or_with_problems_whatever_was_typed(self, section, raw):
        try:
            record = parse_section(section, raw, asked=ASKED)
        except AnswerProblems as refused:
            problems = refused.problems
        else:
            problems = {}
            assert set(parse_section(section, record, asked=ASKED)) == set(record)

        assert all(problem.zh and str(problem) for problem in problems.values())

    def test_refuses_a_section_nobody_knows(self):
        with pytest.raises(UnknownSection, match="the sections are consent, cause, contact"):
            parse_section("hobbies", {}, asked=ASKED)

    def test_lists_every_problem_at_once(self):
        raw = {
            "adults": "two",
            "children": "",
            "items": [{"category": "food", "monthly": "1,2.5"}, {"category": "yacht"}],
            "debts": [{"creditor": "", "monthly": "-5"}],
        }

        assert problems_of("outgoings", raw) == {
            "adults": "not-a-count",
            "children": "field-missing",
            "items.0.monthly": "not-an-amount",
            "items.1.category": "not-a-choice",
            "items.1.monthly": "field-missing",
            "debts.0.creditor": "field-missing",
            "debts.0.monthly": "negative-amount",
        }

    def test_says_in_both_languages_that_nothing_was_lost(self):
        with pytest.raises(AnswerProblems, match="all was kept as typed") as refused:
            parse_section("cause", {}, asked=ASKED)

        assert "已填写的内容都已保存" in refused.value.zh


class TestCause:
    def test_is_read_with_its_days(self):
        raw = {"cause": "job_loss", "since": "2026-10-05", "expects_recovery_on": "", "note": " x "}

        assert parse_section("cause", raw, asked=ASKED) == {
            "cause": "job_loss",
            "since": "2026-10-05",
            "expects_recovery_on": None,
            "outlook": "",
            "note": "x",
        }

    @pytest.mark.parametrize(
        "written", ["2026-10-5", "2026/10/05", "2026.10.5", "２０２６年１０月５日", " 2026-10-05 "]
    )
    def test_reads_a_day_as_people_write_it(self, written):
        record = parse_section("cause", {"cause": "other", "since": written}, asked=ASKED)

        assert record["since"] == "2026-10-05"

    @pytest.mark.parametrize(
        ("since", "code"),
        [
            ("", "field-missing"),
            ("2026-13-01", "not-a-date"),
            ("2026-02-30", "not-a-date"),
            ("last week", "not-a-date"),
            ("1026-10-05", "date-too-far"),
            ("0000-10-05", "not-a-date"),
        ],
    )
    def test_refuses_what_is_no_day(self, since, code):
        assert problems_of("cause", {"cause": "other", "since": since}) == {"since": code}

    def test_refuses_an_end_before_the_beginning(self):
        raw = {"cause": "other", "since": "2026-10-05", "expects_recovery_on": "2026-10-04"}

        assert problems_of("cause", raw) == {"expects_recovery_on": "dates-out-of-order"}

    def test_refuses_a_note_too_long_to_keep_and_says_by_how_much(self):
        with pytest.raises(AnswerProblems, match="shorten it by 8000"):
            parse_section(
                "cause",
                {"cause": "other", "since": "2026-10-05", "note": "x" * 10_000},
                asked=ASKED,
            )


class TestIncome:
    def test_may_be_none_at_all(self):
        assert parse_section("income", {"items": []}, asked=ASKED) == {"items": []}

    def test_takes_the_amount_as_people_type_it(self):
        row = {"name": "", "kind": "wage", "monthly": "￥3,200", "since": "", "until": ""}

        (read,) = parse_section("income", {"items": [row]}, asked=ASKED)["items"]

        assert read == {
            "name": "工资", "kind": "wage", "monthly": "3200.00", "since": None, "until": None,
            "amount": "3200.00", "frequency": "monthly",
        }  # fmt: skip

    def test_refuses_more_rows_than_are_kept(self):
        assert problems_of("income", {"items": [{}] * 31})["items"] == "too-many-rows"


class TestWish:
    def test_needs_its_kind_only(self):
        raw = {"kind": "advice", "monthly": "", "pause_months": "", "note": ""}

        assert parse_section("wish", raw, asked=ASKED) == {
            "kind": "advice", "monthly": None, "pause_months": None, "lump_sum": None, "note": "",
        }  # fmt: skip

    def test_reads_its_numbers(self):
        raw = {"kind": "pause", "monthly": "680", "pause_months": "３", "lump_sum": "8,000"}

        record = parse_section("wish", raw, asked=ASKED)

        assert (record["monthly"], record["pause_months"]) == ("680.00", 3)
        assert record["lump_sum"] == "8000.00"


class TestEvidence:
    def test_keeps_which_one_cannot_be_had_and_why(self):
        raw = {"missing": [{"need": "termination_letter", "reason": "公司已关门"}]}

        assert parse_section("evidence", raw, asked=ASKED) == raw

    def test_needs_the_reason(self):
        raw = {"missing": [{"need": "termination_letter", "reason": " "}]}

        assert problems_of("evidence", raw) == {"missing.0.reason": "field-missing"}

    def test_needs_at_least_one_when_it_is_saved_at_all(self):
        assert problems_of("evidence", {"missing": []}) == {"missing": "field-missing"}


class TestHouseholdOf:
    def test_puts_both_sections_together(self):
        income = parse_section(
            "income", {"items": [{"kind": "wage", "monthly": "3000"}]}, asked=ASKED
        )
        outgoings = parse_section(
            "outgoings",
            {
                "adults": "2",
                "children": "1",
                "items": [{"category": "food", "monthly": "900"}],
                "debts": [{"creditor": "房东", "monthly": "800", "is_priority": "yes"}],
            },
            asked=ASKED,
        )

        household = household_of(income, outgoings, CNY)

        assert (household.adults, household.children) == (2, 1)
        assert household.incomes[0].monthly == Money(300_000, CNY)
        assert household.other_debts[0].is_priority

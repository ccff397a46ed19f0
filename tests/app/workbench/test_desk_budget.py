"""The budget desk: stated, proven and usual side by side; a reason for every difference."""

from dataclasses import replace

import lender as story
import pytest
from desk_pages import words

from accounts import yuan
from tideover.affordability import CATEGORY_WORDS, OutgoingCategory
from tideover.app.db import log
from tideover.app.db.models import Case
from tideover.app.verbs import assessment, offering
from tideover.app.workbench.pages.budget_tab import difference_of
from tideover.cases.refusals import NotTheAgent

pytestmark = pytest.mark.django_db

PROVEN = {"line": "income-0", "amount": "3,655.56", "reason": "流水显示 9 月 3655.56", "key": "k"}


@pytest.fixture
def case(lender) -> str:
    return story.claimed(lender)


def line(lender, number: str, key: str = "income-0"):
    file = assessment.case_file(lender.agent, number)
    return next(one for one in file.budget_lines if one.key == key)


class TestHoldingALine:
    def test_counts_from_the_next_offers_on_and_leaves_the_answer_as_it_was(
        self, lender, case, desk_of
    ):
        before = assessment.case_file(lender.agent, case).capacity[0].capacity

        desk_of(lender.agent).post(f"/desk/cases/{case}/budget/", PROVEN)

        held = line(lender, case)
        assert (held.stated.text, held.proven.text) == ("3755.56", "3655.56")
        # 100.00 less comes in, so 100.00 less is left, whatever the share that stays with them.
        after = assessment.case_file(lender.agent, case).capacity[0].capacity
        assert after < before
        offers = offering.generate(lender.agent, case, key="g")
        assert offers.capacity[0].capacity == after

    def test_is_shown_with_who_why_and_by_how_much(self, lender, case, desk_of):
        desk = desk_of(lender.agent)
        desk.post(f"/desk/cases/{case}/budget/", PROVEN)

        page = words(desk.get(f"/desk/cases/{case}/?tab=budget"))

        assert "−¥100.00 against what was stated" in page
        assert "流水显示 9 月 3655.56 · 演示·agent-wang" in page

    def test_needs_a_reason_and_keeps_what_was_typed(self, lender, case, desk_of):
        page = desk_of(lender.agent).post(f"/desk/cases/{case}/budget/", {**PROVEN, "reason": " "})

        assert page.status_code == 422
        assert 'value="3,655.56"' in page.content.decode()
        assert line(lender, case).proven is None

    def test_is_in_the_log_by_figures_and_digest(self, lender, case, desk_of):
        desk_of(lender.agent).post(f"/desk/cases/{case}/budget/", PROVEN)

        (event,) = log.read(f"budget:{case}")

        assert (event.body["stated"], event.body["proven"]) == ("3755.56", "3655.56")
        assert "流水" not in str(event.body)

    def test_is_for_its_agent(self, lender, case):
        with pytest.raises(NotTheAgent):
            offering.findings.hold_line(
                lender.other_agent, case, "income-0", amount="1", reason="x", key="k"
            )

    @pytest.mark.parametrize("wrong", ["income-9", "", "x" * 60])
    def test_of_a_line_that_is_none_says_so(self, lender, case, desk_of, wrong):
        page = desk_of(lender.agent).post(f"/desk/cases/{case}/budget/", {**PROVEN, "line": wrong})

        assert page.context["refused"].code == "no-such-budget-line"

    @pytest.mark.parametrize("wrong", ["", "lots", "-1", "=1+1"])
    def test_to_what_is_no_amount_says_so(self, lender, case, desk_of, wrong):
        page = desk_of(lender.agent).post(
            f"/desk/cases/{case}/budget/", {**PROVEN, "amount": wrong}
        )

        assert page.status_code == 422

    def test_speaks_of_these_answers_only(self, lender, case, desk_of):
        desk_of(lender.agent).post(f"/desk/cases/{case}/budget/", PROVEN)
        answer = Case.objects.get(number=case).answers.get(section="income")
        clean = {"items": [{**answer.record["clean"]["items"][0], "monthly": "3000.00"}]}
        answer.record = {**answer.record, "clean": clean}
        answer.save()

        assert (line(lender, case).stated.text, line(lender, case).proven) == ("3000.00", None)


class TestTheUsual:
    def test_stands_beside_what_was_stated(self, lender, case):
        file = assessment.case_file(lender.agent, case)

        (housing,) = [one for one in file.budget_lines if one.key == "outgoing-0"]
        food = replace(housing, label=CATEGORY_WORDS[OutgoingCategory.FOOD], usual=yuan("900.00"))

        assert housing.usual is None
        assert difference_of(housing) == ("", False)
        # 3,000.00 for housing held against 900.00: the difference is said, and asked about.
        assert difference_of(food) == (
            "¥2,100.00 above what is usual: ask, it may well be right",
            True,
        )

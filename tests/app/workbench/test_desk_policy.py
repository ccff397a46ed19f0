"""The page that compares two days of the policy book over the open cases."""

import lender as story
import pytest

from tideover.app.db.models import Role


@pytest.fixture
def number(lender) -> str:
    return story.offered(lender)


class TestChanges:
    def test_asks_for_two_days_and_has_an_address(self, lender, desk_of, number):
        page = desk_of(lender.agent).get("/desk/policy/").content.decode()

        assert 'name="on" value="2026-11-23"' in page
        assert "open cases would be judged" not in page

    def test_says_how_many_cases_differ(self, lender, desk_of, number):
        client = desk_of(lender.approver)

        page = client.get("/desk/policy/?on=2026-11-23&against=2026-11-24").content.decode()

        assert "0 of 1 open cases would be judged differently." in page
        assert "No open case would be judged differently" in page

    def test_shows_rule_and_verdicts_of_both_days(self, lender, desk_of, number):
        client = desk_of(lender.agent, language="zh-hans")

        # Before 1 August 2026 no table of costs had to be shown before a signature.
        page = client.get("/desk/policy/?on=2026-11-23&against=2026-07-01").content.decode()

        assert number in page
        assert "disclosure.before-signature" in page
        assert "没有这条规则" in page
        assert "金额不变，规则结论不同" in page

    @pytest.mark.parametrize(
        "asked", ["on=2026-13-01&against=2026-11-24", "on=2026-11-23&against=1999-01-01"]
    )
    def test_says_what_is_wrong_with_the_days(self, lender, desk_of, number, asked):
        answer = desk_of(lender.agent).get(f"/desk/policy/?{asked}")

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()


class TestVersions:
    def test_say_what_begins_when_and_what_it_was_before(self, lender, desk_of):
        page = desk_of(lender.agent).get("/desk/policy/").content.decode()

        # The prime rate of 20 May 2025 took the place of the one before it.
        assert "20 May 2025" in page.replace("\u00a0", " ")
        assert "lpr.one_year" in page
        assert "fairness.offered_ratio_min" in page
        assert "?on=2026-07-31&amp;against=2026-11-23" in page

    def test_are_open_to_administrators_without_the_cases(self, lender, desk_of, number):
        administrator = story.staff("administrator-qian", Role.ADMINISTRATOR)

        page = desk_of(administrator).get("/desk/policy/").content.decode()
        compared = desk_of(administrator).get("/desk/policy/?on=2026-11-23&against=2026-07-01")

        assert "fairness.offered_ratio_min" in page
        assert 'name="against"' not in page
        assert compared.status_code == 404
        assert number not in compared.content.decode()

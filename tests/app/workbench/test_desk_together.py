"""Several people at one desk: leases, assignments, who is here, and words that are not lost."""

from datetime import datetime, timedelta

import lender as story
import pytest
from desk_pages import form, words

from tideover.app.db.models import Case, CaseVisit, DeskDraft, Role
from tideover.app.verbs import assessment
from tideover.cases.refusals import AlreadyClaimed

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-11-23T10:30:00+08:00")


def later(monkeypatch, **time: int) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", (MORNING + timedelta(**time)).isoformat())


def take(lender, number: str, *, by) -> None:
    assessment.claim(by, number, version=story.version(lender, number), key=f"take-{by.login}")


class TestTheLease:
    def test_holds_a_claimed_case_for_fifteen_minutes(self, lender, monkeypatch):
        number = story.claimed(lender)
        later(monkeypatch, minutes=14)

        with pytest.raises(AlreadyClaimed):
            take(lender, number, by=lender.other_agent)

    def test_run_out_gives_the_case_to_the_next_who_asks(self, lender, monkeypatch):
        number = story.claimed(lender)
        later(monkeypatch, minutes=16)

        take(lender, number, by=lender.other_agent)

        assert Case.objects.get(number=number).agent == lender.other_agent

    def test_run_out_gives_the_case_back_by_itself(self, lender, monkeypatch):
        number = story.claimed(lender)
        later(monkeypatch, minutes=16)

        assert assessment.lapse() == 1
        assert assessment.lapse() == 0
        assert Case.objects.get(number=number).agent is None

    def test_is_over_once_the_agent_has_done_something(self, lender, monkeypatch):
        number = story.generated(lender)
        later(monkeypatch, hours=30)

        assert assessment.lapse() == 0
        with pytest.raises(AlreadyClaimed):
            take(lender, number, by=lender.other_agent)

    def test_is_renewed_while_its_agent_looks(self, lender, desk_of, monkeypatch):
        number = story.claimed(lender)
        later(monkeypatch, minutes=10)
        desk_of(lender.agent).get(f"/desk/cases/{number}/")
        later(monkeypatch, minutes=20)

        assert assessment.lapse() == 0

    def test_is_not_renewed_by_a_colleague(self, lender, desk_of, monkeypatch):
        number = story.claimed(lender)
        later(monkeypatch, minutes=10)
        desk_of(lender.other_agent).get(f"/desk/cases/{number}/")
        later(monkeypatch, minutes=16)

        assert assessment.lapse() == 1


class TestGivingBack:
    def test_by_its_agent_puts_the_case_into_the_queue(self, lender, desk_of):
        number = story.claimed(lender)
        desk = desk_of(lender.agent)
        address = f"/desk/cases/{number}/give-back/"

        desk.post(address, form(desk.get(f"/desk/cases/{number}/"), address).fields)

        (item,) = assessment.queue(lender.other_agent, view="unclaimed").items
        assert item.number == number

    def test_by_somebody_else_is_a_conflict(self, lender, desk_of):
        number = story.claimed(lender)

        answer = desk_of(lender.other_agent).post(f"/desk/cases/{number}/give-back/", {"key": "k"})

        assert (answer.status_code, answer.context["refused"].code) == (409, "not-the-agent")


class TestAssigning:
    @pytest.fixture
    def supervisor(self, lender):
        return story.staff("supervisor-he", Role.SUPERVISOR)

    def test_gives_ticked_cases_to_an_agent_and_says_which_could_not_be(
        self, lender, supervisor, desk_of
    ):
        number = story.submitted(lender)
        desk = desk_of(supervisor)

        page = desk.post(
            "/desk/assign/",
            {"case": [number, "HC-9"], "agent": lender.agent.login, "key": "k", "view": "all"},
            follow=True,
        )

        assert Case.objects.get(number=number).agent == lender.agent
        assert "Given out: 1. HC-9: there is no such case" in words(page)

    def test_to_somebody_who_works_on_no_cases_is_refused(self, lender, supervisor, desk_of):
        number = story.submitted(lender)

        page = desk_of(supervisor).post(
            "/desk/assign/",
            {"case": number, "agent": lender.finance.login, "key": "k"},
            follow=True,
        )

        assert "works on no cases" in words(page)
        assert Case.objects.get(number=number).agent is None

    def test_is_not_for_agents(self, lender, desk_of):
        assert desk_of(lender.agent).post("/desk/assign/", {"key": "k"}).status_code == 404


class TestWhoIsHere:
    def test_each_of_two_agents_sees_the_other(self, lender, desk_of):
        number = story.claimed(lender)
        address = f"/desk/cases/{number}/"
        first, second = desk_of(lender.agent), desk_of(lender.other_agent)

        alone = words(first.get(address))
        sees_first = words(second.get(address))
        sees_second = first.get(f"{address}here/").json()

        assert "Only you." in alone
        assert "Also here: 演示·agent-wang" in sees_first
        assert sees_second["words"] == "Also here: 演示·agent-zhao"

    def test_somebody_who_left_is_gone_after_two_minutes(self, lender, desk_of, monkeypatch):
        number = story.claimed(lender)
        desk_of(lender.other_agent).get(f"/desk/cases/{number}/")
        later(monkeypatch, minutes=3)

        told = desk_of(lender.agent).get(f"/desk/cases/{number}/here/").json()

        assert told["words"] == "Only you."

    def test_staying_writes_one_row(self, lender, desk_of):
        number = story.claimed(lender)
        desk = desk_of(lender.agent)
        for _ in range(3):
            desk.get(f"/desk/cases/{number}/")

        assert CaseVisit.objects.count() == 1

    def test_the_version_tells_that_the_case_moved(self, lender, desk_of):
        number = story.claimed(lender)

        told = desk_of(lender.agent).get(f"/desk/cases/{number}/here/").json()

        assert told["version"] == story.version(lender, number)


class TestWordsBegun:
    def test_come_back_to_their_author_and_to_nobody_else(self, lender, desk_of):
        number = story.claimed(lender)
        desk = desk_of(lender.agent)
        desk.post(f"/desk/cases/{number}/draft/", {"place": "reply", "text": "您好，\n<b>材料</b>"})

        mine = desk.get(f"/desk/cases/{number}/?tab=messages").content.decode()
        theirs = desk_of(lender.other_agent).get(f"/desk/cases/{number}/?tab=messages")

        assert "您好，\n&lt;b&gt;材料&lt;/b&gt;</textarea>" in mine
        assert "您好" not in theirs.content.decode()

    def test_are_forgotten_when_they_are_sent(self, lender, desk_of):
        number = story.claimed(lender)
        desk = desk_of(lender.agent)
        desk.post(f"/desk/cases/{number}/draft/", {"place": "note", "text": "打过电话"})

        desk.post(f"/desk/cases/{number}/note/", {"text": "打过电话，约好周三", "key": "k"})

        assert not DeskDraft.objects.exists()
        assert "打过电话，约好周三" in words(desk.get(f"/desk/cases/{number}/?tab=timeline"))

    def test_of_a_place_that_is_none_are_not_kept(self, lender, desk_of):
        number = story.claimed(lender)

        desk_of(lender.agent).post(f"/desk/cases/{number}/draft/", {"place": "x", "text": "y"})

        assert not DeskDraft.objects.exists()

    def test_a_note_is_never_read_by_the_borrower(self, lender, desk_of, client):
        number = story.claimed(lender)
        desk_of(lender.agent).post(f"/desk/cases/{number}/note/", {"text": "内部", "key": "k"})
        client.force_login(
            lender.borrower.account, backend="django.contrib.auth.backends.ModelBackend"
        )

        for address in (f"/cases/{number}/", f"/cases/{number}/messages/"):
            assert "内部" not in client.get(address).content.decode()


class TestCareNeeded:
    def test_stands_in_a_view_of_its_own(self, lender, desk_of):
        answers = {**story.SECTIONS["cause"], "cause": "illness"}
        story.SECTIONS["cause"], before = answers, story.SECTIONS["cause"]
        try:
            number = story.submitted(lender)
        finally:
            story.SECTIONS["cause"] = before

        (item,) = assessment.queue(lender.agent, view="care").items

        assert item.number == number
        assert "Care needed" in words(desk_of(lender.agent).get(f"/desk/cases/{number}/"))

"""The supervisor's page and the auditor's: numbers from the log, a second look, files to take."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from fractions import Fraction

import lender as story
import pytest
from desk_pages import words

from tideover.app.db import log
from tideover.app.db.models import QualityReview, Role
from tideover.app.verbs import assessment
from tideover.app.verbs.oversight import auditing, fairness, quality, supervising
from tideover.cases.chain import digest

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-11-23T10:30:00+08:00")


@pytest.fixture
def supervisor(lender):
    return story.staff("supervisor-he", Role.SUPERVISOR)


@pytest.fixture
def auditor(lender):
    return story.staff("auditor-lin", Role.AUDITOR)


@pytest.fixture
def all_drawn(monkeypatch):
    monkeypatch.setattr(quality, "ONE_IN", 1)


def later(monkeypatch, **time: int) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", (MORNING + timedelta(**time)).isoformat())


class TestTheOverview:
    def test_tells_how_long_stages_took(self, lender, supervisor, monkeypatch):
        number = story.submitted(lender)
        later(monkeypatch, hours=5, minutes=2)
        version = story.version(lender, number)
        assessment.claim(lender.agent, number, version=version, key="claim")
        later(monkeypatch, hours=30, minutes=4)
        assessment.decline(
            lender.agent, number, reason_code="duplicate", note="", key="no",
            version=story.version(lender, number),
        )  # fmt: skip

        stages = {one.label.en: one for one in supervising.overview(supervisor).stages}

        assert stages["waiting to be taken"].median_hours == 5
        # Claimed at hour 5, declined at hour 30.
        assert stages["assessment"].median_hours == 25
        assert stages["from handing in to an answer"].ninth_hours == 30
        assert "signing" not in stages

    def test_counts_open_cases_by_age(self, lender, supervisor, monkeypatch):
        story.submitted(lender)
        later(monkeypatch, days=4)

        (row,) = supervising.overview(supervisor).ages

        assert (row.state, row.counts) == ("submitted", (0, 1, 0, 0))

    def test_says_who_holds_what_and_what_is_late(self, lender, supervisor, monkeypatch):
        story.generated(lender)
        later(monkeypatch, days=30)

        (held,) = supervising.overview(supervisor).holdings

        assert (held.agent, held.cases, held.late) == (lender.agent, 1, 1)

    def test_is_a_page_in_both_languages(self, lender, supervisor, desk_of, all_drawn):
        story.signed(lender)

        english = words(desk_of(supervisor).get("/desk/supervision/"))
        chinese = words(desk_of(supervisor, language="zh-hans").get("/desk/supervision/"))

        assert "Lost a job 1 1 — too few to say" in english
        assert "从提交到答复" in chinese

    def test_is_not_for_agents(self, lender, desk_of):
        assert desk_of(lender.agent).get("/desk/supervision/").status_code == 404


class TestHowGroupsFare:
    def counted(self, monkeypatch, decided, offered):
        from collections import Counter

        monkeypatch.setattr(fairness, "_counted", lambda _: (Counter(decided), Counter(offered)))

    def test_a_group_below_four_fifths_of_the_best_is_pointed_out(self, supervisor, monkeypatch):
        # 8 of 10 against 6 of 10: six tenths is below 0.8 × 0.8 = 0.64.
        self.counted(monkeypatch, {"care": 10, "no-care": 10}, {"care": 6, "no-care": 8})

        rows = {one.label.en: one for one in fairness.outcomes(supervisor)}

        assert rows["care needed"].share == Fraction(3, 5)
        assert rows["care needed"].is_low
        assert not rows["no need for care told"].is_low

    def test_at_four_fifths_it_is_not(self, supervisor, monkeypatch):
        self.counted(monkeypatch, {"care": 10, "no-care": 10}, {"care": 8, "no-care": 10})

        assert not any(one.is_low for one in fairness.outcomes(supervisor))

    def test_four_cases_say_nothing(self, supervisor, monkeypatch):
        self.counted(monkeypatch, {"care": 4, "no-care": 10}, {"care": 0, "no-care": 10})

        rows = {one.label.en: one for one in fairness.outcomes(supervisor)}

        assert rows["care needed"].share is None
        assert not rows["care needed"].is_low


class TestPlansBroken:
    def test_a_plan_counts_only_once_it_is_old_enough(self, lender, supervisor, monkeypatch):
        story.signed(lender)
        later(monkeypatch, days=100)

        found = {one.months: (one.plans, one.broken) for one in fairness.redefaults(supervisor)}

        assert found == {3: (1, 0), 6: (0, 0), 12: (0, 0)}


class TestASecondLook:
    def test_is_kept_once_and_leaves_the_sample(self, lender, supervisor, desk_of, all_drawn):
        number = story.offered(lender)
        desk = desk_of(supervisor)
        address = f"/desk/cases/{number}/quality/"

        kept = desk.post(address, {"outcome": "coach", "note": "先道歉再谈数字", "key": "k"})
        again = desk.post(address, {"outcome": "good", "note": "x", "key": "k2"})

        assert kept.status_code == 302
        assert again.context["refused"].code == "not-drawn"
        assert quality.sample(supervisor) == ()
        assert QualityReview.objects.get().outcome == "coach"
        assert [event.kind for event in log.read(f"quality:{number}")] == ["quality.reviewed"]

    def test_needs_words_and_keeps_what_was_typed(self, lender, supervisor, desk_of, all_drawn):
        number = story.offered(lender)

        page = desk_of(supervisor).post(
            f"/desk/cases/{number}/quality/", {"outcome": "coach", "note": " ", "key": "k"}
        )

        assert page.status_code == 422
        assert 'value="coach" checked' in page.content.decode()

    def test_is_drawn_for_about_one_in_ten_and_always_the_same(self):
        drawn = [number for number in range(2000) if quality.is_drawn(f"HC-{number}")]

        assert 140 <= len(drawn) <= 260
        assert drawn == [number for number in range(2000) if quality.is_drawn(f"HC-{number}")]


class TestTheLog:
    def test_finds_a_case_by_its_number_and_a_person_by_the_name(self, lender, auditor, desk_of):
        number = story.claimed(lender)
        desk = desk_of(auditor)

        by_case = words(desk.get(f"/desk/log/?words={number.lower()}"))
        by_person = auditing.search(auditor, auditing.Asked(words=lender.agent.login))
        by_kind = auditing.search(auditor, auditing.Asked(kind="case.claimed"))

        assert "case.submitted" in by_case
        assert {one.actor for one in by_person} == {lender.agent.login}
        assert [one.kind for one in by_kind] == ["case.claimed"]
        assert all(one.holds for one in by_case and by_kind)

    def test_by_days_takes_both_ends_in(self, lender, auditor):
        story.claimed(lender)
        day = MORNING.date()

        assert auditing.search(auditor, auditing.Asked(since=day, until=day))
        assert not auditing.search(auditor, auditing.Asked(since=day + timedelta(days=1)))
        assert not auditing.search(auditor, auditing.Asked(until=day - timedelta(days=1)))

    def test_a_day_that_is_none_says_how_to_write_one(self, auditor, desk_of):
        page = desk_of(auditor).get("/desk/log/?since=tomorrow")

        assert page.status_code == 422
        assert "year-month-day" in words(page)

    def test_a_stranger_s_try_is_found_by_it(self, lender, auditor, client):
        number = story.claimed(lender)
        client.force_login(
            lender.stranger.account, backend="django.contrib.auth.backends.ModelBackend"
        )
        client.get(f"/cases/{number}/")

        (row,) = auditing.search(auditor, auditing.Asked(kind="access.refused"))

        assert row.actor == lender.stranger.account.login
        assert number in row.body


class TestTheFileOfACase:
    def test_holds_events_whose_seals_anybody_can_compute(self, lender, auditor, desk_of):
        number = story.signed(lender)

        answer = desk_of(auditor).get(f"/desk/cases/{number}/file.zip")
        folder = zipfile.ZipFile(io.BytesIO(answer.content))

        bodies = folder.read("events.jsonl").splitlines()
        chain = json.loads(folder.read("chain.json"))
        assert [digest(before, body) for (_, before, _), body in zip(chain, bodies, strict=True)]
        assert all(
            digest(before, body) == own
            for (_, before, own), body in zip(chain, bodies, strict=True)
        )
        assert folder.read("agreement.pdf").startswith(b"%PDF")
        assert json.loads(folder.read("offers.json"))

    def test_holds_nobody_s_name_and_no_words(self, lender, auditor):
        number = story.claimed(lender)
        folder = zipfile.ZipFile(io.BytesIO(auditing.case_export(auditor, number)))

        everything = b"".join(folder.read(name) for name in folder.namelist()).decode()

        assert "张三" not in everything
        assert "裁员" not in everything
        assert "13800000001" not in everything

    def test_taking_it_is_in_the_log(self, lender, auditor):
        auditing.case_export(auditor, story.claimed(lender))

        assert log.read("access")[-1].kind == "access.case.exported"

    def test_is_for_the_auditor_only(self, lender, supervisor, desk_of):
        number = story.claimed(lender)

        assert desk_of(supervisor).get(f"/desk/cases/{number}/file.zip").status_code == 404

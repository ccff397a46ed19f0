"""A year of the demo lender on a fast clock, small; the whole one is `tideover demo --play`."""

from datetime import date

import pytest

from tideover.app import clock
from tideover.app.db.models import Agreement, Loan
from tideover.app.verbs import audit, demo, ledger
from tideover.app.verbs.demo.people import Habit, loans_csv, players

pytestmark = pytest.mark.django_db


class TestPlayers:
    def test_are_the_same_for_the_same_seed(self):
        assert players(50, seed="a") == players(50, seed="a")
        assert [one.habit for one in players(50, seed="a")] != [
            one.habit for one in players(50, seed="b")
        ]

    def test_have_every_habit_among_a_thousand(self):
        assert {one.habit for one in players(1_000, seed="1")} == set(Habit)

    def test_have_plainly_made_up_names_and_numbers(self):
        text = loans_csv(players(30, seed="1"), start=date(2026, 1, 1)).decode()

        assert text.count("演示·") == 30
        assert "0000000000000" in text


class TestPlayYear:
    def test_keeps_the_books_and_leaves_papers(self, home, tmp_path, monkeypatch):
        monkeypatch.setenv("TIDEOVER_DEMO", "1")
        told: list[str] = []

        written = demo.play_year(
            loans_count=20, days=33, seed="1", folder=tmp_path / "out", told=told.append
        )

        assert Loan.objects.count() == 20
        assert {path.name for path in written} >= {"year.md", "days.csv"}
        assert len((tmp_path / "out" / "days.csv").read_text().splitlines()) == 34
        assert ledger.verify().faults == ()
        assert audit.verify().holds
        assert told
        page = (tmp_path / "out" / "year.html").read_text(encoding="utf-8")
        assert page.count("<svg") == 4
        assert "入账 payments" in page
        assert "<script" not in page

    def test_is_the_demo_lender_from_then_on(self, home, tmp_path, monkeypatch):
        monkeypatch.setenv("TIDEOVER_DEMO", "1")
        demo.play_year(loans_count=2, days=1, seed="1", folder=tmp_path, told=lambda _line: None)

        lender = demo.create(clock.today())

        assert not lender.is_new
        assert {one.login for one in lender.staff} >= {"agent", "finance"}
        assert Loan.objects.count() == 2

    def test_wants_a_place_of_its_own(self, home, tmp_path, monkeypatch):
        demo.create(clock.today())

        with pytest.raises(demo.LenderInPlace):
            demo.play_year(loans_count=1, days=1, seed="1", folder=tmp_path, told=print)


class TestSampleAgreement:
    def test_is_one_sealed_agreement_however_often_it_is_asked_for(self, home):
        first = demo.sample_agreement(clock.today())

        assert first.startswith(b"%PDF")
        assert demo.sample_agreement(clock.today()) == first
        assert Agreement.objects.filter(signed_at__isnull=False).count() == 1

"""A full disk, and a database that is away: said plainly, nothing half done, over when over."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import lender as story
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from tideover.app import clock, files
from tideover.app.db.models import JournalEntry
from tideover.app.unavailable import Unavailable, is_away, is_out_of_room
from tideover.app.verbs import closing, keeping, ledger, signing
from tideover.cli import worker


class TestUnavailable:
    @pytest.mark.parametrize(
        ("error", "status", "words"),
        [
            (OSError(errno.ENOSPC, "No space left on device"), 507, "空间"),
            (OperationalError("database or disk is full"), 507, "空间"),
            (OperationalError("server closed the connection unexpectedly"), 503, "请一分钟后再试"),
        ],
    )
    def test_says_what_is_and_when_to_come_back(self, error, status, words):
        request = RequestFactory().get("/loans/")

        with translation.override("zh-hans"):
            answer = Unavailable(lambda _request: HttpResponse()).process_exception(request, error)

        assert answer.status_code == status
        assert words in answer.content.decode()
        assert answer["Retry-After"] == "60"

    def test_answers_a_script_in_its_own_form_and_leaves_other_faults_alone(self):
        asked = RequestFactory().post("/upload/", headers={"Accept": "application/json"})
        unavailable = Unavailable(lambda _request: HttpResponse())

        answer = unavailable.process_exception(asked, OSError(errno.ENOSPC, "full"))

        assert answer.status_code == 507
        assert b'"words"' in answer.content
        assert unavailable.process_exception(asked, ValueError("a fault of ours")) is None
        assert not is_out_of_room(OSError(errno.ENOENT, "none"))
        assert not is_away(ValueError())


class TestFullDisk:
    def test_a_file_that_finds_no_room_leaves_nothing_behind(self, home, monkeypatch):
        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(OSError, match="No space left"):
                files.store(b"some paper", context="case:1")

        kept = [path for path in (home / "files").rglob("*") if path.is_file()]
        assert kept == []
        assert files.read(files.store(b"some paper", context="case:1"), context="case:1")

    def test_a_database_that_is_full_does_nothing_by_half(self, committed):
        if connection.vendor != "sqlite":
            pytest.skip("SQLite has a limit that a test can set")
        lender = story.open_lender()
        number, code = story.code_sent(lender)
        with _full():
            with pytest.raises(OperationalError, match="full"):
                signing.sign(lender.borrower, number, code=code, key="sign")
            assert not JournalEntry.objects.filter(kind="loan.restructured").exists()

        signing.sign(lender.borrower, number, code=code, key="sign")
        closing.close(clock.today())
        assert ledger.verify().faults == ()


class TestDatabaseAway:
    def test_the_worker_goes_on_when_it_is_back(self, committed, capfd):
        story.open_lender()
        keeping.drain_outbox()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                pid = cursor.fetchone()[0]
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
            other.close()
            with pytest.raises(OperationalError):
                keeping.drain_outbox()

        worker._work()
        worker._work()

        assert ledger.verify().faults == ()


@contextmanager
def _full() -> Iterator[None]:
    """The database file may not grow, and has no free page left."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (content BLOB)")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        for size in (1_000_000, 100_000, 10_000, 3_000, 500):
            with suppress(OperationalError):
                while True:
                    cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [size])
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count=1000000")
            cursor.execute("DROP TABLE filler")

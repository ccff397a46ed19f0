import base64
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.signals import connection_created

from tideover.app import clock
from tideover.app.clock import NotAnInstant
from tideover.app.database import DatabaseUrlUnknown, database_settings
from tideover.app.db.pragmas import UnsafeDatabase, refuse_unsafe_sqlite
from tideover.app.home import SecretMalformed, SecretMissing, home, is_demo, keyring, secret
from tideover.app.logging import strike_out_personal


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIDEOVER_HOME", str(tmp_path))
    monkeypatch.delenv("TIDEOVER_DEMO", raising=False)
    return tmp_path


class TestHome:
    def test_nobody_else_may_read_the_sessions_in_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TIDEOVER_HOME", str(tmp_path / "new"))

        assert stat.S_IMODE(home().stat().st_mode) == 0o700


class TestSecret:
    def test_a_real_lender_must_bring_it(self, fresh: Path) -> None:
        with pytest.raises(SecretMissing, match="TIDEOVER_FIELD_KEYS is not set"):
            secret("TIDEOVER_FIELD_KEYS")
        assert list(fresh.iterdir()) == []

    def test_the_demo_makes_it_once_for_its_owner_only(
        self, fresh: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TIDEOVER_DEMO", "1")
        first = secret("TIDEOVER_FIELD_KEYS")

        assert secret("TIDEOVER_FIELD_KEYS") == first
        (path,) = (fresh / "keys").iterdir()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_the_environment_comes_before_the_file(
        self, fresh: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TIDEOVER_SECRET_KEY", "from outside")

        assert secret("TIDEOVER_SECRET_KEY") == "from outside"


class TestIsDemo:
    def test_a_home_whose_secrets_the_demo_made_stays_a_demo(
        self, fresh: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not is_demo()
        monkeypatch.setenv("TIDEOVER_DEMO", "1")
        secret("TIDEOVER_SECRET_KEY")
        monkeypatch.delenv("TIDEOVER_DEMO")
        assert is_demo()

        monkeypatch.setenv("TIDEOVER_SECRET_KEY", "a lender's own")
        assert not is_demo()


class TestKeyring:
    def test_the_newest_key_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        keys = [base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2)]
        monkeypatch.setenv("TIDEOVER_FIELD_KEYS", f"new:{keys[0]}, old:{keys[1]}")

        ring = keyring()
        assert ring.current == ("new", bytes([1]) * 32)
        assert ring.get("old") == bytes([2]) * 32
        assert ring.get("lost") is None

    @pytest.mark.parametrize("text", ["k1:short", "k1:!!!!", "k1:" + "A" * 40])
    def test_what_is_no_key_is_refused(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TIDEOVER_FIELD_KEYS", text)

        with pytest.raises(SecretMalformed, match="32"):
            keyring()


class TestClock:
    def test_the_business_date_is_the_day_in_shanghai(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Half past midnight in Shanghai is still the day before in UTC.
        monkeypatch.setenv("TIDEOVER_NOW", "2026-12-04T16:30:00+00:00")

        assert clock.today() == date(2026, 12, 5)
        assert clock.now().tzinfo is UTC

    def test_it_runs_on_from_the_instant_it_is_set_to(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TIDEOVER_NOW", "2026-12-05T10:00:00+08:00")
        earlier = clock.now()
        monkeypatch.setenv("TIDEOVER_NOW", "2027-12-05T10:00:00+08:00")
        start, later = clock.now(), clock.now()

        assert earlier < datetime(2026, 12, 5, 2, 1, tzinfo=UTC)
        assert start < datetime(2027, 12, 5, 2, 0, 1, tzinfo=UTC)
        assert start < later

    def test_a_day_begins_at_midnight_in_shanghai(self) -> None:
        assert clock.start_of_day(date(2026, 12, 5)) == datetime(2026, 12, 4, 16, tzinfo=UTC)

    @pytest.mark.parametrize("text", ["yesterday", "2026-12-05T10:00:00"])
    def test_what_is_no_instant_is_refused(
        self, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TIDEOVER_NOW", text)

        with pytest.raises(NotAnInstant, match="with its offset"):
            clock.now()


class TestDatabaseSettings:
    def test_a_socket_is_a_host(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TIDEOVER_DATABASE_URL", "postgres://me:p%40ss@/tide?host=/run/pg")

        found = database_settings()
        assert (found["HOST"], found["NAME"], found["USER"], found["PASSWORD"]) == (
            "/run/pg",
            "tide",
            "me",
            "p@ss",
        )

    def test_another_database_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TIDEOVER_DATABASE_URL", "mysql://somewhere/x")

        with pytest.raises(DatabaseUrlUnknown, match="'mysql'"):
            database_settings()


class Weak:
    """A connection to the tests' database that somebody opened without our settings."""

    vendor = "sqlite"

    def __init__(self, pragma: str, value: str) -> None:
        self.own = sqlite3.connect(connection.settings_dict["NAME"])
        for statement in ("synchronous=FULL", "foreign_keys=ON", f"{pragma}={value}"):
            self.own.execute(f"PRAGMA {statement}")

    def cursor(self) -> "closing[sqlite3.Cursor]":
        return closing(self.own.cursor())


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PRAGMAs are SQLite's")
class TestUnsafeDatabase:
    @pytest.mark.parametrize(
        ("pragma", "value"), [("synchronous", "NORMAL"), ("foreign_keys", "OFF")]
    )
    def test_a_connection_that_may_lose_commits_is_refused(self, pragma: str, value: str) -> None:
        weak = Weak(pragma, value)
        with pytest.raises(UnsafeDatabase, match=f"{pragma} = ") as refused:
            refuse_unsafe_sqlite(None, weak)
        weak.own.close()
        assert refused.value.pragma == pragma

    def test_every_new_connection_is_looked_at(self) -> None:
        assert any("tideover.db.pragmas" in str(key) for key, *_ in connection_created.receivers)

    def test_ours_is_safe(self) -> None:
        refuse_unsafe_sqlite(None, connection)


class TestTechnicalLog:
    def test_it_strikes_out_what_is_personal(self) -> None:
        event = {"event": "answered", "path": "/loans/", "phone": "10000000001", "name": "演示"}

        assert strike_out_personal(None, "info", event) == {
            "event": "answered",
            "path": "/loans/",
            "phone": "[struck out]",
            "name": "[struck out]",
        }

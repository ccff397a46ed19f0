from datetime import datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from tideover.app.db import log
from tideover.app.db.models import Account, Role
from tideover.app.origin import address_of

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
RIGHT = "a password of tests"


@pytest.fixture(autouse=True)
def quick_hashes(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("TIDEOVER_NOW", START.isoformat())


@pytest.fixture
def agent() -> Account:
    return Account.objects.create_staff("agent-1", password=RIGHT, role=Role.AGENT)


def sign_in(login: str, password: str, *, address: str = "192.0.2.1") -> object:
    request = RequestFactory().post("/desk/sign-in/", REMOTE_ADDR=address)
    return authenticate(request, username=login, password=password)


class TestPacedBackend:
    def test_the_right_password_opens_the_account_and_is_logged(self, agent: Account) -> None:
        assert sign_in("agent-1", RIGHT) == agent
        assert [event.actor for event in log.read("access")] == ["agent-1"]

    def test_ten_failures_close_a_login_there_for_a_while_even_to_the_right_password(
        self, agent: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(10):
            assert sign_in("agent-1", "wrong") is None
        assert sign_in("agent-1", RIGHT) is None
        assert sign_in("agent-1", RIGHT, address="192.0.2.2") == agent

        monkeypatch.setenv("TIDEOVER_NOW", (START + timedelta(minutes=16)).isoformat())
        assert sign_in("agent-1", RIGHT) == agent

    def test_a_hundred_failures_from_anywhere_close_a_login(self, agent: Account) -> None:
        for number in range(100):
            sign_in("agent-1", "wrong", address=f"192.0.2.{number + 10}")

        assert sign_in("agent-1", RIGHT) is None

    def test_one_address_cannot_try_every_login(self, agent: Account) -> None:
        for number in range(60):
            sign_in(f"guess-{number}", "wrong")

        assert sign_in("agent-1", RIGHT) is None
        assert sign_in("agent-1", RIGHT, address="192.0.2.2") == agent

    def test_a_failure_is_not_tried_again_by_another_backend(
        self, agent: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(10):
            sign_in("agent-1", "wrong")

        assert sign_in("agent-1", RIGHT) is None
        assert log.read("access") == ()

    def test_nobody_signs_in_as_a_borrower_by_password(self) -> None:
        borrower = Account.objects.create_borrower()

        assert sign_in(borrower.login, "") is None


class TestAddressOf:
    def test_what_the_caller_writes_is_not_believed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        request = RequestFactory().get(
            "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9"
        )
        assert address_of(request) == "10.0.0.1"

    def test_behind_proxies_of_ours_it_is_what_the_outermost_saw(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TIDEOVER_PROXIES", "2")
        request = RequestFactory().get(
            "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="forged, 203.0.113.9, 10.0.0.2"
        )
        assert address_of(request) == "203.0.113.9"

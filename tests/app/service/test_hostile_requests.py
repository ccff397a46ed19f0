"""Requests that no page of ours makes."""

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts import make_borrower, make_staff, sign_in_fully
from tideover.app.db.models import Account, Role

pytestmark = pytest.mark.django_db


def signed_in(account: Account) -> Client:
    client = Client(raise_request_exception=False)
    sign_in_fully(client, account)
    return client


class TestNulCharacters:
    @pytest.mark.parametrize("address", ["/desk/cases/HC-1%00/", "/desk/?search=%00HC"])
    def test_one_in_an_address_of_the_desk_is_a_bad_request(self, address: str) -> None:
        assert signed_in(make_staff(Role.AGENT)).get(address).status_code == 400

    def test_one_in_a_login_is_left_out(self) -> None:
        typed = {"login": "agent\x00", "password": "a-password-of-some-length"}

        answer = Client(raise_request_exception=False).post("/desk/sign-in/", typed)

        assert answer.status_code == 422

    def test_one_in_the_number_of_a_case_is_left_out(self) -> None:
        typed = {"case": "HC-1\x00", "message": "hello", "key": "k-1"}

        answer = signed_in(make_borrower().account).post("/talk/", typed)

        assert answer.status_code == 404

    def test_one_in_a_key_of_the_desk_is_left_out(self) -> None:
        answer = signed_in(make_staff(Role.AGENT)).post("/desk/cases/HC-1/claim/", {"key": "\x00k"})

        assert answer.status_code == 404


class TestRequestSize:
    def upload(self, size: int, **more: str) -> HttpResponse:
        """Say that a body of this size comes; nothing reads it, so nothing need be sent."""
        return Client().generic("POST", "/sign-in/", b"", CONTENT_LENGTH=str(size), **more)

    def test_a_body_that_could_fill_the_disk_is_turned_away_unread(self) -> None:
        answer = self.upload(10 * 1024**3)

        assert answer.status_code == 413
        assert "20 MB" in answer.content.decode()

    def test_a_script_reads_why(self) -> None:
        answer = self.upload(10 * 1024**3, HTTP_ACCEPT="application/json")

        assert (answer.status_code, answer.json()["state"]) == (413, "refused")

    def test_a_file_a_little_too_large_reaches_its_page(self) -> None:
        assert self.upload(21 * 1024**2).status_code != 413

"""A session that ends while somebody types loses nothing, with or without a script."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from lender import applied

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
HERE = "http://testserver"


@pytest.fixture
def number(lender) -> str:
    return applied(lender)


def typed_too_late(client: Client, path: str, **fields: str):
    return client.post(path, {"key": "k", **fields}, headers={"Referer": f"{HERE}{path}"})


class TestUnsent:
    def test_is_on_the_page_after_the_sign_in(self, lender, number):
        client, page = Client(), f"/apply/{number}/wish/"
        answer = typed_too_late(client, page, kind="pause", note="写了很久的话", pause_months="x")
        client.force_login(lender.borrower.account, backend=BACKEND)

        assert answer.headers["Location"].endswith(f"next=%2Fapply%2F{number}%2Fwish%2F")
        shown = client.get(page).content.decode()
        assert "写了很久的话" in shown
        assert 'value="x"' in shown
        assert "写了很久的话" in client.get(page).content.decode()  # now it is the draft's

    def test_is_in_no_address_and_not_readable_in_the_session(self, lender, number):
        client = Client()
        answer = typed_too_late(client, f"/apply/{number}/wish/", note="秘密")

        assert "秘密" not in answer.headers["Location"]
        assert "note" not in str(Session.objects.get().get_decoded())

    def test_is_on_no_other_page(self, lender, number):
        client = Client()
        typed_too_late(client, f"/apply/{number}/cause/", note="写在这里")
        client.force_login(lender.borrower.account, backend=BACKEND)

        assert "写在这里" not in client.get(f"/apply/{number}/wish/").content.decode()

    def test_is_not_there_for_somebody_else(self, lender, number):
        client = Client()
        typed_too_late(client, f"/apply/{number}/wish/", note="秘密")
        client.force_login(lender.stranger.account, backend=BACKEND)

        assert client.get(f"/apply/{number}/wish/").status_code == 404

    def test_leads_to_the_loans_when_it_came_from_elsewhere(self, number):
        answer = Client().post(f"/apply/{number}/wish/", {"key": "k", "note": "x"})

        assert answer.headers["Location"].endswith("next=%2Floans%2F")

    def test_keeps_what_was_to_be_said_to_a_person(self, lender, number):
        client = Client()
        typed_too_late(client, "/talk/", case=number, message="请晚上打来")
        client.force_login(lender.borrower.account, backend=BACKEND)

        assert "请晚上打来" in client.get("/talk/").content.decode()


class TestOpenTooLong:
    def test_shows_the_page_again_with_what_was_typed(self, lender, number):
        client = Client(enforce_csrf_checks=True)
        client.force_login(lender.borrower.account, backend=BACKEND)
        page = f"/apply/{number}/wish/"
        answer = typed_too_late(client, page, kind="pause", note="打开了一整天")

        assert answer.headers["Location"] == page
        assert "打开了一整天" in client.get(page).content.decode()

    def test_keeps_nothing_that_came_from_elsewhere(self, lender, number):
        client = Client(enforce_csrf_checks=True)
        client.force_login(lender.borrower.account, backend=BACKEND)
        answer = client.post(
            f"/apply/{number}/wish/", {"note": "假的"}, headers={"Referer": "http://evil.example/"}
        )

        assert answer.status_code == 403
        assert "假的" not in client.get(f"/apply/{number}/wish/").content.decode()

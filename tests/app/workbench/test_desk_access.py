"""Who may open which page of the desk."""

import lender as story
import pytest
from django.test import Client

from accounts import sign_in_fully
from tideover.app.db import log

pytestmark = pytest.mark.django_db

PAGES = ("/desk/", "/desk/next/", "/desk/keys/", "/desk/approvals/", "/desk/payments/",
         "/desk/outbox/", "/desk/checks/", "/desk/policy/")  # fmt: skip


@pytest.fixture
def case(lender) -> str:
    return story.claimed(lender)


class TestStrangers:
    @pytest.mark.parametrize("address", PAGES)
    def test_are_asked_to_sign_in_and_come_back(self, db, address):
        response = Client().get(address)

        assert response.status_code == 302
        assert response["Location"].startswith("/desk/sign-in/?next=%2Fdesk%2F")

    def test_a_borrower_leaves_a_trace(self, lender, case, desk_of):
        response = desk_of(lender.borrower.account).get(f"/desk/cases/{case}/")

        assert response.status_code == 404
        assert [event.kind for event in log.read("access")] == ["access.refused"]

    def test_a_case_that_is_not_there_looks_the_same(self, lender, case, desk_of):
        client = desk_of(lender.borrower.account)

        theirs, nobodys = client.get(f"/desk/cases/{case}/"), client.get("/desk/cases/HC-9/")

        assert theirs.status_code == nobodys.status_code == 404


class TestForgery:
    def test_a_post_without_the_token_is_refused(self, lender, case):
        client = Client(enforce_csrf_checks=True)
        sign_in_fully(client, lender.agent)

        response = client.post(f"/desk/cases/{case}/offers/generate/", {"key": "k"})

        assert response.status_code == 403

    def test_a_role_taken_away_works_at_once(self, lender, case, desk_of):
        client = desk_of(lender.agent)
        assert client.get(f"/desk/cases/{case}/").status_code == 200

        lender.agent.role = "finance"
        lender.agent.save()

        assert client.get(f"/desk/cases/{case}/").status_code == 404


class TestSignIn:
    def test_by_password_leads_to_the_second_factor_and_keeps_where_they_were_going(self, lender):
        lender.agent.set_password("a-password-of-some-length")
        lender.agent.save()

        response = Client().post(
            "/desk/sign-in/",
            {"login": "agent-wang", "password": "a-password-of-some-length",
             "next": "/desk/?view=all"},
        )  # fmt: skip

        assert (response.status_code, response["Location"]) == (
            302,
            "/desk/sign-in/set-up/?next=%2Fdesk%2F%3Fview%3Dall",
        )

    def test_never_leads_away_from_the_desk(self, lender):
        lender.agent.set_password("a-password-of-some-length")
        lender.agent.save()

        response = Client().post(
            "/desk/sign-in/",
            {"login": "agent-wang", "password": "a-password-of-some-length",
             "next": "https://example.org/desk/"},
        )  # fmt: skip

        assert response["Location"] == "/desk/sign-in/set-up/"

    def test_keeps_the_login_and_not_the_password(self, lender):
        response = Client().post("/desk/sign-in/", {"login": "agent-wang", "password": "wrong-one"})

        assert response.status_code == 422
        assert 'value="agent-wang"' in response.content.decode()
        assert "wrong-one" not in response.content.decode()

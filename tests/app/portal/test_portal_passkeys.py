"""A borrower's passkey: optional, told of, taken away, and no key to the desk.

What a browser does with one is in tests/journeys/test_signs_in_by_passkey.py.
"""

import pytest
from allauth.mfa.models import Authenticator

from tideover.app.db.models import OutboxMessage
from tideover.app.verbs.second_factor import passkeys

pytestmark = pytest.mark.django_db
PAGE = "/passkeys/"


@pytest.fixture
def kept(lender) -> Authenticator:
    account = lender.borrower.account
    return Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "我的手机", "credential": {}}
    )


class TestTheSignIn:
    def test_offers_a_passkey_only_to_a_browser_with_scripts(self, client):
        page = client.get("/sign-in/").content.decode()

        form, _, _ = page.partition('data-passkey="get"')
        assert form.rpartition("<form")[2].startswith(' method="post" hidden')
        assert 'autocomplete="tel"' in page

    @pytest.mark.parametrize("answer", ["", "{}", "[]", "x", '{"id": "x", "response": {}}'])
    def test_an_answer_that_proves_nothing_opens_nothing(self, client, answer):
        client.post("/sign-in/passkey/")

        page = client.post("/sign-in/", {"passkey": answer, "key": "k"})

        assert page.status_code == 422
        assert client.get("/loans/").status_code == 302

    def test_gives_the_browser_a_challenge_of_its_own(self, client):
        challenges = {
            client.post("/sign-in/passkey/").json()["publicKey"]["challenge"] for _ in range(2)
        }

        assert len(challenges) == 2


class TestThePage:
    def test_names_the_phone_masked_and_offers_to_make_one(self, signed_in, lender):
        page = signed_in(lender.borrower.account).get(PAGE).content.decode()

        assert 'data-passkey="create"' in page
        assert str(lender.borrower.phone) not in page

    def test_the_device_is_given_the_masked_phone_for_a_name(self, signed_in, lender):
        page = signed_in(lender.borrower.account).get(PAGE).content.decode()

        assert str(lender.borrower.account.login) not in page
        assert "****" in page.partition("data-options=")[2]

    def test_takes_the_last_one_away(self, signed_in, lender, kept):
        answer = signed_in(lender.borrower.account).post(
            PAGE, {"step": "remove", "passkey": kept.pk}
        )

        assert answer.status_code == 302
        assert passkeys.of_borrower(lender.borrower.account) == ()

    def test_takes_nobody_else_s_away(self, signed_in, lender, kept):
        signed_in(lender.stranger.account).post(PAGE, {"step": "remove", "passkey": kept.pk})

        assert len(passkeys.of_borrower(lender.borrower.account)) == 1

    def test_an_answer_that_is_none_is_told_and_not_kept(self, signed_in, lender):
        page = signed_in(lender.borrower.account).post(PAGE, {"step": "add", "new_passkey": "{}"})

        assert page.status_code == 422
        assert passkeys.of_borrower(lender.borrower.account) == ()
        assert not OutboxMessage.objects.filter(kind="passkey-added").exists()

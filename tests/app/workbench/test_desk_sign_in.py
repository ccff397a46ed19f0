"""Staff sign in with two factors; what decides about money asks for the second one again."""

import json

import lender as story
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from tideover.app.db import log
from tideover.app.db.models import Case, FailedSignIn
from tideover.app.verbs import assessment, demo, offering, second_factor
from tideover.app.verbs.demo.staff import make_staff
from tideover.app.workbench.session import SEEN

pytestmark = pytest.mark.django_db

SECOND = "/desk/sign-in/code/"


@pytest.fixture(autouse=True)
def quick_hashes(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def agent(lender):
    lender.agent.set_password("a-password-of-some-length")
    lender.agent.save()
    return lender.agent


@pytest.fixture
def at_the_door(agent) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    client.post("/desk/sign-in/", {"login": agent.login, "password": "a-password-of-some-length"})
    return client


def codes(secret: str) -> list[str]:
    """The codes of now, of the step to come and of the one before."""
    import time

    step = int(time.time()) // 30
    return [format_hotp_value(hotp_value(secret, step + ahead)) for ahead in (0, 1, -1)]


def enrolled(agent) -> str:
    secret = second_factor.new_secret()
    second_factor.enrol_app(agent, secret, codes(secret)[0])
    return secret


def awaiting_approval(lender) -> str:
    number = story.generated(lender)
    offers = assessment.case_file(lender.agent, number).offer_set.offers
    keys = [offer.key for offer in offers]
    offering.send(
        lender.agent, number, offer_keys=keys, version=story.version(lender, number), key="send"
    )
    return number


def kinds(number: str) -> list[str]:
    return [event.kind for event in log.read(f"case:{number}")]


class TestCodes:
    def test_are_those_of_the_standard(self):
        # RFC 6238, appendix B: seed 12345678901234567890, second 59 -> 94287082, its last six.
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

        assert format_hotp_value(hotp_value(secret, 59 // 30)) == "287082"


class TestWithoutASecondFactor:
    def test_the_password_alone_opens_nothing(self, at_the_door):
        assert at_the_door.get("/desk/")["Location"].startswith("/desk/sign-in/?next=")

    def test_one_is_set_up_at_the_first_sign_in_and_recovery_codes_are_shown_once(
        self, agent, at_the_door
    ):
        page = at_the_door.get("/desk/sign-in/set-up/")
        secret = page.context["secret"]

        done = at_the_door.post("/desk/sign-in/set-up/", {"code": codes(secret)[0]})

        assert len(done.context["codes"]) == 10
        assert at_the_door.get("/desk/").status_code == 200
        assert at_the_door.get("/desk/sign-in/set-up/").status_code == 302
        assert second_factor.has_factor(agent)

    def test_a_wrong_code_keeps_the_same_secret(self, at_the_door):
        secret = at_the_door.get("/desk/sign-in/set-up/").context["secret"]

        again = at_the_door.post("/desk/sign-in/set-up/", {"code": "000000"})

        assert (again.status_code, again.context["secret"]) == (422, secret)

    def test_nobody_sets_one_up_without_the_password(self, agent):
        assert Client().get("/desk/sign-in/set-up/")["Location"] == "/desk/sign-in/"
        assert Client().get(SECOND)["Location"] == "/desk/sign-in/"


class TestTheCode:
    def test_opens_the_desk_and_the_log_says_by_what(self, agent, at_the_door):
        secret = enrolled(agent)

        answer = at_the_door.post(SECOND, {"code": codes(secret)[0], "next": "/desk/?view=all"})

        assert answer["Location"] == "/desk/?view=all"
        assert SEEN in at_the_door.session
        last = log.read("access")[-1]
        assert (last.kind, last.body["factor"]) == ("access.signed-in", "totp")

    def test_works_once(self, agent, at_the_door):
        secret = enrolled(agent)
        code = codes(secret)[0]
        assert second_factor.check_code(agent, code) == "totp"

        assert at_the_door.post(SECOND, {"code": code}).status_code == 422

    def test_of_recovery_works_once(self, agent, at_the_door):
        enrolled(agent)
        code = second_factor.new_recovery_codes(agent)[3]

        assert at_the_door.post(SECOND, {"code": f"{code[:5]} {code[5:]}"}).status_code == 302
        with pytest.raises(second_factor.WrongSecondCode):
            second_factor.check_code(agent, code)

    def test_five_wrong_ones_close_the_door_even_to_the_right_one(self, agent, at_the_door):
        secret = enrolled(agent)
        for _ in range(5):
            assert at_the_door.post(SECOND, {"code": "000000"}).status_code == 422

        answer = at_the_door.post(SECOND, {"code": codes(secret)[0]})

        assert answer.context["refused"].code == "too-many-second-codes"

    def test_nobody_locks_somebody_out_without_the_password(self, agent):
        enrolled(agent)
        stranger = Client()
        for _ in range(8):
            stranger.post(SECOND, {"code": "000000"})

        assert not FailedSignIn.objects.exists()

    def test_waits_ten_minutes_and_no_longer(self, agent, at_the_door, monkeypatch):
        enrolled(agent)
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:41:00+08:00")

        assert at_the_door.get(SECOND)["Location"] == "/desk/sign-in/"

    def test_of_somebody_who_lost_the_role_opens_nothing(self, agent, at_the_door):
        secret = enrolled(agent)
        agent.is_active = False
        agent.save()

        assert at_the_door.post(SECOND, {"code": codes(secret)[0]})["Location"] == "/desk/sign-in/"


class TestSecrets:
    def test_lie_sealed_in_the_database(self, agent):
        secret = enrolled(agent)
        second_factor.new_recovery_codes(agent)

        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            rows = " ".join(str(row) for row in cursor.fetchall())

        assert secret not in rows
        assert all(code not in rows for code in second_factor.new_recovery_codes(agent))

    def test_an_old_session_without_a_second_factor_is_worth_nothing(self, lender):
        client = Client()
        client.force_login(lender.agent, "django.contrib.auth.backends.ModelBackend")

        assert client.get("/desk/")["Location"].startswith("/desk/sign-in/")


class TestBeforeMoneyMoves:
    def stale(self, client: Client) -> Client:
        session = client.session
        session[SEEN] = session[SEEN] - 11 * 60
        session.save()
        return client

    def test_a_code_is_asked_for_and_what_was_typed_is_kept(self, lender, desk_of):
        number = awaiting_approval(lender)
        secret = enrolled(lender.approver)
        client = self.stale(desk_of(lender.approver))
        version = story.version(lender, number)
        sent = {"key": "back", "version": version, "note": "请写明收入 <b>来源</b>"}

        asked = client.post(f"/desk/cases/{number}/send-back/", sent)
        done = client.post(
            f"/desk/cases/{number}/send-back/",
            {**dict(asked.context["sent"]), "code": codes(secret)[1]},
        )

        assert asked.status_code == 403
        assert "请写明收入 &lt;b&gt;来源&lt;/b&gt;" in asked.content.decode()
        assert done.status_code == 302
        assert kinds(number)[-1] == "case.offers.returned"

    def test_a_wrong_code_decides_nothing(self, lender, desk_of):
        number = awaiting_approval(lender)
        enrolled(lender.approver)
        client = self.stale(desk_of(lender.approver))

        answer = client.post(
            f"/desk/cases/{number}/approve/",
            {"key": "yes", "version": story.version(lender, number), "code": "000000"},
        )

        assert answer.context["refused"].code == "wrong-second-code"
        assert Case.objects.get(number=number).state == "awaiting-approval"


class TestFactorsOfOnesOwn:
    def test_the_last_one_stays(self, agent, desk_of):
        enrolled(agent)
        factor = second_factor.factors_of(agent)[0]

        answer = desk_of(agent).post("/desk/security/", {"step": "remove", "factor": factor.id})

        assert answer.context["refused"].code == "last-factor"

    def test_nobody_takes_away_anothers(self, agent, lender, desk_of):
        enrolled(agent)
        enrolled(lender.other_agent)
        factor = second_factor.factors_of(lender.other_agent)[0]

        desk_of(agent).post("/desk/security/", {"step": "remove", "factor": factor.id})

        assert second_factor.has_factor(lender.other_agent)

    def test_new_recovery_codes_replace_the_old_ones(self, agent, desk_of):
        enrolled(agent)
        before = second_factor.new_recovery_codes(agent)

        shown = desk_of(agent).post("/desk/security/", {"step": "recovery"}).context["codes"]

        assert not set(before) & set(shown)

    def test_a_reset_asks_for_new_ones_and_is_logged(self, agent, at_the_door):
        enrolled(agent)

        second_factor.reset(agent, by="command-line")

        assert at_the_door.get(SECOND)["Location"] == "/desk/sign-in/set-up/"
        assert log.read("access")[-1].kind == "access.factors.reset"

    @pytest.mark.parametrize("answer", ["", "{}", "[]", "nonsense", json.dumps({"id": "x"})])
    def test_an_answer_that_proves_no_passkey_opens_nothing(self, agent, at_the_door, answer):
        secret = enrolled(agent)
        at_the_door.post("/desk/sign-in/passkey/")

        page = at_the_door.post(SECOND, {"passkey": answer, "code": ""})

        assert page.status_code == 422
        assert at_the_door.post("/desk/sign-in/", {"passkey": answer or "{}"}).status_code == 422
        assert secret


class TestTheDemo:
    def test_shows_codes_of_its_own_app_only(self, lender, agent):
        make_staff()
        from tideover.app.db.models import Account

        known = Account.objects.get(login="agent")
        enrolled(agent)

        assert second_factor.check_code(known, demo.code_now(known)) == "totp"
        assert second_factor.check_code(known, demo.code_now(known)) == "totp"
        assert demo.code_now(agent) == ""
        assert Authenticator.objects.filter(user=known).count() == 1

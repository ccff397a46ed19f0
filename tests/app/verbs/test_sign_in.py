import re

import pytest

from accounts import make_borrower
from tideover.app.db.models import Borrower, OutboxMessage, SignInCode
from tideover.app.verbs import sign_in

pytestmark = pytest.mark.django_db
NOBODY = "10099999999"


def newest_code() -> str:
    message = OutboxMessage.objects.order_by("-created_at").first()
    assert message is not None
    found = re.search(r"\d{6}", message.text)
    assert found is not None
    return found[0]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.fixture
def borrower(monkeypatch: pytest.MonkeyPatch) -> Borrower:
    monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:00:00+08:00")
    return make_borrower()


class TestSendCode:
    def test_the_code_reaches_the_borrower_in_a_message(self, borrower: Borrower) -> None:
        sign_in.send_code(borrower.phone, key="k1")

        (message,) = OutboxMessage.objects.all()
        assert (message.to, message.borrower) == (borrower.phone, borrower)

    def test_the_code_is_not_kept(self, borrower: Borrower) -> None:
        sign_in.send_code(borrower.phone, key="k1")

        assert newest_code() not in SignInCode.objects.get().digest

    def test_sent_twice_with_one_key_there_is_one_message(self, borrower: Borrower) -> None:
        for _ in range(2):
            sign_in.send_code(borrower.phone, key="k1")

        assert OutboxMessage.objects.count() == 1

    def test_an_unknown_phone_is_answered_alike_and_gets_nothing(self, borrower: Borrower) -> None:
        sign_in.send_code(NOBODY, key="k1")

        assert not OutboxMessage.objects.exists()
        assert SignInCode.objects.count() == 1

    @pytest.mark.parametrize("typed", ["", "12345", "abcdefghijk", "2000000000 1"])
    def test_what_is_no_phone_is_refused(self, typed: str) -> None:
        with pytest.raises(sign_in.NotAPhone, match="11 digits"):
            sign_in.send_code(typed, key="k1")

    def test_full_width_digits_and_blanks_are_a_phone(self, borrower: Borrower) -> None:
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in borrower.phone)
        sign_in.send_code(f"+86 {wide[:3]} {wide[3:]}", key="k1")

        assert OutboxMessage.objects.count() == 1

    @pytest.mark.parametrize("known", [True, False])
    def test_too_many_codes_are_refused_alike(self, borrower: Borrower, known: bool) -> None:
        phone = borrower.phone if known else NOBODY
        for number in range(10):
            sign_in.send_code(phone, key=f"k{number}")

        with pytest.raises(sign_in.TooManyCodes, match="15 minutes"):
            sign_in.send_code(phone, key="one too many")

    def test_nobody_can_guess_all_day(
        self, borrower: Borrower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(20):
            monkeypatch.setenv("TIDEOVER_NOW", f"2026-11-23T{number + 1:02}:00:00+08:00")
            sign_in.send_code(borrower.phone, key=f"k{number}")
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T23:00:00+08:00")

        with pytest.raises(sign_in.TooManyCodes, match="hours"):
            sign_in.send_code(borrower.phone, key="one-more")
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-24T02:00:01+08:00")
        sign_in.send_code(borrower.phone, key="the-next-day")

    def test_one_address_cannot_ask_for_everybody(self, borrower: Borrower) -> None:
        for number in range(60):
            sign_in.send_code(f"1008{number:07d}", key=f"k{number}", address="192.0.2.1")

        with pytest.raises(sign_in.TooManyCodes):
            sign_in.send_code(borrower.phone, key="k", address="192.0.2.1")
        sign_in.send_code(borrower.phone, key="k", address="192.0.2.2")


class TestCheckCode:
    def test_the_right_code_opens_the_account_once(self, borrower: Borrower) -> None:
        sign_in.send_code(borrower.phone, key="k1")
        code = newest_code()

        assert sign_in.check_code(borrower.phone, f" {code[:3]} {code[3:]}") == borrower.account
        with pytest.raises(sign_in.UsedCode):
            sign_in.check_code(borrower.phone, code)

    def test_a_wrong_code_says_how_many_tries_are_left(self, borrower: Borrower) -> None:
        sign_in.send_code(borrower.phone, key="k1")

        with pytest.raises(sign_in.WrongCode) as refused:
            sign_in.check_code(borrower.phone, another(newest_code()))
        assert refused.value.tries_left == 4

    def test_after_five_wrong_tries_the_right_code_is_refused(self, borrower: Borrower) -> None:
        sign_in.send_code(borrower.phone, key="k1")
        code = newest_code()
        for _ in range(5):
            with pytest.raises((sign_in.WrongCode, sign_in.TooManyTries)):
                sign_in.check_code(borrower.phone, another(code))

        with pytest.raises(sign_in.TooManyTries, match="5 times"):
            sign_in.check_code(borrower.phone, code)

    def test_a_code_is_too_old_after_five_minutes(
        self, borrower: Borrower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sign_in.send_code(borrower.phone, key="k1")
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:05:01+08:00")

        with pytest.raises(sign_in.ExpiredCode, match="5 minutes"):
            sign_in.check_code(borrower.phone, newest_code())

    def test_a_new_code_replaces_the_earlier_one(self, borrower: Borrower) -> None:
        sign_in.send_code(borrower.phone, key="k1")
        earlier = newest_code()
        sign_in.send_code(borrower.phone, key="k2")
        if newest_code() == earlier:
            sign_in.send_code(borrower.phone, key="k3")

        with pytest.raises(sign_in.WrongCode):
            sign_in.check_code(borrower.phone, earlier)

    def test_a_known_and_an_unknown_phone_refuse_alike(self, borrower: Borrower) -> None:
        answers = []
        for phone in (borrower.phone, NOBODY):
            sign_in.send_code(phone, key=f"k-{phone}")
            wrong = another(newest_code())
            for _ in range(6):
                with pytest.raises((sign_in.WrongCode, sign_in.TooManyTries)) as refused:
                    sign_in.check_code(phone, wrong)
                answers.append(str(refused.value))

        assert answers[:6] == answers[6:]

"""Calls to the platform, against a stand-in that speaks real HTTP."""

from collections.abc import Iterator

import pytest
from stand_in import PICTURE, StandIn, platform

from tideover.app.wechat import (
    OfficialAccount,
    OutOfWindow,
    Platform,
    PlatformRefused,
    Unreachable,
    account_from_environment,
)
from tideover.app.wechat.account import AccountIncomplete


@pytest.fixture
def there() -> Iterator[StandIn]:
    with platform() as told:
        yield told


def account(address: str, *, secret: str = "the-secret") -> OfficialAccount:
    return OfficialAccount("wx-demo", secret, "token", template="T1", api=address)


class TestPlatform:
    def test_asks_for_a_token_once(self, there):
        ours = Platform(account(there.address))

        ours.send_text("oF1", "你好")
        ours.send_text("oF1", "再见")

        assert there.paths().count("/cgi-bin/stable_token") == 1
        assert there.asked[1][1]["text"] == {"content": "你好"}

    @pytest.mark.parametrize("number", [40001, 40014, 42001])
    def test_asks_again_when_the_token_is_gone(self, there, number):
        ours = Platform(account(there.address))
        ours.send_text("oF1", "一")
        there.errors = [number]

        assert ours.send_text("oF1", "二") == "200228332"
        assert there.tokens == 2
        assert there.asked[-2][1]["force_refresh"] is True

    def test_gives_up_after_the_second_token(self, there):
        there.errors = [42001, 42001]

        with pytest.raises(PlatformRefused, match="42001"):
            Platform(account(there.address)).send_text("oF1", "一")
        assert there.tokens == 2

    @pytest.mark.parametrize("number", [45015, 45047, 43004])
    def test_says_when_another_way_has_to_be_taken(self, there, number):
        there.errors = [number]

        with pytest.raises(OutOfWindow, match=str(number)):
            Platform(account(there.address)).send_text("oF1", "一")

    def test_the_template_names_no_amount_and_no_reason(self, there):
        Platform(account(there.address)).send_template("oF1", case="HC-1001", url="https://x/")

        sent = there.asked[-1][1]
        assert sent["data"] == {
            "thing1": {"value": "你的申请有新消息"},
            "character_string2": {"value": "HC-1001"},
        }

    def test_fetches_a_picture(self, there):
        media = Platform(account(there.address)).media("M1")

        assert (media.name, media.content) == ("MEDIA.png", PICTURE)

    def test_says_when_a_picture_is_gone(self, there):
        there.errors = [40007]

        with pytest.raises(PlatformRefused, match="40007"):
            Platform(account(there.address)).media("M1")

    def test_tells_no_secret_when_nobody_answers(self):
        with pytest.raises(Unreachable) as refused:
            Platform(account("http://127.0.0.1:9")).send_text("oF1", "一")

        assert "secret" not in str(refused.value)
        assert "the-secret" not in repr(account(""))

    def test_a_wrong_secret_is_a_refusal(self, there):
        with pytest.raises(PlatformRefused, match="40125"):
            Platform(account(there.address, secret="wrong")).send_text("oF1", "一")


class TestAccountFromEnvironment:
    def test_is_none_without_its_id(self, monkeypatch):
        monkeypatch.delenv("TIDEOVER_WECHAT_APP_ID", raising=False)

        assert account_from_environment() is None

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"SECRET": "s"}, "TOKEN"),
            ({"SECRET": "s", "TOKEN": "t", "AES_KEY": "short"}, "AES_KEY"),
        ],
    )
    def test_is_refused_when_incomplete(self, monkeypatch, told, why):
        for name in ("SECRET", "TOKEN", "AES_KEY"):
            monkeypatch.setenv(f"TIDEOVER_WECHAT_{name}", told.get(name, ""))
        monkeypatch.setenv("TIDEOVER_WECHAT_APP_ID", "wx-demo")

        with pytest.raises(AccountIncomplete, match=why):
            account_from_environment()

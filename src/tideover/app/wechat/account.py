"""The official account of this deployment, from its environment."""

import os
from dataclasses import dataclass, field
from typing import ClassVar

from tideover.app.wechat.envelope import KEY_LENGTH
from tideover.money import Refusal

_API = "https://api.weixin.qq.com"


class AccountIncomplete(Refusal):
    """Some variables of the official account are set and others are not."""

    code: ClassVar[str] = "wechat-account-incomplete"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the WeChat official account is not set up: {why}; "
            "see docs/how-to/connect-channels.md",
            f"微信公众号配置不完整：{why}",
        )


@dataclass(frozen=True, slots=True)
class OfficialAccount:
    """Who the account is and its secrets, which no `repr` shows.

    `aes_key` empty means plain mode. `template` is the platform's id of the one template that says
    that something new is there; it is used outside the 48 hours.
    """

    app_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)
    template: str = ""
    api: str = _API


def account_from_environment() -> OfficialAccount | None:
    """Return the account that `TIDEOVER_WECHAT_…` describes; None where none is set.

    Raises:
        AccountIncomplete: the id is there without its secret or token, or the key is none.
    """
    told = {
        name: os.environ.get(f"TIDEOVER_WECHAT_{name}", "").strip()
        for name in ("APP_ID", "SECRET", "TOKEN", "AES_KEY", "TEMPLATE", "API")
    }
    if not told["APP_ID"]:
        return None
    for name in ("SECRET", "TOKEN"):
        if not told[name]:
            raise AccountIncomplete(f"TIDEOVER_WECHAT_{name} is empty")
    if told["AES_KEY"] and len(told["AES_KEY"]) != KEY_LENGTH:
        raise AccountIncomplete(
            f"TIDEOVER_WECHAT_AES_KEY has {len(told['AES_KEY'])} characters, not {KEY_LENGTH}"
        )
    return OfficialAccount(
        app_id=told["APP_ID"],
        secret=told["SECRET"],
        token=told["TOKEN"],
        aes_key=told["AES_KEY"],
        template=told["TEMPLATE"],
        api=(told["API"] or _API).rstrip("/"),
    )

"""Calls to the platform: its access token, messages to a follower, and what a follower sent.

A token that ran out or was replaced (40001, 40014, 42001) is asked for anew, once. The platform
gives the same token to everybody who asks for the stable one, so several processes can.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, ClassVar

import requests

from tideover.app import clock
from tideover.app.wechat.account import OfficialAccount
from tideover.app.wechat.answering import shortened
from tideover.money import Refusal

_SECONDS = (3.05, 10)
_EARLIER = timedelta(minutes=5)
_TOKEN_GONE = frozenset({40001, 40014, 42001})
#: Outside 48 hours, too many in a row, not a follower any more, or not a follower of this account.
_CANNOT_REACH = frozenset({45015, 45047, 43004, 40003, 50002})
MEDIA_BYTES_MAX = 20 * 1024 * 1024


class PlatformRefused(Refusal):
    """The platform answered with an error; it may pass."""

    code: ClassVar[str] = "wechat-refused"

    def __init__(self, number: int, words: str) -> None:
        self.number = number
        super().__init__(
            f"WeChat answered {number}: {words[:80]}", f"微信返回 {number}：{words[:80]}"
        )


class OutOfWindow(PlatformRefused):
    """The platform will not carry this to the follower: another way has to be taken."""

    code: ClassVar[str] = "wechat-out-of-window"


class Unreachable(Refusal):
    """The platform did not answer, or not in its own format."""

    code: ClassVar[str] = "wechat-unreachable"

    def __init__(self, why: str) -> None:
        super().__init__(f"WeChat's platform did not answer: {why}", f"微信平台没有响应：{why}")


@dataclass(frozen=True, slots=True)
class Media:
    """A file that a follower sent."""

    name: str
    content: bytes


class Platform:
    """The platform as one account sees it; keep it, since it keeps the token."""

    def __init__(self, account: OfficialAccount) -> None:
        self._account = account
        self._token = ""
        self._token_until = datetime.min.replace(tzinfo=clock.BUSINESS_ZONE)
        self._asking = Lock()

    def send_text(self, open_id: str, text: str) -> str:
        """Send words to a follower who did something in the last 48 hours; return their number.

        Raises OutOfWindow, PlatformRefused, Unreachable.
        """
        words = {"content": shortened(text)}
        told = self._post(
            "/cgi-bin/message/custom/send", {"touser": open_id, "msgtype": "text", "text": words}
        )
        return str(told.get("msgid", ""))

    def send_template(self, open_id: str, *, case: str, url: str) -> str:
        """Send the one template: that there is something new in the case, and where to read it.

        It holds no amount, no reason and no illness: the case number and two fixed phrases.

        Raises OutOfWindow, PlatformRefused, Unreachable.
        """
        told = self._post(
            "/cgi-bin/message/template/send",
            {
                "touser": open_id,
                "template_id": self._account.template,
                "url": url,
                "data": {
                    "thing1": {"value": "你的申请有新消息"},
                    "character_string2": {"value": case},
                },
            },
        )
        return str(told.get("msgid", ""))

    def media(self, media_id: str) -> Media:
        """Fetch what a follower sent; the platform keeps it for three days.

        Raises PlatformRefused when it is gone, Unreachable.
        """
        for is_second in (False, True):
            answer = self._ask(
                "GET",
                "/cgi-bin/media/get",
                query={"access_token": self._access_token(anew=is_second), "media_id": media_id},
            )
            kind = answer.headers.get("Content-Type", "")
            if "json" not in kind and "text/plain" not in kind:
                return Media(_name_in(answer), _read(answer))
            told = _json(answer)
            if _number(told) not in _TOKEN_GONE or is_second:
                raise _refusal(told)
        raise AssertionError

    def _post(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        told: Mapping[str, Any] = {}
        for is_second in (False, True):
            query = {"access_token": self._access_token(anew=is_second)}
            told = _json(self._ask("POST", path, query=query, body=body))
            if _number(told) == 0:
                return told
            if _number(told) not in _TOKEN_GONE:
                break
        raise _refusal(told)

    def _access_token(self, *, anew: bool) -> str:
        with self._asking:
            if self._token and not anew and clock.now() < self._token_until:
                return self._token
            asked = {
                "grant_type": "client_credential",
                "appid": self._account.app_id,
                "secret": self._account.secret,
                "force_refresh": anew and bool(self._token),
            }
            told = _json(self._ask("POST", "/cgi-bin/stable_token", body=asked))
            if "access_token" not in told:
                raise _refusal(told)
            self._token = str(told["access_token"])
            lives = timedelta(seconds=int(told.get("expires_in", 7200)))
            self._token_until = clock.now() + max(lives - _EARLIER, lives / 2)
            return self._token

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> requests.Response:
        try:
            answer = requests.request(
                method,
                self._account.api + path,
                params=query,
                # As it is: the platform would show escaped characters to the follower.
                data=None if body is None else json.dumps(body, ensure_ascii=False).encode(),
                timeout=_SECONDS,
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            # The address of the request carries the token: only the kind of error is told.
            raise Unreachable(type(error).__name__) from None
        if answer.status_code != requests.codes.ok:
            raise Unreachable(f"status {answer.status_code}")
        return answer


def _json(answer: requests.Response) -> Mapping[str, Any]:
    try:
        told = answer.json()
    except (ValueError, requests.RequestException):
        raise Unreachable("it answered no JSON") from None
    if not isinstance(told, dict):
        raise Unreachable("it answered no JSON object")
    return told


def _number(told: Mapping[str, Any]) -> int:
    number = told.get("errcode", 0)
    return number if isinstance(number, int) else -1


def _refusal(told: Mapping[str, Any]) -> PlatformRefused:
    kind = OutOfWindow if _number(told) in _CANNOT_REACH else PlatformRefused
    return kind(_number(told), str(told.get("errmsg", "")))


def _read(answer: requests.Response) -> bytes:
    content = bytearray()
    try:
        for piece in answer.iter_content(64 * 1024):
            content += piece
            if len(content) > MEDIA_BYTES_MAX:
                raise PlatformRefused(0, f"the file has more than {MEDIA_BYTES_MAX} bytes")
    except requests.RequestException as error:
        raise Unreachable(type(error).__name__) from None
    return bytes(content)


def _name_in(answer: requests.Response) -> str:
    disposition = answer.headers.get("Content-Disposition", "")
    _before, found, name = disposition.partition("filename=")
    return name.strip('" ;') if found else ""

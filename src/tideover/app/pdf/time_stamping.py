"""An outside time stamp authority, asked over HTTP as RFC 3161 says."""

import asyncio
from typing import ClassVar, Final

import requests
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from tideover.app.pdf.signer import SealUnavailable

_SECONDS_MAX: Final = 10
_ASKED: Final = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


class TimeNotStamped(SealUnavailable):
    """The time stamp authority gave no answer that could be read."""

    code: ClassVar[str] = "time-not-stamped"

    def __init__(self, url: str, *, why: str) -> None:
        super().__init__(
            f"{url} gave no time stamp: {why}; nothing was sealed, try again in a moment",
            f"时间戳服务 {url} 没有返回时间戳：{why}；尚未用印，请稍后重试",
        )


class HttpTimeStamper(TimeStamper):
    """The authority at `url`. A seal waits for it, ten seconds at the most."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return what the authority answers. Raises TimeNotStamped."""
        return await asyncio.to_thread(self._ask, req.dump())

    def _ask(self, asked: bytes) -> tsp.TimeStampResp:
        try:
            answer = requests.post(self.url, data=asked, headers=_ASKED, timeout=_SECONDS_MAX)
            answer.raise_for_status()
            told = tsp.TimeStampResp.load(answer.content)
            told["status"].native  # noqa: B018 (reads the whole answer)
        except (requests.RequestException, ValueError) as error:
            raise TimeNotStamped(self.url, why=str(error)) from error
        return told

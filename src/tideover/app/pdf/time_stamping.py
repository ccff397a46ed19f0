"""Time stamp authorities as RFC 3161 has them: one asked over HTTP, and the demo's own."""

import asyncio
import secrets
from datetime import datetime
from typing import ClassVar, Final

import requests
from asn1crypto import cms, tsp, x509
from pyhanko.sign.timestamps import TimeStamper

from tideover.app.pdf.der import der_size, in_set_order
from tideover.app.pdf.signer import CmsSigner, SealUnavailable, SigningKey

_SECONDS_MAX: Final = 10
_ASKED: Final = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}
#: The policy that the demo's own stamps name: RFC 3161 wants one, and theirs is nobody's.
_DEMO_POLICY: Final = "2.999.1"
_SERIAL_BITS: Final = 62


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
            status = told["status"]["status"].native
            if status != "granted":
                raise TimeNotStamped(self.url, why=f"the answer is {status!r}")
            return _in_der(told)
        except (requests.RequestException, ValueError, TypeError, KeyError) as error:
            raise TimeNotStamped(self.url, why=str(error)) from error


def _in_der(told: tsp.TimeStampResp) -> tsp.TimeStampResp:
    """Return the answer with its certificates in the order of DER, which no signature covers.

    A reader of the seal takes no other spelling. Raises NotDer.
    """
    signed = told["time_stamp_token"]["content"]
    signed["certificates"] = cms.CertificateSet(in_set_order(signed["certificates"]))
    der_size(told["time_stamp_token"].dump())
    return told


class LocalTimeStamper(TimeStamper):
    """An authority in this process that says the time is `at`.

    It proves nothing to a stranger, since the lender holds its key: production names an outside
    authority instead.
    """

    def __init__(self, key: SigningKey, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._key = key
        self._at = at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the stamp on whatever digest was asked about."""
        stamped = cms.EncapsulatedContentInfo(
            {
                "content_type": "tst_info",
                "content": cms.ParsableOctetString(self._stamp(req).dump()),
            }
        )
        token = await CmsSigner(self._key).async_sign_general_data(
            stamped, "sha256", detached=False, use_cades=True
        )
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})

    def _stamp(self, req: tsp.TimeStampReq) -> tsp.TSTInfo:
        authority = x509.Certificate.load(self._key.certificate)
        return tsp.TSTInfo(
            {
                "version": "v1",
                "policy": _DEMO_POLICY,
                "message_imprint": req["message_imprint"],
                "serial_number": secrets.randbits(_SERIAL_BITS),
                "gen_time": self._at,
                "nonce": req["nonce"],
                "tsa": x509.GeneralName("directory_name", authority.subject),
            }
        )

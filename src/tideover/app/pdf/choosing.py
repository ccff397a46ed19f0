"""Which seal this deployment has: a file of the demo's, or a token named by the settings."""

from pathlib import Path
from typing import ClassVar

from asn1crypto import pem
from django.conf import settings

from tideover.app.pdf.authority import load_signer, seal_folder
from tideover.app.pdf.signer import SealSigner
from tideover.app.pdf.token import load_token
from tideover.money import Refusal


class TimeStampMissing(Refusal):
    """A seal of weight needs a time that its owner cannot set."""

    code: ClassVar[str] = "time-stamp-missing"

    def __init__(self) -> None:
        super().__init__(
            "TIDEOVER_SEAL_TOKEN is set and TIDEOVER_TIME_STAMP_URL is not: name the RFC 3161 "
            "authority that stamps your seals",
            "已设置 TIDEOVER_SEAL_TOKEN，但没有设置 TIDEOVER_TIME_STAMP_URL："
            "请填写 RFC 3161 时间戳服务地址",
        )


def seal_signer() -> SealSigner:
    """The seal of this deployment.

    Raises:
        SealMissing: the file of the seal cannot be used.
        TokenMisnamed, TokenUnavailable, TimeStampMissing: the token, or its time stamp, cannot.
    """
    uri: str = settings.SEAL_TOKEN
    if not uri:
        return load_signer(seal_folder())
    if not settings.TIME_STAMP_URL:
        raise TimeStampMissing
    return load_token(
        uri, time_stamp_url=settings.TIME_STAMP_URL, chain=_chain(settings.SEAL_CHAIN)
    )


def _chain(path: str) -> tuple[bytes, ...]:
    if not path:
        return ()
    links = pem.unarmor(Path(path).read_bytes(), multiple=True)
    return tuple(der for _, _, der in links)

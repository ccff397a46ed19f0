"""Which core this deployment has: `TIDEOVER_HOST` says, secrets come from the environment."""

from typing import ClassVar, Final

from django.conf import settings

from tideover.app.host.embedded import EmbeddedCore
from tideover.app.host.fineract import FineractClient, FineractCore
from tideover.app.host.interface import HostCore
from tideover.money import Refusal

_FINERACT: Final = "fineract+"


class HostUnknown(Refusal):
    """The address of the core is of no system this service can speak to."""

    code: ClassVar[str] = "host-unknown"

    def __init__(self, address: str) -> None:
        scheme = address.partition(":")[0]
        super().__init__(
            f"TIDEOVER_HOST begins with {scheme!r}: write fineract+https://…, or leave it out to "
            "keep the book in this service",
            f"TIDEOVER_HOST 以 {scheme!r} 开头：请填写 fineract+https://…；不填则由本系统记账。",
        )


def core() -> HostCore:
    """The core of this deployment. Raises HostUnknown."""
    address: str = settings.HOST
    if not address:
        return EmbeddedCore()
    if not address.startswith((f"{_FINERACT}https://", f"{_FINERACT}http://127.0.0.1:")):
        raise HostUnknown(address)
    client = FineractClient(
        address.removeprefix(_FINERACT),
        tenant=settings.HOST_TENANT,
        user=settings.HOST_USER,
        password=settings.HOST_PASSWORD,
    )
    return FineractCore(client, reason_id=settings.HOST_REASON)

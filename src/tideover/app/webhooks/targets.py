"""Where webhooks may go: only to hosts that whoever runs the service has named."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings

from tideover.money import Refusal


class TargetNotAllowed(Refusal):
    """The address is not one that this service may send to."""

    code: ClassVar[str] = "target-not-allowed"

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"{url} cannot be told of events: {why}; use https and name its host in "
            "TIDEOVER_WEBHOOK_HOSTS",
            f"不能向 {url} 发送通知：{why}。"
            "请使用 https，并在 TIDEOVER_WEBHOOK_HOSTS 中登记主机名。",
        )


def allowed(url: str) -> str:
    """Return the address if it may be sent to. Raises TargetNotAllowed.

    Plain http is only for this machine itself.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" and not (parts.scheme == "http" and host == "127.0.0.1"):
        raise TargetNotAllowed(url, "it is not https")
    if parts.username or parts.password:
        raise TargetNotAllowed(url, "it holds a password")
    if host not in settings.WEBHOOK_HOSTS:
        raise TargetNotAllowed(url, f"the host {host or '?'} is not named")
    return url

"""Asking Fineract over HTTP: who we are, which tenant, and what its answers mean."""

from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any, Final

import requests

from tideover.app.host.interface import HostRefused, HostUnreachable, NotInHost

NAME: Final = "Apache Fineract"
#: Seconds to connect, and to wait for an answer.
TIMEOUTS: Final = (5, 30)
_REDIRECTS: Final = range(300, 400)
_NOT_FOUND, _TOO_MANY, _SERVER_ERROR = 404, 429, 500


class FineractClient:
    """One connection to one tenant. Numbers come back as text, so that none becomes binary."""

    def __init__(self, base: str, *, tenant: str, user: str, password: str) -> None:
        self._base = base.rstrip("/")
        self._session = requests.Session()
        self._session.auth = (user, password)
        self._session.headers.update({"Fineract-Platform-TenantId": tenant})

    def get(self, path: str, *, reference: str, query: Mapping[str, str] | None = None) -> Any:
        """Read something. Raises NotInHost, HostRefused, HostUnreachable."""
        return self._ask("GET", path, reference=reference, query=query)

    def post(
        self,
        path: str,
        body: Mapping[str, Any],
        *,
        reference: str,
        key: str,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """Change something, once for a key. Raises NotInHost, HostRefused, HostUnreachable."""
        return self._ask("POST", path, reference=reference, query=query, body=body, key=key)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        reference: str,
        query: Mapping[str, str] | None,
        body: Mapping[str, Any] | None = None,
        key: str = "",
    ) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        try:
            answer = self._session.request(
                method, f"{self._base}{path}", params=query, json=body, headers=headers,
                timeout=TIMEOUTS, allow_redirects=False,
            )  # fmt: skip
        except requests.RequestException as error:
            raise HostUnreachable(NAME, type(error).__name__) from error
        if answer.status_code == _NOT_FOUND:
            raise NotInHost(NAME, reference)
        if answer.status_code == _TOO_MANY or answer.status_code >= _SERVER_ERROR:
            raise HostUnreachable(NAME, f"HTTP {answer.status_code}")
        if answer.status_code in _REDIRECTS:
            raise HostUnreachable(NAME, f"HTTP {answer.status_code} points to another address")
        told = _json(answer)
        if not answer.ok:
            raise HostRefused(NAME, _why(told, answer.status_code))
        return told


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json(parse_float=str)
    except (JSONDecodeError, requests.JSONDecodeError) as error:
        raise HostUnreachable(NAME, "its answer is no JSON") from error


def _why(told: Any, status: int) -> str:
    """The core's own words: those about single fields where it gives some."""
    if not isinstance(told, dict):
        return f"HTTP {status}"
    single = [one.get("developerMessage", "") for one in told.get("errors", [])]
    words = [word for word in single if word] or [str(told.get("developerMessage", ""))]
    return "; ".join(word for word in words if word) or f"HTTP {status}"

"""Signing in with a password, at the pace of a person.

After too many failures from one address, that address is refused the login for a while whatever the
password, and every login after more. A login is refused everywhere only after so many failures that
a guess could come true: a stranger cannot lock somebody out with a few. An unknown login counts
like a known one, so that nothing tells which logins exist.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Account, FailedSignIn
from tideover.app.origin import address_of

COUNTED_MINUTES = 15
FAILURES_OF_LOGIN_HERE_MAX = 10
FAILURES_OF_LOGIN_MAX = 100
FAILURES_OF_ADDRESS_MAX = 60


class PacedBackend(ModelBackend):
    """Django's own check of a password, with a limit on failures and a line in the log."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> Account:
        """The account. Raises PermissionDenied otherwise: no other backend is to try again."""
        login_index = blind_index(username or "", purpose="login")
        address = address_of(request) if request is not None else ""
        address_index = blind_index(address, purpose="address") if address else ""
        if _is_paced(login_index, address_index):
            raise PermissionDenied
        account = super().authenticate(request, username=username, password=password, **more)
        if not isinstance(account, Account):
            _count(login_index, address_index)
            raise PermissionDenied
        with atomic():
            log.append(
                "access",
                kind="access.password-right",
                body={},
                at=clock.now(),
                actor=account.login,
            )
        return account


def _is_paced(login_index: str, address_index: str) -> bool:
    since = clock.now() - timedelta(minutes=COUNTED_MINUTES)
    recent = FailedSignIn.objects.filter(at__gt=since)
    of_login = recent.filter(login_index=login_index)
    if of_login.count() >= FAILURES_OF_LOGIN_MAX:
        return True
    if of_login.filter(address_index=address_index).count() >= FAILURES_OF_LOGIN_HERE_MAX:
        return True
    of_address = recent.filter(address_index=address_index).count() if address_index else 0
    return of_address >= FAILURES_OF_ADDRESS_MAX


def _count(login_index: str, address_index: str) -> None:
    FailedSignIn.objects.create(
        login_index=login_index, address_index=address_index, at=clock.now()
    )

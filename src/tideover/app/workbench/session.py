"""What a session at the desk knows: who has shown the password, and when a second factor was seen.

Until the second factor is shown nobody is signed in: the session holds only whose turn it is.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.authenticators import SealedAuthenticators
from tideover.app.db.models import Account
from tideover.app.verbs.rights import Right, may
from tideover.app.verbs.second_factor import has_factor, new_secret, tell

SEEN = "second_factor_at"
_WAITING, _SECRET = "staff_waiting", "staff_secret"
_WAITING_MAX = timedelta(minutes=10)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def password_shown(request: HttpRequest, account: Account) -> None:
    """Remember for ten minutes who has shown the right password."""
    request.session[_WAITING] = {"account": account.pk, "at": clock.now().timestamp()}


def who_waits(request: HttpRequest) -> Account | None:
    """Who has shown the password and not the second factor yet; nobody when it took too long."""
    waiting = request.session.get(_WAITING)
    if not isinstance(waiting, dict):
        return None
    if clock.now().timestamp() - float(waiting["at"]) > _WAITING_MAX.total_seconds():
        del request.session[_WAITING]
        return None
    account = Account.objects.filter(pk=waiting["account"]).first()
    return account if account is not None and may(account, Right.SIGN_IN) else None


def sign_in_whole(request: HttpRequest, account: Account, *, factor: str) -> None:
    """Open the session: both factors were shown."""
    forget(request)
    login(request, account, backend=_BACKEND)
    factor_seen(request)
    with atomic():
        tell(account, "access.signed-in", kind=factor)


def factor_seen(request: HttpRequest) -> None:
    """Remember that a second factor was shown just now."""
    request.session[SEEN] = int(clock.now().timestamp())


def is_whole(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor."""
    return SEEN in request.session


def is_fresh(request: HttpRequest) -> bool:
    """Whether the second factor was shown so lately that money may be decided about."""
    seen = int(request.session.get(SEEN, 0))
    age = clock.now().timestamp() - seen
    return age <= int(settings.SECOND_FACTOR_FRESH_SECONDS)


def secret_of(request: HttpRequest) -> str:
    """The secret offered to the app that is being set up; sealed in the session until it is."""
    keeper = SealedAuthenticators()
    kept = request.session.get(_SECRET)
    if isinstance(kept, str):
        return keeper.decrypt(kept)
    secret = new_secret()
    request.session[_SECRET] = keeper.encrypt(secret)
    return secret


def forget(request: HttpRequest) -> None:
    """Drop what only the way in needed."""
    for name in (_WAITING, _SECRET):
        request.session.pop(name, None)


def needs_to_enrol(account: Account) -> bool:
    """Whether the account has no second factor yet."""
    return not has_factor(account)

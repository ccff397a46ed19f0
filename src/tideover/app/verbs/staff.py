"""Accounts of staff: made, moved to another role and closed at the command line; each is logged."""

import re
from typing import ClassVar

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic, lock_account
from tideover.app.db.models import PORTAL_ROLES, Account, Role
from tideover.app.verbs import second_factor
from tideover.app.verbs.rights import Right, demand
from tideover.money import Refusal

PASSWORD_LENGTH_MIN = 15
"""NIST SP 800-63B-4 for a password that stands alone: long, and no rules about its characters."""

_PASSWORD_LENGTH_MAX = 256
_DIFFERENT_MIN = 5
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}")
_BY = "command-line"


class LoginRefused(Refusal):
    """A sign-in name cannot be given to a new account."""

    code: ClassVar[str] = "login-refused"

    def __init__(self, login: str, why: str, why_zh: str) -> None:
        super().__init__(f"the sign-in name {login!r} {why}", f"登录名 {login!r} {why_zh}")


class PasswordRefused(Refusal):
    """A password is too easy to guess."""

    code: ClassVar[str] = "password-refused"

    def __init__(self, why: str, why_zh: str) -> None:
        super().__init__(f"the password {why}", f"密码{why_zh}")


class NoSuchStaff(Refusal):
    """Nobody of that sign-in name works here."""

    code: ClassVar[str] = "no-such-staff"

    def __init__(self, login: str) -> None:
        super().__init__(
            f"nobody signs in as {login!r}; `tideover staff list` shows everybody",
            f"没有登录名为 {login!r} 的员工；用 `tideover staff list` 查看",
        )


class NotAStaffRole(Refusal):
    """The role is not one that staff can have."""

    code: ClassVar[str] = "not-a-staff-role"

    def __init__(self, role: str) -> None:
        known = ", ".join(STAFF_ROLES)
        super().__init__(
            f"{role!r} is no role of staff; choose one of {known}",
            f"{role!r} 不是员工角色；请从 {known} 中选择",
        )


STAFF_ROLES = tuple(role.value for role in Role if role not in PORTAL_ROLES)


def everybody(reader: Account) -> tuple[Account, ...]:
    """Every account of staff, for whoever may see them. Raises NotFound for anybody else."""
    demand(reader, Right.READ_STAFF)
    return listed()


def listed() -> tuple[Account, ...]:
    """Every account of staff, by role and name."""
    return tuple(Account.objects.exclude(role__in=PORTAL_ROLES).order_by("role", "login"))


def add(login: str, *, role: str, password: str, name: str = "") -> Account:
    """Make an account of staff.

    Raises:
        LoginRefused: the name is taken, or not made of 2 to 40 of a-z, 0-9, dot, dash, underscore.
        NotAStaffRole, PasswordRefused.
    """
    chosen = _role(role)
    if not _LOGIN.fullmatch(login):
        raise LoginRefused(
            login,
            "needs 2 to 40 characters of a-z, 0-9, dot, dash or underscore, a letter first",
            "须为 2 至 40 个小写字母、数字、点、横线或下划线，且以字母开头",
        )
    demand_password(password, login=login)
    with atomic():
        if Account.objects.filter(login=login).exists():
            raise LoginRefused(login, "is taken; choose another", "已被使用，请换一个")
        account = Account.objects.create_staff(
            login, password=password, role=chosen, display_name=name[:64]
        )
        _tell("staff.added", login, role=chosen.value)
    return account


def change_role(login: str, *, role: str) -> Account:
    """Give somebody another role; the next page that is asked for goes by it.

    Raises NoSuchStaff and NotAStaffRole.
    """
    chosen = _role(role)
    with atomic():
        account = _account(login)
        account.role = chosen
        account.save(update_fields=["role"])
        _tell("staff.role.changed", login, role=chosen.value)
    return account


def close(login: str) -> Account:
    """Close an account: it cannot sign in, and is signed out. Raises NoSuchStaff."""
    with atomic():
        account = _account(login)
        account.is_active = False
        account.save(update_fields=["is_active"])
        _tell("staff.closed", login, role=account.role)
    return account


def reset_factors(login: str) -> int:
    """Take away the app, passkeys and recovery codes of somebody who lost them; how many they were.

    The next sign-in asks for new ones. Look at whom you do it for: it is what a thief would ask.
    Raises NoSuchStaff.
    """
    with atomic():
        return second_factor.reset(_account(login), by=_BY)


def demand_password(password: str, *, login: str) -> None:
    """Refuse a password that is short, the login, or a few characters over and over.

    Raises PasswordRefused.
    """
    if not PASSWORD_LENGTH_MIN <= len(password) <= _PASSWORD_LENGTH_MAX:
        raise PasswordRefused(
            f"has {len(password)} characters; {PASSWORD_LENGTH_MIN} to {_PASSWORD_LENGTH_MAX} "
            "are needed: four or five words that do not belong together",
            f"有 {len(password)} 个字符，需要 {PASSWORD_LENGTH_MIN} 至 {_PASSWORD_LENGTH_MAX} 个："
            "可以用四五个互不相干的词",
        )
    if login.casefold() in password.casefold() or len(set(password)) < _DIFFERENT_MIN:
        raise PasswordRefused(
            "holds the sign-in name or the same few characters; choose words nobody would guess",
            "包含登录名，或只是几个字符的重复；请换成别人猜不到的词",
        )
    try:
        validate_password(password)
    except ValidationError as found:
        raise PasswordRefused(
            f"is refused: {' '.join(found.messages)}", "太常见，请换成别人猜不到的词"
        ) from found


def _role(role: str) -> Role:
    if role not in STAFF_ROLES:
        raise NotAStaffRole(role)
    return Role(role)


def _account(login: str) -> Account:
    known = Account.objects.exclude(role__in=PORTAL_ROLES).filter(login=login).first()
    account = lock_account(known.pk) if known else None
    if account is None:
        raise NoSuchStaff(login)
    return account


def _tell(kind: str, login: str, *, role: str) -> None:
    log.append("staff", kind=kind, body={"login": login, "role": role}, at=clock.now(), actor=_BY)

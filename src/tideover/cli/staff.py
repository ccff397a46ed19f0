"""tideover staff: the accounts of the people who work for the lender.

The password is asked for twice, or read from TIDEOVER_STAFF_PASSWORD; it is never an argument,
because other people on the machine can read those.
"""

import getpass
import os
from collections.abc import Sequence
from typing import ClassVar

from tideover.cli.arguments import Arguments, BadArguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service
from tideover.money import Refusal

PASSWORD_VARIABLE = "TIDEOVER_STAFF_PASSWORD"  # noqa: S105


class PasswordsDiffer(Refusal):
    """The password was typed two ways."""

    code: ClassVar[str] = "passwords-differ"

    def __init__(self) -> None:
        super().__init__(
            "the two passwords differ: type it again", "两次输入的密码不同，请重新输入"
        )


def run(arguments: Sequence[str]) -> int:
    """Make, list, move or close an account of staff, or reset its second factors."""
    parser = Arguments(prog="tideover staff", description=__doc__)
    parser.add_argument("action", choices=["add", "list", "role", "close", "reset"])
    parser.add_argument("login", nargs="?", help="the sign-in name")
    parser.add_argument("--role", help="agent, senior-agent, approver, supervisor, auditor, …")
    parser.add_argument("--name", default="", help="what colleagues read")
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    if given.action != "list" and not given.login:
        raise BadArguments("tideover staff", f"{given.action} needs a sign-in name")
    if given.action in ("add", "role") and not given.role:
        raise BadArguments("tideover staff", f"{given.action} needs --role")
    start_service()
    return _carry_out(
        given.action, given.login or "", role=given.role or "", name=given.name,
        is_chinese=chosen_language(arguments) == "zh",
    )  # fmt: skip


def _carry_out(action: str, login: str, *, role: str, name: str, is_chinese: bool) -> int:
    from tideover.app.verbs import staff

    if action == "add":
        staff.add(login, role=role, password=_password(), name=name)
        print(f"{login}：已开通，角色 {role}" if is_chinese else f"{login} can sign in as {role}")
    elif action == "role":
        staff.change_role(login, role=role)
        print(f"{login}：角色改为 {role}" if is_chinese else f"{login} is {role} from now on")
    elif action == "close":
        staff.close(login)
        print(f"{login}：已停用" if is_chinese else f"{login} can no longer sign in")
    elif action == "reset":
        count = staff.reset_factors(login)
        print(
            f"{login}：已清除 {count} 项第二重验证，下次登录时重新设置"
            if is_chinese
            else f"{login}: {count} second factors taken away; the next sign-in sets up new ones"
        )
    else:
        for one in staff.listed():
            state = ("" if one.is_active else "停用") if is_chinese else ""
            closed = state or ("" if one.is_active else "closed")
            print(f"{one.login:<24} {one.role:<14} {closed:<7} {one.display_name}".rstrip())
    return 0


def _password() -> str:
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    first = getpass.getpass("Password 密码: ")
    if getpass.getpass("Again 再次输入: ") != first:
        raise PasswordsDiffer
    return first

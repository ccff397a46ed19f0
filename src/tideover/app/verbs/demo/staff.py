"""The staff of the demo, one for every role: passwords and secrets known to everybody on purpose.

`create` refuses to make them anywhere but in the demo, and `code_now` shows codes of no other
account: outside of the demo nothing here has any effect.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.core.cache import cache

from tideover.app.db.models import Account, Role
from tideover.policy import Words

#: The key of the app of everybody in the demo: 20 bytes in base 32, as an app takes it.
SECRET = "TIDEOVERDEMOTIDEOVERDEMOTIDEOVER"  # noqa: S105

STAFF = (
    (Role.AGENT, "agent", "演示·专员甲", Words("处理案件", "works on the cases")),
    (Role.AGENT, "agent2", "演示·专员乙", Words("处理案件", "works on the cases, too")),
    (Role.SENIOR_AGENT, "senior", "演示·资深专员", Words("处理较难的案件", "works on hard cases")),
    (
        Role.APPROVER,
        "approver",
        "演示·审批",
        Words("审批超出权限的方案", "decides what is over the agent's limit"),
    ),
    (Role.SUPERVISOR, "supervisor", "演示·主管", Words("分派与质检", "assigns, looks at quality")),
    (Role.AUDITOR, "auditor", "演示·审计", Words("只读、导出", "reads and exports only")),
    (Role.FINANCE, "finance", "演示·财务", Words("银行流水入账", "books the bank file")),
    (Role.ADMINISTRATOR, "admin", "演示·管理员", Words("查看人员与角色", "sees staff and roles")),
)


def password_of(login: str) -> str:
    """The password that everybody knows."""
    return f"demo-{login}-password"


def make_staff() -> None:
    """Make whoever is missing, each with an app that holds the known secret."""
    for role, login, name, _story in STAFF:
        account = Account.objects.filter(login=login).first()
        if account is None:
            account = Account.objects.create_staff(
                login, password=password_of(login), role=role, display_name=name
            )
        if not Authenticator.objects.filter(user=account).exists():
            TOTP.activate(account, SECRET)


def code_now(account: Account) -> str:
    """A code of the demo's own app that was not used yet; nothing for an app of somebody's own."""
    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if kept is None:
        return ""
    app: Any = kept.wrap()
    if not _is_known(app):
        return ""
    counters = yield_hotp_counters_from_time()
    codes = [str(format_hotp_value(hotp_value(SECRET, at))) for at in counters]
    for code in (codes[1], codes[2], codes[0]):
        if cache.get(app._get_used_cache_key(code)) is None:  # noqa: SLF001 - read, not used up
            return code
    return codes[1]


def _is_known(app: Any) -> bool:
    return bool(decrypt(app.instance.data["secret"]) == SECRET)

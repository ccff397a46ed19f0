"""What a borrower is told so that nobody can do it behind their back.

The same rules hold as for every message: no amount, no reason, no illness; each once.
"""

from datetime import datetime

from tideover.app import clock
from tideover.app.db.models import Borrower, Case
from tideover.app.messages import post
from tideover.app.verbs.case.notices import send
from tideover.policy import Words


def agreement_changed(case: Case, *, key: str) -> bool:
    """A new agreement has taken the place of the one before."""
    words = Words(
        f"你的还款协议已变更：{case.number} 的新协议取代原协议，请登录核对。"
        "如果不是你本人签署，请立即拨打官方热线。",
        f"your agreement has changed: the new one of {case.number} takes the place of the one "
        "before. Sign in to check it. If you did not sign it, call the official hotline at once.",
    )
    return send(case, kind="agreement-changed", words=words, key=key)


def data_deleted(case: Case, *, key: str) -> bool:
    """Answers and papers of a request are gone, as the borrower or the time limit asked."""
    words = Words(
        f"申请 {case.number} 中你填写的内容和上传的材料已删除，无法恢复。"
        "法律要求保留的协议和还款记录不受影响。",
        f"what you wrote and uploaded for {case.number} has been deleted and cannot be brought "
        "back. The agreement and the payments, which the law asks to keep, are not touched.",
    )
    return send(case, kind="data-deleted", words=words, key=key)


def passkey_added(borrower: Borrower, *, key: str) -> bool:
    """From now on a device can sign in as the borrower without a code."""
    return post(
        borrower,
        kind="passkey-added",
        text_zh="【渡】你的账户刚刚添加了一个通行密钥，以后可以用它登录。"
        "如果不是你本人添加，请立即拨打官方热线。",
        text_en="Tideover: a passkey was added to your account; it can be used to sign in. If it "
        "was not you, call the official hotline at once.",
        key=key,
    )


def new_device(borrower: Borrower, *, at: datetime, key: str) -> bool:
    """Somebody signed in as the borrower on a device that was not used before."""
    there = at.astimezone(clock.BUSINESS_ZONE)
    return post(
        borrower,
        kind="new-device",
        text_zh=f"【渡】你的账户于 {there:%m月%d日 %H:%M} 在一台新设备上登录。"
        "如果不是你本人，请立即拨打官方热线；不要把验证码告诉任何人。",
        text_en=f"Tideover: somebody signed in to your account on a new device on "
        f"{there:%Y-%m-%d at %H:%M}. If it was not you, call the official hotline at once, and "
        "give codes to nobody.",
        key=key,
    )

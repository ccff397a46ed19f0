"""When a borrower may be called, and by whom: the product refuses and says which rule it is.

No call in the quiet hours, no more than so many a day by all people together, and only to the
borrower's own number: nobody else is told of a debt.
"""

import re
from datetime import datetime, time
from typing import ClassVar

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, Borrower, CallBack, VoiceContact
from tideover.app.messages import QuietHours
from tideover.money import Refusal
from tideover.policy import Parameters, load_book


class ContactRefused(Refusal):
    """A rule of contact forbids it; `rule` is the parameter of the policy book."""

    code: ClassVar[str] = "contact-refused"
    rule: str

    def __init__(self, rule: str, *, en: str, zh: str, reference: str) -> None:
        self.rule = rule
        super().__init__(f"{en} ({rule}: {reference})", f"{zh}（{rule}：{reference}）")


class QuietNow(ContactRefused):
    """It is the hour in which nobody is called."""

    code: ClassVar[str] = "quiet-now"


class TooManyCalls(ContactRefused):
    """The calls that a day allows have been made."""

    code: ClassVar[str] = "too-many-calls"


class ThirdParty(ContactRefused):
    """The number is not the borrower's."""

    code: ClassVar[str] = "third-party"


def demand_may_call(borrower: Borrower | None, phone: str, *, at: datetime) -> None:
    """Let a call begin only where the rules allow it at this moment.

    `borrower` is None for a caller nobody knows who asked to be called: such a call is not about a
    debt, and only the hours hold.

    Raises:
        QuietNow, TooManyCalls, ThirdParty: with the rule and where it stands.
    """
    parameters = load_book().on(clock.day_of(at), product="weilidai")
    _demand_hours(parameters, at=at)
    if borrower is None:
        return
    if _digits(phone) != _digits(borrower.phone):
        rule = parameters["contact.third_parties"]
        raise ThirdParty(
            "contact.third_parties",
            en="this number is not the borrower's own; nobody else is called about a debt, so call "
            "the number on file",
            zh="这不是借款人本人的号码；债务不能联系其他人，请拨打登记号码",
            reference=rule.reference,
        )
    _demand_count(parameters, borrower, at=at)


def begin_call(agent: Account, call: CallBack, *, at: datetime) -> VoiceContact | None:
    """Count a call that begins now; call it in the transaction of what it is for.

    Raises what `demand_may_call` raises, and then nothing is counted.
    """
    demand_may_call(call.borrower, call.phone, at=at)
    if call.borrower is None:
        return None
    contact = VoiceContact.objects.create(
        borrower=call.borrower, call_back=call, by=agent, day=clock.day_of(at), at=at
    )
    body = {"call": str(call.pk), "contact": str(contact.pk)}
    log.append("callbacks", kind="callback.begun", body=body, at=at, actor=agent.login)
    return contact


def calls_today(borrower: Borrower, *, at: datetime) -> int:
    """How many calls to the borrower began on the day of `at`."""
    return VoiceContact.objects.filter(borrower=borrower, day=clock.day_of(at)).count()


def _demand_hours(parameters: Parameters, *, at: datetime) -> None:
    for start, end in (
        ("notice.quiet_from", "notice.quiet_until"),
        ("contact.quiet_from", "contact.quiet_until"),
    ):
        hours = QuietHours(
            time.fromisoformat(parameters.text(start)), time.fromisoformat(parameters.text(end))
        )
        if hours.hold(at):
            raise QuietNow(
                start,
                en=f"no calls between {hours.start:%H:%M} and {hours.end:%H:%M}; call after "
                f"{hours.end:%H:%M}",
                zh=f"{hours.start:%H:%M} 至次日 {hours.end:%H:%M} 不打电话，"
                f"请在 {hours.end:%H:%M} 以后再打",
                reference=parameters[start].reference,
            )


def _demand_count(parameters: Parameters, borrower: Borrower, *, at: datetime) -> None:
    most = parameters.integer("contact.voice_per_day_max")
    if calls_today(borrower, at=at) >= most:
        raise TooManyCalls(
            "contact.voice_per_day_max",
            en=f"{most} calls to this borrower began today, and that is all a day allows; call "
            "tomorrow, or write in the thread",
            zh=f"今天已给这位借款人打过 {most} 次电话，达到每日上限；请明天再打，或在对话里留言",
            reference=parameters["contact.voice_per_day_max"].reference,
        )


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-11:]

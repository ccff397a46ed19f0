"""A borrower asks somebody to help, and stops it again."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Account, Borrower, Mandate, Role, Scope
from tideover.app.messages import post
from tideover.app.verbs.acting import demand_themselves, in_force
from tideover.app.verbs.books.opening import PHONE, borrower_by_phone
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.dates import format_date_en, format_date_zh
from tideover.money import Refusal
from tideover.policy import PRODUCTS, Parameters, load_book

_NAME_LENGTH_MAX = 40
_PHONE_FORM = re.compile(r"(?:\+?86)?(1\d{10})")


class MandateProblem(Refusal):
    """Something about a mandate is not as it must be; `field` says which part of it."""

    code: ClassVar[str] = "mandate-problem"

    def __init__(self, field: str, en: str, zh: str) -> None:
        self.field = field
        super().__init__(en, zh)


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateAsked:
    """Who may act, what for, and until when, as it was typed."""

    name: str
    phone: str
    relation: str
    scopes: tuple[str, ...]
    last_day: date | None
    is_unpaid: bool

    @classmethod
    def typed(cls, form: Mapping[str, str], *, scopes: Sequence[str]) -> "MandateAsked":
        """Return what a form said, by the names of its fields; an unreadable day is None."""
        try:
            day = date.fromisoformat(form.get("last_day", "").strip())
        except ValueError:
            day = None
        return cls(
            name=" ".join(unicodedata.normalize("NFKC", form.get("name", "")).split()),
            phone=re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", form.get("phone", ""))),
            relation=form.get("relation", ""),
            scopes=tuple(scopes),
            last_day=day,
            is_unpaid=form.get("is_unpaid") == "yes",
        )


def give(borrower: Borrower, asked: MandateAsked, *, key: str) -> UUID:
    """Let somebody act for the borrower from now on; they sign in by a code to their own phone.

    A mandate of the same person is replaced. The borrower is told by message, in case it was not
    they who gave it. Nobody writes to the helper: the borrower tells them.

    Raises:
        MandateProblem: with the field it is about.
    """
    demand_themselves(borrower)

    def effect() -> dict[str, Any]:
        checked = demand_whole(borrower, asked)
        at = clock.now()
        make_room(borrower, checked, by=borrower.account, at=at)
        mandate = new_mandate(
            borrower, checked, source=Mandate.Source.PORTAL, by=borrower.account, at=at
        )
        mandate.words = confirmed_words(checked)
        mandate.save()
        tell(mandate, "mandate.given", at=at, actor=borrower.actor)
        _tell_borrower(mandate)
        return {"mandate": str(mandate.pk)}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="mandates.give",
        key=key,
        request={"phone": blind_index(asked.phone, purpose=PHONE), "scopes": list(asked.scopes)},
    )
    return UUID(answer["mandate"])


def end(borrower: Borrower, mandate_id: UUID | str, *, key: str) -> None:
    """End a mandate now: the next page that its holder asks for is refused. Raises NotFound."""
    demand_themselves(borrower)

    def effect() -> dict[str, Any]:
        mandate = locked(Mandate.objects.filter(borrower=borrower), mandate_id)
        end_now(mandate, by=borrower.account, at=clock.now(), why="")
        return {}

    run_once(
        effect,
        actor=borrower.actor,
        command="mandates.end",
        key=key,
        request={"mandate": str(mandate_id)},
    )


def mandates_of(borrower: Borrower) -> tuple[Mandate, ...]:
    """What the borrower gave that has not ended, with what still waits for a second look."""
    demand_themselves(borrower)
    alive = Mandate.objects.filter(borrower=borrower, ended_at__isnull=True)
    return tuple(alive.filter(last_day__gte=clock.today()))


def demand_whole(borrower: Borrower, asked: MandateAsked) -> MandateAsked:
    """Return what was asked with its phone as eleven digits. Raises MandateProblem."""
    if not 2 <= len(asked.name) <= _NAME_LENGTH_MAX:
        raise MandateProblem("name", "Write the full name.", "请填写对方的姓名。")
    match = _PHONE_FORM.fullmatch(asked.phone)
    if match is None:
        raise MandateProblem(
            "phone",
            "That is not a mobile number: type its 11 digits, beginning with 1.",
            "这不是有效的手机号：请填写以 1 开头的 11 位数字。",
        )
    if match[1] == borrower.phone:
        raise MandateProblem(
            "phone",
            "That is the borrower's own number; the helper signs in with their own.",
            "这是借款人本人的手机号；请填写对方自己的号码。",
        )
    if asked.relation not in Mandate.Relation.values:
        raise MandateProblem("relation", "Say who they are.", "请选择与借款人的关系。")
    if not asked.scopes or not set(asked.scopes) <= set(Scope.values):
        raise MandateProblem(
            "scopes", "Tick at least one thing they may do.", "请至少选择一项可以代办的事。"
        )
    _demand_last_day(asked.last_day)
    if not asked.is_unpaid:
        raise MandateProblem(
            "is_unpaid",
            "Nobody may take money for this. Whoever asks for a fee, call our hotline first.",
            "代办不能收费。如果有人为此收钱，请先拨打官方热线核实。",
        )
    scopes = tuple(scope for scope in Scope.values if scope in {*asked.scopes, Scope.READ})
    return replace(asked, phone=match[1], scopes=scopes)


def _demand_last_day(day: date | None) -> None:
    today, days = clock.today(), lender_policy().integer("mandate.days_max")
    latest = today + timedelta(days=days)
    if day is None or not today <= day <= latest:
        raise MandateProblem(
            "last_day",
            f"Choose a last day from today to {format_date_en(latest)} ({days} days).",
            f"请选择从今天到{format_date_zh(latest)}（{days} 天）之间的截止日期。",
        )


def make_room(borrower: Borrower, asked: MandateAsked, *, by: Account, at: datetime) -> None:
    """End what a new mandate replaces and what is over. Raises MandateProblem: there are too many.

    That is the earlier mandate of the same phone.
    """
    alive = Mandate.objects.select_for_update().filter(borrower=borrower, ended_at__isnull=True)
    index = blind_index(asked.phone, purpose=PHONE)
    for one in alive:
        if one.phone_index == index or one.last_day < clock.today():
            end_now(one, by=by, at=at, why="")
    limit = lender_policy().integer("mandate.count_max")
    if alive.count() >= limit:
        raise MandateProblem(
            "name",
            f"{limit} people may act at the same time. End one first.",
            f"同时最多可以有 {limit} 位代办人，请先停止其中一位。",
        )


def new_mandate(
    borrower: Borrower, asked: MandateAsked, *, source: str, by: Account, at: datetime
) -> Mandate:
    """Return an unsaved mandate from today on, with the account that will act by it."""
    if asked.last_day is None:
        raise NotFound("mandate")
    return Mandate(
        borrower=borrower,
        holder=_holder(asked.phone),
        name=asked.name,
        phone=asked.phone,
        phone_index=blind_index(asked.phone, purpose=PHONE),
        relation=asked.relation,
        scopes=list(asked.scopes),
        first_day=clock.day_of(at),
        last_day=asked.last_day,
        source=source,
        given_at=at,
        given_by=by,
    )


def _holder(phone: str) -> Account:
    """The account of whoever has this phone: a borrower's own, one that acts already, or new."""
    known = borrower_by_phone(phone)
    if known is not None:
        return known.account
    index = blind_index(phone, purpose=PHONE)
    earlier = Mandate.objects.filter(phone_index=index, holder__role=Role.REPRESENTATIVE).first()
    return earlier.holder if earlier else Account.objects.create_representative()


def locked(rows: QuerySet[Mandate], mandate_id: UUID | str) -> Mandate:
    """A mandate among `rows` that has not ended, locked. Raises NotFound."""
    try:
        known = UUID(str(mandate_id))
    except ValueError:
        raise NotFound("mandate") from None
    mandate = rows.select_for_update().filter(pk=known, ended_at__isnull=True).first()
    if mandate is None:
        raise NotFound("mandate")
    return mandate


def end_now(mandate: Mandate, *, by: Account, at: datetime, why: str) -> None:
    """End a locked mandate and keep who did it."""
    mandate.ended_at, mandate.ended_by, mandate.why_ended = at, by, why or None
    mandate.save()
    tell(mandate, "mandate.ended", at=at, actor=by.login)


def tell(mandate: Mandate, kind: str, *, at: datetime, actor: str) -> None:
    """Keep in the log what happened to a mandate; names and numbers stay out of it."""
    log.append(
        f"mandates:{mandate.borrower.account.login}",
        kind=kind,
        body={
            "mandate": str(mandate.pk),
            "holder": mandate.holder.login,
            "relation": mandate.relation,
            "scopes": list(mandate.scopes),
            "last_day": mandate.last_day.isoformat(),
            "source": mandate.source,
        },
        at=at,
        actor=actor,
    )


def confirmed_words(asked: MandateAsked) -> str:
    """The document of a mandate that is given here: what the borrower confirmed, in Chinese."""
    does = "、".join(SCOPE_WORDS[scope] for scope in asked.scopes)
    until = format_date_zh(asked.last_day) if asked.last_day else ""
    return (
        f"本人委托{asked.name}（手机尾号 {asked.phone[-4:]}）代为办理：{does}，至{until}止。"
        "签署协议、变更手机号或银行卡、作出同意的声明，仍由本人办理。本人可随时终止委托，代办不收费。"
    )


#: What each scope is called in the document.
SCOPE_WORDS = {
    Scope.READ.value: "查看",
    Scope.UPLOAD.value: "上传材料",
    Scope.ANSWER.value: "填写和留言",
    Scope.NEGOTIATE.value: "协商方案",
}


def _tell_borrower(mandate: Mandate) -> None:
    post(
        mandate.borrower,
        kind="mandate.given",
        text_zh="【渡】你刚刚允许一位亲友帮你办理事务，登录可随时停止。"
        "如果不是你本人操作，请立即登录停止并拨打官方热线。",
        text_en="Tideover: you have just allowed somebody to help you here. Sign in to stop it at "
        "any time. If it was not you, stop it now and call the official hotline.",
        key=f"mandate:{mandate.pk}:given",
    )


def lender_policy() -> Parameters:
    """The policy of today; the numbers of mandates are the lender's, whatever the product."""
    return load_book().on(clock.today(), product=PRODUCTS[0])


def usual_days() -> int:
    """For how many days a mandate is proposed: never for more than it may run."""
    policy = lender_policy()
    return min(policy.integer("mandate.days_usual"), policy.integer("mandate.days_max"))


def is_in_force(mandate: Mandate) -> bool:
    """Whether a mandate counts today."""
    return in_force().filter(pk=mandate.pk).exists()

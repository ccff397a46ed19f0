"""The register of official channels: what is the lender's, who verified it, and when.

What the policy book says stands until somebody enters another value at the desk and somebody else
verifies it: one person alone can never put a number of their own before borrowers. A verification
counts for a while; afterwards the entry is due again, and the desk says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, OfficialChannel
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.money import Refusal
from tideover.policy import Words, load_book
from tideover.safety import official_channels

Kind = OfficialChannel.Kind
VERIFIED_FOR = timedelta(days=180)
"""After so many days somebody has to look again."""

KIND_WORDS = {
    Kind.HOTLINE: Words("官方热线", "Hotline"),
    Kind.WECHAT: Words("微信公众号", "WeChat official account"),
    Kind.SITE: Words("官方网站", "Web site"),
    Kind.EMAIL: Words("官方邮箱", "E-mail"),
    Kind.ADDRESS: Words("地址", "Address"),
}
_VALUE = ("the number or name", "号码或名称")
_SOURCE = ("how it was checked", "核对方式")
_BY_BOOK = Words("政策手册", "the policy book")


class SamePerson(Refusal):
    """Who entered a channel wants to verify it too."""

    code: ClassVar[str] = "same-person"

    def __init__(self) -> None:
        super().__init__(
            "whoever entered a channel cannot verify it; ask a colleague",
            "录入人不能自己核实，请同事核实",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One official channel. `id` is None for what only the policy book says."""

    id: UUID | None
    kind: str
    value: str
    verified_on: date | None
    verified_by: Words
    entered_by: str
    source: str
    is_due: bool

    @property
    def words(self) -> Words:
        """What sort of channel it is."""
        return KIND_WORDS[Kind(self.kind)]

    @property
    def is_shown(self) -> bool:
        """Whether borrowers see it."""
        return self.verified_on is not None


def official(on: date) -> tuple[Entry, ...]:
    """What borrowers are shown on a day: verified entries, and the book's for kinds without one."""
    rows = OfficialChannel.objects.filter(verified_at__isnull=False, ended_at__isnull=True)
    entries = [_entry(row, on=on) for row in rows.select_related("verified_by", "entered_by")]
    known = {entry.kind for entry in entries}
    booked = [entry for entry in _of_book(on) if entry.kind not in known]
    order = list(Kind)
    return tuple(sorted([*entries, *booked], key=lambda entry: order.index(Kind(entry.kind))))


def numbers(on: date) -> tuple[str, ...]:
    """The official telephone numbers, digits only."""
    return tuple(re.sub(r"\D", "", one.value) for one in official(on) if one.kind == Kind.HOTLINE)


def register(account: Account) -> tuple[Entry, ...]:
    """Every entry in use or waiting to be verified. Raises NotFound for who may not read it."""
    demand(account, Right.READ_CHANNELS)
    today = clock.today()
    waiting = OfficialChannel.objects.filter(verified_at__isnull=True, ended_at__isnull=True)
    entered = [_entry(row, on=today) for row in waiting.select_related("entered_by")]
    return (*official(today), *entered)


def enter(account: Account, kind: str, value: str, *, source: str, key: str) -> None:
    """Enter a channel; borrowers see it once somebody else has verified it.

    Raises FieldMissing, TextTooLong, NotAChoice, NotFound.
    """
    demand(account, Right.KEEP_CHANNELS)
    chosen = fields.choice(
        {"kind": kind}, "kind", choices=tuple(Kind.values), label=("the kind", "类型")
    )
    words = fields.needed_text({"value": value}, "value", label=_VALUE, length_max=200)
    checked = fields.needed_text({"source": source}, "source", label=_SOURCE, length_max=200)

    def effect() -> dict[str, Any]:
        row = OfficialChannel.objects.create(
            kind=chosen, value=words, source=checked, entered_at=clock.now(), entered_by=account
        )
        _tell(row, kind="official-channel.entered", actor=account.login)
        return {}

    run_once(
        effect,
        actor=account.login,
        command="registry.enter",
        key=key,
        request={"kind": chosen, "value": words, "source": checked},
    )


def verify(account: Account, entry_id: UUID, *, key: str) -> None:
    """Say that an entry was checked today; the first time it then replaces its kind's others.

    Raises SamePerson where the entry is one's own, and NotFound.
    """
    demand(account, Right.KEEP_CHANNELS)

    def effect() -> dict[str, Any]:
        row = _locked(entry_id)
        if row.entered_by_id == account.pk:
            raise SamePerson
        at = clock.now()
        if row.verified_at is None:
            others = OfficialChannel.objects.filter(kind=row.kind, ended_at__isnull=True)
            replaced = others.filter(verified_at__isnull=False).exclude(pk=row.pk)
            replaced.update(ended_at=at, ended_by=account)
        row.verified_at, row.verified_by = at, account
        row.save()
        _tell(row, kind="official-channel.verified", actor=account.login)
        return {}

    run_once(
        effect,
        actor=account.login,
        command="registry.verify",
        key=key,
        request={"entry": str(entry_id)},
    )


def end(account: Account, entry_id: UUID, *, key: str) -> None:
    """Take an entry out; the book's stands again. Raises NotFound."""
    demand(account, Right.KEEP_CHANNELS)

    def effect() -> dict[str, Any]:
        row = _locked(entry_id)
        row.ended_at, row.ended_by = clock.now(), account
        row.save()
        _tell(row, kind="official-channel.ended", actor=account.login)
        return {}

    run_once(
        effect,
        actor=account.login,
        command="registry.end",
        key=key,
        request={"entry": str(entry_id)},
    )


def _of_book(on: date) -> Iterator[Entry]:
    told = official_channels(load_book().on(on, product="weilidai"))
    for kind, value in ((Kind.HOTLINE, told.hotline), (Kind.WECHAT, told.account)):
        yield Entry(
            id=None, kind=kind, value=value, verified_on=told.verified_on, verified_by=_BY_BOOK,
            entered_by="", source="", is_due=on - told.verified_on > VERIFIED_FOR,
        )  # fmt: skip


def _entry(row: OfficialChannel, *, on: date) -> Entry:
    verified_on = clock.day_of(row.verified_at) if row.verified_at else None
    name = _name(row.verified_by) if row.verified_by else ""
    return Entry(
        id=row.pk,
        kind=row.kind,
        value=row.value,
        verified_on=verified_on,
        verified_by=Words(name, name),
        entered_by=_name(row.entered_by),
        source=row.source,
        is_due=verified_on is None or on - verified_on > VERIFIED_FOR,
    )


def _name(account: Account) -> str:
    return account.display_name or account.login


def _locked(entry_id: UUID) -> OfficialChannel:
    rows = OfficialChannel.objects.select_for_update(of=("self",))
    row = rows.filter(pk=entry_id, ended_at__isnull=True).first()
    if row is None:
        raise NotFound("entry")
    return row


def _tell(row: OfficialChannel, *, kind: str, actor: str) -> None:
    body = {"entry": str(row.pk), "channel": row.kind, "value": row.value}
    log.append("official-channels", kind=kind, body=body, at=clock.now(), actor=actor)

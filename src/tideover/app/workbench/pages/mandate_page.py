"""Mandates in words: who, for what, until when, and what becomes of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.db.models import Account, Mandate, Scope
from tideover.app.verbs import assessment
from tideover.app.verbs.mandates.desk import mandates_of_case
from tideover.app.verbs.rights import Right, may
from tideover.safety import mask_name, mask_phone


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRow:
    """One mandate as the desk shows it; the name is whole, since the paper must agree with it."""

    id: UUID
    name: str
    masked_name: str
    masked_phone: str
    relation: str
    scopes: tuple[str, ...]
    first_day: date
    last_day: date
    state: str
    counts: bool
    waits: bool
    is_own: bool
    is_alive: bool
    has_paper: bool
    words: str
    given_by: str
    checked_by: str
    why_ended: str


def mandate_context(
    account: Account, number: str, *, typed: QueryDict, file: assessment.CaseFile
) -> dict[str, Any]:
    """Return what the page of mandates shows of a case."""
    rows = [
        mandate_row(mandate, counts=counts, reader=account)
        for mandate, counts in mandates_of_case(account, number)
    ]
    return {
        "file": file,
        "rows": rows,
        "relations": [(one.value, relation_words(one.value)) for one in Mandate.Relation],
        "scopes": [(one.value, scope_words(one.value)) for one in Scope],
        "picked": typed.getlist("scopes") if typed else [Scope.READ.value],
        "may_record": may(account, Right.WORK_CASES),
        "may_check": may(account, Right.CHECK_MANDATES),
        "may_end": may(account, Right.END_MANDATES),
        "typed": typed,
    }


def mandate_row(mandate: Mandate, *, counts: bool, reader: Account) -> MandateRow:
    """Return a mandate in words; `is_own` where the reader kept it and cannot be the second."""
    waits = mandate.source == Mandate.Source.PAPER and mandate.checked_at is None
    is_alive = mandate.ended_at is None
    checker = mandate.checked_by
    return MandateRow(
        id=mandate.pk,
        name=mandate.name,
        masked_name=mask_name(mandate.name),
        masked_phone=mask_phone(mandate.phone),
        relation=relation_words(mandate.relation),
        scopes=tuple(scope_words(scope) for scope in mandate.scopes),
        first_day=mandate.first_day,
        last_day=mandate.last_day,
        state=_state(counts=counts, waits=waits, is_alive=is_alive),
        counts=counts,
        waits=waits and is_alive,
        is_own=mandate.given_by_id == reader.pk,
        is_alive=is_alive,
        has_paper=bool(mandate.digest),
        words=mandate.words or "",
        given_by=_("the borrower") if mandate.words else _named(mandate.given_by),
        checked_by=_named(checker) if checker else "",
        why_ended=mandate.why_ended or "",
    )


def _named(account: Account) -> str:
    return account.display_name or account.login


def _state(*, counts: bool, waits: bool, is_alive: bool) -> str:
    if counts:
        return _("may act today")
    if not is_alive:
        return _("ended")
    return _("to be looked at by a colleague") if waits else _("over")


def relation_words(relation: str) -> str:
    """Return who a representative is to the borrower."""
    return {
        Mandate.Relation.FAMILY: _("family"),
        Mandate.Relation.FRIEND: _("friend or colleague"),
        Mandate.Relation.GUARDIAN: _("legal guardian"),
        Mandate.Relation.SOCIAL_WORKER: _("social worker or legal aid"),
        Mandate.Relation.LAWYER: _("lawyer"),
        Mandate.Relation.OTHER: _("somebody else"),
    }.get(Mandate.Relation(relation), relation)


def scope_words(scope: str) -> str:
    """Return one thing that a representative may do."""
    return {
        Scope.READ: _("read"),
        Scope.UPLOAD: _("add documents"),
        Scope.ANSWER: _("answer and write"),
        Scope.NEGOTIATE: _("negotiate offers"),
    }.get(Scope(scope), scope)

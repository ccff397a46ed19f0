"""A second look at decided cases, drawn by chance that nobody can steer.

A case is drawn by a keyed digest of its number: the draw is the same for everybody, and no agent
can work out beforehand which of their cases it will be.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Account, Case, LogEvent, QualityReview
from tideover.app.verbs.case.rows import called, for_staff, lock_for_staff, note_digest
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right, demand
from tideover.cases.events import CaseDeclined, OffersSent
from tideover.money import Refusal
from tideover.policy import Words
from tideover.safety import mask_name

DAYS = 30
ONE_IN = 10
ROWS_MAX = 25
_OUTCOME, _NOTE = ("what you found", "结论"), ("why", "说明")
_DECIDED = {
    OffersSent.kind: Words("发出了方案", "offers sent"),
    CaseDeclined.kind: Words("未通过", "declined"),
}


class NotDrawn(Refusal):
    """The case was not drawn for a second look, or had one."""

    code: ClassVar[str] = "not-drawn"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"case {number} is not in the sample, or was looked at already; take one of the list",
            f"案件 {number} 不在抽样中，或已检查过；请从列表中选择",
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A decided case that was drawn for a second look."""

    number: str
    masked_name: str
    decision: Words
    decided_by: Words
    decided_at: datetime


def sample(supervisor: Account) -> tuple[Drawn, ...]:
    """Cases decided in the last month that were drawn and not looked at yet, the latest first.

    Raises NotFound.
    """
    demand(supervisor, Right.SUPERVISE)
    drawn: list[Drawn] = []
    for number, (kind, actor, at) in _decided_lately().items():
        if len(drawn) == ROWS_MAX:
            break
        case = _unseen(number)
        if case is not None:
            name = mask_name(case.borrower.name)
            drawn.append(Drawn(number, name, _DECIDED[kind], called(actor), at))
    return tuple(drawn)


def is_drawn(number: str) -> bool:
    """Whether chance picks this case: one in `ONE_IN`."""
    return int(blind_index(number, purpose="quality")[:8], 16) % ONE_IN == 0


def keep_review(supervisor: Account, number: str, *, outcome: str, note: str, key: str) -> None:
    """Keep what the second look found.

    Raises NotAChoice, FieldMissing, TextTooLong, NotDrawn and NotFound.
    """
    demand(supervisor, Right.REVIEW_QUALITY)
    chosen = fields.choice(
        {"outcome": outcome}, "outcome", choices=QualityReview.Outcome.values, label=_OUTCOME
    )
    words = fields.needed_text({"note": note}, "note", label=_NOTE, length_max=2_000)

    def effect() -> dict[str, Any]:
        case, at = lock_for_staff(supervisor, number, right=Right.REVIEW_QUALITY), clock.now()
        if not is_drawn(number) or QualityReview.objects.filter(case=case).exists():
            raise NotDrawn(number)
        QualityReview.objects.create(
            case=case, account=supervisor, outcome=chosen, note=words, at=at
        )
        log.append(
            f"quality:{number}",
            kind="quality.reviewed",
            body={"outcome": str(chosen), "digest": note_digest(words)},
            at=at,
            actor=supervisor.login,
        )
        return {}

    run_once(
        effect,
        actor=supervisor.login,
        command="oversight.keep_review",
        key=key,
        request={"case": number, "outcome": str(chosen), "note": note_digest(words)},
    )


def review_of(account: Account, number: str) -> QualityReview | None:
    """What a second look found, None when there was none. Raises NotFound."""
    case = for_staff(account, number)
    return QualityReview.objects.filter(case=case).select_related("account").first()


def _unseen(number: str) -> Case | None:
    rows = Case.objects.filter(number=number, quality_review__isnull=True)
    return rows.select_related("borrower").first()


def _decided_lately() -> dict[str, tuple[str, str, datetime]]:
    since = clock.now() - timedelta(days=DAYS)
    rows = LogEvent.objects.filter(kind__in=_DECIDED, recorded_at__gte=since).order_by("-position")
    found: dict[str, tuple[str, str, datetime]] = {}
    for stream, kind, actor, at in rows.values_list("stream", "kind", "actor", "recorded_at")[
        :5000
    ]:
        number = stream.removeprefix("case:")
        if number not in found and is_drawn(number):
            found[number] = (kind, actor, at)
    return found

"""How the work goes: what waits and how long, how long each stage takes, who holds what.

Ages and holdings are of now. Times by stage come from the log: the latest `STEPS_MAX` steps of the
last `DAYS` days, so that the page stays quick however long the lender has been at it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from tideover.app import clock
from tideover.app.db.models import Account, Case, LogEvent
from tideover.app.verbs.rights import Right, demand
from tideover.cases.events import (
    AgreementSigned,
    CaseAssigned,
    CaseClaimed,
    CaseDeclined,
    CaseEvent,
    CaseSubmitted,
    OfferAccepted,
    OffersSent,
)
from tideover.policy import Words

DAYS = 90
STEPS_MAX = 20_000
AGES = ((0, 2), (3, 5), (6, 10), (11, None))
"""Days since a case was handed in, first and last of each column; the last one is open."""

_WAITING = ("submitted", "assessing", "awaiting-approval", "offered", "awaiting-signature")


@dataclass(frozen=True, slots=True)
class AgeRow:
    """How many cases of a state are how old, in the order of `AGES`."""

    state: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long a stage took: how many cases went through it, half and nine tenths of them within.

    Hours, by the clock and not by working time.
    """

    label: Words
    count: int
    median_hours: int
    ninth_hours: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What an agent holds: how many open cases, how many of them late, how many not touched."""

    agent: Account
    cases: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything of the first half of the supervisor's page."""

    ages: tuple[AgeRow, ...]
    stages: tuple[StageTime, ...]
    holdings: tuple[Holding, ...]
    unclaimed: int
    since: date


def overview(supervisor: Account) -> Overview:
    """How the work goes now. Raises NotFound."""
    demand(supervisor, Right.SUPERVISE)
    today = clock.today()
    return Overview(
        ages=_ages(today),
        stages=stage_times(since=clock.now() - timedelta(days=DAYS)),
        holdings=_holdings(today),
        unclaimed=Case.objects.filter(
            is_open=True, submitted_at__isnull=False, agent__isnull=True
        ).count(),
        since=today - timedelta(days=DAYS),
    )


def stage_times(*, since: datetime) -> tuple[StageTime, ...]:
    """How long each stage took, of the steps since an instant; stages nobody went through left out.

    A stage begins with the first of its steps and ends with the next that ends it; a case sent back
    through it counts each time.
    """
    kinds = {kind for _, begins, ends in _STAGES for kind in (*begins, *ends)}
    rows = LogEvent.objects.filter(kind__in=kinds, recorded_at__gte=since)
    latest = rows.order_by("-position").values_list("stream", "kind", "recorded_at")[:STEPS_MAX]
    steps: Mapping[str, list[tuple[str, datetime]]] = defaultdict(list)
    for stream, kind, at in reversed(latest):
        steps[stream].append((kind, at))
    found = ((label, _hours(steps.values(), begins, ends)) for label, begins, ends in _STAGES)
    return tuple(_stage(label, hours) for label, hours in found if hours)


def _hours(
    cases: Iterable[list[tuple[str, datetime]]], begins: frozenset[str], ends: frozenset[str]
) -> list[int]:
    hours = []
    for steps in cases:
        began: datetime | None = None
        for kind, at in steps:
            if began is not None and kind in ends:
                hours.append(int((at - began) // timedelta(hours=1)))
                began = None
            if kind in begins and began is None:
                began = at
    return sorted(hours)


def _stage(label: Words, hours: list[int]) -> StageTime:
    last = len(hours) - 1
    return StageTime(label, len(hours), hours[last // 2], hours[last * 9 // 10])


def _kinds(*events: type[CaseEvent]) -> frozenset[str]:
    return frozenset(event.kind for event in events)


_STAGES = (
    (
        Words("等认领", "waiting to be taken"),
        _kinds(CaseSubmitted),
        _kinds(CaseClaimed, CaseAssigned),
    ),
    (
        Words("评估", "assessment"),
        _kinds(CaseClaimed, CaseAssigned),
        _kinds(OffersSent, CaseDeclined),
    ),
    (Words("借款人选择", "the borrower's choice"), _kinds(OffersSent), _kinds(OfferAccepted)),
    (Words("签署", "signing"), _kinds(OfferAccepted), _kinds(AgreementSigned)),
    (
        Words("从提交到答复", "from handing in to an answer"),
        _kinds(CaseSubmitted),
        _kinds(OffersSent, CaseDeclined),
    ),
)


def _ages(today: date) -> tuple[AgeRow, ...]:
    columns = {f"age_{place}": Count("pk", filter=_aged(today, *ages)) for place, ages in _PLACES}
    rows = Case.objects.filter(is_open=True, submitted_at__isnull=False, state__in=_WAITING)
    found: dict[str, dict[str, Any]] = {
        row["state"]: dict(row) for row in rows.values("state").annotate(**columns).order_by()
    }
    return tuple(
        AgeRow(state, tuple(int(found[state][f"age_{place}"]) for place, _ in _PLACES))
        for state in _WAITING
        if state in found
    )


_PLACES = tuple(enumerate(AGES))


def _aged(today: date, youngest: int, oldest: int | None) -> Q:
    until = clock.start_of_day(today - timedelta(days=youngest - 1))
    handed_in = Q(submitted_at__lt=until)
    if oldest is None:
        return handed_in
    return handed_in & Q(submitted_at__gte=clock.start_of_day(today - timedelta(days=oldest)))


def _holdings(today: date) -> tuple[Holding, ...]:
    rows = Case.objects.filter(
        is_open=True, submitted_at__isnull=False, agent__isnull=False, state__in=_WAITING
    )
    counted = rows.values("agent").annotate(
        cases=Count("pk"), late=Count("pk", filter=Q(answer_by__lt=today))
    )
    by_id = {row["agent"]: row for row in counted.order_by()}
    people = Account.objects.in_bulk(list(by_id))
    held = (Holding(people[pk], row["cases"], row["late"]) for pk, row in by_id.items())
    return tuple(sorted(held, key=lambda one: (-one.late, -one.cases, one.agent.login)))

"""Whether groups of borrowers fare alike, and whether plans hold: to be looked into, never a proof.

A group is what the borrower told us: the cause of the hardship, and whether care is needed. Small
groups say nothing, so their share is not shown. What is small and what is low is policy
(`fairness.decided_count_min`, `fairness.offered_ratio_min`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tideover.app import clock
from tideover.app.db.models import Account, Agreement, Case, LogEvent
from tideover.app.verbs.case.causes import cause_words
from tideover.app.verbs.case.rows import parameters_of_lender
from tideover.app.verbs.rights import Right, demand
from tideover.cases.events import CaseDeclined, OffersSent, PlanBreached
from tideover.policy import Words

DAYS = 365
CASES_MAX = 5_000
HORIZONS = (3, 6, 12)
_DAYS_A_MONTH = Fraction(365, 12)


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """How a group fared; `is_low` where its share of offers is far below the best group's."""

    label: Words
    decided: int
    offered: int
    share: Fraction | None
    is_low: bool


@dataclass(frozen=True, slots=True)
class Redefaults:
    """Of the plans signed at least so many months ago, how many were broken within them."""

    months: int
    plans: int
    broken: int

    @property
    def share(self) -> Fraction | None:
        """The share of broken ones; None where no plan is old enough."""
        return Fraction(self.broken, self.plans) if self.plans else None


def outcomes(supervisor: Account) -> tuple[GroupOutcome, ...]:
    """How each group fared in the last year, of at most `CASES_MAX` decided cases; largest first.

    Raises NotFound.
    """
    demand(supervisor, Right.SUPERVISE)
    decided, offered = _counted(_decided_lately())
    policy = parameters_of_lender()
    least = policy.integer("fairness.decided_count_min")
    fair = policy.ratio("fairness.offered_ratio_min")
    shares = {
        group: Fraction(offered[group], count) for group, count in decided.items() if count >= least
    }
    best = max(shares.values(), default=Fraction(0))
    rows = (
        GroupOutcome(
            _words(group),
            count,
            offered[group],
            shares.get(group),
            group in shares and shares[group] < best * fair,
        )
        for group, count in decided.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.decided, row.label.en)))


def redefaults(supervisor: Account) -> tuple[Redefaults, ...]:
    """How many plans were broken within 3, 6 and 12 months of their signature. Raises NotFound."""
    demand(supervisor, Right.SUPERVISE)
    today = clock.today()
    signed = _signed_on()
    broken = _first_broken_on()
    return tuple(_within(months, signed, broken, today=today) for months in HORIZONS)


def _within(
    months: int, signed: Mapping[str, date], broken: Mapping[str, date], *, today: date
) -> Redefaults:
    days = timedelta(days=round(months * _DAYS_A_MONTH))
    old = {number: on for number, on in signed.items() if on + days <= today}
    hit = sum(1 for number, on in old.items() if number in broken and broken[number] <= on + days)
    return Redefaults(months, len(old), hit)


def _signed_on() -> dict[str, date]:
    rows = Agreement.objects.filter(signed_at__isnull=False).order_by("-signed_at")
    found = rows.values_list("case__number", "signed_at")
    return {number: clock.day_of(at) for number, at in found if at is not None}


def _first_broken_on() -> dict[str, date]:
    rows = LogEvent.objects.filter(kind=PlanBreached.kind).order_by("-position")
    return {
        stream.removeprefix("case:"): clock.day_of(at)
        for stream, at in rows.values_list("stream", "recorded_at")
    }


def _decided_lately() -> dict[str, bool]:
    """Case numbers decided in the last year, and whether offers were sent; a review counts last."""
    kinds = {OffersSent.kind: True, CaseDeclined.kind: False}
    since = clock.now() - timedelta(days=DAYS)
    rows = LogEvent.objects.filter(kind__in=kinds, recorded_at__gte=since).order_by("-position")
    found: dict[str, bool] = {}
    for stream, kind in rows.values_list("stream", "kind")[: CASES_MAX * 2]:
        found.setdefault(stream.removeprefix("case:"), kinds[kind])
    return dict(list(found.items())[:CASES_MAX])


def _counted(decided: Mapping[str, bool]) -> tuple[Counter[str], Counter[str]]:
    counts: Counter[str] = Counter()
    offered: Counter[str] = Counter()
    for case in _cases(decided):
        for group in (f"cause:{case.cause}", "care" if case.needs_care else "no-care"):
            counts[group] += 1
            offered[group] += decided[case.number]
    return counts, offered


def _cases(numbers: Iterable[str]) -> Iterable[Case]:
    wanted = list(numbers)
    for first in range(0, len(wanted), 500):
        yield from Case.objects.filter(number__in=wanted[first : first + 500])


def _words(group: str) -> Words:
    if group == "care":
        return Words("需要照顾", "care needed")
    if group == "no-care":
        return Words("未提出照顾需要", "no need for care told")
    return cause_words(group.removeprefix("cause:")) or Words("未说明原因", "no cause told")

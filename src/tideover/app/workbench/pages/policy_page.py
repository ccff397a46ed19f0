"""The versions of the policy book as rows of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tideover.policy import PolicyChange, PolicyVersion, Words, value_words

_ONE_DAY = timedelta(days=1)
#: Versions older than this were in force before the cases of today came in.
_COMPARED_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One number that begins; `before` is None where there was none."""

    label: Words
    name: str
    pack: str
    before: Words | None
    after: Words
    reference: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version; `on` and `against` are the two days that compare it with the one before."""

    first_day: date
    is_ahead: bool
    on: date | None
    against: date
    changes: tuple[ChangeRow, ...]


def version_rows(versions: Sequence[PolicyVersion], *, today: date) -> tuple[VersionRow, ...]:
    """Return every version with what it changed, the newest first."""
    return tuple(
        VersionRow(
            first_day=version.first_day,
            is_ahead=version.first_day > today,
            on=_day_before(version.first_day, today=today),
            against=max(today, version.first_day),
            changes=tuple(_row(change) for change in version.changes),
        )
        for version in versions
    )


def _day_before(first_day: date, *, today: date) -> date | None:
    if first_day > today:
        return today
    is_recent = today - first_day <= timedelta(days=_COMPARED_DAYS)
    return first_day - _ONE_DAY if is_recent else None


def _row(change: PolicyChange) -> ChangeRow:
    unit = change.parameter.unit
    return ChangeRow(
        label=change.parameter.label,
        name=change.parameter.name,
        pack=change.parameter.pack,
        before=None if change.before is None else value_words(change.before, unit=unit),
        after=value_words(change.after, unit=unit),
        reference=change.parameter.reference,
        confidence=change.parameter.confidence,
    )

"""The numbers of the supervisor's page in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tideover.app.verbs.oversight.supervising import AGES, AgeRow, Overview
from tideover.app.workbench.pages.states import state_words
from tideover.cases import CaseState

HOURS_A_DAY = 24


def supervision_context(overview: Overview) -> dict[str, Any]:
    """Return what the page shows of an overview."""
    return {
        "overview": overview,
        "age_labels": [_age(first, last) for first, last in AGES],
        "ages": [_row(row) for row in overview.ages],
        "stages": [
            (stage, duration(stage.median_hours), duration(stage.ninth_hours))
            for stage in overview.stages
        ],
    }


def duration(hours: int) -> str:
    """Return hours the way people say them: under an hour, hours, or days."""
    if hours < 1:
        return _("under an hour")
    if hours < 2 * HOURS_A_DAY:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = hours // HOURS_A_DAY
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _row(row: AgeRow) -> tuple[str, list[tuple[str, int]], int]:
    labels = [_age(first, last) for first, last in AGES]
    counts = list(zip(labels, row.counts, strict=True))
    return state_words(CaseState(row.state)), counts, sum(row.counts)


def _age(first: int, last: int | None) -> str:
    if last is None:
        return _("over %(days)s days") % {"days": first - 1}
    return _("%(first)s to %(last)s days") % {"first": first, "last": last}

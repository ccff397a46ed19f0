"""One plan of a loan: proposed, priced and judged by the engine that would book it."""

from datetime import timedelta
from typing import Final

from tideover.offers.figures import Judged, judged
from tideover.offers.grants import PLAIN, Grant, rate_after, waived_by
from tideover.offers.plan_facts import legal_form_of
from tideover.offers.situation import Situation
from tideover.options import (
    ArrearsTreatment,
    NeverAmortises,
    Proposal,
    due_date_after,
    restructure,
)

__all__ = ["build", "propose"]

ONE_DAY: Final = timedelta(days=1)


def build(
    situation: Situation,
    *,
    instalments: int,
    pause_months: int = 0,
    shortest: int | None = None,
    grant: Grant = PLAIN,
) -> Judged | None:
    """Return one plan, priced and judged, or None where the engine refuses it."""
    try:
        proposal = propose(
            situation, instalments=instalments, pause_months=pause_months, grant=grant
        )
    except NeverAmortises:
        return None
    return judged(situation, proposal, shortest=shortest)


def propose(
    situation: Situation, *, instalments: int, pause_months: int = 0, grant: Grant = PLAIN
) -> Proposal:
    """Return one plan in the legal form it takes, with what is granted and what policy waives.

    Raises:
        NeverAmortises: an instalment is no more than its interest.
    """
    earliest = situation.earliest_due(pause_months=pause_months)
    last = due_date_after(situation.terms, earliest - ONE_DAY, pause_months=instalments - 1)
    return restructure(
        situation.terms,
        situation.start_state,
        starts_on=situation.starts_on,
        earliest_due=earliest,
        instalments=instalments,
        pause_months=pause_months,
        arrears=grant.arrears,
        waive=waived_by(situation, grant),
        legal_form=legal_form_of(
            situation,
            latest_due=last,
            instalments=instalments,
            pause_months=pause_months,
            is_eased=bool(grant.given) or grant.arrears is not ArrearsTreatment.CARRY,
        ),
        rate=rate_after(situation, grant),
    )

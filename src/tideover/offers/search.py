"""One plan of a loan: proposed, priced and judged by the engine that would book it."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import islice
from typing import Final

from tideover.loan import AnnualRate, Components, DailyRate, Rate
from tideover.offers.figures import Judged, judged
from tideover.offers.plan_facts import legal_form_of
from tideover.offers.situation import Situation
from tideover.options import NeverAmortises, Proposal, due_date_after, penalty_of, restructure

__all__ = ["build", "cut_rate", "propose", "reduced_rates", "waiver_of"]

ONE_DAY: Final = timedelta(days=1)


def build(
    situation: Situation,
    *,
    instalments: int,
    pause_months: int = 0,
    shortest: int | None = None,
    rate: Rate | None = None,
) -> Judged | None:
    """Return one plan, priced and judged, or None where the engine refuses it."""
    try:
        proposal = propose(situation, instalments=instalments, pause_months=pause_months, rate=rate)
    except NeverAmortises:
        return None
    return judged(situation, proposal, shortest=shortest)


def propose(
    situation: Situation, *, instalments: int, pause_months: int = 0, rate: Rate | None = None
) -> Proposal:
    """Return one plan in the legal form it takes, with the penalty waived that policy waives.

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
        waive=waiver_of(situation),
        legal_form=legal_form_of(situation, latest_due=last),
        rate=rate or situation.agreed_rate,
    )


def reduced_rates(situation: Situation) -> Iterator[Rate]:
    """Return the lower rates that policy lets an approver grant, the smallest cut first.

    A loan at a flat fee has no rate to lower.
    """
    rate = situation.terms.rate
    for text in situation.parameters.names("concession.rate_cuts"):
        left = 1 - Fraction(text)
        if isinstance(rate, DailyRate):
            yield DailyRate(rate.of_day * left)
        elif isinstance(rate, AnnualRate):
            yield AnnualRate(rate.of_year * left, rate.day_count)


def cut_rate(situation: Situation, cut: int) -> Rate | None:
    """Return the rate after the policy's so-manieth cut, None for nought or where there is none."""
    return next(islice(reduced_rates(situation), cut - 1, None), None) if cut else None


def waiver_of(situation: Situation) -> Components:
    """Return what policy waives when a plan is signed: a share of the penalty, rounded down."""
    penalty = situation.state.outstanding.penalty
    share = situation.parameters.ratio("waiver.penalty_share")
    return penalty_of(situation.state, minor=int(penalty.minor * share))

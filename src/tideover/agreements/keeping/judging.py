"""Whether a plan is kept on a day: what is late, what counts as missed, whether that breaks it."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tideover.loan import Components, LineState, LoanState
from tideover.policy import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingRules:
    """What an agreement says of missing instalments, from the policy it was made under.

    `shortfall_share` is the part of an instalment that may be lacking without it being missed.
    """

    missed_max: int
    cure_days: int
    grace_days: int
    shortfall_share: Fraction
    before_due_days: tuple[int, ...]
    after_missed_days: tuple[int, ...]
    concessions_lost: bool

    @classmethod
    def of(cls, parameters: Parameters, *, grace_days: int) -> "KeepingRules":
        """The rules of a policy, and the grace of the contract."""
        return cls(
            missed_max=parameters.integer("breach.missed_max"),
            cure_days=parameters.integer("breach.cure_days"),
            grace_days=grace_days,
            shortfall_share=parameters.ratio("breach.shortfall_share"),
            before_due_days=_whole(parameters, "notice.before_due_days"),
            after_missed_days=_whole(parameters, "notice.after_missed_days"),
            concessions_lost=parameters.flag("breach.concessions_lost"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanJudgement:
    """How a plan stands on a day.

    `late` are the lines past due that still ask for anything, `missed` those of them whose grace
    is over and that lack more than policy lets pass, the oldest first.
    """

    on: date
    late: tuple[LineState, ...]
    missed: tuple[LineState, ...]
    is_broken: bool
    is_settled: bool

    @property
    def is_kept(self) -> bool:
        """Whether nothing counts as missed: a part payment a cent short does not."""
        return not self.missed


def judge_plan(state: LoanState, rules: KeepingRules) -> PlanJudgement:
    """Return how the plan stands on the day of the state.

    It is broken when the newest `missed_max` lines due are all missed, one after the other; a plan
    of fewer lines, as a settlement is, when all of them are.
    Payments go to the oldest line first, so the lines that are missed follow each other.
    """
    late = tuple(line for line in state.lines if line.due_date < state.on and line.remaining)
    missed = tuple(line for line in late if _is_missed(line, state.on, rules))
    return PlanJudgement(
        on=state.on,
        late=late,
        missed=missed,
        is_broken=bool(missed) and len(missed) >= min(rules.missed_max, len(state.lines)),
        is_settled=state.is_settled,
    )


def _is_missed(line: LineState, on: date, rules: KeepingRules) -> bool:
    if on <= line.due_date + timedelta(days=rules.grace_days):
        return False
    return lacks_too_much(line, rules.shortfall_share)


def lacks_too_much(line: LineState, shortfall_share: Fraction) -> bool:
    """Whether more of an instalment is open than the share of it that may be lacking."""
    lacking, asked = _lacking(line), line.line.instalment.minor
    return lacking * shortfall_share.denominator > asked * shortfall_share.numerator


def _lacking(line: LineState) -> int:
    """What of the instalment itself is open: penalty that came on top makes no miss of it."""
    part: Components = line.remaining
    return part.principal.minor + part.interest.minor + part.fee.minor


def _whole(parameters: Parameters, name: str) -> tuple[int, ...]:
    found = parameters[name].value
    return tuple(int(str(one)) for one in found) if isinstance(found, tuple | list) else ()

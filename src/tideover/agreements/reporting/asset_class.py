"""The asset class of a loan (五级分类), with the floors of lateness and of restructuring.

Source: 商业银行金融资产风险分类办法（2023）第十四条、第十七至二十三条; for cards
商业银行信用卡业务监督管理办法第九十二条. The numbers are in the policy book.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from tideover.agreements.reporting.months import (
    due_days,
    missed_days,
    restructurings,
    standing,
)
from tideover.dates import add_months
from tideover.loan import Event, LoanState, LoanTerms, loan_state
from tideover.policy import Parameters, Words


class AssetClass(IntEnum):
    """The five classes, the better the lower; from `SUBSTANDARD` on a loan is non-performing."""

    NORMAL = 1
    SPECIAL_MENTION = 2
    SUBSTANDARD = 3
    DOUBTFUL = 4
    LOSS = 5

    @property
    def words(self) -> Words:
        """The class as it is called."""
        return _CLASS_WORDS[self]

    @property
    def is_non_performing(self) -> bool:
        """Whether loans of the class count as non-performing (不良)."""
        return self >= AssetClass.SUBSTANDARD


_CLASS_WORDS = {
    AssetClass.NORMAL: Words("正常", "normal"),
    AssetClass.SPECIAL_MENTION: Words("关注", "special mention"),
    AssetClass.SUBSTANDARD: Words("次级", "substandard"),
    AssetClass.DOUBTFUL: Words("可疑", "doubtful"),
    AssetClass.LOSS: Words("损失", "loss"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Restructuring:
    """One restructuring: its day, the first due day under it, and the class the loan had before."""

    on: date
    observed_from: date
    class_before: AssetClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationFacts:
    """What the class of a day follows from.

    `due` are all due days since the first restructuring or since `bad_until`, whichever is
    earlier, `missed` those of them whose amount was late, both up to the day. `bad_until` is the
    day, after the newest restructuring, on which arrears ended that had made the loan bad.
    """

    on: date
    days_past_due: int
    is_card: bool = False
    restructured: tuple[Restructuring, ...] = ()
    due: tuple[date, ...] = ()
    missed: tuple[date, ...] = ()
    bad_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """The class of a loan on a day, whether it is under observation, until when, and why.

    `observed_until` is the earliest day on which observation can end if nothing more is missed.
    """

    asset_class: AssetClass
    is_restructured: bool
    observed_from: date | None
    observed_until: date | None
    because: tuple[Words, ...]


def classify(facts: ClassificationFacts, parameters: Parameters) -> Classification:
    """Return the class of `facts` under the policy of its day."""
    floor, why = _by_lateness(facts, parameters)
    if not facts.restructured:
        return _plain(floor, why)
    start, until = _observation(facts, of=facts.restructured[-1], parameters=parameters)
    if facts.on >= until:
        ended = Words(f"观察期已于 {until} 结束", f"observation ended on {until}")
        return _plain(floor, (*why, ended))
    least, because = _by_restructuring(facts, start=start, parameters=parameters)
    return Classification(
        asset_class=max(floor, least),
        is_restructured=True,
        observed_from=start,
        observed_until=until,
        because=(*why, because),
    )


def classify_loan(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    on: date,
    parameters: Parameters,
    is_card: bool = False,
) -> Classification:
    """Return the class on the day `on` of the loan that `terms` and `events` make.

    A due day counts as missed when its amount is owed after the days of grace.
    """
    loan = _Loan(terms, events, parameters, is_card)
    done: list[Restructuring] = []
    for change in (event for event in restructurings(events) if event.on <= on):
        before = loan.facts(on=change.on - timedelta(days=1), done=tuple(done))
        done.append(
            Restructuring(
                on=change.on,
                observed_from=change.schedule.lines[0].due_date,
                class_before=classify(before, parameters).asset_class,
            )
        )
    return classify(loan.facts(on=on, done=tuple(done)), parameters)


@dataclass(frozen=True, slots=True)
class _Loan:
    """A loan as its facts are read off it."""

    terms: LoanTerms
    events: Sequence[Event]
    parameters: Parameters
    is_card: bool

    def facts(self, *, on: date, done: tuple[Restructuring, ...]) -> ClassificationFacts:
        state = loan_state(self.terms, self.events, on)
        bad_until = self._bad_until(state, since=done[-1].on if done else date.min)
        begins = [day for day in (done[0].on if done else None, bad_until) if day is not None]
        since = min(begins, default=None)
        return ClassificationFacts(
            on=on,
            days_past_due=state.days_past_due,
            is_card=self.is_card,
            restructured=done,
            due=self._due(since, on=on),
            missed=self._missed(since, on=on),
            bad_until=bad_until,
        )

    def _due(self, since: date | None, *, on: date) -> tuple[date, ...]:
        if since is None:
            return ()
        return tuple(due_days(self.terms, self.events, since=since, until=on))

    def _missed(self, since: date | None, *, on: date) -> tuple[date, ...]:
        if since is None:
            return ()
        return tuple(
            missed_days(
                self.terms,
                self.events,
                since=since,
                until=on,
                grace_days=self.parameters.integer("grace.days"),
                shortfall_share=self.parameters.ratio("breach.shortfall_share"),
            )
        )

    def _bad_until(self, state: LoanState, *, since: date) -> date | None:
        """The newest day after `since` on which so much came that the loan was bad no longer."""
        days_max = self.parameters.integer(_prefix(self.is_card) + "substandard_days")
        if state.worst_days_past_due <= days_max or state.days_past_due > days_max:
            return None
        days = {event.on for event in standing(self.events) if since < event.on <= state.on}
        for day in sorted(days, reverse=True):
            before = loan_state(self.terms, self.events, day - timedelta(days=1))
            if before.days_past_due > days_max:
                return day
        return None


def _plain(floor: AssetClass, why: tuple[Words, ...]) -> Classification:
    return Classification(
        asset_class=floor,
        is_restructured=False,
        observed_from=None,
        observed_until=None,
        because=why,
    )


def _by_lateness(
    facts: ClassificationFacts, parameters: Parameters
) -> tuple[AssetClass, tuple[Words, ...]]:
    """Return the class that days past due alone give."""
    prefix, days = _prefix(facts.is_card), facts.days_past_due
    reached = AssetClass.SPECIAL_MENTION if days > 0 else AssetClass.NORMAL
    for name, asset_class in (
        ("substandard_days", AssetClass.SUBSTANDARD),
        ("doubtful_days", AssetClass.DOUBTFUL),
        ("loss_days", AssetClass.LOSS),
    ):
        if days > parameters.integer(prefix + name):
            reached = asset_class
    late = Words("没有逾期", "nothing is past due")
    if days:
        late = Words(
            f"逾期 {days} 天，至少{reached.words.zh}", f"{days} days past due: {reached.words.en}"
        )
    if reached.is_non_performing or facts.bad_until is None:
        return reached, (late,)
    missed = [day for day in facts.missed if day >= facts.bad_until]
    if _is_mended(facts, start=max([facts.bad_until, *missed]), parameters=parameters):
        return reached, (late,)
    kept = Words(
        f"{facts.bad_until} 前为不良，尚未满足上调条件",
        f"non-performing until {facts.bad_until}, not yet mended",
    )
    return AssetClass.SUBSTANDARD, (late, kept)


def _prefix(is_card: bool) -> str:  # noqa: FBT001
    return "asset_class.card_" if is_card else "asset_class."


def _observation(
    facts: ClassificationFacts, *, of: Restructuring, parameters: Parameters
) -> tuple[date, date]:
    """Return from when a restructuring is observed by the day of the facts, and until when.

    A miss begins it anew; one that comes after its end does not.
    """
    start = of.observed_from
    for missed in sorted(day for day in facts.missed if day >= of.on):
        if missed >= _over_on(facts, start=start, by=missed, parameters=parameters):
            break
        start = max(start, missed)
    until = _over_on(facts, start=start, by=facts.on + timedelta(days=1), parameters=parameters)
    oldest_late = facts.on - timedelta(days=facts.days_past_due)
    if facts.days_past_due and oldest_late < until <= facts.on:
        until = facts.on + timedelta(days=1)
    return start, until


def _over_on(facts: ClassificationFacts, *, start: date, by: date, parameters: Parameters) -> date:
    """Return when observation from `start` is over as far as is known before the day `by`.

    That is after the months and the paid due days that policy asks for.
    """
    by_months = add_months(start, parameters.integer("probation.months_min"))
    wanted = parameters.integer("probation.periods_min")
    kept = [day for day in facts.due if start <= day < by and day not in facts.missed]
    return max(by_months, kept[wanted - 1] if len(kept) >= wanted else by)


def _by_restructuring(
    facts: ClassificationFacts, *, start: date, parameters: Parameters
) -> tuple[AssetClass, Words]:
    """Return the least class under observation and why."""
    before = facts.restructured[-1].class_before
    if before.is_non_performing and not _is_mended(facts, start=start, parameters=parameters):
        least = max(before, AssetClass.SUBSTANDARD)
        return least, Words(
            f"重组前为{before.words.zh}，尚未满足上调条件",
            f"{before.words.en} before, not yet mended",
        )
    if _is_second(facts, parameters):
        return AssetClass.SUBSTANDARD, Words(
            "观察期内再次重组，至少次级", "restructured again under observation: substandard"
        )
    if before.is_non_performing:
        return AssetClass.SPECIAL_MENTION, Words(
            "重组前为不良，已清偿并正常还款，可上调至关注",
            "non-performing before, since paid as agreed: may rise to special mention",
        )
    return AssetClass.SPECIAL_MENTION, Words(
        f"重组资产，{start} 起观察，至少关注",
        f"restructured, observed from {start}: special mention",
    )


def _is_second(facts: ClassificationFacts, parameters: Parameters) -> bool:
    """Return whether the newest restructuring fell into the observation of the one before."""
    if len(facts.restructured) < 2:
        return False
    before, newest = facts.restructured[-2:]
    then = replace(
        facts,
        on=newest.on,
        days_past_due=0,
        due=tuple(day for day in facts.due if day < newest.on),
        missed=tuple(day for day in facts.missed if day < newest.on),
    )
    _, until = _observation(then, of=before, parameters=parameters)
    return newest.on < until


def _is_mended(facts: ClassificationFacts, *, start: date, parameters: Parameters) -> bool:
    """Return whether all is paid and was for the longer of the two spans of article 14."""
    kept = [day for day in facts.due if day >= start and day not in facts.missed]
    months = parameters.integer("asset_class.mending_months")
    has_lasted = facts.on >= add_months(start, months)
    is_paid = facts.days_past_due == 0
    return is_paid and has_lasted and len(kept) >= parameters.integer("probation.periods_min")

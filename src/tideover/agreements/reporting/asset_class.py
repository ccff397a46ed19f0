"""The asset class of a loan (五级分类), with the floors of lateness and of restructuring.

Source: 商业银行金融资产风险分类办法（2023）第十四条、第十七至二十三条; for cards
商业银行信用卡业务监督管理办法第九十二条. The numbers are in the policy book.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from fractions import Fraction

from tideover.agreements.reporting.months import due_days, missed_days, restructurings
from tideover.dates import add_months
from tideover.loan import Event, LoanTerms, loan_state
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

    `due` are all due days since the first restructuring, `missed` those of them whose amount was
    late, both up to the day.
    """

    on: date
    days_past_due: int
    is_card: bool = False
    restructured: tuple[Restructuring, ...] = ()
    due: tuple[date, ...] = ()
    missed: tuple[date, ...] = ()


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
    newest = facts.restructured[-1]
    start = max([newest.observed_from, *(day for day in facts.missed if day >= newest.on)])
    until = _observed_until(facts, start=start, parameters=parameters)
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
    done: list[Restructuring] = []
    for change in (event for event in restructurings(events) if event.on <= on):
        before = _facts_of(
            terms,
            events,
            on=change.on - timedelta(days=1),
            done=tuple(done),
            grace_days=parameters.integer("grace.days"),
            shortfall_share=parameters.ratio("breach.shortfall_share"),
            is_card=is_card,
        )
        done.append(
            Restructuring(
                on=change.on,
                observed_from=change.schedule.lines[0].due_date,
                class_before=classify(before, parameters).asset_class,
            )
        )
    facts = _facts_of(
        terms,
        events,
        on=on,
        done=tuple(done),
        grace_days=parameters.integer("grace.days"),
        shortfall_share=parameters.ratio("breach.shortfall_share"),
        is_card=is_card,
    )
    return classify(facts, parameters)


def _facts_of(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    on: date,
    done: tuple[Restructuring, ...],
    grace_days: int,
    shortfall_share: Fraction,
    is_card: bool,
) -> ClassificationFacts:
    since = done[0].on if done else on
    late = loan_state(terms, events, on).days_past_due
    due = due_days(terms, events, since=since, until=on) if done else []
    missed: list[date] = []
    if done:
        missed = missed_days(
            terms,
            events,
            since=since,
            until=on,
            grace_days=grace_days,
            shortfall_share=shortfall_share,
        )
    return ClassificationFacts(
        on=on,
        days_past_due=late,
        is_card=is_card,
        restructured=done,
        due=tuple(due),
        missed=tuple(missed),
    )


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
    prefix = "asset_class.card_" if facts.is_card else "asset_class."
    days = facts.days_past_due
    reached = AssetClass.SPECIAL_MENTION if days > 0 else AssetClass.NORMAL
    for name, asset_class in (
        ("substandard_days", AssetClass.SUBSTANDARD),
        ("doubtful_days", AssetClass.DOUBTFUL),
        ("loss_days", AssetClass.LOSS),
    ):
        if days > parameters.integer(prefix + name):
            reached = asset_class
    if not days:
        return reached, (Words("没有逾期", "nothing is past due"),)
    why = Words(
        f"逾期 {days} 天，至少{reached.words.zh}", f"{days} days past due: {reached.words.en}"
    )
    return reached, (why,)


def _observed_until(facts: ClassificationFacts, *, start: date, parameters: Parameters) -> date:
    """Return when observation can end: the days and the paid due days that policy asks for."""
    by_days = start + timedelta(days=parameters.integer("probation.days_min"))
    wanted = parameters.integer("probation.periods_min")
    kept = [day for day in facts.due if day >= start and day not in facts.missed]
    if len(kept) >= wanted:
        return max(by_days, kept[wanted - 1])
    return max(by_days, facts.on + timedelta(days=1))


def _by_restructuring(
    facts: ClassificationFacts, *, start: date, parameters: Parameters
) -> tuple[AssetClass, Words]:
    """Return the least class under observation and why."""
    newest = facts.restructured[-1]
    if _is_second(facts, parameters):
        return AssetClass.SUBSTANDARD, Words(
            "观察期内再次重组，至少次级", "restructured again under observation: substandard"
        )
    if not newest.class_before.is_non_performing:
        return AssetClass.SPECIAL_MENTION, Words(
            f"重组资产，{start} 起观察，至少关注",
            f"restructured, observed from {start}: special mention",
        )
    if _is_mended(facts, start=start, parameters=parameters):
        return AssetClass.SPECIAL_MENTION, Words(
            "重组前为不良，已清偿并正常还款，可上调至关注",
            "non-performing before, since paid as agreed: may rise to special mention",
        )
    return newest.class_before, Words(
        f"重组前为{newest.class_before.words.zh}，尚未满足上调条件",
        f"{newest.class_before.words.en} before, not yet mended",
    )


def _is_second(facts: ClassificationFacts, parameters: Parameters) -> bool:
    """Return whether the newest restructuring fell into the observation of the one before."""
    if len(facts.restructured) < 2:
        return False
    before, newest = facts.restructured[-2:]
    missed = [day for day in facts.missed if before.on <= day < newest.on]
    start = max([before.observed_from, *missed])
    return newest.on < start + timedelta(days=parameters.integer("probation.days_min"))


def _is_mended(facts: ClassificationFacts, *, start: date, parameters: Parameters) -> bool:
    """Return whether all is paid and was for the longer of the two spans of article 14."""
    kept = [day for day in facts.due if day >= start and day not in facts.missed]
    months = parameters.integer("asset_class.mending_months")
    has_lasted = facts.on >= add_months(start, months)
    is_paid = facts.days_past_due == 0
    return is_paid and has_lasted and len(kept) >= parameters.integer("probation.periods_min")

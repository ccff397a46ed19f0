"""Where the cents of one line come from, in words with the numbers inside."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Final

from tideover.loan.building import build_schedule, factors_of, periods_of
from tideover.loan.factor_words import factor_words
from tideover.loan.rates import plain_text
from tideover.loan.reasons import Reason
from tideover.loan.schedule import Schedule, ScheduleLine
from tideover.loan.terms import FlatRule, LevelRule, LoanTerms, Method
from tideover.money import Money, Refusal

_DECIMALS: Final = 6


class NoSuchLine(Refusal):
    """The schedule has no line of this number."""

    code: ClassVar[str] = "no-such-line"

    def __init__(self, number: int, count: int) -> None:
        super().__init__(
            f"the schedule has no line {number}: give a number from 1 to {count}",
            f"还款计划没有第 {number} 期：请填写 1 到 {count} 之间的期数",
        )


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """A line and the steps that made it; `exact_interest` is in minor units, before rounding."""

    line: ScheduleLine
    opening_balance: Money
    exact_interest: Fraction
    reasons: tuple[Reason, ...]


def explain_line(terms: LoanTerms, number: int) -> LineExplanation:
    """Return where the cents of line `number` come from.

    Raises:
        NoSuchLine: the schedule has no such line.
    """
    if not 1 <= number <= terms.instalments:
        raise NoSuchLine(number, terms.instalments)
    schedule = build_schedule(terms)
    line = schedule.lines[number - 1]
    opening = line.closing_balance + line.principal
    base = terms.principal if terms.method in _ON_ORIGINAL else opening
    factor = factors_of(terms, periods_of(terms))[number - 1]
    exact = base.minor * factor
    reasons = (
        _period_reason(line),
        _interest_reason(terms, base, factor=factor, line=line),
        *_carried_reasons(schedule, line),
        _principal_reason(terms, line, own_interest=_own_interest(terms, line)),
        *_fee_reasons(terms, line),
        _sum_reason(line),
    )
    return LineExplanation(line, opening, exact, reasons)


_AT_THE_END: Final = frozenset({Method.INTEREST_ONLY, Method.BULLET})
_ON_ORIGINAL: Final = frozenset({Method.FLAT, *_AT_THE_END})


def _period_reason(line: ScheduleLine) -> Reason:
    start, end, days = line.period.start, line.period.end, line.period.days
    return Reason(
        f"period: from {start} (counted) to {end} (not counted), {days} days",
        f"计息期：{start}（计入）至 {end}（不计入），共 {days} 天",
    )


def _interest_reason(
    terms: LoanTerms, base: Money, *, factor: Fraction, line: ScheduleLine
) -> Reason:
    if terms.method is Method.FLAT and terms.conventions.flat is FlatRule.EVEN:
        return Reason(
            f"interest: an even part of the interest of all lines, {line.interest.text}",
            f"利息：各期利息合计后平均分摊，{line.interest.text}",
        )
    rate_en, rate_zh = factor_words(terms.rate, days=line.period.days, factor=factor)
    exact = base.minor * factor
    unrounded = plain_text(exact / base.currency.minor_per_major, decimals=_DECIMALS)
    rounded = Money(terms.rounding(exact), base.currency).text
    how = terms.rounding
    return Reason(
        f"interest: {base.text} × {rate_en} = {unrounded}, rounded {how.value} to {rounded}",
        f"利息：{base.text} × {rate_zh} = {unrounded}，{how.zh}为 {rounded}",
    )


def _carried_reasons(schedule: Schedule, line: ScheduleLine) -> tuple[Reason, ...]:
    before = schedule.lines[line.number - 2].carried_interest if line.number > 1 else None
    reasons = []
    if before is not None:
        reasons.append(
            Reason(
                f"brought forward: {before.text} of interest that earlier lines did not ask for",
                f"前期结转利息：{before.text}（此前各期未能收取，不计复利）",
            )
        )
    if line.carried_interest is not None:
        left = line.carried_interest.text
        reasons.append(
            Reason(
                f"carried on: {left} of interest is left to later lines, without interest on it",
                f"结转后期利息：{left} 留待后期收取，不计复利",
            )
        )
    return tuple(reasons)


def _principal_reason(terms: LoanTerms, line: ScheduleLine, *, own_interest: Money) -> Reason:
    if line.number <= terms.grace_on_principal:
        return Reason("principal: none in the grace period", "本金：宽限期内不还本金")
    if terms.method in _AT_THE_END and line.number < terms.instalments:
        return Reason("principal: none before the last line", "本金：最后一期之前不还本金")
    if line.number == terms.instalments:
        return Reason(
            f"principal: the last line takes the balance, {line.principal.text}",
            f"本金：最后一期收回剩余本金 {line.principal.text}",
        )
    if _is_even(terms):
        return _even_reason(terms, line)
    level = line.principal + own_interest
    why, why_zh = _level_words(terms)
    return Reason(
        f"principal: {level.text} ({why}) − {own_interest.text} = {line.principal.text}",
        f"本金：{level.text}（{why_zh}）− {own_interest.text} = {line.principal.text}",
    )


def _is_even(terms: LoanTerms) -> bool:
    is_flat = terms.method is Method.FLAT and terms.conventions.flat is not FlatRule.LEVEL
    return is_flat or terms.method is Method.EQUAL_PRINCIPAL


def _even_reason(terms: LoanTerms, line: ScheduleLine) -> Reason:
    """Principal comes back in even parts, of the lines that are over once the grace is."""
    over = (terms.amortised_over or terms.instalments) - terms.grace_on_principal
    whole, part = terms.principal.text, line.principal.text
    return Reason(f"principal: {whole} ÷ {over} = {part}", f"本金：{whole} ÷ {over} = {part}")


def _level_words(terms: LoanTerms) -> tuple[str, str]:
    over = terms.amortised_over or terms.instalments
    if terms.method is Method.FLAT:
        return (
            "principal and the interest of all lines, in equal parts",
            "本金与各期利息合计后平均分摊",
        )
    if terms.conventions.level is not LevelRule.SMALLEST_CLEARING:
        return "the annuity formula, rounded", "年金公式舍入后的等额还款额"
    if over > terms.instalments:
        return (
            f"the smallest level instalment that would clear the balance in {over} lines",
            f"按 {over} 期还清计算的最小等额还款额",
        )
    return (
        "the smallest level instalment that clears the balance by the last line",
        "能在最后一期前还清的最小等额还款额",
    )


def _own_interest(terms: LoanTerms, line: ScheduleLine) -> Money:
    """The interest a level instalment was split into: before a grace moved it to a later line."""
    without_grace = build_schedule(replace(terms, grace_on_interest=0))
    return without_grace.lines[line.number - 1].interest


def _fee_reasons(terms: LoanTerms, line: ScheduleLine) -> tuple[Reason, ...]:
    if not line.fee:
        return ()
    percent = plain_text(terms.fee_rate * 100)
    return (
        Reason(
            f"fee: {terms.principal.text} × {percent} % = {line.fee.text}",
            f"费用：{terms.principal.text} × {percent}% = {line.fee.text}",
        ),
    )


def _sum_reason(line: ScheduleLine) -> Reason:
    parts = " + ".join(part.text for part in (line.principal, line.interest, line.fee) if part)
    return Reason(
        f"instalment: {parts or '0'} = {line.instalment.text}; "
        f"principal left {line.closing_balance.text}",
        f"每期应还：{parts or '0'} = {line.instalment.text}；剩余本金 {line.closing_balance.text}",
    )

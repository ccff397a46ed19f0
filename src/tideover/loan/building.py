"""Terms in, schedule out.

Interest is rounded once a line, by the rounding the terms name. The last line takes the balance.
In a level schedule, interest that is above the instalment (a very long first period) is carried
to the following lines and bears no interest itself, so principal is never negative.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from tideover.dates import DayCount, Period, Unit
from tideover.loan._factors import Factors
from tideover.loan._level import Parts, level_parts, smallest_clearing
from tideover.loan.rates import AnnualRate
from tideover.loan.schedule import Schedule, ScheduleLine
from tideover.loan.terms import Conventions, FlatRule, LevelRule, LoanTerms, Method
from tideover.money import Money

# Moving the level instalment more often than this gains nothing.
_EQUALISATIONS_MAX: Final = 3


def build_schedule(terms: LoanTerms) -> Schedule:
    """Return the schedule that `terms` agree on, due dates counted from the anchor.

    Interest counts the day of disbursement and not the due date. The lines' principal adds up
    to the principal of the terms.

    Reference: dossier section 4.1 (等额本金, 等额本息, 先息后本, 等本等息).
    """
    periods = periods_of(terms)
    parts = parts_by_method(terms, _factors(terms, periods))
    return Schedule(terms.principal, terms.disbursed_on, _lines(terms, periods, parts))


def schedule_parts(terms: LoanTerms) -> list[Parts]:
    """Return the figures of a schedule without its days: the same minor units, sooner.

    Each line is principal, interest, fee, and interest carried to the next line.
    """
    return parts_by_method(terms, _undated_factors(terms))


def periods_of(terms: LoanTerms) -> tuple[Period, ...]:
    """Return the interest period of every line: from disbursement to the first due date, and on."""
    due = terms.due_dates()
    starts = (terms.disbursed_on, *due[:-1])
    return tuple(Period(start, end) for start, end in zip(starts, due, strict=True))


def factors_of(terms: LoanTerms, periods: Sequence[Period]) -> tuple[Fraction, ...]:
    """Return the exact interest factor of every period."""
    first = periods[0]
    is_whole = terms.is_whole_step(first.start, first.end)
    return (
        terms.factor(first, is_whole=is_whole),
        *(terms.factor(period, is_whole=True) for period in periods[1:]),
    )


def parts_by_method(terms: LoanTerms, factors: Factors) -> list[Parts]:
    """Return the lines by the method, with the grace periods that the terms give."""
    grace = terms.grace_on_principal
    if grace and terms.method not in _ALL_AT_THE_END:
        early = Factors(factors.numerators[:grace], factors.denominator)
        later = Factors(factors.numerators[grace:], factors.denominator)
        over = terms.amortised_over and terms.amortised_over - grace
        rest = replace(
            terms, instalments=terms.instalments - grace, amortised_over=over, grace_on_principal=0,
            grace_on_interest=0,
        )  # fmt: skip
        interests = _interests(terms, early, on=terms.principal.minor)
        lines = [(0, interest, fee_of(terms), 0) for interest in interests]
        lines += _METHODS[terms.method](rest, later)
    else:
        lines = _METHODS[terms.method](terms, factors)
    skipped = terms.grace_on_interest
    return _without_interest(lines, count=skipped) if skipped else lines


def _without_interest(lines: list[Parts], *, count: int) -> list[Parts]:
    """Leave the interest of the first lines to the line after them."""
    skipped = 0
    for place in range(count):
        principal, interest, fee, carried = lines[place]
        skipped += interest
        lines[place] = (principal, 0, fee, carried + skipped)
    principal, interest, fee, carried = lines[count]
    lines[count] = (principal, interest + skipped, fee, carried)
    return lines


def _bullet(terms: LoanTerms, factors: Factors) -> list[Parts]:
    """Interest is simple over the whole time; everything falls due with the last line."""
    whole, fee = terms.principal.minor, fee_of(terms)
    divide, so_far = terms.rounding.of, 0
    lines: list[Parts] = []
    for numerator in factors.numerators:
        so_far += numerator
        lines.append((0, 0, fee, divide(whole * so_far, factors.denominator)))
    return [*lines[:-1], (whole, lines[-1][3], fee, 0)]


def _undated_factors(terms: LoanTerms) -> Factors:
    """A monthly rate on a regular grid needs no days."""
    rate, frequency = terms.rate, terms.frequency
    if (
        terms.earliest_due is None
        and terms.anchor is None
        and frequency.unit is Unit.MONTHS
        and isinstance(rate, AnnualRate)
        and rate.day_count is DayCount.MONTHLY
        and rate.compounds_a_year is None
    ):
        return Factors.monthly(rate, months=frequency.every, count=terms.instalments)
    return _factors(terms, periods_of(terms))


def _factors(terms: LoanTerms, periods: Sequence[Period]) -> Factors:
    by_days = Factors.by_days(terms.rate, periods)
    if by_days is not None:
        return by_days
    rate = terms.rate
    is_monthly = isinstance(rate, AnnualRate) and rate.day_count is DayCount.MONTHLY
    if is_monthly and terms.is_whole_step(periods[0].start, periods[0].end):
        return Factors.level(terms.nominal_factor(), terms.instalments)
    return Factors.of(factors_of(terms, periods))


def _interests(terms: LoanTerms, factors: Factors, *, on: int) -> list[int]:
    """The interest of every line on one balance."""
    divide = terms.rounding.of
    return [divide(on * numerator, factors.denominator) for numerator in factors.numerators]


def _equal_principal(terms: LoanTerms, factors: Factors) -> list[Parts]:
    balance, fee = terms.principal.minor, fee_of(terms)
    share = terms.rounding.of(balance, terms.amortised_over or terms.instalments)
    lines: list[Parts] = []
    for place, numerator in enumerate(factors.numerators, start=1):
        principal = balance if place == terms.instalments else min(share, balance)
        interest = terms.rounding.of(balance * numerator, factors.denominator)
        lines.append((principal, interest, fee, 0))
        balance -= principal
    return lines


def _flat(terms: LoanTerms, factors: Factors) -> list[Parts]:
    whole = terms.principal.minor
    rule, count = terms.conventions, terms.instalments
    if rule.flat is FlatRule.EVEN:
        interest_sum = terms.rounding.of(whole * sum(factors.numerators), factors.denominator)
        share = terms.rounding.of(interest_sum, count)
        interests = [share] * (count - 1) + [interest_sum - share * (count - 1)]
    else:
        interests = _interests(terms, factors, on=whole)
    if rule.flat is FlatRule.EQUAL_PRINCIPAL:
        share = terms.rounding.of(whole, count)
        return _with_principal(terms, interests, [share] * count)
    # The even rule takes the interest of one line into the level, rounded as it is.
    level = Fraction(whole, count) + (
        interests[0] if rule.flat is FlatRule.EVEN else Fraction(sum(interests), count)
    )
    instalment = _rounded(level, rule)
    return _with_principal(terms, interests, [instalment - one for one in interests])


def _with_principal(
    terms: LoanTerms, interests: Sequence[int], shares: Sequence[int]
) -> list[Parts]:
    balance = terms.principal.minor
    fee = fee_of(terms)
    lines: list[Parts] = []
    for interest, share in zip(interests[:-1], shares[:-1], strict=True):
        principal = max(min(share, balance), 0)
        lines.append((principal, interest, fee, 0))
        balance -= principal
    return [*lines, (balance, interests[-1], fee, 0)]


def _interest_only(terms: LoanTerms, factors: Factors) -> list[Parts]:
    whole, fee = terms.principal.minor, fee_of(terms)
    *interests, last = _interests(terms, factors, on=whole)
    return [*((0, interest, fee, 0) for interest in interests), (whole, last, fee, 0)]


def _level(terms: LoanTerms, factors: Factors) -> list[Parts]:
    instalment = level_instalment(terms, level_factors(terms, factors))
    return _level_lines(terms, factors, instalment)


def level_instalment_of(terms: LoanTerms) -> Money:
    """Return the level instalment of `terms` without building the schedule."""
    minor = level_instalment(terms, level_factors(terms, _undated_factors(terms)))
    return Money(minor, terms.currency)


def level_factors(terms: LoanTerms, factors: Factors) -> Factors:
    """Return the factors the level instalment is worked out with: maybe more, or nominal ones."""
    count = terms.amortised_over or terms.instalments
    if terms.conventions.is_nominal_level:
        return Factors.level(terms.nominal_factor(), count)
    if count == terms.instalments:
        return factors
    longer = replace(terms, instalments=count)
    return _factors(longer, periods_of(longer))


def level_instalment(terms: LoanTerms, factors: Factors, *, carried: int = 0) -> int:
    """Return the level instalment of `terms` in minor units, by the rule they name.

    `carried` is interest earned before the first line; a rounded instalment leaves it to the last.
    """
    rule = terms.conventions
    balance = terms.principal.minor
    if rule.level is LevelRule.SMALLEST_CLEARING:
        return smallest_clearing(balance, factors, rounding=terms.rounding, carried=carried)
    level = _to_multiple(rule.payment_rounding.of(*factors.annuity(balance)), rule)
    return _equalised(terms, factors, level) if rule.is_equalised else level


def _rounded(exact: Fraction, rule: Conventions) -> int:
    """To the minor unit by name, then to the multiple the same way."""
    return _to_multiple(rule.payment_rounding(exact), rule)


def _to_multiple(level: int, rule: Conventions) -> int:
    if rule.payment_multiple == 1:
        return level
    # A payment below half of the multiple would never come to anything: it stays as it is.
    return rule.payment_rounding.to_multiple(level, rule.payment_multiple) or level


def _equalised(terms: LoanTerms, factors: Factors, level: int) -> int:
    """Move the level instalment until the last differs by no more than half a unit a line.

    Each step spreads the difference over the lines and is kept only while the gap shrinks.
    """
    count = terms.instalments
    gap = _gap(terms, factors, level)
    for _ in range(_EQUALISATIONS_MAX):
        if abs(gap) <= count // 2:
            return level
        moved = _rounded(Fraction(level) + Fraction(gap, count), terms.conventions)
        moved_gap = _gap(terms, factors, moved)
        if abs(moved_gap) >= abs(gap):
            return level
        level, gap = moved, moved_gap
    return level


def _gap(terms: LoanTerms, factors: Factors, level: int) -> int:
    """How much the last instalment is above the level one."""
    principal, interest, _, _ = _level_lines(terms, factors, level)[-1]
    return principal + interest - level


def _level_lines(terms: LoanTerms, factors: Factors, instalment: int) -> list[Parts]:
    return level_parts(
        terms.principal.minor,
        factors,
        instalment=instalment,
        rounding=terms.rounding,
        fee=fee_of(terms),
    )


def fee_of(terms: LoanTerms) -> int:
    """Return the fee of one instalment, on the original principal, in minor units."""
    if not terms.fee_rate:
        return 0
    return terms.rounding(terms.principal.minor * terms.fee_rate)


def _lines(
    terms: LoanTerms, periods: Sequence[Period], parts: Sequence[Parts]
) -> tuple[ScheduleLine, ...]:
    balance, currency = terms.principal.minor, terms.currency
    fee = Money(fee_of(terms), currency)
    lines = []
    for number, (period, part) in enumerate(zip(periods, parts, strict=True), start=1):
        principal, interest, _, carried = part
        balance -= principal
        lines.append(
            ScheduleLine(
                number=number,
                period=period,
                due_date=period.end,
                principal=Money(principal, currency),
                interest=Money(interest, currency),
                fee=fee,
                closing_balance=Money(balance, currency),
                carried_interest=Money(carried, currency) if carried else None,
            )
        )
    return tuple(lines)


_METHODS: Final[dict[Method, Callable[[LoanTerms, Factors], list[Parts]]]] = {
    Method.EQUAL_PRINCIPAL: _equal_principal,
    Method.LEVEL: _level,
    Method.INTEREST_ONLY: _interest_only,
    Method.FLAT: _flat,
    Method.BULLET: _bullet,
}
#: Methods whose principal comes back with the last line whatever the grace.
_ALL_AT_THE_END: Final = frozenset({Method.INTEREST_ONLY, Method.BULLET})

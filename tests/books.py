"""Random loans for the arrays: terms for the scalar engine, and the same as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm
from random import Random

import numpy as np

from tideover.dates import DayCount
from tideover.kernels import Factors, Int, Loans
from tideover.loan import AnnualRate, Conventions, DailyRate, LevelRule, LoanTerms, Method, Rate
from tideover.loan.building import factors_of, periods_of
from tideover.money import CNY, Money, Rounding

ARRAY_METHODS = (Method.LEVEL, Method.EQUAL_PRINCIPAL, Method.FLAT, Method.INTEREST_ONLY)
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What all loans of one array share."""

    method: Method = Method.LEVEL
    rounding: Rounding = Rounding.HALF_UP
    level: LevelRule = LevelRule.SMALLEST_CLEARING
    payment_rounding: Rounding = Rounding.HALF_UP


def random_kind(draw: Random) -> Kind:
    return Kind(
        method=draw.choice(ARRAY_METHODS),
        rounding=draw.choice(list(Rounding)),
        level=draw.choice(list(LevelRule)),
        payment_rounding=draw.choice(list(Rounding)),
    )


def random_rate(draw: Random) -> Rate:
    """Rates of one part in a thousand million, now and then zero or tiny, by days or by months."""
    rough = draw.choice([0, draw.randrange(1, 1000), draw.randrange(10**9)])
    if draw.random() < 0.5:
        return DailyRate(Fraction(rough % 3_000_000, 10**9))
    counting = draw.choice([DayCount.MONTHLY, DayCount.ACT_365F, DayCount.ACT_360])
    return AnnualRate(Fraction(rough, 10**9), counting)


def random_terms(draw: Random, kind: Kind) -> LoanTerms:
    disbursed_on = date(2004, 1, 1) + timedelta(days=draw.randrange(14_000))
    # Now and then the first period is so long that its interest is above the instalment.
    delay = draw.choice([None, None, draw.randrange(1, 60), draw.randrange(60, 900)])
    return LoanTerms(
        principal=Money(draw.choice([draw.randrange(1, 200), draw.randrange(1, 10**11)]), CNY),
        rate=random_rate(draw),
        method=kind.method,
        instalments=draw.randrange(1, 61),
        disbursed_on=disbursed_on,
        earliest_due=None if delay is None else disbursed_on + timedelta(days=delay),
        fee_rate=Fraction(draw.randrange(100), 10_000),
        rounding=kind.rounding,
        conventions=Conventions(level=kind.level, payment_rounding=kind.payment_rounding),
    )


def random_book(seed: int, *, loans: int, kind: Kind | None = None) -> list[LoanTerms]:
    """Loans of one kind, ordered from the most instalments to the fewest."""
    draw = Random(seed)
    kind = kind or random_kind(draw)
    book = [random_terms(draw, kind) for _ in range(loans)]
    return sorted(book, key=lambda terms: -terms.instalments)


def as_columns(book: Sequence[LoanTerms]) -> Loans:
    """The same loans as columns."""
    first = book[0]
    lines = max(terms.instalments for terms in book)
    numerators = np.zeros((lines, len(book)), dtype=np.int64)
    denominators = np.zeros(len(book), dtype=np.int64)
    for place, terms in enumerate(book):
        factors = factors_of(terms, periods_of(terms))
        whole = lcm(*(factor.denominator for factor in factors))
        denominators[place] = whole
        parts = [factor.numerator * (whole // factor.denominator) for factor in factors]
        numerators[: len(parts), place] = parts
    principal = column(terms.principal.minor for terms in book)
    return Loans(
        method=first.method,
        principal=principal,
        counts=column(terms.instalments for terms in book),
        factors=Factors.of(numerators, denominators, principal=principal, rounding=first.rounding),
        fee=column(terms.rounding(terms.principal.minor * terms.fee_rate) for terms in book),
        rounding=first.rounding,
        level=first.conventions.level,
        payment_rounding=first.conventions.payment_rounding,
    )


def column(values: object) -> Int:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]


def days_since_epoch(day: date) -> int:
    return (day - EPOCH).days

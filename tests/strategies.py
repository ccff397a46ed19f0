"""What hypothesis draws: amounts, terms and events of loans."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from tideover.dates import MONTHLY, DayCount, Frequency, Unit
from tideover.loan import (
    AnnualRate,
    Charged,
    Component,
    Conventions,
    DailyRate,
    Disbursed,
    Event,
    LevelRule,
    LoanTerms,
    Method,
    Paid,
    Waived,
)
from tideover.money import CNY, JPY, KWD, Money, Rounding

currencies = st.sampled_from([CNY, JPY, KWD])
minors = st.integers(min_value=-(10**12), max_value=10**12)
exacts = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)
roundings = st.sampled_from(Rounding)
# Every day of forty years, leap days, month ends and century-free.
days = st.dates(min_value=date(2004, 1, 1), max_value=date(2044, 12, 31))
frequencies = st.sampled_from(
    [MONTHLY, Frequency(3, Unit.MONTHS), Frequency(2, Unit.WEEKS), Frequency(10, Unit.DAYS)]
)
daily_rates = st.integers(0, 100).map(lambda basis: DailyRate(Fraction(basis, 100_000)))
annual_rates = st.builds(
    AnnualRate,
    st.integers(0, 3600).map(lambda points: Fraction(points, 10_000)),
    st.sampled_from(DayCount),
)
principals = st.integers(1, 10**8).map(lambda minor: Money(minor, CNY))
instalment_counts = st.integers(1, 60)


@st.composite
def terms(draw: st.DrawFn, methods: tuple[Method, ...] = tuple(Method)) -> LoanTerms:
    """Terms of every method, day count and frequency; some with a long first period."""
    disbursed_on = draw(days)
    count = draw(instalment_counts)
    delay = draw(st.none() | st.integers(1, 400))
    return LoanTerms(
        principal=draw(principals),
        rate=draw(daily_rates | annual_rates),
        method=draw(st.sampled_from(methods)),
        instalments=count,
        disbursed_on=disbursed_on,
        frequency=draw(frequencies),
        earliest_due=None if delay is None else disbursed_on + timedelta(days=delay),
        grace_on_principal=draw(st.integers(0, count - 1)),
        grace_on_interest=draw(st.sampled_from([0, 0, min(2, count - 1)])),
        fee_rate=Fraction(draw(st.integers(0, 100)), 10_000),
        penalty_uplift=Fraction(1, 2),
        grace_days=draw(st.integers(0, 3)),
        rounding=draw(roundings),
        conventions=Conventions(
            level=draw(st.sampled_from(LevelRule)), is_equalised=draw(st.booleans())
        ),
    )


@st.composite
def loans(draw: st.DrawFn) -> LoanTerms:
    """A consumer loan of a few instalments, small enough to be paid and overpaid."""
    disbursed_on = draw(days)
    # Now and then the first period is so long that its interest is above the instalment.
    delay = draw(st.none() | st.none() | st.integers(1, 900))
    return LoanTerms(
        principal=Money(draw(st.integers(100, 300_000)), CNY),
        rate=draw(daily_rates),
        method=draw(st.sampled_from(Method)),
        instalments=draw(st.integers(1, 6)),
        disbursed_on=disbursed_on,
        earliest_due=None if delay is None else disbursed_on + timedelta(days=delay),
        fee_rate=Fraction(draw(st.sampled_from([0, 38, 41])), 10_000),
        penalty_uplift=Fraction(1, 2),
        grace_days=1,
        allocation_order=tuple(draw(st.permutations(tuple(Component)))),
    )


@st.composite
def histories(draw: st.DrawFn, loan: LoanTerms, size_max: int = 8) -> tuple[Event, ...]:
    """Payments, charges and waivers of a loan, in the order they arrive: any order."""
    disbursed = Disbursed(loan.disbursed_on, "out", loan.principal)
    amounts = st.integers(0, loan.principal.minor).map(lambda minor: Money(minor, CNY))
    parts = st.sampled_from([Component.FEE, Component.PENALTY])
    events: list[Event] = [disbursed]
    for place in range(draw(st.integers(0, size_max))):
        on = loan.disbursed_on + timedelta(days=draw(st.integers(0, 300)))
        kind = draw(st.sampled_from(["paid", "paid", "paid", "charged", "waived"]))
        amount, reference = draw(amounts), f"{kind}-{place}"
        if kind == "paid":
            events.append(Paid(on, reference, amount))
        elif kind == "charged":
            events.append(Charged(on, reference, draw(parts), amount, "test"))
        else:
            part = draw(st.sampled_from(Component))
            events.append(Waived(on, reference, part, amount, "test"))
    return tuple(events)

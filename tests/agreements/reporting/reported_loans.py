"""A loan of twelve equal parts of principal, and its life as tests tell it."""

from datetime import date
from fractions import Fraction

from tideover.loan import (
    Components,
    DailyRate,
    Disbursed,
    LoanTerms,
    Method,
    Paid,
    Restructured,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money
from tideover.policy import load_book

LENT_ON = date(2025, 1, 10)
TERMS = LoanTerms(
    principal=Money(1_200_000, CNY),
    rate=DailyRate(Fraction(4, 10_000)),
    method=Method.EQUAL_PRINCIPAL,
    instalments=12,
    disbursed_on=LENT_ON,
    grace_days=1,
    penalty_uplift=Fraction(1, 2),
)
LENT = Disbursed(LENT_ON, "lent", TERMS.principal)


def policy(on=date(2027, 1, 1)):
    return load_book().on(on, product="weilidai")


def paid_until(count, *, late=None):
    """Return the payments of the first `count` lines, line n on `late[n]` where it is named."""
    events = [LENT]
    for line in build_schedule(TERMS).lines[:count]:
        day = (late or {}).get(line.number, line.due_date)
        owed = loan_state(TERMS, events, day)
        amount = owed.past_due.total + owed.due_today.total
        events.append(Paid(day, f"paid-{line.number}", amount))
    return events


def paid_up_on(*days):
    """Return payments, on each of the days, of all that is owed by then."""
    events = [LENT]
    for day in days:
        owed = loan_state(TERMS, events, day)
        amount = owed.past_due.total + owed.due_today.total
        events.append(Paid(day, f"paid-up-{day}", amount))
    return events


def restructured(events, on, *, instalments=12, form="restructure"):
    """Return `events` and a plan from `on` over all that is owed, level from its next month."""
    owed = loan_state(TERMS, events, on).outstanding
    terms = LoanTerms(
        principal=owed.principal,
        rate=TERMS.rate,
        method=Method.LEVEL,
        instalments=instalments,
        disbursed_on=on,
    )
    none = Components.zero(CNY)
    rest = Components(
        principal=none.principal, interest=owed.interest, penalty=owed.penalty, fee=owed.fee
    )
    plan = Restructured(on, f"plan-{on}", build_schedule(terms), None, rest, none, none, form)
    return [*events, plan]

"""What a household can pay in each month ahead.

    left     = income − necessary outgoings − priority debts
    buffer   = a share of what is left, up to a cap, kept for the unexpected
    capacity = left − buffer − the other debts, never below zero

The other debts are paid in full while there is enough for every present contract. When there is
not, all lenders take their share pro rata, this one too: nobody is paid in full at another's cost.
Every step only rises with income, so more income never makes a month's capacity smaller.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tideover.affordability.household import Household, Income
from tideover.affordability.shares import fair_shares
from tideover.money import Currency, Money, Rounding, total
from tideover.policy import Parameters

__all__ = ["MonthCapacity", "capacity_by_month", "income_in_month", "months_ahead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCapacity:
    """One month of the household's money, `month` being its first day.

    `other_debts` is what is set aside for other lenders, priority debts included. `capacity` is
    what this loan can be paid and is never below zero; `shortfall` is what the month lacks before
    any lender but the priority ones is paid.
    """

    month: date
    income: Money
    outgoings: Money
    other_debts: Money
    buffer: Money
    capacity: Money
    shortfall: Money


def months_ahead(start: date, *, count: int) -> tuple[date, ...]:
    """Return the first days of `count` months, from the month of `start` on."""
    since = 12 * start.year + start.month - 1
    return tuple(date(place // 12, place % 12 + 1, 1) for place in range(since, since + count))


def capacity_by_month(
    household: Household,
    *,
    months: Sequence[date],
    parameters: Parameters,
    own_monthly: Money | None = None,
) -> tuple[MonthCapacity, ...]:
    """Return the capacity of each of `months`.

    `own_monthly` is what this loan asks for today: it is the loan's weight when there is not
    enough for all lenders. Without it the other debts are taken off in full.
    """
    currency = household.currency
    outgoings = total((outgoing.monthly for outgoing in household.outgoings), currency)
    priority, others = _debts(household, currency)
    own = own_monthly or Money.zero(currency)
    share = parameters.ratio("capacity.buffer_share")
    most = Money(parameters.integer("capacity.buffer_minor_max"), currency)

    def at_income(income: Money) -> tuple[Money, ...]:
        left = income - outgoings - priority
        available = max(Money.zero(currency), left)
        buffer = min(Money(Rounding.HALF_UP(available.minor * share), currency), most)
        to_others = _to_others(available - buffer, others=others, own=own)
        to_be_paid = available - buffer - to_others
        return priority + to_others, buffer, to_be_paid, max(Money.zero(currency), -left)

    # Months differ by their income alone, and most have the same.
    known: dict[int, tuple[Money, ...]] = {}
    found = []
    for month in months:
        minor = sum(income_in_month(one, month).minor for one in household.incomes)
        income = Money(minor, currency)
        if minor not in known:
            known[minor] = at_income(income)
        debts, buffer, capacity, shortfall = known[minor]
        found.append(
            MonthCapacity(
                month=month,
                income=income,
                outgoings=outgoings,
                other_debts=debts,
                buffer=buffer,
                capacity=capacity,
                shortfall=shortfall,
            )
        )
    return tuple(found)


def income_in_month(income: Income, month: date) -> Money:
    """Return what an income brings in the month that starts on `month`.

    A month that is covered in part counts by its days, rounded down to the minor unit.
    """
    if income.until is None and (income.since is None or income.since <= month):
        return income.monthly
    length = monthrange(month.year, month.month)[1]
    last = month + timedelta(days=length - 1)
    start = max(month, income.since or month)
    end = min(last, income.until or last)
    covered = max(0, (end - start).days + 1)
    if covered == length:
        return income.monthly
    return Money(income.monthly.minor * covered // length, income.monthly.currency)


def _debts(household: Household, currency: Currency) -> tuple[Money, Money]:
    priority = (debt.monthly for debt in household.other_debts if debt.is_priority)
    others = (debt.monthly for debt in household.other_debts if not debt.is_priority)
    return total(priority, currency), total(others, currency)


def _to_others(available: Money, *, others: Money, own: Money) -> Money:
    """Return what the other lenders get: all of it when all can be paid, else their share."""
    if not own:
        return min(available, others)
    if available >= others + own:
        return others
    return fair_shares(available, (own, others))[1]

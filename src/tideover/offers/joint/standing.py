"""Where a household and all its loans stand on the day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tideover.affordability import MonthCapacity, capacity_by_month, months_ahead
from tideover.kernels import BreakOff
from tideover.loan import LoanState, loan_state
from tideover.money import Currency, Money, total
from tideover.offers.joint.request import JointRequest, PlanDebt
from tideover.offers.request import OfferRequest
from tideover.offers.situation import Situation, longest_horizon, own_monthly, situation_of
from tideover.options import months_between

__all__ = ["Standing", "by_month", "keeping_current", "standing_of", "starting_together"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Every loan that is still owed, and the one capacity they share.

    `limits` is what `loans` may take of each month's capacity: all of it, less `kept_dues`, the
    dues of contracts that stay as they are.
    """

    request: JointRequest
    capacity: tuple[MonthCapacity, ...]
    limits: Mapping[date, Money]
    own_monthly: Money
    loans: tuple[tuple[PlanDebt, Situation], ...]
    kept_dues: Mapping[date, Money] = field(default_factory=dict)

    @property
    def curve(self) -> BreakOff:
        """How likely payments are to break off, by the policy of the household."""
        return BreakOff.of(self.request.parameters)

    @property
    def currency(self) -> Currency:
        """The currency of the household."""
        return self.request.household.currency

    def limit_on(self, day: date) -> Money:
        """Return what `loans` together can be paid in the month of `day`."""
        month = day if day.day == 1 else day.replace(day=1)
        return self.limits.get(month) or Money.zero(self.currency)

    @property
    def contract_dues(self) -> tuple[tuple[date, Money], ...]:
        """What all present contracts ask for from now on, what is past due being due today."""
        return tuple(due for _, situation in self.loans for due in situation.contract_dues)

    @property
    def contracts_fit(self) -> bool:
        """Whether nothing is past due and all contracts together fit every month."""
        if any(situation.state.past_due for _, situation in self.loans):
            return False
        asked = by_month(self.contract_dues)
        return all(amount <= self.limit_on(month) for month, amount in asked.items())

    @property
    def contract_interest(self) -> Money:
        """The interest of all present schedules still unpaid."""
        return total((one.contract_interest for _, one in self.loans), self.currency)


def standing_of(request: JointRequest) -> Standing:
    """Return where the household stands. Loans without principal are left out."""
    on, policy = request.on, request.parameters
    states = [loan_state(debt.terms, debt.events, on) for debt in request.debts]
    asked = total(
        (own_monthly(state) for state in states if state.outstanding.principal),
        request.household.currency,
    )
    capacity = capacity_by_month(
        request.household,
        months=months_ahead(on, count=max(longest_horizon(policy), _contract_months(states, on))),
        parameters=policy,
        own_monthly=asked,
    )
    loans = (
        (debt, situation_of(_single(request, debt), capacity=capacity)) for debt in request.debts
    )
    return Standing(
        request=request,
        capacity=capacity,
        limits={month.month: month.capacity for month in capacity},
        own_monthly=asked,
        loans=tuple(one for one in loans if one[1].state.outstanding.principal),
    )


def _contract_months(states: Sequence[LoanState], on: date) -> int:
    """Return how many months ahead the longest of the present contracts runs."""
    last = max((state.schedule.maturity_date for state in states), default=on)
    return months_between(on.replace(day=1), last) + 1


def keeping_current(standing: Standing) -> Standing | None:
    """Return the standing with every contract kept that has nothing past due.

    None where that leaves nothing to change, or nothing to keep.
    """
    late = tuple(one for one in standing.loans if one[1].state.past_due)
    kept = [situation for _, situation in standing.loans if not situation.state.past_due]
    if not late or not kept:
        return None
    dues = by_month(due for situation in kept for due in situation.contract_dues)
    none = Money.zero(standing.currency)
    limits = {
        month: max(amount - dues.get(month, none), none)
        for month, amount in standing.limits.items()
    }
    return replace(standing, loans=late, limits=limits, kept_dues=dues)


def starting_together(standing: Standing) -> Standing:
    """Return the standing with one day on which the plans of all its loans start.

    That is the latest to which any of them is paid: no interest is charged twice.
    """
    starts = {situation.starts_on for _, situation in standing.loans}
    if len(starts) == 1:
        return standing
    request, latest = standing.request, max(starts)
    loans = (
        (
            debt,
            situation_of(_single(request, debt), capacity=standing.capacity, not_before=latest),
        )
        for debt, _ in standing.loans
    )
    return replace(standing, loans=tuple(loans))


def by_month(dues: Iterable[tuple[date, Money]]) -> dict[date, Money]:
    """Return what falls due in each calendar month."""
    months: dict[date, int] = {}
    currency = None
    for day, amount in dues:
        month = day if day.day == 1 else day.replace(day=1)
        months[month] = months.get(month, 0) + amount.minor
        currency = amount.currency
    return {month: Money(minor, currency) for month, minor in months.items()} if currency else {}


def _single(request: JointRequest, debt: PlanDebt) -> OfferRequest:
    return OfferRequest(
        loan_reference=debt.name,
        terms=debt.terms,
        events=debt.events,
        on=request.on,
        household=request.household,
        parameters=debt.parameters,
    )

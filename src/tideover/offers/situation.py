"""Where the loan and the household stand on the day offers are made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tideover.affordability import MonthCapacity, capacity_by_month, months_ahead
from tideover.loan import (
    LineState,
    LoanState,
    LoanTerms,
    Method,
    Rate,
    Restructured,
    Reversed,
    loan_state,
)
from tideover.money import Money, total
from tideover.offers.request import OfferRequest
from tideover.options import LegalForm, due_date_after, months_between
from tideover.policy import Parameters

__all__ = ["Situation", "household_capacity", "longest_horizon", "own_monthly", "situation_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The loan on the day, what is left of today's contract, and the months ahead.

    `terms` are those of the contract at the rate that holds now.

    Plans start on `starts_on`, when the loan is as `start_state` says: the day offers are made, or
    the later day to which interest has been paid already, so that none is charged twice.

    `contract_dues` is what today's contract asks for from now on, what is past due being due
    today. `contract_interest` is the interest of its schedule that is still unpaid; what lateness
    has added to it is not in it.
    """

    request: OfferRequest
    terms: LoanTerms
    state: LoanState
    starts_on: date
    start_state: LoanState
    capacity: tuple[MonthCapacity, ...]
    by_month: Mapping[date, Money]
    original_maturity: date
    original_months: int
    contract_dues: tuple[tuple[date, Money], ...]
    contract_interest: Money
    contract_fee: Money

    @property
    def agreed_rate(self) -> Rate | None:
        """The rate an earlier agreement set, None while the contract's own holds.

        After a settlement, which bears no interest, a new plan says the rate of before again.
        """
        is_set = any(
            isinstance(event, Restructured) and event.rate is not None
            for event in self.request.events
        )
        return self.terms.rate if is_set else None

    @property
    def parameters(self) -> Parameters:
        """The policy of the day."""
        return self.request.parameters

    @property
    def on(self) -> date:
        """The day offers are made."""
        return self.request.on

    @property
    def is_card(self) -> bool:
        """Whether the debt is credit card debt."""
        return self.parameters.flag("product.is_card")

    def capacity_on(self, day: date) -> Money:
        """Return what the household can pay in the month of `day`; beyond the forecast, nothing."""
        return self.by_month.get(day.replace(day=1), Money.zero(self.terms.currency))

    def earliest_due(self, *, pause_months: int = 0) -> date:
        """Return the earliest due date of a plan: late enough that the offer can be answered.

        The fee of a month that has begun is owed already, so a flat plan asks for none in it.
        """
        notice = timedelta(days=self.parameters.integer("plan.first_due_days_min"))
        answered = max(self.on + notice, self._charged_to)
        return due_date_after(self.terms, answered, pause_months=pause_months)

    @property
    def _charged_to(self) -> date:
        """The day to which a flat fee is owed: the month that has begun is charged once."""
        start = self.starts_on
        if self.terms.method is not Method.FLAT:
            return start
        lines = self.start_state.lines
        begins = (self.start_state.schedule.start, *(line.due_date for line in lines))
        return next((day for day in begins if day >= start), start)

    @property
    def contract_fits(self) -> bool:
        """Whether nothing is past due and the household can carry today's contract every month."""
        if self.state.past_due:
            return False
        asked: dict[date, Money] = {}
        for day, amount in self.contract_dues:
            month = day.replace(day=1)
            asked[month] = asked.get(month, Money.zero(amount.currency)) + amount
        return all(amount <= self.capacity_on(month) for month, amount in asked.items())


def situation_of(
    request: OfferRequest,
    *,
    capacity: tuple[MonthCapacity, ...] | None = None,
    not_before: date | None = None,
) -> Situation:
    """Return the situation that a request describes.

    Several loans of one household share one `capacity`, which is then given, and one day
    `not_before` which no plan starts.
    """
    terms, on = request.terms, request.on
    state = loan_state(terms, request.events, on)
    if capacity is None:
        capacity = _capacity(request, state)
    maturity = terms.due_dates()[-1]
    starts_on = max(on, _paid_to(state), not_before or on)
    remaining = [line for line in state.lines if line.remaining]
    return Situation(
        request=request,
        terms=replace(terms, rate=_rate_now(request)),
        state=state,
        starts_on=starts_on,
        start_state=loan_state(terms, request.events, starts_on) if starts_on > on else state,
        capacity=capacity,
        by_month={month.month: month.capacity for month in capacity},
        original_maturity=maturity,
        original_months=months_between(terms.disbursed_on, maturity),
        contract_dues=tuple((max(on, line.due_date), line.remaining.total) for line in remaining),
        contract_interest=total((_unpaid_interest(line) for line in remaining), terms.currency),
        contract_fee=total((line.remaining.fee for line in remaining), terms.currency),
    )


def household_capacity(request: OfferRequest) -> tuple[MonthCapacity, ...]:
    """Return the months ahead as offers see them: the one capacity every page shows."""
    state = loan_state(request.terms, request.events, request.on)
    return _capacity(request, state)


def _capacity(request: OfferRequest, state: LoanState) -> tuple[MonthCapacity, ...]:
    """Return the capacity of every month a plan could reach."""
    parameters = request.parameters
    count = longest_horizon(parameters)
    return capacity_by_month(
        request.household,
        months=months_ahead(request.on, count=count),
        parameters=parameters,
        own_monthly=own_monthly(state),
    )


def longest_horizon(parameters: Parameters) -> int:
    """Return how many months ahead a plan could reach."""
    return max(
        parameters.integer("capacity.months_min"),
        parameters.integer("plan.instalments_max") + parameters.integer("pause.months_max") + 3,
    )


def _rate_now(request: OfferRequest) -> Rate | None:
    """Return the rate of the latest agreement that set one, else the contract's.

    That of a settlement holds for its own payments alone.
    """
    taken_back = {event.of for event in request.events if isinstance(event, Reversed)}
    agreed = [
        event.rate
        for event in sorted(request.events, key=lambda event: event.on)
        if isinstance(event, Restructured)
        and event.on <= request.on
        and event.rate is not None
        and event.reference not in taken_back
        and event.legal_form != LegalForm.SETTLEMENT
    ]
    return agreed[-1] if agreed else request.terms.rate


def _paid_to(state: LoanState) -> date:
    """Return the day to which interest or fees are paid: a line paid in part, its part of days."""
    start = paid_to = state.schedule.start
    for line in state.lines:
        charge = line.line.interest + line.line.fee
        paid = line.paid.interest + line.paid.fee + line.waived.interest + line.waived.fee
        if charge.minor and paid.minor:
            days = (line.due_date - start).days * min(paid.minor, charge.minor)
            paid_to = start + timedelta(days=-(-days // charge.minor))
        elif not charge.minor and not line.remaining:
            paid_to = line.due_date
        start = line.due_date
    return paid_to


def _unpaid_interest(line: LineState) -> Money:
    unpaid = line.line.interest - line.paid.interest - line.waived.interest
    return max(unpaid, Money.zero(unpaid.currency))


def own_monthly(state: LoanState) -> Money:
    """Return what today's contract asks for in a month: this loan's weight among all lenders."""
    unpaid = [line.line.instalment for line in state.lines if line.remaining]
    return max(unpaid, default=Money.zero(state.payoff.currency))

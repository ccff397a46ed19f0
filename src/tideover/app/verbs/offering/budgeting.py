"""What a household's own figures leave each month: shown to the borrower before and after."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tideover.affordability import Household, MonthCapacity, OutgoingCategory, allowance
from tideover.app import clock
from tideover.app.db.models import Borrower
from tideover.app.verbs.application.drafts import draft_of
from tideover.app.verbs.case.rows import theirs
from tideover.app.verbs.offering.basis import request_of
from tideover.app.verbs.offering.findings import household
from tideover.app.verbs.refusals import NotFound
from tideover.money import Money
from tideover.offers import household_capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The months ahead by the figures given, and this month with less income.

    `fall` is the share by which the income of `with_less` is lower. `above_usual` are categories
    with more than the usual spending, and what is usual: a question, never a limit.
    """

    living: Household
    months: tuple[MonthCapacity, ...]
    fall: Fraction
    with_less: MonthCapacity
    above_usual: tuple[tuple[OutgoingCategory, Money], ...]

    @property
    def now(self) -> MonthCapacity:
        """This month."""
        return self.months[0]


def budget(borrower: Borrower, number: str) -> Budget:
    """The budget of the borrower's request today. Raises NotFound while its figures are missing."""
    case = theirs(borrower, number)
    if household(draft_of(case)) is None:
        raise NotFound("budget")
    request = request_of(case, clock.today())
    fall = Fraction(request.parameters.names("stress.income_falls")[0])
    less = replace(request, household=_with_less(request.household, fall))
    return Budget(
        living=request.household,
        months=household_capacity(request),
        fall=fall,
        with_less=household_capacity(less)[0],
        above_usual=tuple(
            (one.category, usual)
            for one in request.household.outgoings
            for usual in (
                allowance(one.category, household=request.household, parameters=request.parameters),
            )
            if usual is not None and one.monthly > usual
        ),
    )


def _with_less(living: Household, fall: Fraction) -> Household:
    """The household when every income is lower by `fall`, rounded down to the minor unit."""
    return replace(
        living,
        incomes=tuple(
            replace(one, monthly=Money(int(one.monthly.minor * (1 - fall)), one.monthly.currency))
            for one in living.incomes
        ),
    )

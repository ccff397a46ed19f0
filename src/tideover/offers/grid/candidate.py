"""One way of the search with its figures, before the scalar engine builds it."""

from dataclasses import dataclass

from tideover.money import Currency, Money

__all__ = ["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan that fits every month: what it asks for and what it costs, all loans together.

    `instalments` is the length of the longest part, `grant` the place of what is
    granted, nought for time alone. `payment` is the most that falls due in any month,
    `cost_of_credit` interest and fees, `room` what the tightest month leaves, `value` what the
    lender may expect of it. Money is made when it is asked for.
    """

    instalments: int
    pause_months: int
    grant: int
    payment_minor: int
    interest_minor: int
    cost_minor: int
    room_minor: int
    value_minor: int
    currency: Currency

    @property
    def payment(self) -> Money:
        """The most that falls due in any month."""
        return Money(self.payment_minor, self.currency)

    @property
    def total_interest(self) -> Money:
        """The interest of all parts, carried interest included."""
        return Money(self.interest_minor, self.currency)

    @property
    def cost_of_credit(self) -> Money:
        """Interest and fees of all parts, carried ones included."""
        return Money(self.cost_minor, self.currency)

    @property
    def room(self) -> Money:
        """What the tightest month leaves."""
        return Money(self.room_minor, self.currency)

    @property
    def value(self) -> Money:
        """What the lender may expect of the plan, as of the day it is made."""
        return Money(self.value_minor, self.currency)

"""What a household of this size usually spends: shown beside a question, never a limit."""

from tideover.affordability import Household, OutgoingCategory, allowance
from tideover.app import clock
from tideover.money import Money
from tideover.policy import PRODUCTS, load_book


def usual_spending(*, adults: int, children: int) -> dict[OutgoingCategory, Money]:
    """The usual spending of each category for which the policy book keeps a figure."""
    living = Household(adults=max(adults, 1), children=max(children, 0))
    parameters = load_book().on(clock.today(), product=PRODUCTS[0])
    found = {
        category: allowance(category, household=living, parameters=parameters)
        for category in OutgoingCategory
    }
    return {category: usual for category, usual in found.items() if usual}

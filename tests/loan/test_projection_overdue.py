"""tideover.loan.projection (overdue, paying, projection): what is remembered, and on which day.

100.00 at 7 % of 31 January 2026 in three months (`projected.py`).
"""

from datetime import date, timedelta

import pytest

from projected import APRIL, FEBRUARY, lent
from tideover.loan.projection import credited, pay_interest, pay_principal, with_overdue

MARCH_10, MARCH_20 = date(2026, 3, 10), date(2026, 3, 20)


class TestOverdue:
    def test_changes_nothing_when_what_fell_due_is_paid(self):
        loan = lent()
        due = loan.figures[0]
        paid = pay_interest(loan, 0, on=FEBRUARY, amount=due.interest)
        paid = pay_principal(paid, 0, on=FEBRUARY, amount=due.principal)

        found = with_overdue(paid, MARCH_10, to_due_date=False)

        assert found.windows == paid.windows  # Nor do their days fall in parts.
        assert found.figures == paid.figures

    def test_remembers_the_day_up_to_which_principal_past_due_bears(self):
        found = with_overdue(lent(), MARCH_10, to_due_date=False)

        assert found.overdue_until == MARCH_10
        assert with_overdue(found, MARCH_10, to_due_date=False) == found


class TestCredited:
    @pytest.mark.parametrize("cents", [1, 250])
    def test_counts_in_the_days_after_it_whatever_came_later(self, cents: int):
        later = credited(lent(), MARCH_20, principal=100)

        found = credited(later, MARCH_10, principal=cents)

        back = {s.start: s.credited_principal for s in found.windows[1].segments}
        assert back == {FEBRUARY: 0, MARCH_10: cents, MARCH_20: 100}


class TestMoved:
    def test_at_maturity_changes_the_balance_after_the_last_day(self):
        once, _ = lent().moved(APRIL, corrected=-1)
        twice, place = once.moved(APRIL, corrected=-2)

        *_, whole, empty = twice.windows[2].segments
        assert place == 2
        assert (whole.corrected, whole.end - whole.start > timedelta(0)) == (-1, True)
        assert (empty.corrected, empty.days) == (-2, 0)


class TestPayPrincipal:
    def test_never_pays_more_than_is_left_of_the_loan(self):
        found = pay_principal(lent(), 2, on=FEBRUARY, amount=10_001)

        assert (found.paid_principal_total, found.outstanding_principal) == (10_000, 0)
        assert pay_principal(found, 0, on=FEBRUARY, amount=1) == found

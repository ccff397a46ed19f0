"""A loan under random events: the invariants hold after every step, whatever order they came in."""

import pytest
from hypothesis import settings

from loan_machine import LoanMachine


class TestLoanMachine(LoanMachine.TestCase):
    """What every `make test` runs."""

    settings = settings(max_examples=200, stateful_step_count=30, deadline=None)


@pytest.mark.soak
class TestLoanMachineForLong(LoanMachine.TestCase):
    """A million steps."""

    settings = settings(max_examples=34_000, stateful_step_count=30, deadline=None)

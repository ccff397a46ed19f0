"""A loan under random events: the invariants hold after every step, whatever order they came in."""

import pytest
from hypothesis import settings

from loan_machine import LoanMachine
from long_walks import walked

#: Each seed of the long run is some 28,000 steps of its own; all of them are more than a million.
SEEDS = range(1, 41)


class TestLoanMachine(LoanMachine.TestCase):
    """What every `make test` runs."""

    settings = settings(max_examples=200, stateful_step_count=30, deadline=None)


@pytest.mark.soak
class TestLoanMachineForLong:
    """A million steps, in pieces that can be run apart and again: `-k 'steps[7]'`."""

    @pytest.mark.parametrize("number", SEEDS)
    def test_steps(self, number: int) -> None:
        assert walked(LoanMachine, number, histories=1000, length=30) > 20_000

"""A loan under random events: the invariants hold after every step, whatever order they came in."""

import sys

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from loan_machine import LoanMachine

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
        steps = 0

        @seed(number)
        class Counted(LoanMachine):
            def teardown(self) -> None:
                nonlocal steps
                steps += self.steps

        run_state_machine_as_test(
            Counted,
            settings=settings(
                max_examples=1000, stateful_step_count=30, deadline=None, database=None
            ),
        )

        sys.stdout.write(f"seed {number}: {steps} steps\n")
        assert steps > 20_000

"""tideover.loan.progressive: a host loan under random settings and events stays in order."""

import sys

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from host_machine import HostMachine


class TestHostMachine(HostMachine.TestCase):
    """What every `make test` runs: the same histories each time. The long run finds new ones."""

    settings = settings(
        max_examples=25, stateful_step_count=8, deadline=None, derandomize=True, database=None
    )


@pytest.mark.soak
class TestHostMachineForLong:
    """More seeds and longer histories, in pieces that can be run apart and again."""

    @pytest.mark.parametrize("number", range(1, 21))
    def test_steps(self, number: int) -> None:
        steps = 0

        @seed(number)
        class Counted(HostMachine):
            def teardown(self) -> None:
                nonlocal steps
                steps += self.steps

        run_state_machine_as_test(
            Counted,
            settings=settings(
                max_examples=300, stateful_step_count=12, deadline=None, database=None
            ),
        )

        sys.stdout.write(f"seed {number}: {steps} steps\n")
        assert steps > 2_000

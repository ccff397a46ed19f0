"""Walking a state machine for long, in pieces of one seed each that can be run apart and again."""

import sys
from typing import Any

from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test


def walked(machine: Any, number: int, *, histories: int, length: int) -> int:
    """Draw so many histories of seed `number`; return how many steps they took, and print it.

    The machine counts its `steps`. Nothing is remembered between runs.
    """
    steps = 0

    @seed(number)
    class Counted(machine):
        def teardown(self) -> None:
            nonlocal steps
            steps += self.steps

    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=histories, stateful_step_count=length, deadline=None, database=None
        ),
    )
    sys.stdout.write(f"seed {number}: {steps} steps\n")
    return steps

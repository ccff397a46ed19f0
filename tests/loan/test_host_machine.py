"""tideover.loan.progressive: a host loan under random settings and events stays in order."""

import pytest
from hypothesis import settings

from host_machine import HostMachine
from long_walks import walked


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
        assert walked(HostMachine, number, histories=300, length=12) > 2_000

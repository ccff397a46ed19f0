"""The ledger of this service as the core: whatever can be agreed, it can book."""

from collections.abc import Sequence

from tideover.app.host.interface import Expression, HostLine, HostLoan, NotInHost
from tideover.app.host.operations import Operation
from tideover.options import Proposal


class EmbeddedCore:
    """The book lives here, so a change is booked where it is signed and nothing is sent."""

    name = "Tideover"
    is_elsewhere = False

    def express(self, proposal: Proposal) -> Expression:
        """Nothing has to be said: the event itself is booked."""
        return Expression()

    def read_loan(self, reference: str) -> HostLoan:
        """There is no second book to read. Raises NotInHost."""
        raise NotInHost(self.name, reference)

    def preview(
        self, reference: str, operations: Sequence[Operation]
    ) -> tuple[HostLine, ...] | None:
        """The plan is the preview."""
        return None

    def book(self, reference: str, operation: Operation, *, key: str) -> None:
        """No operation is ever made for this core. Raises NotInHost."""
        raise NotInHost(self.name, reference)

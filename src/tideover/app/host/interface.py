"""What the service asks of a core banking system, whoever made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from tideover.app.host.operations import Operation
from tideover.money import Money, Refusal
from tideover.options import Proposal
from tideover.policy import Words


class HostUnreachable(Refusal):
    """The core did not answer, or answered that it cannot just now."""

    code: ClassVar[str] = "host-unreachable"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"the core system {name} did not answer ({why}): nothing was changed; try again in a "
            "few minutes",
            f"核心系统 {name} 没有响应（{why}）：未做任何更改，请过几分钟再试。",
        )


class HostRefused(Refusal):
    """The core understood the request and does not carry it out."""

    code: ClassVar[str] = "host-refused"

    def __init__(self, name: str, why: str) -> None:
        self.why = why
        super().__init__(
            f"the core system {name} refused: {why}; put right in the core what it names, or "
            "choose another plan",
            f"核心系统 {name} 拒绝执行：{why}。请先在核心系统中处理，或改选其他方案。",
        )


class NotInHost(Refusal):
    """The core knows no loan of that reference."""

    code: ClassVar[str] = "not-in-host"

    def __init__(self, name: str, reference: str) -> None:
        super().__init__(
            f"the core system {name} has no loan {reference}: give the loan that external id in "
            "the core, or import the right reference",
            f"核心系统 {name} 中没有贷款 {reference}：请在核心系统中登记该外部编号，"
            "或导入正确的编号。",
        )


@dataclass(frozen=True, slots=True)
class HostLine:
    """One instalment as the core has it: what is due in all on a day, paid parts included."""

    due_date: date
    amount: Money


@dataclass(frozen=True, slots=True)
class HostPayment:
    """A payment in the core, by the core's own number. `is_reversed`: it was taken back there."""

    number: str
    on: date
    amount: Money
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class HostLoan:
    """A loan as the core has it. `outstanding` is the principal still owed there.

    `lines` are the instalments, past ones included; `payments` all that came in, oldest first.
    """

    reference: str
    disbursed_on: date
    principal: Money
    outstanding: Money
    lines: tuple[HostLine, ...]
    payments: tuple[HostPayment, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """A change in the words of a core: its operations in order, or why it has none for it.

    `reasons` is empty when the core can carry the change out. `remarks` is what the agent should
    know before the offer is made; among them that several operations are needed.
    """

    operations: tuple[Operation, ...] = ()
    reasons: tuple[Words, ...] = ()
    remarks: tuple[Words, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether the core can carry the change out at all."""
        return not self.reasons


class HostCore(Protocol):
    """A core banking system. Every method but `express` may raise HostUnreachable."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether the book lives outside this service, so that changes are sent there."""

    def express(self, proposal: Proposal) -> Expression:
        """Say a change in operations of the core. Asks nobody and changes nothing."""

    def read_loan(self, reference: str) -> HostLoan:
        """The loan and its payments as they are there. Raises NotInHost."""

    def preview(
        self, reference: str, operations: Sequence[Operation]
    ) -> tuple[HostLine, ...] | None:
        """The instalments the core would have afterwards, or None where it cannot tell.

        Changes nothing. Raises NotInHost, HostRefused.
        """

    def book(self, reference: str, operation: Operation, *, key: str) -> None:
        """Carry one operation out. The same key again changes nothing.

        Raises NotInHost, HostRefused.
        """

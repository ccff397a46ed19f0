"""What cannot be done to a projected loan, by name."""

from datetime import date
from typing import ClassVar

from tideover.money import Refusal


class GraceOnProjection(Refusal):
    """Grace on interest was asked for a loan whose interest follows payments."""

    code: ClassVar[str] = "grace-on-projection"

    def __init__(self, reference: str, *, count: int, since: date) -> None:
        super().__init__(
            f"grace {reference!r} of {count} instalments from {since} needs a schedule that is "
            f"built once: pause the interest or add terms instead",
            f"宽限 {reference!r}（自 {since} 起 {count} 期）只适用于固定还款计划：请改用停息或展期",
        )


class NoRowsToCome(Refusal):
    """A change needs instalments still to come, and there are none."""

    code: ClassVar[str] = "no-rows-to-come"

    def __init__(self, reference: str, *, on: date, maturity: date) -> None:
        super().__init__(
            f"{reference!r} of {on} needs instalments that fall due later, and the last one was "
            f"due on {maturity}: re-age the loan instead",
            f"{reference!r}（{on}）需要尚未到期的期次，"
            f"而最后一期已于 {maturity} 到期：请改为重新起算",
        )


class NotProjected(Refusal):
    """A schedule that follows the money knows level and flat instalments only."""

    code: ClassVar[str] = "not-projected"

    def __init__(self, method: str) -> None:
        super().__init__(
            f"a schedule of method {method!r} cannot follow the money: use level or flat "
            f"instalments, or a schedule that is built once",
            f"还款方式 {method!r} 的计划不能随实际收支重新计算："
            f"请改用等额本息、等费，或一次生成的计划",
        )


class BuiltOnce(Refusal):
    """A change needs a schedule that is projected, and this one was built once."""

    code: ClassVar[str] = "built-once"

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"{reference!r} needs a schedule that is computed anew, and this one was built once "
            f"and stands: give grace on interest, or re-age the loan",
            f"{reference!r} 需要可重新计算的还款计划，而本贷款的计划一次生成、不再变动："
            f"请改用付息宽限，或重新起算",
        )


class RowsAreAgreed(Refusal):
    """The rows were divided by agreement, and nothing is left that a change could compute anew."""

    code: ClassVar[str] = "rows-are-agreed"

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"{reference!r} needs a schedule to compute anew, and the rows of this loan were "
            f"divided by agreement: re-age it again, or let the change count from before",
            f"{reference!r} 需要可重新计算的还款计划，而本贷款的期次已按约定拆分："
            f"请再次重新起算，或让该变更自拆分之前生效",
        )


class NotADueDate(Refusal):
    """A due date was to be moved on which no instalment falls due."""

    code: ClassVar[str] = "not-a-due-date"

    def __init__(self, reference: str, *, due: date) -> None:
        super().__init__(
            f"{reference!r} moves the instalment of {due}, and no unpaid instalment falls due "
            f"then: take one of the due dates of the schedule",
            f"{reference!r} 要调整 {due} 的期次，"
            f"但该日没有未还的到期期次：请选择还款计划中的到期日",
        )

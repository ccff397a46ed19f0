"""When amounts carried over a restructure fall due."""

from tideover.loan.components import Components
from tideover.loan.schedule import Schedule
from tideover.money import Money


def carried_by_line(schedule: Schedule, carried: Components) -> tuple[Components, ...]:
    """Return what of `carried` falls due with each line of `schedule`.

    Carried amounts bear no interest. They are spread evenly, so that no single month has to bear
    them: every line takes the same, rounded up to the minor unit, and the last lines take what is
    left. The parts add back to `carried`.
    """
    count = len(schedule.lines)
    principal, interest = _spread(carried.principal, count), _spread(carried.interest, count)
    penalty, fee = _spread(carried.penalty, count), _spread(carried.fee, count)
    return tuple(
        Components(
            principal=principal[place], interest=interest[place],
            penalty=penalty[place], fee=fee[place],
        )
        for place in range(count)
    )  # fmt: skip


def _spread(amount: Money, count: int) -> tuple[Money, ...]:
    share = -(-amount.minor // count)
    parts = (min(share, max(0, amount.minor - share * place)) for place in range(count))
    return tuple(Money(part, amount.currency) for part in parts)

"""When amounts carried over a restructure fall due."""

from tideover.loan.components import Components
from tideover.loan.schedule import Schedule
from tideover.money import Currency, Money


def carried_by_line(schedule: Schedule, carried: Components) -> tuple[Components, ...]:
    """Return what of `carried` falls due with each line of `schedule`.

    Carried amounts bear no interest. They are spread evenly, so that no single month has to bear
    them: every line takes the same, rounded up to the minor unit, and the last lines take what is
    left. The parts add back to `carried`.
    """
    count, currency = len(schedule.lines), carried.principal.currency
    parts = (carried.principal, carried.interest, carried.penalty, carried.fee)
    by_line = zip(*(_spread(part.minor, count) for part in parts), strict=True)
    # Most lines take the same.
    made: dict[tuple[int, ...], Components] = {}
    return tuple(
        made.get(minors) or made.setdefault(minors, _components(minors, currency))
        for minors in by_line
    )


def _components(minors: tuple[int, ...], currency: Currency) -> Components:
    principal, interest, penalty, fee = (Money(minor, currency) for minor in minors)
    return Components(principal=principal, interest=interest, penalty=penalty, fee=fee)


def _spread(minor: int, count: int) -> list[int]:
    if not minor:
        return [0] * count
    share = -(-minor // count)
    return [min(share, max(0, minor - share * place)) for place in range(count)]

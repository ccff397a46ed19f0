from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tideover.loan import (
    Component,
    Components,
    DailyRate,
    LoanTerms,
    Method,
    build_schedule,
    carried_by_line,
)
from tideover.money import CNY, Money

amounts = st.integers(0, 10**6).map(lambda minor: Money(minor, CNY))


def lines(count: int):
    return build_schedule(
        LoanTerms(
            principal=Money(1_000_000, CNY), rate=DailyRate.parse("0.0005"), method=Method.LEVEL,
            instalments=count, disbursed_on=date(2026, 1, 15),
        )
    )  # fmt: skip


def carried(**parts: int) -> Components:
    return Components.of({Component(name): Money(one, CNY) for name, one in parts.items()}, CNY)


class TestCarriedByLine:
    @given(amounts, amounts, amounts, amounts, st.integers(1, 24))
    def test_adds_back_part_by_part(self, principal, interest, penalty, fee, count):
        whole = Components(principal=principal, interest=interest, penalty=penalty, fee=fee)

        parts = carried_by_line(lines(count), whole)

        assert len(parts) == count
        assert sum(parts, start=Components.zero(CNY)) == whole
        for component in Component:
            shares = [part.get(component).minor for part in parts]
            assert shares == sorted(shares, reverse=True)
            assert min(shares) >= 0

    def test_is_spread_evenly_and_the_last_lines_take_what_is_left(self):
        # 1.00 over three: 0.34, 0.34, 0.32. 0.05 over three: 0.02, 0.02, 0.01.
        parts = carried_by_line(lines(3), carried(interest=100, fee=5))

        assert [part.interest.minor for part in parts] == [34, 34, 32]
        assert [part.fee.minor for part in parts] == [2, 2, 1]
        assert not any(part.principal or part.penalty for part in parts)

    def test_may_leave_nothing_to_the_last_lines(self):
        parts = carried_by_line(lines(5), carried(penalty=6))

        # 6 over five is two a line, so three lines take it all.
        assert [part.penalty.minor for part in parts] == [2, 2, 2, 0, 0]

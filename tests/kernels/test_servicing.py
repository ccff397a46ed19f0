"""A book closed by compiled code against the fold of each loan, to the cent and the day."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import column, days_since_epoch
from tideover.kernels import FIGURES, Engine, Serviced, figures_on
from tideover.money import CNY

ON = date(2026, 3, 10)


def random_serviced(seed: int, *, loans: int, grace_days: int = 1) -> Serviced:
    """Contracts with payments on time, early, late, in part, too much, and not at all."""
    draw, rows, offsets, paid_on, paid = Random(seed), [], [0], [], []
    for _ in range(loans):
        disbursed = date(2024, 6, 1) + timedelta(days=draw.randrange(660))
        delay = draw.choice([31, 31, draw.randrange(1, 60)])
        earliest = disbursed + timedelta(days=delay)
        principal, count = draw.randrange(100, 5_000_000), draw.randrange(1, 25)
        rate = draw.choice([0, 1, draw.randrange(10**6, 360_000_000)])
        day, level = earliest, principal // count + principal * rate // (12 * 10**9)
        for _ in range(draw.randrange(0, count + 1)):
            if draw.random() < 0.85:
                shift = draw.choice([0, 0, 0, -5, -1, 1, 2, 20])
                paid_on.append(days_since_epoch(max(day + timedelta(days=shift), disbursed)))
                paid.append(max(1, draw.choice([level, level, level + 1, level // 2, 2 * level])))
            day += timedelta(days=30)
        offsets.append(len(paid))
        rows.append((principal, count, rate, rate // 2, days_since_epoch(disbursed),
                     days_since_epoch(earliest), earliest.day))  # fmt: skip
    names = ("principal", "counts", "rate", "penalty_rate", "disbursed", "earliest", "day_of_month")
    columns = {name: column(row[place] for row in rows) for place, name in enumerate(names)}
    return Serviced(loan=np.arange(loans), offsets=column(offsets), paid_on=column(paid_on),
                    paid=column(paid), grace_days=grace_days, **columns)  # fmt: skip


def unlike(book: Serviced) -> tuple[list[int], float]:
    """The loans that differ from their fold, and the share that was compiled."""
    mine, is_sure = figures_on(book, ON, currency=CNY, engine=Engine.NUMBA)
    fold, _ = figures_on(book, ON, currency=CNY, engine=Engine.NUMPY)
    return np.flatnonzero((mine != fold).any(axis=0)).tolist(), float(is_sure.mean())


class TestFiguresOn:
    @settings(max_examples=12, deadline=None)
    @given(st.integers(0, 2**32), st.integers(0, 3))
    def test_are_those_of_the_fold(self, seed, grace_days):
        wrong, compiled = unlike(random_serviced(seed, loans=60, grace_days=grace_days))

        assert wrong == []
        assert compiled > 0.3

    @pytest.mark.soak
    def test_are_those_of_the_fold_for_many(self):
        for seed in range(200):
            assert unlike(random_serviced(seed, loans=500))[0] == [], seed

    def test_match_a_loan_worked_by_hand(self):
        # 1,000.00 at 18.25 % (0.05 % a day) from 10 January in three: 31 days cost 15.50, and the
        # level is 1,000 x 1.0155 x 1.014 x 1.0155 / (1.014 x 1.0155 + 1.0155 + 1) = 343.383, so
        # 343.39; 327.89 of it is principal. Nothing is paid by 10 March: 28 days late on that are
        # 4.590 of interest and half of it, 2.295, of penalty. The second line, due that day, has
        # 672.11 x 28 x 0.05 % = 9.41 of interest.
        start, due = days_since_epoch(date(2026, 1, 10)), days_since_epoch(date(2026, 2, 10))
        book = Serviced(
            loan=column([1]), principal=column([100_000]), counts=column([3]),
            rate=column([182_500_000]), penalty_rate=column([91_250_000]),
            disbursed=column([start]), earliest=column([due]), day_of_month=column([10]),
            offsets=column([0, 0]), paid_on=column([]), paid=column([]), grace_days=1,
        )  # fmt: skip
        figures = dict(
            zip(FIGURES, figures_on(book, ON, currency=CNY)[0][:, 0].tolist(), strict=True)
        )

        assert figures["days_past_due"] == 28
        assert figures["penalty"] == 230
        assert figures["principal"] == 100_000
        assert figures["interest"] == 1550 + 459 + 941
        assert figures["past_due"] == 34339 + 459 + 230
        assert figures["due_today"] == 34339

    @pytest.mark.parametrize("day_of_month", [28, 29, 30, 31])
    def test_fall_due_on_the_day_of_the_contract_and_not_of_the_disbursement(self, day_of_month):
        start, due = days_since_epoch(date(2025, 1, 31)), days_since_epoch(date(2025, 2, 28))
        book = Serviced(
            loan=column([1]), principal=column([2_829_027]), counts=column([7]),
            rate=column([299_103_776]), penalty_rate=column([149_551_888]),
            disbursed=column([start]), earliest=column([due]), day_of_month=column([day_of_month]),
            offsets=column([0, 1]), paid_on=column([due]), paid=column([474_660]), grace_days=1,
        )  # fmt: skip

        assert unlike(book)[0] == []

    def test_of_a_loan_that_is_not_paid_out_yet_are_nought(self):
        book = random_serviced(5, loans=20)
        before, _ = figures_on(book, date(2024, 5, 1), currency=CNY)

        assert not before.any()

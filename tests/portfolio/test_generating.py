"""Made-up books: the same for any shards and threads, resumed where stopped, right to the fen."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from tideover.dates import DayCount
from tideover.loan import AnnualRate, LoanTerms, Method, build_schedule
from tideover.money import CNY, Money
from tideover.policy import load_book
from tideover.portfolio import (
    NO_CAUSE,
    AnotherRun,
    Making,
    generated,
    make_book,
    part_paths,
    read_part,
)
from tideover.portfolio.book import Book, joined

ON = date(2026, 12, 1)
WHAT = Making(loans=1_000, seed=7, shard=300, on=ON)


def ignore(loans: int) -> None:
    """Nobody looks."""


def book_of(loans: np.ndarray, *, seed: int = 7) -> Book:
    policy = load_book()
    made = policy.pack_on(ON, pack="portfolio/demo-book")
    behaviour = policy.pack_on(ON, pack="portfolio/behaviour")
    return generated(loans, seed=seed, made=made, behaviour=behaviour)


def rows(book: Book) -> list[tuple[object, ...]]:
    """The loans as tuples, words spelt out."""
    words = [book.cause, *(book.groups[name] for name in sorted(book.groups))]
    spelt = [[labels.names[code] for code in labels.codes] for labels in words]
    return list(zip(*(column.tolist() for column in book.numbers.values()), *spelt, strict=True))


def stored(folder) -> list[tuple[object, ...]]:
    return [
        row
        for path in part_paths(folder)
        for one in read_part(path, block=128)
        for row in rows(one)
    ]


class TestGenerated:
    def test_a_loan_is_the_same_in_any_company(self):
        alone = book_of(np.array([500]))

        assert rows(alone) == rows(book_of(np.arange(1_000)))[500:501]

    def test_another_seed_makes_another_book(self):
        assert rows(book_of(np.arange(50))) != rows(book_of(np.arange(50), seed=8))

    def test_every_loan_is_where_its_own_schedule_says(self):
        book = book_of(np.arange(400))

        for place in range(len(book)):
            terms = LoanTerms(
                principal=Money(int(book.principal[place]), CNY),
                rate=AnnualRate(Fraction(int(book.rate[place]), 10**6), DayCount.MONTHLY),
                method=Method.LEVEL,
                instalments=int(book.term[place]),
                disbursed_on=date(2024, 1, 1),
            )
            lines = build_schedule(terms).lines
            due, late = int(book.fallen_due[place]), int(book.months_past_due[place])

            assert lines[0].instalment.minor == book.instalment[place]
            assert sum(line.principal.minor for line in lines[due:]) == book.balance[place]
            unpaid = sum(line.principal.minor for line in lines[due - late : due])
            assert unpaid == book.overdue_principal[place]

    def test_nobody_was_lent_more_than_the_household_could_carry(self):
        book = book_of(np.arange(5_000))

        assert (book.outgoings + book.instalment <= book.income + 1).all()

    def test_hardship_goes_with_arrears(self):
        book = book_of(np.arange(20_000))
        is_hard = np.array([name != NO_CAUSE for name in book.cause.names])[book.cause.codes]
        is_late = book.months_past_due > 0

        assert is_late[is_hard].mean() > 10 * is_late[~is_hard].mean()


class TestMakeBook:
    def test_is_the_same_for_any_shards_and_threads(self, tmp_path):
        for shard, threads in ((300, 1), (1_000, 2), (143, 3)):
            folder = tmp_path / str(shard)
            make_book(replace(WHAT, shard=shard), out=folder, policy=load_book(), threads=threads,
                      told=ignore)  # fmt: skip

            assert stored(folder) == rows(book_of(np.arange(1_000)))

    def test_goes_on_where_it_stopped(self, tmp_path):
        def stop(_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            make_book(WHAT, out=tmp_path, policy=load_book(), threads=1, told=stop)
        kept = part_paths(tmp_path)[0].stat().st_mtime_ns

        make_book(WHAT, out=tmp_path, policy=load_book(), threads=2, told=ignore)

        assert part_paths(tmp_path)[0].stat().st_mtime_ns == kept
        assert stored(tmp_path) == rows(book_of(np.arange(1_000)))

    def test_refuses_a_folder_with_another_book(self, tmp_path):
        make_book(WHAT, out=tmp_path, policy=load_book(), threads=1, told=ignore)

        with pytest.raises(AnotherRun, match="another seed"):
            make_book(replace(WHAT, seed=8), out=tmp_path, policy=load_book(), threads=1,
                      told=ignore)  # fmt: skip


class TestJoined:
    def test_puts_one_book_after_the_other(self):
        parts = [book_of(np.arange(0, 30)), book_of(np.arange(30, 50))]

        assert rows(joined(parts)) == rows(book_of(np.arange(50)))

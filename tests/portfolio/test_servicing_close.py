"""A day of a columnar book: resumed, equal in any number of threads, refused for another day.

The rooms servicing/parts, standing_parts, making and closing are meant.
"""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow.parquet as pq
import pytest

from tideover.cli.main import main
from tideover.policy import load_book
from tideover.portfolio import AnotherRun, BookUnreadable, Making, part_paths
from tideover.portfolio.servicing import (
    Closing,
    NotClosed,
    close_book,
    closed_parts,
    make_serviced,
    read_serviced,
)

ON = date(2026, 12, 5)
POLICY = load_book()


def ignore(loans: int) -> None:
    """Nobody looks."""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("servicing")
    making = Making(loans=900, seed=7, shard=300, on=ON)
    make_serviced(making, out=folder, policy=POLICY, threads=2, told=ignore)
    return folder


class TestMakeServiced:
    def test_makes_a_loan_the_same_whatever_is_made_with_it(self, book, tmp_path):
        making = Making(loans=900, seed=7, shard=900, on=ON)
        make_serviced(making, out=tmp_path, policy=POLICY, threads=1, told=ignore)
        whole = next(read_serviced(part_paths(tmp_path)[0], block=900))
        parts = [next(read_serviced(part, block=900)) for part in part_paths(book)]

        assert (whole.paid == np.concatenate([part.paid for part in parts])).all()
        assert (whole.disbursed == np.concatenate([part.disbursed for part in parts])).all()

    def test_pays_nothing_after_its_day(self, book):
        for part in part_paths(book):
            for block in read_serviced(part, block=128):
                assert block.paid_on.max(initial=0) <= (ON - date(1970, 1, 1)).days
                assert len(block.paid) == block.offsets[-1]


class TestCloseBook:
    def test_is_the_same_with_any_number_of_threads_and_after_a_stop(self, book, tmp_path):
        told = []

        def stop(loans: int) -> None:
            told.append(loans)
            raise KeyboardInterrupt

        what = Closing(book=book, on=ON)
        with pytest.raises(KeyboardInterrupt):
            close_book(what, out=tmp_path / "a", policy=POLICY, threads=1, told=stop)
        kept = {part.name: part.stat().st_mtime_ns for part in (tmp_path / "a").glob("*.parquet")}
        one = close_book(what, out=tmp_path / "a", policy=POLICY, threads=3, told=ignore)
        other = close_book(what, out=tmp_path / "b", policy=POLICY, threads=1, told=ignore)

        assert kept
        assert one.sums == other.sums
        for name, changed in kept.items():
            assert (tmp_path / "a" / name).stat().st_mtime_ns == changed
        assert closed_parts(tmp_path / "a")[0] == ON

    def test_adds_up(self, book, tmp_path):
        sums = close_book(
            Closing(book=book, on=ON), out=tmp_path, policy=POLICY, threads=1, told=ignore
        ).sums

        assert sums["loans"] == 900
        assert sum(many for name, many in sums.items() if name.startswith("class/")) == 900
        assert sums["folded_one_by_one"] < 90

    def test_goes_on_from_an_earlier_day_to_the_same_figures(self, book, tmp_path):
        eve, close = Closing(book=book, on=ON - timedelta(days=1)), Closing(book=book, on=ON)
        close_book(eve, out=tmp_path / "eve", policy=POLICY, threads=1, told=ignore)
        whole = close_book(close, out=tmp_path / "whole", policy=POLICY, threads=1, told=ignore)
        rolled = close_book(
            replace(close, after=tmp_path / "eve"), out=tmp_path / "rolled", policy=POLICY,
            threads=2, told=ignore,
        )  # fmt: skip

        assert whole.sums["folded"] == 900
        assert rolled.sums["folded"] < 150
        assert {**rolled.sums, "folded": 900} == whole.sums
        for part in part_paths(tmp_path / "whole"):
            tables = [pq.read_table(tmp_path / name / part.name) for name in ("whole", "rolled")]
            assert tables[0].drop_columns("is_folded") == tables[1].drop_columns("is_folded")

    def test_refuses_to_go_on_from_a_close_that_was_stopped(self, book, tmp_path):
        (tmp_path / "eve").mkdir()

        with pytest.raises(NotClosed, match="no finished close"):
            close_book(Closing(book=book, on=ON, after=tmp_path / "eve"), out=tmp_path / "day",
                       policy=POLICY, threads=1, told=ignore)  # fmt: skip

    def test_refuses_a_folder_of_another_day(self, book, tmp_path):
        close_book(Closing(book=book, on=ON), out=tmp_path, policy=POLICY, threads=1, told=ignore)

        with pytest.raises(AnotherRun, match="another on"):
            close_book(Closing(book=book, on=date(2026, 12, 4)), out=tmp_path, policy=POLICY,
                       threads=1, told=ignore)  # fmt: skip

    def test_refuses_a_book_without_payments(self, tmp_path):
        words = ["portfolio", "generate", "--loans", "50", "--seed", "1"]
        assert main([*words, "--out", str(tmp_path / "book")]) == 0

        with pytest.raises(BookUnreadable, match="it has no column counts"):
            close_book(Closing(book=tmp_path / "book", on=ON), out=tmp_path / "day",
                       policy=POLICY, threads=1, told=ignore)  # fmt: skip


class TestCommand:
    def test_says_the_sums_in_both_languages_and_as_json(self, book, tmp_path, capsys):
        words = ["portfolio", "close", "--book", str(book), "--on", str(ON), "--out", str(tmp_path)]
        assert main([*words, "--lang", "en"]) == 0
        assert "closed: 900 loans" in capsys.readouterr().out
        assert main([*words, "--lang", "zh"]) == 0
        assert "未还本金" in capsys.readouterr().out
        assert main([*words, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["loans"] == 900

"""One shard alone: what it writes is what it returns, and it can travel to another process."""

import pickle
from datetime import date

from tideover.policy import load_book
from tideover.portfolio import Making, grant_of, make_book, on_threads, part_paths
from tideover.portfolio.sharding import Shard, read_tally, simulate_shard
from tideover.portfolio.terms import terms_of

ON = date(2026, 12, 1)
POLICY = load_book()


def shards(folder) -> list[Shard]:
    making = Making(loans=300, seed=7, shard=100, on=ON)
    make_book(making, out=folder / "book", policy=POLICY, threads=1, told=lambda _: None)
    grants = tuple(grant_of(name, on=ON, book=POLICY) for name in ("baseline", "relief"))
    return [
        Shard(path=path, result=folder / f"{path.stem}.json", grants=(grants[0], grants[1]),
              terms=terms_of(POLICY, on=ON), months=3, seed=7)
        for path in part_paths(folder / "book")
    ]  # fmt: skip


class TestShard:
    def test_gives_the_same_sums_after_a_journey_to_a_worker(self, tmp_path):
        shard = shards(tmp_path)[0]
        told: list[int] = []

        here = simulate_shard(shard, told.append)
        there = simulate_shard(pickle.loads(pickle.dumps(shard)))

        assert here == there == read_tally(shard.result)
        assert told == [100]

    def test_runners_yield_every_shard_once(self, tmp_path):
        found = list(on_threads(2)(shards(tmp_path), lambda _: None))

        assert [tally["loans"] for tally in found] == [100, 100, 100]
        assert not list(tmp_path.glob("*.writing"))

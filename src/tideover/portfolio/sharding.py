"""One shard of a simulation: a part of the book in, its sums in a file out, anywhere."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tideover.portfolio.making import BLOCK
from tideover.portfolio.parts import read_part
from tideover.portfolio.policies import Grant
from tideover.portfolio.simulating import simulated
from tideover.portfolio.summarising import summarised
from tideover.portfolio.tallies import Tally, added
from tideover.portfolio.terms import Terms

__all__ = ["Runner", "Shard", "Told", "on_threads", "read_tally", "simulate_shard", "write_tally"]

Told: TypeAlias = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Everything that a worker needs: the part, where its sums go, and what to go by."""

    path: Path
    result: Path
    grants: tuple[Grant, Grant]
    terms: Terms
    months: int
    seed: int


#: What works shards out: it yields their sums in any order and tells how many loans are done.
Runner: TypeAlias = Callable[[Sequence[Shard], Told], Iterator[Tally]]


def simulate_shard(shard: Shard, told: Told | None = None) -> Tally:
    """Work one shard out, write its sums whole or not at all, and return them."""
    blocks: list[Tally] = []
    for block in read_part(shard.path, block=BLOCK):
        outcome = simulated(
            block, shard.grants, terms=shard.terms, months=shard.months, seed=shard.seed
        )
        blocks.append(summarised(outcome, terms=shard.terms, months=shard.months))
        if told is not None:
            told(len(block))
    tally = added(list(blocks))
    write_tally(shard.result, tally)
    return tally


def on_threads(threads: int) -> Runner:
    """Return a runner over threads of this process, told block by block."""

    def run(shards: Sequence[Shard], told: Told) -> Iterator[Tally]:
        with ThreadPoolExecutor(threads) as pool:
            try:
                futures = [pool.submit(simulate_shard, shard, told) for shard in shards]
                for future in as_completed(futures):
                    yield future.result()
            except BaseException:
                # Whatever stops one, the interrupt of a person above all, stops the rest.
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    return run


def read_tally(path: Path) -> Tally:
    """Return the sums in a file."""
    return {name: int(one) for name, one in json.loads(path.read_text(encoding="utf-8")).items()}


def write_tally(path: Path, tally: Tally) -> None:
    """Write sums under another name first, so that nobody ever reads half of them."""
    unfinished = path.with_suffix(".writing")
    unfinished.write_text(
        json.dumps(tally, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8"
    )
    unfinished.replace(path)

"""A simulation over all parts of a book: a result for every part, resumed where stopped."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from tideover.money import Refusal
from tideover.policy import PolicyBook
from tideover.portfolio.making import settle_manifest
from tideover.portfolio.parts import currency_of, digest_of, part_paths
from tideover.portfolio.policies import Grant, grant_of
from tideover.portfolio.sharding import Runner, Shard, read_tally, write_tally
from tideover.portfolio.stating import told_of
from tideover.portfolio.tallies import Tally, added
from tideover.portfolio.terms import Terms, terms_of

__all__ = ["Run", "RunMissing", "Running", "load_run", "simulate_book"]

SUMMARY: Final = "summary.json"
PARTS: Final = "parts"


class RunMissing(Refusal):
    """There is no finished simulation in the folder."""

    code: ClassVar[str] = "run-missing"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no finished simulation: run `tideover portfolio simulate … --out "
            f"{folder}`, again if it was stopped",
            f"{folder} 中没有已完成的模拟：请运行 tideover portfolio simulate … --out {folder}，"
            "若曾中断可再次运行续跑",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What to simulate: the book, policy A (what is now) and policy B, months, and the seed."""

    book: Path
    policy: str
    against: str
    months: int
    seed: int
    on: date
    behaviour: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A finished simulation: what it was made of, and its sums."""

    made_of: dict[str, object]
    tally: Tally


def simulate_book(
    what: Running,
    *,
    out: Path,
    policy: PolicyBook,
    runner: Runner,
    told: Callable[[int], None],
) -> Run:
    """Simulate the parts that have no result yet, add all results, and return them.

    `runner` says where: threads of this machine, or workers of a cluster that see the same files.
    `told` is called with how many loans were done.

    Raises:
        AnotherRun: the folder holds a simulation with other arguments.
        BookUnreadable: the book is not there or lacks a column.
    """
    terms = terms_of(policy, on=what.on, behaviour_file=what.behaviour)
    grants = tuple(grant_of(name, on=what.on, book=policy) for name in (what.policy, what.against))
    paths = part_paths(what.book)
    made_of = _made_of(what, paths, grants=(grants[0], grants[1]), terms=terms)
    (out / PARTS).mkdir(parents=True, exist_ok=True)
    # The same parts under another name are the same book.
    settle_manifest(out / "run.json", made_of, free=("book", "behaviour"))

    shards = [
        Shard(path=path, result=out / PARTS / f"{path.stem}.json", grants=(grants[0], grants[1]),
              terms=terms, months=what.months, seed=what.seed)
        for path in paths
    ]  # fmt: skip
    tally = added(list(_run(shards, runner, told=told)))
    write_tally(out / SUMMARY, tally)
    return Run(made_of=made_of, tally=tally)


def _run(shards: list[Shard], runner: Runner, *, told: Callable[[int], None]) -> Iterator[Tally]:
    """The results of all shards: those that are there already first, the others as they come."""
    for shard in shards:
        if shard.result.exists():
            tally = read_tally(shard.result)
            told(tally["loans"])
            yield tally
    yield from runner([shard for shard in shards if not shard.result.exists()], told)


def load_run(folder: Path) -> Run:
    """Return a finished simulation.

    Raises:
        RunMissing: there is none, or it was stopped.
    """
    summary = folder / SUMMARY
    if not summary.exists():
        raise RunMissing(folder)
    made_of = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return Run(made_of=made_of, tally=read_tally(summary))


def _made_of(
    what: Running, paths: tuple[Path, ...], *, grants: tuple[Grant, Grant], terms: Terms
) -> dict[str, object]:
    return {
        "parts": {path.name: digest_of(path) for path in paths},
        "policy": what.policy,
        "against": what.against,
        "policy_digest": grants[0].pack.digest,
        "against_digest": grants[1].pack.digest,
        "terms_digest": terms.digest,
        "months": what.months,
        "seed": what.seed,
        "on": what.on.isoformat(),
        "book": str(what.book),
        "behaviour": str(what.behaviour or ""),
        "currency": currency_of(paths[0]),
        **told_of(grants, terms),
    }

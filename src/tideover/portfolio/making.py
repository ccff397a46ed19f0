"""Writing a made-up book part by part: stopped at any time, it goes on where it stopped."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

import numpy as np

from tideover.money import Refusal
from tideover.policy import PolicyBook
from tideover.portfolio.book import Book, joined
from tideover.portfolio.generating import generated
from tideover.portfolio.parts import write_part

__all__ = ["BLOCK", "AnotherRun", "Making", "make_book", "settle_manifest"]

#: Loans worked on at once: few enough for a processor's cache.
BLOCK: Final = 8_192


class AnotherRun(Refusal):
    """The folder holds what was started with other arguments."""

    code: ClassVar[str] = "another-run"

    def __init__(self, folder: Path, differing: tuple[str, ...]) -> None:
        super().__init__(
            f"{folder} was started with another {', '.join(differing)}: name another folder with "
            "--out, or remove this one",
            f"{folder} 是用不同参数（{'、'.join(differing)}）开始的：请用 --out 指定其他目录，"
            "或删除该目录",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Which book to make."""

    loans: int
    seed: int
    shard: int
    on: date


def make_book(
    what: Making, *, out: Path, policy: PolicyBook, threads: int, told: Callable[[int], None]
) -> int:
    """Write the parts that are not there yet and return how many loans the book holds.

    `told` is called with the loans of every part as it is done.

    Raises:
        AnotherRun: the folder holds a book made with other arguments.
    """
    made = policy.pack_on(what.on, pack="portfolio/demo-book")
    behaviour = policy.pack_on(what.on, pack="portfolio/behaviour")
    out.mkdir(parents=True, exist_ok=True)
    manifest = {**asdict(what), "on": what.on.isoformat()}
    manifest |= {"made": made.digest, "behaviour": behaviour.digest}
    settle_manifest(out / "book.json", manifest)

    def write(first: int) -> None:
        last = min(first + what.shard, what.loans)
        path = out / f"part-{first // what.shard:06d}.parquet"
        if not path.exists():
            blocks = [
                generated(
                    np.arange(start, min(start + BLOCK, last)),
                    seed=what.seed,
                    made=made,
                    behaviour=behaviour,
                )
                for start in range(first, last, BLOCK)
            ]
            write_part(path, _one(blocks))
        told(last - first)

    with ThreadPoolExecutor(threads) as pool:
        try:
            list(pool.map(write, range(0, what.loans, what.shard)))
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    return what.loans


def _one(blocks: list[Book]) -> Book:
    return blocks[0] if len(blocks) == 1 else joined(blocks)


def settle_manifest(
    path: Path, manifest: Mapping[str, object], *, free: tuple[str, ...] = ()
) -> None:
    """Write what a run is made of, or check that it is the same as before, `free` apart.

    Raises:
        AnotherRun: it is not.
    """
    if path.exists():
        before = json.loads(path.read_text(encoding="utf-8"))
        differing = tuple(
            sorted(key for key in manifest if key not in free and before.get(key) != manifest[key])
        )
        if differing:
            raise AnotherRun(path.parent, differing)
        return
    unfinished = path.with_suffix(".writing")
    unfinished.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(path)

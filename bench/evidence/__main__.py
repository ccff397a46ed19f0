"""Print how well documents are read and checked: python -m bench.evidence --seed 7 --count 520."""

import argparse
import sys
from pathlib import Path

from bench import peers
from bench.evidence.measure import Score, measure, memory
from bench.evidence.strangers import copies
from bench.evidence.strangers import measure as strangers
from bench.evidence.strangers.files import MEDIA
from bench.evidence.tampering import PDF, PHOTOGRAPH, SCAN, WAYS
from tideover.evidence.sandbox import reading

#: Share of fields to read, by medium; of tampering to find; of honest ones to leave alone.
GOALS = {PDF: 0.95, SCAN: 0.95, PHOTOGRAPH: 0.85}
TAMPERING, FALSE_ALARMS, COPIES = 0.80, 0.05, 0.98
FAMILIES = (
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


def main() -> int:
    """Print the tables; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.evidence", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=520)
    parser.add_argument("--misses", action="store_true", help="name each miss")
    parser.add_argument(
        "--family", choices=("first", *FAMILIES), default="first",
        help="whose papers: the generator's own, or those of a second hand",
    )  # fmt: skip
    parser.add_argument(
        "--medium", choices=MEDIA, help="of a second hand, honest papers of this medium alone"
    )
    parser.add_argument("--cache", type=Path, help="keep what was read here, to check it anew")
    parser.add_argument(
        "--only", choices=("duplicates", "tools"),
        help="only copies of papers of all families, and papers that only share their form; or "
        "papers of a family that went through other tools, COUNT of each way",
    )  # fmt: skip
    given = parser.parse_args()
    if given.cache:
        given.cache.mkdir(parents=True, exist_ok=True)
    if given.only == "tools":
        return _of_tools(given)
    if given.only:
        return _of_copies(given)
    if given.family != "first":
        return _of_strangers(given)
    score = measure(count=given.count, seed=given.seed, cache=given.cache)
    if given.misses:
        print("\n".join(score.misses))
    print(f"{given.count} documents, seed {given.seed}\n")
    met = [_fields(score), _tampering(score), _copies(score)]
    slow = sorted(score.seconds)[len(score.seconds) * 95 // 100]
    mean = sum(score.seconds) / len(score.seconds)
    print(
        f"\nprocessor seconds a document: {mean:.2f} on average, {slow:.2f} at the 95th of 100; "
        f"{memory()} MB at most, the generator included"
    )
    return 0 if all(met) else 1


def _of_strangers(given: argparse.Namespace) -> int:
    half = given.count // 2
    peers.make_importable()  # the second hand writes its PDFs by a library of its own
    reading.warm_up()
    tally = strangers.measured(
        given.family,
        seed=given.seed,
        honest=given.count if given.medium else given.count - half,
        forged=0 if given.medium else half,
        cache=given.cache,
        medium=given.medium,
    )
    if given.misses:
        print("\n".join(tally.misses))
    print(f"{given.count} documents of the {given.family} family, seed {given.seed}\n")
    print("\n".join(strangers.tables(tally)))
    return 0


def _of_tools(given: argparse.Namespace) -> int:
    peers.make_importable()
    reading.warm_up()
    counted = strangers.measured_tools(
        given.family, seed=given.seed, each=given.count, cache=given.cache
    )
    print("\n".join(strangers.tool_tables(counted)))
    return 0


def _of_copies(given: argparse.Namespace) -> int:
    peers.make_importable()
    reading.warm_up()
    counted = copies.measured(
        pairs=given.count, seed=given.seed, cache=given.cache, medium=given.medium
    )
    if given.misses:
        print("\n".join(counted.misses))
    made = sum(counter.total() for counter in counted.ways.values())
    print(f"{made} copies, seed {given.seed}\n")
    print("\n".join(copies.tables(counted)))
    found = sum(counter[True] for counter in counted.ways.values())
    return 0 if found >= COPIES * made else 1


def _fields(score: Score) -> bool:
    print("| fields read | right | of | share | goal |\n|---|---:|---:|---:|---:|")
    met = True
    for medium, goal in GOALS.items():
        right, wrong = score.fields[medium, True], score.fields[medium, False]
        share = right / max(1, right + wrong)
        met = met and share >= goal
        print(f"| {medium} | {right} | {right + wrong} | {share:.1%} | {goal:.0%} |")
    kinds = score.kinds[True] / max(1, score.kinds.total())
    print(f"| kind told | {score.kinds[True]} | {score.kinds.total()} | {kinds:.1%} | |")
    return met


def _tampering(score: Score) -> bool:
    print("\n| way | found | of | recall |\n|---|---:|---:|---:|")
    for way in WAYS:
        found, missed = score.ways[way, True], score.ways[way, False]
        print(f"| {way} | {found} | {found + missed} | {found / max(1, found + missed):.0%} |")
    found = sum(count for (_, right), count in score.ways.items() if right)
    recall = found / max(1, score.ways.total())
    alarms = score.honest[True]
    rate = alarms / max(1, score.honest.total())
    precision = found / max(1, found + alarms)
    print(f"| **all** | {found} | {score.ways.total()} | {recall:.1%} |")
    print(
        f"\nfalse alarms: {alarms} of {score.honest.total()} honest documents ({rate:.1%}); "
        f"precision {precision:.1%}"
    )
    return recall >= TAMPERING and rate <= FALSE_ALARMS


def _copies(score: Score) -> bool:
    found, taken = score.copies[True], score.apart[True]
    share = found / max(1, score.copies.total())
    print(
        f"duplicates found: {found} of {score.copies.total()} ({share:.1%}); honest documents "
        f"taken for one: {taken} of {score.apart.total()}"
    )
    return share >= COPIES


if __name__ == "__main__":
    sys.exit(main())

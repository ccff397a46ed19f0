"""Change the engine in small wrong ways and count how many of them the tests notice.

    python tools/mutation money dates             every mutant of these rooms
    python tools/mutation loan --sample 400       so many of them, always the same
    python tools/mutation loan --only loan/cost   those of the files whose path holds this

Nothing on the disk is touched. What survives is printed with its line and compared with
survivors.toml: one that is not explained there, or a room below the goal, makes this fail. Of a
sample the goal is asked of what the whole has at least, by 95 % confidence.
"""

import argparse
import ast
import contextlib
import importlib
import json
import os
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import changes
import pytest
from sampling import noticed_at_least, sampled
from serving import QUIET, Limits, Mutant, Server, Verdict, from_the_import_on, run
from survey import AT_IMPORT, Survey

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCE = ROOT / "src"
#: In survivors.toml: any change of the line.
ANY = "*"
NOTICED = {Verdict.KILLED, Verdict.TIMED_OUT}

Tell = Callable[[object], None]
#: A mutant, what became of it, and the test that noticed it, when one is known.
Judged = tuple[Mutant, Verdict, str]


@dataclass(frozen=True, slots=True)
class Room:
    """A room, the files of it that are changed, and where its tests are."""

    name: str
    paths: tuple[Path, ...]
    tests: tuple[str, ...]


def main() -> int:
    """Run the mutants asked for; return 1 when one survives that nobody has explained."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rooms", nargs="+")
    parser.add_argument("--only", nargs="+", default=[""], help="files whose path holds one of it")
    parser.add_argument("--tests", nargs="+", help="only these: what survives them may be noticed")
    parser.add_argument("--quick", type=float, help="only tests that take no more seconds")
    parser.add_argument("--sample", type=int, help="of a room, so many changes; 0: all of them")
    parser.add_argument("--seed", default="", help="any word: of a sample, other changes")
    parser.add_argument("--patience", type=float, default=20, help="seconds for the tests of one")
    parser.add_argument("--record", type=Path, help="write each change and what noticed it here")
    parser.add_argument("--examples", type=int, default=15, help="of a property, at first")
    parser.add_argument("--again", type=int, default=60, help="of a property, before it gives up")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(SOURCE))
    known = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))
    results = [_run_room(_room(name, known, given), known, given) for name in given.rooms]
    return 0 if all(results) else 1


def _room(name: str, known: dict[str, Any], given: argparse.Namespace) -> Room:
    paths = sorted((SOURCE / "tideover" / name).rglob("*.py"))
    chosen = [path for path in paths if any(part in str(path) for part in given.only)]
    return Room(name, tuple(chosen), tuple(given.tests or _tests(name, given.only, known["tests"])))


def _tests(room: str, parts: Sequence[str], known: dict[str, list[str]]) -> list[str]:
    """The tests of these parts of a room, when each names its own; or else those of the room."""
    if all(part in known for part in parts):
        return list(dict.fromkeys(test for part in parts for test in known[part]))
    return known.get(room, [f"tests/{room}"])


def _run_room(room: Room, known: dict[str, Any], given: argparse.Namespace) -> bool:
    (seen,) = _in_fork(lambda tell: _watch(room, given.examples, tell))
    for name in seen["modules"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in seen["failed"]:
        print(f"  fails as things are, and is left out: {name}")
        seen["seconds"].pop(name)
    if given.quick:
        seen["seconds"] = {k: v for k, v in seen["seconds"].items() if v <= given.quick}
    limits = Limits(seen["seconds"], given.examples, given.again, given.patience)
    mutants = [mutant for path in room.paths for mutant in _mutants(path, seen)]
    tried = mutants
    if given.sample:
        tried = sampled(mutants, given.sample, name=_name, seed=given.seed)
    verdicts = _verdicts(tried, room, limits=limits, given=given)
    tally = _report(room, _recorded(verdicts, given.record), known=known, count=len(tried))
    return _is_good(room, tally, known=known, whole=len(mutants)) and not seen["failed"]


def _name(mutant: Mutant) -> str:
    return f"{mutant.place[0]} {mutant.number} {mutant.place[1]} {mutant.change.what}"


def _in_fork(work: Callable[[Tell], object]) -> Iterator[Any]:
    """Do the work in a fork, so that this process imports nothing; yield what it tells."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        with os.fdopen(writing, "w") as pipe:
            work(lambda told: print(json.dumps(told), file=pipe, flush=True))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        yield from map(json.loads, pipe)
    os.waitpid(pid, 0)


def _watch(room: Room, examples: int, tell: Tell) -> None:
    seen = Survey([str(path) for path in room.paths], examples)
    pytest.main([*QUIET, *room.tests], plugins=[seen])
    # What every fork would import again, and nothing of the project.
    ours = ("tideover", *{path.stem for path in (ROOT / "tests").rglob("*.py")})
    others = [name for name in sys.modules if name.split(".")[0] not in ours]
    told = {"seconds": seen.seconds, "failed": seen.failed, "lines": seen.lines}
    tell(told | {"modules": others})


def _mutants(path: Path, seen: dict[str, Any]) -> list[Mutant]:
    """Every mutant of a file, with the tests that run its lines, the quickest first."""
    module = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    lines = seen["lines"].get(str(path), {})
    quickest = sorted(seen["seconds"], key=lambda name: float(seen["seconds"][name]))
    text = path.read_text(encoding="utf-8")
    file, found = str(path.relative_to(SOURCE / "tideover")), []
    for number, change in enumerate(changes.changes(ast.parse(text))):
        line = text.splitlines()[change.line - 1].strip()
        near = {name for line in change.lines for name in lines.get(str(line), [])}
        # What is run at the import may matter to any test.
        tests = [name for name in quickest if name in near or change.function is None]
        found.append(
            Mutant(path, module, number, change, (file, line), tuple(tests), AT_IMPORT in near)
        )
    return found


def _verdicts(
    mutants: Sequence[Mutant], room: Room, *, limits: Limits, given: argparse.Namespace
) -> Iterator[Judged]:
    """Judge the mutants: each once, as soon as its verdict is known."""
    by_place = {(str(mutant.path), mutant.number): mutant for mutant in mutants}

    def telling(tell: Tell) -> Callable[[Mutant, Verdict, str], None]:
        return lambda mutant, verdict, by: tell([str(mutant.path), mutant.number, verdict, by])

    def serve(tell: Tell) -> None:
        inside = [mutant for mutant in mutants if mutant.tests and mutant.change.function]
        told = Server(inside, limits, given.jobs, telling(tell))
        pytest.main([*QUIET, *room.tests], plugins=[told])

    def run_afresh(tell: Tell) -> None:
        work = {one: partial(from_the_import_on, one, limits, room.tests) for one in afresh}
        run(work, given.jobs, lambda mutant, verdict: telling(tell)(mutant, verdict, ""))

    afresh = [mutant for mutant in mutants if mutant.tests and not mutant.change.function]
    yield from ((mutant, Verdict.UNRUN, "") for mutant in mutants if not mutant.tests)
    for path, number, word, by in _in_fork(serve):
        mutant, verdict = by_place[path, number], Verdict(word)
        # What runs at the import is not judged by the code of a function alone.
        if verdict is Verdict.ELSEWHERE or (verdict is Verdict.SURVIVED and mutant.is_imported):
            afresh.append(mutant)
        else:
            yield mutant, verdict, by
    for path, number, word, by in _in_fork(run_afresh):
        yield by_place[path, number], Verdict(word), by


def _recorded(judged: Iterable[Judged], file: Path | None) -> Iterator[Judged]:
    with (file or Path(os.devnull)).open("a", encoding="utf-8") as record:
        for mutant, verdict, by in judged:
            told = [*mutant.place, mutant.change.line, mutant.change.what, verdict, by]
            print(json.dumps(told, ensure_ascii=False), file=record, flush=True)
            yield mutant, verdict, by


@dataclass(frozen=True, slots=True)
class Tally:
    """How many changes were noticed, and how many of the others have a reason."""

    tried: int
    killed: int
    unexplained: int
    seconds: float


def _report(room: Room, judged: Iterable[Judged], *, known: dict[str, Any], count: int) -> Tally:
    """Print each survivor that nobody has explained, and count."""
    explained = {(one["file"], one["line"], one["change"]) for one in known.get("survivor", [])}
    started, killed, unexplained = time.monotonic(), 0, 0
    for done, (mutant, verdict, _) in enumerate(judged, start=1):
        if sys.stderr.isatty():
            print(f"\r{room.name}: {done}/{count} ", end="", file=sys.stderr)
        file, line = mutant.place
        if verdict in NOTICED:
            killed += 1
        elif not explained & {(file, line, mutant.change.what), (file, line, ANY)}:
            unexplained += 1
            print(f"  {verdict}: {file}:{mutant.change.line}  {line}\n      {mutant.change.what}")
            sys.stdout.flush()
    return Tally(count, killed, unexplained, time.monotonic() - started)


def _is_good(room: Room, tally: Tally, *, known: dict[str, Any], whole: int) -> bool:
    """Print what the tally says of the whole room; return whether it is enough."""
    least = noticed_at_least(tally.killed, tried=tally.tried, whole=whole)
    share = 100 * least / max(whole, 1)
    found = f"{tally.killed}/{tally.tried} killed, {100 * tally.killed / max(tally.tried, 1):.1f} %"
    if tally.tried < whole:
        found += f" of a sample; of all {whole} at least {share:.1f} % (95 % confidence)"
    explained = tally.tried - tally.killed - tally.unexplained
    print(
        f"{room.name}: {found}; {explained} survivors explained, {tally.unexplained} not; "
        f"{tally.seconds:.0f} s",
        flush=True,
    )
    return not tally.unexplained and share >= known["killed_percent_min"]


if __name__ == "__main__":
    sys.exit(main())

"""Change the engine in small wrong ways and count how many of them the tests notice.

    python tools/mutation money dates             every mutant of these rooms
    python tools/mutation loan --only loan/cost   those of the files whose path holds this

Nothing on the disk is touched. What survives is printed with its line and compared with
survivors.toml: one that is not explained there, or a room below the goal, makes this fail.
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
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import changes
import pytest
from serving import QUIET, Limits, Mutant, Server, Verdict, from_the_import_on, run
from survey import AT_IMPORT, Survey

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCE = ROOT / "src"
NOTICED = {Verdict.KILLED, Verdict.TIMED_OUT}

Tell = Callable[[object], None]


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
    parser.add_argument("--only", default="", help="only files whose path holds this")
    parser.add_argument("--examples", type=int, default=15, help="of a property, at first")
    parser.add_argument("--again", type=int, default=60, help="of a property, before it gives up")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(SOURCE))
    known = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))
    results = [_run_room(_room(name, known, given.only), known, given) for name in given.rooms]
    return 0 if all(results) else 1


def _room(name: str, known: dict[str, Any], only: str) -> Room:
    paths = sorted((SOURCE / "tideover" / name).rglob("*.py"))
    tests = known["tests"].get(name, [f"tests/{name}"])
    return Room(name, tuple(path for path in paths if only in str(path)), tuple(tests))


def _run_room(room: Room, known: dict[str, Any], given: argparse.Namespace) -> bool:
    started = time.monotonic()
    (seen,) = _in_fork(lambda tell: _watch(room, given.examples, tell))
    for name in seen["modules"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in seen["failed"]:
        print(f"  fails as things are, and is left out: {name}")
        seen["seconds"].pop(name)
    limits = Limits(seen["seconds"], given.examples, given.again)
    mutants = [mutant for path in room.paths for mutant in _mutants(path, seen)]
    verdicts = _verdicts(mutants, room, limits=limits, jobs=given.jobs)
    is_good = _report(room, verdicts, known, seconds=time.monotonic() - started)
    return is_good and not seen["failed"]


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
    mutants: Sequence[Mutant], room: Room, *, limits: Limits, jobs: int
) -> dict[Mutant, Verdict]:
    verdicts = dict.fromkeys(mutants, Verdict.UNRUN)
    by_place = {(str(mutant.path), mutant.number): mutant for mutant in mutants}

    def serve(tell: Tell) -> None:
        inside = [mutant for mutant in mutants if mutant.tests and mutant.change.function]
        server = Server(inside, limits, jobs, lambda m, v: tell([str(m.path), m.number, v]))
        pytest.main([*QUIET, *room.tests], plugins=[server])

    started = time.monotonic()
    for done, (path, number, verdict) in enumerate(_in_fork(serve), start=1):
        verdicts[by_place[path, number]] = Verdict(verdict)
        if sys.stderr.isatty() or done % 100 == 0:
            spent = time.monotonic() - started
            print(f"\r{room.name}: {done}/{len(mutants)}, {spent:.0f} s ", end="", file=sys.stderr)
    afresh = {
        mutant: lambda mutant=mutant: from_the_import_on(mutant, limits, room.tests)
        for mutant, verdict in verdicts.items()
        if mutant.tests and _must_be_imported(mutant, verdict)
    }
    run(afresh, jobs, verdicts.__setitem__)
    return verdicts


def _must_be_imported(mutant: Mutant, verdict: Verdict) -> bool:
    """Whether the mutant is not judged yet: the code of a function does not show all of it."""
    is_judged = verdict in NOTICED or (verdict is Verdict.SURVIVED and not mutant.is_imported)
    return mutant.change.function is None or not is_judged


def _report(
    room: Room, verdicts: dict[Mutant, Verdict], known: dict[str, Any], *, seconds: float
) -> bool:
    explained = {(one["file"], one["line"], one["change"]) for one in known.get("survivor", [])}
    unexplained = 0
    for mutant, verdict in verdicts.items():
        if verdict in NOTICED:
            continue
        file, line = mutant.place
        if (file, line, mutant.change.what) not in explained:
            unexplained += 1
            print(f"  {verdict}: {file}:{mutant.change.line}  {line}\n      {mutant.change.what}")
    count = Counter(verdict in NOTICED for verdict in verdicts.values())
    share = 100 * count[True] / max(len(verdicts), 1)
    print(
        f"{room.name}: {count[True]}/{len(verdicts)} killed, {share:.1f} %; "
        f"{count[False] - unexplained} survivors explained, {unexplained} not; {seconds:.0f} s",
        flush=True,
    )
    return not unexplained and share >= known["killed_percent_min"]


if __name__ == "__main__":
    sys.exit(main())

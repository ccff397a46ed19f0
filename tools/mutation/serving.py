"""Running the tests of mutants: one process imports and collects, and forks for each mutant.

A change inside a function is put into the function that is already there, in a fork of a process
that has collected all tests. What only counts when a module is imported (defaults, class bodies,
tables) is run in a fork of a process that has not imported the package yet, with the changed
module put in the place of the file.
"""

import ast
import functools
import gc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.sharedctypes import RawArray
from pathlib import Path

import changes
import pytest
import survey

#: What a fork may take beyond what it was born with.
MEMORY_MAX = 2 * 1024**3
#: Processor time for one test, times what it takes while it is watched, and at the least.
TIMES_SLOWER = 3
SECONDS_MIN = 0.5
QUIET = (
    *("-q", "-s", "--tb=no", "-p", "no:cacheprovider", "-p", "no:django"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


class Verdict(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"
    UNRUN = "run by no test"
    # The change cannot be put into a function that is there: run it from the import on.
    ELSEWHERE = "elsewhere"


#: Exit codes of a fork.
CODES = {0: Verdict.SURVIVED, 1: Verdict.KILLED, 3: Verdict.ELSEWHERE}


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """A change of a file, by its number there, and the tests that may notice it.

    `place` is how people know it: the file inside the package, and its line.
    """

    path: Path
    module: str
    number: int
    change: changes.Change
    place: tuple[str, str]
    tests: tuple[str, ...]
    is_imported: bool


@dataclass
class Limits:
    """How long each test takes as things are, and how many examples hypothesis draws.

    A mutant that no test has noticed in `patience` seconds of processor time has survived.
    """

    seconds: dict[str, float]
    examples: int
    examples_again: int
    patience: float


@dataclass(eq=False)
class Server:
    """A pytest plugin: instead of running what was collected, it forks for each mutant.

    `tell` is called with each mutant, what became of it and by which test. A test that has killed
    much in little time is tried before the others: `killers` are the places of such tests among
    those of each mutant, written by the forks.
    """

    mutants: Sequence[Mutant]
    limits: Limits
    jobs: int
    tell: Callable[[Mutant, Verdict, str], None]
    kills: Counter[str] = field(default_factory=Counter)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each mutant; nothing is run here."""
        items = {item.nodeid: item for item in session.items}
        functions = _functions({str(mutant.path) for mutant in self.mutants})
        gc.collect()
        gc.freeze()
        killers = RawArray("i", len(self.mutants))

        def attempt(place: int, mutant: Mutant) -> int:
            if not _put_in(mutant, functions):
                return 3
            order = sorted(mutant.tests, key=self._worth, reverse=True)
            failed = _run_tests([items[name] for name in order], self.limits)
            killers[place] = mutant.tests.index(failed) if failed else 0
            return 1 if failed else 0

        places = {mutant: place for place, mutant in enumerate(self.mutants)}

        def tell(mutant: Mutant, verdict: Verdict) -> None:
            killer = mutant.tests[killers[places[mutant]]] if verdict is Verdict.KILLED else ""
            self.kills[killer] += 1
            self.tell(mutant, verdict, killer)

        run(
            {one: functools.partial(attempt, place, one) for one, place in places.items()},
            self.jobs,
            tell,
        )
        return True

    def _worth(self, test: str) -> float:
        return self.kills[test] / (self.limits.seconds.get(test, 1) + 0.01)


def run(
    work: Mapping[Mutant, Callable[[], int]], jobs: int, tell: Callable[[Mutant, Verdict], None]
) -> None:
    """Run each piece of work in a fork of its own, `jobs` at a time."""
    running: dict[int, Mutant] = {}
    for mutant, piece in work.items():
        if len(running) >= jobs:
            _reap(running, tell)
        running[_fork(piece)] = mutant
    while running:
        _reap(running, tell)


def _reap(running: dict[int, Mutant], tell: Callable[[Mutant, Verdict], None]) -> None:
    pid, status = os.wait()
    if pid in running:
        code = os.waitstatus_to_exitcode(status)
        tell(running.pop(pid), Verdict.TIMED_OUT if code < 0 else CODES.get(code, Verdict.KILLED))


def _fork(piece: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_MAX, used + MEMORY_MAX))
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        code = piece()
    finally:
        os._exit(code)


def _functions(paths: set[str]) -> dict[tuple[str, str], list[types.FunctionType]]:
    """The functions that stand in these files, by file and qualified name with its line."""
    found: dict[tuple[str, str], list[types.FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename in paths:
            code = one.__code__
            key = code.co_filename, f"{code.co_qualname}:{code.co_firstlineno}"
            found.setdefault(key, []).append(one)
    return found


def _put_in(mutant: Mutant, functions: dict[tuple[str, str], list[types.FunctionType]]) -> bool:
    """Give the functions of the file the code they have in the mutant."""
    is_put = False
    for code in _codes(compiled(mutant)):
        key = str(mutant.path), f"{code.co_qualname}:{code.co_firstlineno}"
        for function in functions.get(key, []):
            if len(code.co_freevars) != len(function.__code__.co_freevars):
                return False
            function.__code__ = code
            is_put = True
    return is_put


def compiled(mutant: Mutant) -> types.CodeType:
    """The code of the changed module."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    changes.changes(tree)[mutant.number].make()
    return compile(ast.fix_missing_locations(tree), str(mutant.path), "exec")


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for inside in code.co_consts:
        if isinstance(inside, types.CodeType):
            yield inside
            yield from _codes(inside)


@dataclass(eq=False)
class _Watch:
    """A pytest plugin: whether a test has failed."""

    failed: bool = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed


def _run_tests(items: Sequence[pytest.Item], limits: Limits) -> str | None:
    """Run the tests, few examples first and more of them when all have passed.

    Returns the name of the one that failed.
    """
    if not items:
        return None
    watch = _Watch()
    plugins = items[0].config.pluginmanager
    plugins.register(watch)
    started = time.process_time()
    for examples in sorted({limits.examples, limits.examples_again}):
        drawing = [item for item in items if survey.calm(item, examples)]
        # The second time, only those that draw anything can see more than before.
        again = items if examples == limits.examples else drawing
        for item, following in zip(again, [*again[1:], None], strict=False):
            usual = limits.seconds.get(item.nodeid, 1) * examples / limits.examples
            signal.setitimer(signal.ITIMER_VIRTUAL, max(SECONDS_MIN, TIMES_SLOWER * usual))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if watch.failed:
                return item.nodeid
            if time.process_time() - started > limits.patience:
                return None
    return None


# ---- from the import on -----------------------------------------------------------------------


@dataclass(eq=False)
class _Afresh:
    """A pytest plugin: runs the tests collected with the changed module in its place."""

    limits: Limits
    tests: tuple[str, ...]
    code: int = 1

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        # A test that is not there any more, or that cannot be collected, has noticed.
        if all(name in items for name in self.tests):
            self.code = int(_run_tests([items[n] for n in self.tests], self.limits) is not None)
        os._exit(self.code)


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads the changed module where its file would be loaded."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.path))
        self.mutant = mutant

    def get_code(self, fullname: str) -> types.CodeType:
        del fullname  # it loads this one module and no other
        return compiled(self.mutant)

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(name, self.mutant.path, loader=self)


def from_the_import_on(mutant: Mutant, limits: Limits, rooms: Iterable[str]) -> int:
    """Import the mutant and run its tests. To be called in a fork that imported nothing yet."""
    sys.meta_path.insert(0, _Loader(mutant))
    signal.setitimer(signal.ITIMER_VIRTUAL, 120)
    pytest.main([*QUIET, *rooms], plugins=[_Afresh(limits, mutant.tests)])
    return 1

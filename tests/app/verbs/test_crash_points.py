"""Struck down at each named point: afterwards done once or not at all, and it can be finished.

The life of one borrower, from the draft to the backup, is lived once undisturbed. Then each step is
struck down at each point it passes, by kill -9, by an exception and by losing its database: what is
left must be whole, and the step taken again must end exactly as the undisturbed one. A sample runs
in `make test`; all of it, on both databases, and random kills are behind `make soak`.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from crash_lender import STEPS, Lender, Lived, zygote

from postgres import PostgresMissing, find_binaries, running_postgres, start_again

KILLS = {"sqlite": 1_000, "postgres": 200}
HOWS = ("kill", "raise", "cut")
SAMPLE = (
    ("sign", "sign.in-force", "kill"),
    ("pay", "loan.paid.booked", "cut"),
    ("drain", "notify.after-provider", "kill"),
)


@pytest.fixture(scope="module")
def forking(tmp_path_factory):
    with zygote(tmp_path_factory.mktemp("zygote")) as made:
        yield made


@pytest.fixture(scope="module")
def on_sqlite(forking, tmp_path_factory) -> Lived:
    return Lived(forking, tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="module")
def server():
    try:
        find_binaries()
    except PostgresMissing as missing:
        pytest.skip(str(missing))
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="module")
def on_postgres(forking, server, tmp_path_factory) -> Lived:
    return Lived(forking, tmp_path_factory.mktemp("postgres"), server=server)


@pytest.fixture(params=["sqlite", "postgres"])
def lived(request) -> Lived:
    """The undisturbed life on each database."""
    found: Lived = request.getfixturevalue(f"on_{request.param}")
    return found


def is_whole(told: dict) -> bool:
    """Whether nothing is half done: the books agree, the log holds, seals are good."""
    signed = told["entries"].get("loan.restructured", 0)
    return (
        not told["faults"]
        and told["chain_holds"]
        and told["schedules"] == 2
        and told["lines"] == told["entries"].get("loan.paid", 0) - 4
        and signed == told["in_force"] == told["plans"] == told["codes"]
        and told["messages"].get("signed", 0) == signed == len(told["sealed"])
        and all(one == "True" for one in told["sealed"])
    )


def strike(
    lived: Lived, lender: Lender, step: str, *, point: str, how: str, to_the_end: bool
) -> None:
    """Strike a step down at a point, look at what is left, and take the step again."""
    finished = lender.run(step, crash=f"{point}:{how}")
    if how != "cut":  # a connection that is gone after the last commit stops nobody
        assert finished["code"] == (-signal.SIGKILL if how == "kill" else 1), finished["errors"]
    left = lender.done("tell")
    assert is_whole(left), left
    lender.done(step)
    if step == "drain":
        # What was handed over and not marked is given again once it has waited.
        assert lender.done("tell")["messages"] == left["messages"]
        return
    assert lender.done("tell") == lived.after[step]
    if to_the_end:
        assert lender.finish(after=step) == lived.end


#: Points beside the life of one borrower; the tests of their rooms strike at them.
STRUCK_ELSEWHERE = {"host.operation-booked", "webhook.sent", "suspense.left"}


class TestCrashPoints:
    @pytest.mark.parametrize(("step", "point", "how"), SAMPLE)
    def test_leave_it_done_once_or_not_at_all(self, on_sqlite, tmp_path, step, point, how):
        lender = on_sqlite.lender(tmp_path / "place", before=step)

        strike(on_sqlite, lender, step, point=point, how=how, to_the_end=step == "sign")

    def test_are_passed_by_the_life_wherever_one_is_named(self, on_sqlite):
        passed = {point for points in on_sqlite.points.values() for point in points}
        source = Path(__file__).parents[3] / "src/tideover/app"
        named = {
            line.partition('crash_point("')[2].partition('"')[0]
            for file in source.rglob("*.py")
            for line in file.read_text(encoding="utf-8").splitlines()
            if 'crash_point("' in line
        }

        assert named - STRUCK_ELSEWHERE <= passed
        assert len(passed) > 45

    @pytest.mark.soak
    @pytest.mark.parametrize("how", HOWS)
    @pytest.mark.parametrize("step", STEPS)
    def test_every_point_of_every_step(self, lived, tmp_path, step, how):
        for count, point in enumerate(lived.points[step]):
            lender = lived.lender(tmp_path / f"place-{count}", before=step)
            is_last = point == lived.points[step][-1]
            strike(lived, lender, step, point=point, how=how, to_the_end=is_last)
            lender.place.remove()


class TestKilledAtRandom:
    @pytest.mark.soak
    def test_loses_nothing_and_does_nothing_twice(self, lived, tmp_path):
        kind = "postgres" if lived.before["sign"].server else "sqlite"
        chance, kills, lives = _chance(7), 0, 0
        while kills < int(os.environ.get("TIDEOVER_KILLS", KILLS[kind])):
            lender = lived.lender(tmp_path / f"place-{lives}", before="draft")
            for step in STEPS:
                for _ in range(4):
                    kills += 1
                    finished = lender.run(step, kill_after=chance.uniform(0.0, 0.6))
                    told = lender.done("tell")
                    assert is_whole(told), (kills, step, told)
                    if finished["code"] == 0:
                        break
                if step != "drain":
                    lender.done(step)
            assert lender.done("tell") | _drained(lived) == lived.end | _drained(lived)
            lender.place.remove()
            lives += 1
        sys.stdout.write(f"{kind}: {kills} kills in {lives} lives\n")

    @pytest.mark.soak
    def test_with_its_database_server_loses_nothing(self, on_postgres, server, tmp_path):
        chance, lives = _chance(11), 0
        for kill in range(int(os.environ.get("TIDEOVER_KILLS", KILLS["postgres"]))):
            step = STEPS[kill % len(STEPS)]
            lender = on_postgres.lender(tmp_path / f"place-{kill}", before=step)
            with _struck(server, after=chance.uniform(0.0, 0.4)):
                lender.run(step)
            told = lender.done("tell")
            assert is_whole(told), (kill, step, told)
            if step != "drain":
                lender.done(step)
                assert lender.done("tell") == on_postgres.after[step]
            lender.place.remove()
            lives += 1
        sys.stdout.write(f"{lives} kills of the server\n")


def _chance(seed: int) -> random.Random:
    """Another TIDEOVER_SEED kills at other moments, so that a long run can be made in parts."""
    return random.Random(os.environ.get("TIDEOVER_SEED", seed))


def _drained(lived: Lived) -> dict:
    """What a message handed over and not yet given again leaves open."""
    return {"sent": lived.end["sent"]}


class _struck:  # noqa: N801 - reads as a phrase
    """The server is killed a moment after the block begins, and up again when it is left."""

    def __init__(self, server: str, *, after: float) -> None:
        folder = server.partition("host=")[2]
        pid = (Path(folder) / "cluster" / "postmaster.pid").read_text().splitlines()[0]
        self.server = server
        self.killer = ["sh", "-c", f"sleep {after:.3f}; kill -9 {pid}"]

    def __enter__(self) -> None:
        self.process = subprocess.Popen(self.killer)

    def __exit__(self, *_error: object) -> None:
        self.process.wait(timeout=10)
        time.sleep(0.2)
        start_again(self.server)

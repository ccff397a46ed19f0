"""Struck down at each named point: afterwards done once or not at all, and it can be finished.

A sample runs in `make test`; every point, by exception and by kill -9, and a thousand random kills
are behind `make soak`. On PostgreSQL the same with `--postgres` and a server of its own.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SIGNING = (
    "sign.sealed", "sign.code-used", "sign.case-written", "sign.in-force", "restructured.logged",
    "restructured.booked", "sign.booked", "sign.noticed",
)  # fmt: skip
PAYING = (
    "payment.line-kept", "paid.logged", "paid.booked", "payment.loan-booked", "payment.file-booked",
)  # fmt: skip
CLOSING = (
    "close.leased", "close.accrued", "close.marked", "close.chunk-committed", "close.finishing",
)  # fmt: skip
POINTS = [
    *((point, "sign") for point in SIGNING),
    *((point, "pay") for point in PAYING),
    *((point, "close") for point in CLOSING),
]
SAMPLE = [("sign.in-force", "sign"), ("paid.booked", "pay"), ("close.marked", "close")]
KILLS = 1_000

DONE = {
    "payments": 2,
    "lines": 2,
    "signatures": 1,
    "plans": 1,
    "active_schedules": 2,
    "notices": 1,
    "days": 1,
    "closed_to": ["2026-11-23"],
    "faults": [],
    "chain_holds": True,
}


class Lender:
    """A lender in a home of its own, worked on by processes that can be struck down."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = {
            name: value for name, value in os.environ.items() if name != "TIDEOVER_DATABASE_URL"
        }
        self.environment = kept | {
            "TIDEOVER_HOME": str(home),
            "TIDEOVER_DEMO": "1",
            "TIDEOVER_NOW": "2026-11-23T10:30:00+08:00",
            "DJANGO_SETTINGS_MODULE": "tideover.app.settings",
        }

    def run(self, *words: str, crash: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(words), cwd=HERE, env=self.environment | {"TIDEOVER_CRASH": crash},
            capture_output=True, text=True, check=False, timeout=180,
        )  # fmt: skip

    def killed(self, *words: str, after: float) -> None:
        process = subprocess.Popen(
            self._command(words), cwd=HERE, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(after)
        process.kill()
        process.wait(timeout=30)

    def told(self, *words: str) -> dict:
        finished = self.run(*words)
        assert finished.returncode == 0, finished.stderr
        return json.loads(finished.stdout)

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "life_process.py", *words]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> tuple[Path, str]:
    """A home with an agreement that can be signed, made once and copied for each test."""
    home = tmp_path_factory.mktemp("prepared")
    code = Lender(home).told("prepare")["code"]
    return home, code


@pytest.fixture
def lender(prepared, tmp_path) -> Lender:
    home = tmp_path / "home"
    shutil.copytree(prepared[0], home)
    return Lender(home)


def whole(state: dict) -> bool:
    """Whether nothing is half done: the books agree, and what belongs together is together."""
    is_signed = state["signatures"] == state["plans"] == state["notices"]
    return (
        not state["faults"]
        and state["chain_holds"]
        and is_signed
        and state["payments"] == state["lines"]
        and state["payments"] in (0, 2)
        and state["active_schedules"] == 2
    )


def finish(lender: Lender, code: str) -> dict:
    """Do all three again to the end; none may be done twice by that."""
    for words in (("sign", code), ("pay",), ("close",)):
        lender.run(*words)
    return lender.told("tell")


def struck(lender: Lender, prepared, point: str, *, step: str, how: str) -> None:
    words = (step, prepared[1]) if step == "sign" else (step,)

    finished = lender.run(*words, crash=f"{point}:{how}")

    assert finished.returncode == (-9 if how == "kill" else 1), finished.stderr
    assert whole(lender.told("tell"))
    assert lender.run(*words).returncode == 0


class TestCrashPoints:
    @pytest.mark.parametrize(("point", "step"), SAMPLE)
    def test_a_kill_leaves_it_done_once_or_not_at_all(self, lender, prepared, point, step):
        struck(lender, prepared, point, step=step, how="kill")

        if step == "sign":
            assert finish(lender, prepared[1]) == DONE
        assert whole(lender.told("tell"))

    @pytest.mark.soak
    @pytest.mark.parametrize("how", ["kill", "raise"])
    @pytest.mark.parametrize(("point", "step"), POINTS)
    def test_every_point_by_kill_and_by_exception(self, lender, prepared, point, step, how):
        struck(lender, prepared, point, step=step, how=how)

        assert whole(lender.told("tell"))

    @pytest.mark.soak
    def test_random_kills_lose_nothing_and_do_nothing_twice(self, prepared, tmp_path):
        chance, count = random.Random(7), 0
        while count < KILLS:
            home = tmp_path / f"home-{count}"
            shutil.copytree(prepared[0], home)
            lender = Lender(home)
            for words in (("sign", prepared[1]), ("pay",), ("close",)):
                for _ in range(5):
                    lender.killed(*words, after=chance.uniform(0.3, 2.5))
                    count += 1
                    assert whole(lender.told("tell")), (count, words)
            assert finish(lender, prepared[1]) == DONE
            shutil.rmtree(home)

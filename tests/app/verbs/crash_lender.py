"""A lender whose life is lived by processes that can be struck down, on either database.

After each step of an undisturbed life home and database are kept, so that a test begins right
before the step it strikes down.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).parent
STEPS = (
    "draft", "submit", "offer", "accept", "sign", "pay", "reverse", "close", "drain", "early",
    "save",
)  # fmt: skip
# The clock of each process runs on from here, so a slow signature must not end after a payment.
NOW = dict.fromkeys(STEPS, "2026-11-23T10:32:00+08:00") | {
    "make": "2026-11-23T10:29:00+08:00",
    "draft": "2026-11-23T10:29:00+08:00",
    "submit": "2026-11-23T10:29:30+08:00",
    "offer": "2026-11-23T10:30:00+08:00",
    "accept": "2026-11-23T10:30:30+08:00",
    "sign": "2026-11-23T10:31:00+08:00",
}


class Zygote:
    """The process that forks a child for every step."""

    def __init__(self, home: Path) -> None:
        kept = {
            name: value for name, value in os.environ.items() if name != "TIDEOVER_DATABASE_URL"
        }
        kept |= {
            "TIDEOVER_HOME": str(home),
            "TIDEOVER_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "tideover.app.settings",
        }
        self.process = subprocess.Popen(
            [sys.executable, "life_process.py"], cwd=HERE, env=kept, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate(timeout=60)


class Place:
    """A home, and a database of its own on the server where there is one."""

    def __init__(self, folder: Path, *, server: str = "") -> None:
        self.folder, self.server = folder, server
        self.home = folder / "home"
        self.name = f"t{abs(hash(str(folder))):x}"

    @property
    def url(self) -> str:
        parts = urlsplit(self.server)
        return f"postgres://{parts.username}@/{self.name}?{parts.query}" if self.server else ""

    def make(self) -> None:
        self.home.mkdir(parents=True)
        if self.server:
            self._command(f"CREATE DATABASE {self.name}")

    def copy(self, folder: Path) -> "Place":
        """Another place with everything as it is here. Nobody may be at work."""
        other = Place(folder, server=self.server)
        shutil.copytree(self.home, other.home)
        if self.server:
            self._command(f"CREATE DATABASE {other.name} TEMPLATE {self.name}")
        return other

    def remove(self) -> None:
        shutil.rmtree(self.folder)
        if self.server:
            self._command(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _command(self, text: str) -> None:
        import psycopg

        parts = urlsplit(self.server)
        folder = parts.query.removeprefix("host=")
        with psycopg.connect(
            host=folder, user=parts.username, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(text)


class Lender:
    """A lender in a place, its steps taken one after the other."""

    def __init__(self, zygote: Zygote, place: Place) -> None:
        self.zygote, self.place = zygote, place

    def run(self, step: str, *, crash: str = "", kill_after: float | None = None) -> dict[str, Any]:
        """Take a step, perhaps struck down: its exit code and what it wrote to say so."""
        env = {
            "TIDEOVER_HOME": str(self.place.home),
            "TIDEOVER_NOW": NOW.get(step, NOW["pay"]),
            "TIDEOVER_CRASH": crash,
        }
        if self.place.url:
            env["TIDEOVER_DATABASE_URL"] = self.place.url
        return self.zygote.ask({"words": [step], "env": env, "kill_after": kill_after})

    def done(self, step: str) -> Any:
        """Take a step that must go well; what it told."""
        finished = self.run(step)
        assert finished["code"] == 0, finished["errors"]
        return finished["told"]

    def finish(self, *, after: str) -> dict[str, Any]:
        """Take every step after one to the end of the life; what there is then."""
        for step in STEPS[STEPS.index(after) + 1 :]:
            self.done(step)
        return self.done("tell")


class Lived:
    """An undisturbed life: the place before each step, and what there was after it."""

    def __init__(self, zygote: Zygote, folder: Path, *, server: str = "") -> None:
        self.zygote = zygote
        self.before: dict[str, Place] = {}
        place = Place(folder / "making", server=server)
        place.make()
        lender = Lender(zygote, place)
        lender.done("make")
        self.points: dict[str, tuple[str, ...]] = {}
        self.after: dict[str, dict[str, Any]] = {}
        for step in STEPS:
            self.before[step] = place.copy(folder / f"before-{step}")
            noted = folder / f"points-{step}"
            finished = lender.run(step, crash=f"note:{noted}")
            assert finished["code"] == 0, (step, finished["errors"])
            self.points[step] = tuple(dict.fromkeys(noted.read_text().split()))
            self.after[step] = lender.done("tell")
        self.end = self.after[STEPS[-1]]

    def lender(self, folder: Path, *, before: str) -> Lender:
        """A lender right before a step."""
        return Lender(self.zygote, self.before[before].copy(folder))


@contextmanager
def zygote(home: Path) -> Iterator[Zygote]:
    """The process that forks, for as long as the block runs."""
    made = Zygote(home)
    try:
        yield made
    finally:
        made.end()

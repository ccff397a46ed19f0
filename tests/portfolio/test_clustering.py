"""The same run over worker processes: equal to threads, after a worker was killed as well."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tideover.cli.main import main
from tideover.portfolio import clustering

TIDEOVER = str(Path(sys.executable).parent / "tideover")
RUN = ["--policy", "baseline", "--against", "relief", "--months", "12", "--seed", "7"]
SHARDS = 12


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cluster") / "book"
    words = ["portfolio", "generate", "--loans", "60000", "--seed", "7", "--shard", "5000"]
    assert main([*words, "--out", str(folder)]) == 0
    return folder


def simulate(book: Path, out: Path, *more: str) -> list[str]:
    return ["portfolio", "simulate", "--book", str(book), *RUN, "--out", str(out), *more]


def workers_of(driver: int) -> list[int]:
    """The processes that work shards out for a driver."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            words = (stat.parent / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if parent == driver and any("spawn_main" in word for word in words):
            found.append(int(stat.parent.name))
    return found


class TestOnDask:
    def test_a_killed_worker_costs_a_shard_and_changes_nothing(self, book, tmp_path):
        child = subprocess.Popen(
            [TIDEOVER, *simulate(book, tmp_path / "dask", "--engine", "dask")],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        waited = time.monotonic() + 120
        while not list(tmp_path.glob("dask/parts/*.json")) and time.monotonic() < waited:
            time.sleep(0.01)
        workers = workers_of(child.pid)
        done = len(list(tmp_path.glob("dask/parts/*.json")))
        os.kill(workers[0], signal.SIGKILL)
        said = child.communicate(timeout=180)[1]

        assert 1 <= done < SHARDS
        assert child.returncode == 0, said
        assert main(simulate(book, tmp_path / "threads")) == 0
        one, other = ((tmp_path / name / "summary.json") for name in ("dask", "threads"))
        assert one.read_bytes() == other.read_bytes()

    @pytest.mark.soak
    def test_an_interrupt_stops_the_workers_without_a_word_of_theirs(self, book, tmp_path):
        child = subprocess.Popen(
            [TIDEOVER, *simulate(book, tmp_path / "dask", "--engine", "dask")],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        waited = time.monotonic() + 120
        while not list(tmp_path.glob("dask/parts/*.json")) and time.monotonic() < waited:
            time.sleep(0.01)
        os.killpg(child.pid, signal.SIGINT)
        said = child.communicate(timeout=180)[1]

        assert child.returncode == 130
        assert "Traceback" not in said

    def test_says_when_no_scheduler_answers(self, book, tmp_path, capsys, monkeypatch):
        monkeypatch.setattr(clustering, "WAIT_SECONDS", 1)
        words = simulate(book, tmp_path, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")

        assert main(words) == 2
        assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err

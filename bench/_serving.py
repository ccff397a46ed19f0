"""A demo lender served on loopback for as long as a table needs it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TIDEOVER = Path(sys.executable).parent / "tideover"
LIVES = Path(__file__).resolve().parent.parent / "tests" / "journeys" / "lives.py"
#: The people of the journeys live up to this moment.
NOW = "2026-11-23T10:00:00+08:00"
START_SECONDS_MAX = 240


def start(home: str, **variables: str) -> tuple[float, "subprocess.Popen[bytes]", str]:
    """Serve the demo lender of `home`; return the seconds until it answers, and its address."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    base = f"http://127.0.0.1:{port}"
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(TIDEOVER), "serve", "--demo", "--port", str(port)],
        env=_surroundings(home) | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while time.perf_counter() - started < START_SECONDS_MAX:
        try:
            with urllib.request.urlopen(base, timeout=20):
                return time.perf_counter() - started, process, base
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    stop(process)
    raise SystemExit(f"the server did not answer within {START_SECONDS_MAX} s")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a server and wait until it is gone."""
    process.terminate()
    process.wait(timeout=60)


@dataclass(frozen=True, slots=True)
class Served:
    """A running lender: its address, its process, and somebody in every state of a request."""

    base: str
    pid: int
    lives: dict[str, Any]

    def processor_seconds(self) -> float:
        """Processor time that the server and everything it has started used until now."""
        return sum(_used(pid) for pid in family(self.pid)) / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and everything it has started, and they."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [pid, *(one for child in told.split() for one in family(int(child)))]


@contextmanager
def peopled(home: str) -> Iterator[Served]:
    """Serve a lender where the people of the journeys have lived up to now."""
    made = subprocess.run(
        [sys.executable, str(LIVES)],
        env=_surroundings(home) | {"TIDEOVER_NOW": NOW}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    _, process, base = start(home, TIDEOVER_NOW=NOW)
    try:
        yield Served(base, process.pid, json.loads(made.stdout))
    finally:
        stop(process)


def _used(pid: int) -> int:
    """Ticks of the clock that a process, and those it has waited for, spent on the processor."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in stat[11:15])


def _surroundings(home: str) -> dict[str, str]:
    return {**os.environ, "TIDEOVER_HOME": home, "TIDEOVER_DEMO": "1"}

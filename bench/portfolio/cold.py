"""What a person waits for a first answer, against starting numpy alone; processor time."""

import os
import subprocess
import sys
from pathlib import Path

from bench._table import Measured, print_measured

REPEATS = 7
TIDEOVER = str(Path(sys.executable).parent / "tideover")
SCHEDULE = ("schedule", "--principal", "12000", "--daily-rate", "0.0005", "--instalments", "12",
            "--disbursed", "2026-01-15")  # fmt: skip


def run() -> bool:
    """Compare `tideover --help` and one schedule with `import numpy`."""
    numpy = cpu_of(sys.executable, "-c", "import numpy")
    rows = [Measured('python -c "import numpy"', numpy * 1e3, "ms cpu")]
    for name, words in (("tideover --help", ("--help",)), ("one loan's schedule", SCHEDULE)):
        took = cpu_of(TIDEOVER, *words)
        rows += [
            Measured(name, took * 1e3, "ms cpu"),
            Measured(f"{name} over import numpy", took / numpy, "times", goal=3),
        ]
    return print_measured("a cold start", rows)


def cpu_of(*words: str) -> float:
    """Return the least processor time of a command."""
    best = float("inf")
    for _ in range(REPEATS):
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise AssertionError(f"{' '.join(words)} went wrong")
        best = min(best, usage.ru_utime + usage.ru_stime)
    return best

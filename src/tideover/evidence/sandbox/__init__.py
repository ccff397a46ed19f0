"""Opening a stranger's file in a process of its own that can do nothing else.

Decoders are where hostile files bite. So they run in a child process with limits on processor
time, memory and open files, an empty environment, and no way to open a file or a connection
once it has begun; the parent only reads the answer.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask of the machine."""

    pixels_max: int = 40_000_000
    pages_max: int = 60
    memory_max: int = 512 * 1024 * 1024
    """Address space of the child in bytes, libraries included."""
    seconds_max: int = 10
    """Of processor time; on a busy machine it may wait four times as long."""
    served_side_max: int = 2_000
    """Longest side of a served picture, in pixels."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child said: named figures, and the bytes of a copy when one was asked for."""

    figures: dict[str, object]
    content: bytes


class ChildFailed(Exception):
    """The child died, ran out of memory or time, or said nothing that can be read."""


DEFAULT_LIMITS = Limits()

#: How the child starts: with the readers and nothing else of this package. It is ready in half
#: the time, and what it never imports cannot be turned against anybody.
_START = """
import runpy, sys, types
room = types.ModuleType("tideover.evidence")
room.__path__ = [sys.argv.pop(1)]
sys.modules["tideover.evidence"] = room
runpy.run_module("tideover.evidence.sandbox", run_name="__main__", alter_sys=True)
"""
_ROOM = str(Path(__file__).parent.parent)


def ask(task: Sequence[str], content: bytes, *, limits: Limits) -> Answer:
    """Return what the child says about `content` when given `task`.

    Raises:
        ChildFailed: there was no answer within the limits.
    """
    command = [sys.executable, "-I", "-c", _START, _ROOM, *task]
    command += [str(limits.pixels_max), str(limits.pages_max), str(limits.memory_max)]
    command += [str(limits.seconds_max), str(limits.served_side_max)]
    try:
        child = subprocess.run(  # noqa: S603 (the words are ours, the file goes in by stdin)
            command,
            input=content,
            capture_output=True,
            timeout=4 * limits.seconds_max,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed("it ran out of time") from None
    header, _, rest = child.stdout.partition(b"\n")
    if child.returncode != 0 or not header:
        raise ChildFailed(f"it ended with {child.returncode}")
    try:
        figures = json.loads(header)
    except ValueError:
        raise ChildFailed("it answered in no known form") from None
    return Answer(figures, rest)

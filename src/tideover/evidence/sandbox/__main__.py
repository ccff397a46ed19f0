"""The child process: reads one file from standard input, answers on standard output.

The answer is one line of JSON, then the bytes of the copy if one was asked for. Everything
that can be imported is imported before the limits close, and before the file is read.
"""

import json
import resource
import sys
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from tideover.evidence.sandbox import Limits
from tideover.evidence.sandbox.answers import Refused


def main(arguments: list[str]) -> int:
    """Do the task named by `arguments` and return the exit code."""
    task, kind, page, *figures = arguments
    pixels, pages, memory, seconds, side = (int(figure) for figure in figures)
    limits = Limits(
        pixels_max=pixels,
        pages_max=pages,
        memory_max=memory,
        seconds_max=seconds,
        served_side_max=side,
    )
    room = _reader(kind, task=task)
    (room.warm_up_text if task == "read-text" else room.warm_up)()
    _close_the_doors(limits)
    content = sys.stdin.buffer.read()
    try:
        if task == "inspect":
            return _answer(room.inspect(content, limits=limits))
        if task == "copy":
            return _answer({}, room.served_copy(content, limits=limits))
        if task == "read-text":
            return _answer(room.read_text(content, limits=limits))
        if task == "read":
            return _answer(room.read(content, kind=kind, limits=limits))
        return _answer({}, room.page_picture(content, page=int(page), limits=limits))
    except Refused as refused:
        return _answer({"refused": refused.code, **refused.figures})
    except MemoryError:
        return _answer({"refused": "too-much"})


def _reader(kind: str, *, task: str) -> ModuleType:
    """Return the module that reads `kind` for `task`; the others are not loaded at all."""
    name = "documents" if kind == "pdf" else "pictures"
    return import_module(
        f"tideover.evidence.sandbox.{'reading' if task.startswith('read') else name}"
    )


def _close_the_doors(limits: Limits) -> None:
    """Limit memory and time, and allow no new file, socket or process from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_max, limits.memory_max))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds_max, limits.seconds_max))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _answer(figures: dict[str, object], content: bytes = b"") -> int:
    sys.stdout.buffer.write(json.dumps(figures).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return 0


def run() -> NoReturn:
    """Start as a program."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()

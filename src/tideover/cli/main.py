"""The entry point `tideover`: finds the command and runs it.

A command is a module of this package with `run(arguments) -> exit code`. It is imported when it
is asked for and not before, so that one command does not wait for what another one needs.
"""

import io
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from tideover import __version__
from tideover.money import Refusal

BAD_INPUT: Final = 2

#: Every command and what it does, in the order people need them.
COMMANDS: Final[Mapping[str, str]] = {
    "schedule": "one loan's schedule, as a table, JSON or CSV",
    "conformance": "run loan cases and say how many pass",
    "plan": "a household's whole situation: capacity, offers, alternatives",
    "policy": "check, show and explain the numbers and rules of the policy book",
    "evidence": "look inside an uploaded file",
    "scam": "judge a message that pretends to come from the lender",
    "agreement": "verify the seal and signatures of an agreement",
    "ledger": "verify that the ledger adds up",
    "audit": "verify that no event was changed",
    "day": "the end-of-day run",
    "report": "credit record and asset class of every loan",
    "portfolio": "generate, simulate and report on books of loans",
    "tape": "check or import a lender's loans and payments from CSV",
    "demo": "make the demo lender",
    "staff": "accounts of the people who work for the lender",
    "serve": "serve the portal and the workbench",
    "worker": "run the jobs",
    "host": "the core banking system, where the book is not here",
    "webhook": "which systems are told of events",
    "backup": "save everything into one file",
    "restore": "bring a backup back",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 failed checks, 2 bad input."""
    _accept_every_character()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if given[0] in ("-V", "--version"):
        print(f"tideover {__version__}")
        return 0
    name, *rest = given
    if not _is_here(name):
        known = ", ".join(command for command in COMMANDS if _is_here(command))
        print(f"tideover has no command {name!r}; it has {known}", file=sys.stderr)
        return BAD_INPUT
    return _run(name, rest)


def _accept_every_character() -> None:
    """An older Chinese terminal has no ¥ of its own; a question mark is better than a stop."""
    for stream in (sys.stdout, sys.stderr):
        is_unicode = (stream.encoding or "").lower().replace("-", "") == "utf8"
        if isinstance(stream, io.TextIOWrapper) and not is_unicode:
            stream.reconfigure(errors="replace")


def _run(name: str, arguments: Sequence[str]) -> int:
    try:
        return int(import_module(_module(name)).run(arguments) or 0)
    except ModuleNotFoundError as missing:
        print(
            f"the command {name!r} needs the package {missing.name!r}: install tideover with the "
            f"extra {'portfolio' if name == 'portfolio' else 'service'!r}, or run make run once",
            file=sys.stderr,
        )
        return BAD_INPUT
    except Refusal as refusal:
        print(refusal.zh if _wants_chinese(arguments) else refusal, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader has gone (`| head`); Python must not complain again at exit.
        sys.stderr.close()
        return 0


def _module(name: str) -> str:
    return f"tideover.cli.{name}"


def _is_here(name: str) -> bool:
    return name in COMMANDS and find_spec(_module(name)) is not None


def _wants_chinese(arguments: Sequence[str]) -> bool:
    from tideover.cli.language import chosen_language

    return chosen_language(arguments) == "zh"


def _overview() -> str:
    rows = "\n".join(
        f"  {name:<12} {summary}" for name, summary in COMMANDS.items() if _is_here(name)
    )
    return (
        f"tideover {__version__}: from 'I cannot pay' to a signed agreement that holds\n\n"
        f"tideover COMMAND [OPTIONS], tideover COMMAND --help\n\n{rows}"
    )


if __name__ == "__main__":
    sys.exit(main())

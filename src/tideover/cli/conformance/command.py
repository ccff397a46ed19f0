"""Running the cases and saying how many pass."""

import json
from collections.abc import Sequence
from pathlib import Path

from tideover.cli.arguments import Arguments
from tideover.cli.conformance.files import outcomes_of
from tideover.cli.conformance.results import Outcome, tallies
from tideover.cli.language import LANGUAGES

_DESCRIPTION = (
    "Run loan cases (files or folders): JSON Lines whose first line names their class, or a JSON "
    "file of groups of vectors. Exit code 1 when any case differs."
)


def run(arguments: Sequence[str]) -> int:
    """Print every case that differs, then one line a class, and the total last."""
    parser = Arguments(prog="tideover conformance", description=_DESCRIPTION)
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--quiet", action="store_true", help="only the counts")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of messages")
    given = parser.parse_args(list(arguments))
    outcomes = outcomes_of(given.paths)
    failures = [outcome for outcome in outcomes if not outcome.has_passed]
    if given.json:
        print(_as_json(outcomes, failures))
    else:
        _print(outcomes, [] if given.quiet else failures)
    return 1 if failures else 0


def _print(outcomes: Sequence[Outcome], failures: Sequence[Outcome]) -> None:
    for failure in failures:
        print(f"  {failure.case_class} {failure.case_id}: {failure.difference}")
    for tally in tallies(outcomes):
        print(tally.line)


def _as_json(outcomes: Sequence[Outcome], failures: Sequence[Outcome]) -> str:
    *by_class, whole = tallies(outcomes)
    record = {
        "classes": {
            tally.case_class: {"passed": tally.passed, "total": tally.total} for tally in by_class
        },
        "total": {"passed": whole.passed, "total": whole.total},
        "failures": [
            {
                "class": failure.case_class,
                "id": failure.case_id,
                "difference": failure.difference,
            }
            for failure in failures
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)

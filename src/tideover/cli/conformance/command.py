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
    """Print every case that differs or loses a cent, one line a class, and the total last."""
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
        _print(outcomes, [] if given.quiet else outcomes)
    return 1 if failures else 0


def _print(outcomes: Sequence[Outcome], shown: Sequence[Outcome]) -> None:
    for one in shown:
        if one.difference:
            print(f"  {one.case_class} {one.case_id}: {one.difference}")
        if one.not_conserved:
            print(
                f"  {one.case_class} {one.case_id}: not conserved: {one.not_conserved}, "
                f"the host drops the remainder"
            )
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
        "not_conserved": [
            {"class": one.case_class, "id": one.case_id, "amount": one.not_conserved}
            for one in outcomes
            if one.not_conserved
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)

"""Write what the shared cases say into docs/reference/conformance.md, where they are beside us.

Running them takes a minute, so the page is written by `make docs` and not computed by a check;
tests/cli/test_fineract_cases.py compares it with what the command finds.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from tideover.cli.conformance.files import outcomes_of
from tideover.cli.conformance.results import Outcome, tallies

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "conformance.md"
SHARED = ROOT.parent / "shared"
CASES = (
    SHARED / "conformance",
    SHARED / "domain" / "vectors.json",
    SHARED / "data" / "lending_club_10k.csv",
)


def main() -> int:
    """Fill the blocks of the page; without the shared cases it stays as it is."""
    if not all(path.exists() for path in CASES):
        print("no shared cases beside this clone: docs/reference/conformance.md stays as it is")
        return 0
    outcomes = outcomes_of(CASES)
    blocks = {
        "counts": _counts(outcomes),
        "misses": _misses(outcomes),
        "not conserved": _not_conserved(outcomes),
    }
    text = PAGE.read_text(encoding="utf-8")
    for name, lines in blocks.items():
        head, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, tail = rest.partition("<!-- end -->")
        text = "".join((head, start, *(f"{line}\n" for line in lines), end, tail))
    PAGE.write_text(text, encoding="utf-8")
    return 0


def _counts(outcomes: tuple[Outcome, ...]) -> list[str]:
    head = [
        f"Run on {datetime.now(tz=UTC).date()}.",
        "",
        "| class | passed | of |",
        "|---|---:|---:|",
    ]
    return head + [
        f"| {one.case_class} | {one.passed} | {one.total} |" for one in tallies(outcomes)
    ]


def _misses(outcomes: tuple[Outcome, ...]) -> list[str]:
    head = ["| class | case | first cell that differs |", "|---|---|---|"]
    return head + [
        f"| {one.case_class} | {one.case_id} | {one.difference} |"
        for one in outcomes
        if not one.has_passed
    ]


def _not_conserved(outcomes: tuple[Outcome, ...]) -> list[str]:
    head = ["| class | case | dropped |", "|---|---|---:|"]
    return head + [
        f"| {one.case_class} | {one.case_id} | {one.not_conserved} |"
        for one in outcomes
        if one.not_conserved
    ]


if __name__ == "__main__":
    sys.exit(main())

"""A loan tape as cases: the lender's own instalment is the judge."""

import csv
from collections.abc import Iterator
from pathlib import Path

from tideover.cli.conformance.results import Case


def tape_cases(file: Path) -> Iterator[tuple[str, str, Case]]:
    """Yield every loan of a tape that states its own instalment."""
    with file.open(encoding="utf-8-sig", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows), start=2):
            yield file.stem, row.get("id") or f"line {number}", row

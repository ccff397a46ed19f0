"""A loan tape as cases: the lender's own instalment is the judge."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from tideover.cli.conformance.cells import differs
from tideover.cli.conformance.results import Case
from tideover.loan import AnnualRate, LoanTerms, Method, level_instalment_of, profile
from tideover.money import USD, Money

_START: Final = date(2018, 1, 1)


def tape_cases(file: Path) -> Iterator[tuple[str, str, Case]]:
    """Yield every loan of a tape that states its own instalment."""
    with file.open(encoding="utf-8-sig", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows), start=1):
            if "installment" in row:
                yield file.stem, row.get("") or f"loan {number}", row


def difference(case: Case) -> str | None:
    """Return how the level instalment differs, rounded up to the cent as this lender does."""
    terms = LoanTerms(
        principal=Money.parse(case["loan_amount"], USD),
        rate=AnnualRate.percent(case["interest_rate"]),
        method=Method.LEVEL,
        instalments=int(case["term"]),
        disbursed_on=_START,
        conventions=profile("us-consumer").conventions,
    )
    return differs("instalment", level_instalment_of(terms), case["installment"])

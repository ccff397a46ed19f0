"""`tideover report --on DATE`: the credit record and asset class of every loan, as CSV or JSON.

Made for the lender's own reporting: a loan is its reference, and no name or number of a person is
in it. `marks` are the months of the second-generation credit report, the earliest first.
"""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tideover.cli.arguments import Arguments
from tideover.cli.service import start_service

if TYPE_CHECKING:
    from tideover.app.verbs.credit import ReportedLoan

COLUMNS = (
    "reference",
    "product",
    "marks",
    "special",
    "adverse_until",
    "asset_class",
    "restructured",
    "observed_from",
    "observed_until",
    "because",
)


def run(arguments: Sequence[str]) -> int:
    """Print one line a loan; 0 when every loan was reported."""
    parser = Arguments(prog="tideover report", description=__doc__)
    parser.add_argument("--on", type=date.fromisoformat, help="the day (taken: today)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    given = parser.parse_args(list(arguments))
    start_service()
    from tideover.app import clock
    from tideover.app.verbs import credit

    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    if not given.json:
        writer.writeheader()
    for loan in credit.reported_loans(given.on or clock.today()):
        row = _row(loan)
        if given.json:
            print(json.dumps(row, ensure_ascii=False))
        else:
            writer.writerow(row)
    return 0


def _row(loan: "ReportedLoan") -> dict[str, str]:
    kept, found = loan.record, loan.classed
    return {
        "reference": loan.reference,
        "product": loan.product,
        "marks": kept.line,
        "special": " ".join(f"{one.code}@{one.on}" for one in kept.special),
        "adverse_until": _day(kept.adverse_until),
        "asset_class": found.asset_class.name.lower(),
        "restructured": "yes" if found.is_restructured else "no",
        "observed_from": _day(found.observed_from),
        "observed_until": _day(found.observed_until),
        "because": "; ".join(words.en for words in found.because),
    }


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()

"""Every cell of every loan worked by hand (README.md in this folder)."""

import csv
import json
from pathlib import Path

import pytest

from tideover.cli.main import main
from tideover.loan import build_schedule, terms_from_record

LOANS = sorted(path.parent for path in Path(__file__).parent.glob("*/terms.json"))


@pytest.mark.parametrize("loan", LOANS, ids=lambda path: path.name)
class TestGolden:
    def test_every_cell_is_as_worked_by_hand(self, loan):
        terms = terms_from_record(json.loads((loan / "terms.json").read_text(encoding="utf-8")))
        rows = list(csv.DictReader((loan / "schedule.csv").read_text("utf-8").splitlines()))

        found = [
            {
                "number": str(line.number),
                "due_date": line.due_date.isoformat(),
                "principal": line.principal.text,
                "interest": line.interest.text,
                "fees": line.fee.text,
                "instalment": line.instalment.text,
                "closing_balance": line.closing_balance.text,
            }
            for line in build_schedule(terms).lines
        ]

        assert found == rows

    def test_says_where_it_comes_from(self, loan):
        assert (loan / "source.md").read_text(encoding="utf-8").startswith("# ")


class TestCommand:
    def test_prints_the_same_cells(self, capsys):
        loan = Path(__file__).parent / "equal_principal_by_days"
        arguments = "--principal 10000 --daily-rate 0.0005 --instalments 5 --disbursed 2018-09-11"

        main(["schedule", *arguments.split(), "--method", "equal-principal", "--csv"])

        assert capsys.readouterr().out == (loan / "schedule.csv").read_text(encoding="utf-8")

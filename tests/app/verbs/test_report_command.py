"""The command that tells what is reported of every loan."""

import csv
import io
import json

from tideover.cli import report


class TestReport:
    def test_writes_a_line_a_loan_and_nothing_about_a_person(self, lender, capsys):
        assert report.run([]) == 0

        printed = capsys.readouterr().out
        rows = list(csv.DictReader(io.StringIO(printed)))
        assert "WLD-0001" in {row["reference"] for row in rows}
        assert all(set(row["marks"]) <= set("*N1234567MC") for row in rows)
        assert lender.borrower.name not in printed

    def test_answers_for_any_day_as_json(self, lender, capsys):
        assert report.run(["--on", "2026-12-31", "--json"]) == 0
        later = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

        # Nothing more is paid: late at the end of December, so at least special mention.
        hero = next(one for one in later if one["reference"] == "WLD-0001")
        assert hero["marks"][-1] in "1234567"
        assert hero["asset_class"] in {"special_mention", "substandard"}

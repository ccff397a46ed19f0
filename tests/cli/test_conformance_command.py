"""tideover conformance: command.py, files.py, readers.py, results.py, cells.py."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from tideover.cli.conformance.cells import differs, differs_relatively, earliest
from tideover.cli.conformance.files import cases_of
from tideover.cli.conformance.readers import READERS, check
from tideover.cli.conformance.results import Case
from tideover.cli.main import main
from tideover.money import CNY, Money

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "conformance"
SHARED = ROOT.parent / "shared"
ENGINE_SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ("money", "dates", "loan", "cli")
    for path in (ROOT / "src" / "tideover" / room).rglob("*.py")
)
EXAMPLES = {"2026-01-31", "2018-09-11", "2026-02-28", "2026-03-31", "2026-12-05"}

GOOD = {"id": "R1", "principal": 100000, "annual_percent": 4.5, "terms": 60, "payment": "1864.30"}
WRONG = {**GOOD, "id": "R9", "payment": "1864.31"}


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    file = tmp_path / "vectors.json"
    file.write_text(
        json.dumps({"note": "facts", "level_payment": [GOOD], "rounding": [GOOD, WRONG]}),
        encoding="utf-8",
    )
    return file


class TestConformance:
    def test_prints_one_line_a_class_and_the_total(self, capsys, vectors):
        assert main(["conformance", str(vectors)]) == 1

        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "  rounding R9: payment: 1864.3 here, 1864.31 there"
        assert lines[1:] == ["level_payment 1/1", "rounding 1/2", "total 2/3"]

    def test_is_exit_code_0_when_all_pass(self, capsys, tmp_path):
        file = tmp_path / "one.jsonl"
        file.write_text(
            '{"class": "level_payment", "cases": 1}\n' + json.dumps(GOOD) + "\n", encoding="utf-8"
        )

        assert main(["conformance", str(tmp_path)]) == 0
        assert capsys.readouterr().out == "level_payment 1/1\ntotal 1/1\n"

    def test_speaks_to_machines(self, capsys, vectors):
        assert main(["conformance", "--json", str(vectors)]) == 1

        found = json.loads(capsys.readouterr().out)
        assert found["classes"]["rounding"] == {"passed": 1, "total": 2}
        assert found["total"] == {"passed": 2, "total": 3}
        assert [failure["id"] for failure in found["failures"]] == ["R9"]

    def test_names_the_cents_a_host_drops_though_the_case_agrees(self, capsys):
        path = str(OWN / "fineract_reamortize.jsonl")
        main(["conformance", path])
        lines = capsys.readouterr().out.splitlines()
        main(["conformance", "--json", path])
        found = json.loads(capsys.readouterr().out)

        named = [one for one in lines if one.endswith("the host drops the remainder")]
        assert len(named) == len(found["not_conserved"]) > 0
        assert {one["amount"] for one in found["not_conserved"]} == {"0.01", "0.02"}
        assert "not conserved: 0.01" in named[0]

    def test_can_be_quiet(self, capsys, vectors):
        main(["conformance", "--quiet", str(vectors)])

        assert len(capsys.readouterr().out.splitlines()) == 3

    def test_counts_a_class_nobody_can_read_as_not_passed(self, capsys, tmp_path):
        file = tmp_path / "odd.jsonl"
        file.write_text('{"class": "odd", "cases": 1}\n{"id": "x"}\n', encoding="utf-8")

        assert main(["conformance", str(file)]) == 1
        assert "odd x: this class of cases has no reader" in capsys.readouterr().out

    @pytest.mark.parametrize("text", ["[1]", "{", ""])
    def test_names_the_line_it_cannot_read(self, capsys, tmp_path, text):
        file = tmp_path / "bad.jsonl"
        file.write_text('{"class": "rounding"}\n{}\n' + text + "x\n", encoding="utf-8")

        assert main(["conformance", str(file)]) == 2
        assert "line 3" in capsys.readouterr().err

    def test_names_a_path_that_holds_nothing(self, capsys, tmp_path):
        assert main(["conformance", str(tmp_path / "none")]) == 2
        assert "holds no loan cases" in capsys.readouterr().err


class TestCells:
    def test_agree_within_their_tolerance(self):
        assert differs("x", Money(1234, CNY), "12.34") is None
        assert differs("x", Fraction("0.5"), "0.50005", "0.0001") is None
        assert differs_relatively("x", Fraction(1000), "1000.001", "1e-5") is None

    def test_say_both_figures_when_they_differ(self):
        assert differs("interest 3", Money(1234, CNY), "12.35") == (
            "interest 3: 12.34 here, 12.35 there"
        )

    def test_report_the_earliest(self):
        assert earliest(None, "b", "c") == "b"
        assert earliest(None) is None


class TestOwnCases:
    """The small set that every clone carries (tests/conformance/README.md)."""

    CASES = tuple(cases_of([OWN]))

    # Case by case, so that what breaks one is found at once.
    @pytest.mark.parametrize(
        ("case_class", "case"),
        [(case_class, case) for case_class, _, case in CASES],
        ids=[f"{case_class}-{case_id}" for case_class, case_id, _ in CASES],
    )
    def test_agree(self, case_class: str, case: Case):
        assert check(case_class, case).difference is None

    def test_are_some_of_every_class_with_a_reader(self):
        assert len(self.CASES) >= 60
        # The source publishes no table of the one that is left.
        left = set(READERS) - {case_class for case_class, _, _ in self.CASES}
        assert left <= {"fineract_reschedule_graceOnPrincipal"}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this clone")
class TestSharedCases:
    @pytest.mark.parametrize(
        ("path", "misses_max"),
        [
            ("domain/vectors.json", 0),
            # One table shows a planned tranche in its balances that is never disbursed.
            ("conformance/fineract_origination.jsonl", 1),
            # How many days late makes which class is for the policy to say.
            ("conformance/frappe_lending.jsonl", 1),
            ("conformance/published_mortgages.jsonl", 0),
            ("conformance/chinese_calculators.jsonl", 0),
            ("conformance/finance_day_count.jsonl", 0),
            ("conformance/finance_days360.jsonl", 0),
            ("conformance/finance_irr.jsonl", 0),
            ("conformance/finance_tvm.jsonl", 0),
            ("conformance/finance_xirr.jsonl", 0),
            # Three of the ten thousand are not level-payment loans.
            ("data/lending_club_10k.csv", 3),
        ],
    )
    def test_pass(self, capsys, path, misses_max):
        main(["conformance", "--json", str(SHARED / path)])

        whole = json.loads(capsys.readouterr().out)["total"]
        assert whole["total"] - whole["passed"] <= misses_max


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this clone")
class TestRulesNotCases:
    """Nothing in src knows a case: no id, and no amount or date that only a case could have."""

    SOURCE = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "tideover").rglob("*.py")
    )

    def stated(self):
        for file in (SHARED / "conformance").glob("*.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines()[1:]:
                case = json.loads(line)
                yield file.stem, case

    def test_no_id_of_a_case_is_in_the_source(self):
        found = [case["id"] for _, case in self.stated() if case["id"] in self.SOURCE]

        assert not found

    def test_no_date_of_a_case_is_in_the_source(self):
        days = {
            day
            for _, case in self.stated()
            for day in re.findall(r"20\d\d-\d\d-\d\d", json.dumps(case))
        }
        written = {match[0] for match in re.finditer(r"(?<![\w'-])20\d\d-\d\d-\d\d", ENGINE_SOURCE)}

        # The dates of docstring examples and of help texts are their own.
        assert not (days & written) - EXAMPLES

    def test_no_odd_principal_of_a_case_is_in_the_source(self):
        amounts = {
            str(value)
            for _, case in self.stated()
            for terms in (case.get("terms"), case.get("loan"))
            if terms
            for value in [terms.get("principal")]
            if value
        }
        odd = {amount for amount in amounts if len(amount.rstrip("0.")) >= 3}

        assert not [
            amount for amount in odd if re.search(rf"\b{re.escape(amount)}\b", ENGINE_SOURCE)
        ]

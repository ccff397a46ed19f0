"""The queue as a table: whose it is, what is in it, and that nothing in it computes."""

import codecs
import csv
import io
import shutil
import subprocess
from dataclasses import replace

import lender as story
import pytest

from tideover.app.db.models import Role
from tideover.app.workbench.views import export
from tideover.app.workbench.views.export import harmless

pytestmark = pytest.mark.django_db

COMPUTING = [
    "=1+1",
    "+1+1",
    "-1-1",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  =1+1",
]


class TestQueueCsv:
    def test_holds_the_open_cases_with_names_masked(self, lender, desk_of):
        number = story.claimed(lender)
        supervisor = story.staff("supervisor-qian", Role.SUPERVISOR)

        answer = desk_of(supervisor).get("/desk/queue.csv?view=all")

        # Without the mark a spreadsheet reads Chinese as something else.
        assert answer.content.startswith(codecs.BOM_UTF8)
        heading, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert heading[0] == "Case"
        assert row[:2] == [number, "演示·张*"]

    def test_says_in_its_last_row_that_it_is_cut(self, lender, desk_of, monkeypatch):
        story.claimed(lender)
        monkeypatch.setattr(story, "REFERENCE", "WLD-0002")
        story.submitted(replace(lender, borrower=lender.stranger))
        desk = desk_of(story.staff("supervisor-qian", Role.SUPERVISOR))
        monkeypatch.setattr(export, "ROWS_ON_PAGE", 1)

        whole = desk.get("/desk/queue.csv?view=all").content.decode().splitlines()
        monkeypatch.setattr(export, "PAGES_MAX", 1)
        cut = desk.get("/desk/queue.csv?view=all").content.decode().splitlines()

        assert [line[:3] for line in whole[1:]] == ["HC-", "HC-"]
        assert cut == [*whole[:2], "There are more: choose a narrower view."]

    def test_writes_a_name_that_is_a_formula_as_text(self, lender, desk_of):
        lender.borrower.name = '=HYPERLINK("https://example.org","x")'
        lender.borrower.save()
        story.claimed(lender)
        auditor = story.staff("auditor-he", Role.AUDITOR)

        answer = desk_of(auditor).get("/desk/queue.csv?view=all").content.decode("utf-8-sig")

        cells = [cell for row in csv.reader(io.StringIO(answer)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in set("=+-@")]


class TestHarmless:
    @pytest.mark.parametrize("cell", COMPUTING)
    def test_puts_a_mark_before_what_would_compute(self, cell):
        assert harmless(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "HC-1001", "¥1,234.56", "演示·张*"])
    def test_leaves_everything_else(self, cell):
        assert harmless(cell) == cell


@pytest.mark.soak
@pytest.mark.skipif(
    not shutil.which("soffice"), reason="apt-get install libreoffice-calc-nogui: not here"
)
class TestInLibreOffice:
    def formulas(self, rows, folder) -> int:
        """How many cells compute once the program has opened the table and saved it again."""
        table = folder / "queue.csv"
        with table.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        home = f"-env:UserInstallation=file://{folder}/profile"
        # The last of these settings has it compute what it reads, which it would not by itself.
        read = "--infilter=CSV:44,34,76,1,,0,false,true,true,true,false,0,true"
        command = [
            "soffice", home, "--headless", read, "--convert-to", "fods", "--outdir", folder, table
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        return (folder / "queue.fods").read_text(encoding="utf-8").count("table:formula=")

    def test_nothing_computes(self, tmp_path):
        assert self.formulas([[harmless(cell), "x"] for cell in COMPUTING], tmp_path) == 0

    def test_what_is_not_made_harmless_would(self, tmp_path):
        assert self.formulas([[cell, "x"] for cell in COMPUTING], tmp_path) > 0

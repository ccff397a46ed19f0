"""The queue as a table: whose it is, what is in it, and that nothing in it computes."""

import codecs
import csv
import io

import lender as story
import pytest

from tideover.app.db.models import Role
from tideover.app.workbench.views.export import harmless

pytestmark = pytest.mark.django_db


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

    def test_writes_a_name_that_is_a_formula_as_text(self, lender, desk_of):
        lender.borrower.name = '=HYPERLINK("https://example.org","x")'
        lender.borrower.save()
        story.claimed(lender)
        auditor = story.staff("auditor-he", Role.AUDITOR)

        answer = desk_of(auditor).get("/desk/queue.csv?view=all").content.decode("utf-8-sig")

        cells = [cell for row in csv.reader(io.StringIO(answer)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in set("=+-@")]


class TestHarmless:
    @pytest.mark.parametrize(
        "cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "  =1"]
    )
    def test_puts_a_mark_before_what_would_compute(self, cell):
        assert harmless(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "HC-1001", "¥1,234.56", "演示·张*"])
    def test_leaves_everything_else(self, cell):
        assert harmless(cell) == cell

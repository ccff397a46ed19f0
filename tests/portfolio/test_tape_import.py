"""A lender's own tape: columns mapped exactly, bad rows named by line, none guessed at."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tideover.portfolio import BookUnreadable, part_paths, read_part
from tideover.portfolio.book import Book, joined
from tideover.portfolio.mapping import BadCell, MappingFault, read_mapping
from tideover.portfolio.tape import BadTape, Imported, import_tape

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "lending_club_10k.csv"

MAPPING = """
currency: CNY
leave_out: {状态: [结清]}
columns:
  loan: {column: 编号}
  principal: {column: 放款金额, times: 100}
  term: {column: 期数}
  rate: {column: 年利率, times: 10000}
  instalment: {column: 月供, times: 100}
  balance: {column: 本金余额, times: 100}
  months_past_due: {column: 状态, words: {正常: 0, 逾期1期: 1}}
  income: {column: 年收入, times: 100/12, missing: -1}
  cause: {column: 原因, words: {失业: job_loss, 无: none}}
groups: {region: 地区}
"""
HEAD = "编号,放款金额,期数,年利率,月供,本金余额,状态,年收入,原因,地区"
#: 10,000.00 at 12 % in twelve instalments of 888.49: half of it is owed after six.
GOOD = '7,"10,000",12,12%,888.49,5149.16,逾期1期,120000,失业,东部'


def imported(folder: Path, *rows: str, skips_bad: bool = False) -> tuple[Imported, Book]:
    (folder / "tape.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    (folder / "mine.yaml").write_text(MAPPING, encoding="utf-8")
    done = import_tape(
        folder / "tape.csv", read_mapping(str(folder / "mine.yaml")), out=folder / "book",
        shard=2, skips_bad=skips_bad, told=lambda _: None,
    )  # fmt: skip
    books = [one for path in part_paths(folder / "book") for one in read_part(path, block=100)]
    return done, joined(books)


class TestImportTape:
    @pytest.mark.parametrize("ending", ["parquet", "arrow", "feather"])
    def test_reads_files_of_columns_as_it_reads_csv(self, tmp_path, ending):
        _, expected = imported(tmp_path, GOOD, GOOD, GOOD)
        table = pa.csv.read_csv(tmp_path / "tape.csv")
        tape = tmp_path / f"tape.{ending}"
        if ending == "parquet":
            pq.write_table(table, tape)
        else:
            with pa.ipc.new_file(tape, table.schema) as file:
                file.write_table(table)
        mapping = read_mapping(str(tmp_path / "mine.yaml"))

        done = import_tape(tape, mapping, out=tmp_path / ending, shard=10, skips_bad=False,
                           told=lambda _: None)  # fmt: skip
        found = next(read_part(part_paths(tmp_path / ending)[0], block=10))
        assert done.loans == 3
        for name, column in expected.numbers.items():
            assert (found.numbers[name] == column).all()

    def test_refuses_a_file_that_is_not_of_columns(self, tmp_path):
        (tmp_path / "tape.arrow").write_text("not arrow", encoding="utf-8")
        (tmp_path / "mine.yaml").write_text(MAPPING, encoding="utf-8")

        with pytest.raises(BookUnreadable, match="not a file of columns"):
            import_tape(
                tmp_path / "tape.arrow", read_mapping(str(tmp_path / "mine.yaml")),
                out=tmp_path / "book", shard=10, skips_bad=False, told=lambda _: None,
            )  # fmt: skip

    def test_maps_a_row_worked_by_hand(self, tmp_path):
        done, book = imported(tmp_path, GOOD)

        # Interest of a month: 5149.16 x 1 % = 51.49; one instalment behind is 888.49 - 51.49 of
        # principal. 4312.16 is cleared by five of 888.49 (4444.85 less 132.69 of interest).
        assert (done.loans, done.bad) == (1, ())
        assert book.overdue_principal.tolist() == [83_700]
        assert book.overdue_interest.tolist() == [5_149]
        assert book.balance.tolist() == [431_216]
        assert book.remaining.tolist() == [5]
        assert book.fallen_due.tolist() == [7]
        assert book.income.tolist() == [1_000_000]
        assert book.outgoings.tolist() == [-1]
        assert book.cause.names == ("job_loss",)
        assert book.groups["region"].names == ("东部",)

    def test_names_every_bad_row_by_its_line_and_writes_nothing(self, tmp_path):
        bad = (
            GOOD.replace("888.49", "eight"), GOOD.replace("逾期1期", "其他"),
            GOOD.replace("888.49", "40"), GOOD.replace("5149.16", "20000"),
        )  # fmt: skip

        with pytest.raises(BadTape) as refused:
            imported(tmp_path, GOOD, *bad)

        said = str(refused.value)
        assert "4 of 5 rows" in said
        for line, why in ((3, "eight"), (4, "其他"), (5, "does not pay"), (6, "above the princ")):
            assert any(f"tape.csv:{line}:" in row and why in row for row in said.splitlines())
        assert list((tmp_path / "book").iterdir()) == []

    def test_takes_the_others_only_when_asked(self, tmp_path):
        rows = (GOOD, GOOD.replace("888.49", "eight"), GOOD.replace("逾期1期", "结清"), GOOD)

        done, book = imported(tmp_path, *rows, skips_bad=True)

        assert (done.rows, done.loans, done.left_out, len(done.bad)) == (4, 2, 1, 1)
        assert len(book) == 2

    def test_leaves_a_household_unknown_where_the_tape_says_nothing(self, tmp_path):
        _, book = imported(tmp_path, GOOD.replace("120000", "NA"))

        assert book.income.tolist() == [-1]

    def test_does_not_write_over_a_book(self, tmp_path):
        imported(tmp_path, GOOD)

        with pytest.raises(BookUnreadable, match="holds a book already"):
            imported(tmp_path, GOOD)

    @pytest.mark.skipif(not SHARED.exists(), reason="the Lending Club table is not here")
    def test_reads_ten_thousand_real_loans(self, tmp_path):
        done = import_tape(
            SHARED, read_mapping("lending-club"), out=tmp_path, shard=5_000, skips_bad=True,
            told=lambda _: None,
        )  # fmt: skip

        # 447 are fully paid and 7 charged off; one is current and owes nothing.
        assert (done.rows, done.left_out, done.loans) == (10_000, 454, 9_545)
        assert [row.split(":")[1] for row in done.bad] == ["4167"]


class TestReadMapping:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("columns: {principal: {column: a}}", "says nothing of term, rate"),
            (MAPPING.replace("  loan:", "  lone:"), "makes lone"),
            (MAPPING.replace("times: 10000", "time: 10000"), "of rate must be"),
            ("just words", "has no columns"),
        ],
    )
    def test_refuses_what_is_not_a_mapping(self, tmp_path, text, why):
        (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")

        with pytest.raises(MappingFault, match=why):
            read_mapping(str(tmp_path / "mine.yaml"))

    def test_names_a_column_that_the_tape_lacks(self, tmp_path):
        (tmp_path / "mine.yaml").write_text(MAPPING, encoding="utf-8")

        with pytest.raises(BadCell, match="a column of the tape"):
            read_mapping(str(tmp_path / "mine.yaml")).value("term", {})

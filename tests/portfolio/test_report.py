"""The report: whole in itself, the same sums as the run, in both languages."""

import re
from datetime import date

import pytest

from tideover.policy import load_book
from tideover.portfolio import Making, Run, Running, make_book, on_threads, simulate_book
from tideover.portfolio.findings import findings
from tideover.portfolio.report import report_page
from tideover.portfolio.report.bridge import bridge_steps
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.tallies import squares

ON = date(2026, 12, 1)


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    folder = tmp_path_factory.mktemp("reported")
    policy = load_book()
    what = Making(loans=4_000, seed=7, shard=2_000, on=ON)
    make_book(what, out=folder / "book", policy=policy, threads=1, told=lambda _: None)
    running = Running(
        book=folder / "book", policy="baseline", against="relief", months=13, seed=7, on=ON
    )
    return simulate_book(
        running, out=folder / "run", policy=policy, runner=on_threads(1), told=lambda _: None
    )


class TestReportPage:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_needs_nothing_from_elsewhere(self, run, language):
        page = report_page(run, language=language)

        assert not re.search(r"(src|href)=", page)
        assert "<script" not in page
        assert page.count("<svg") == 5

    def test_says_in_words_what_differs_between_the_policies(self, run):
        page = report_page(run, language="en")

        assert "Longest extension that may be granted: 6 months → 12 months" in page
        assert "frozen and waived: none → job lost, illness, disaster" in page
        assert "Largest cut" not in page.partition("Who is helped")[0]

    def test_names_the_command_and_the_digests(self, run):
        page = report_page(run, language="zh")

        assert "--policy baseline --against relief --months 13 --seed 7" in page
        for name in ("policy_digest", "against_digest", "terms_digest"):
            assert str(run.made_of[name]) in page

    def test_holds_no_english_sentence_in_chinese(self, run):
        page = report_page(run, language="zh")
        said = re.sub(r"<pre>.*?</pre>|<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)

        sources = ("OCC Mortgage Metrics Report",)
        for source in sources:
            said = said.replace(source, "")
        assert not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", said)


class TestBridge:
    def test_adds_up_to_the_difference_in_value(self, run):
        steps = bridge_steps(Reading(run, "en"))

        assert sum(one for _, one in steps) == run.tally["B/value"] - run.tally["A/value"]
        assert run.tally["paired/value"] == run.tally["B/value"] - run.tally["A/value"]


class TestSquares:
    def test_are_exact_beyond_sixty_four_bits(self):
        import numpy as np

        assert squares(np.full(8, 3_000_000_000)) == 8 * 3_000_000_000**2


class TestFindings:
    @pytest.mark.parametrize("is_chinese", [True, False])
    def test_tell_the_approvals_of_both(self, run, is_chinese):
        said = "\n".join(findings(run, is_chinese=is_chinese))

        assert f"{run.tally['A/approved']:,}" in said
        assert f"{run.tally['B/approved']:,}" in said

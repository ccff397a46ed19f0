"""tideover schedule: schedule.py, schedule_output.py, arguments.py, language.py and main.py."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from fractions import Fraction

import pytest

from tideover.cli.language import chosen_language
from tideover.cli.main import COMMANDS, main

PUBLISHED = [
    "schedule",
    "--principal",
    "10000",
    "--daily-rate",
    "0.0005",
    "--instalments",
    "5",
    "--method",
    "equal-principal",
    "--disbursed",
    "2018-09-11",
]


def output(capsys, *arguments: str) -> str:
    assert main([*PUBLISHED, *arguments]) == 0
    return capsys.readouterr().out


class TestJson:
    def test_gives_the_published_loan(self, capsys):
        found = json.loads(output(capsys, "--json"))

        assert found["totals"] == {
            "principal": "10000.00",
            "interest": "457.00",
            "fees": "0.00",
            "instalments": "10457.00",
        }
        assert [line["interest"] for line in found["lines"]] == [
            "150.00", "124.00", "90.00", "62.00", "31.00",
        ]  # fmt: skip
        assert found["lines"][0] == {
            "number": 1,
            "due_date": "2018-10-11",
            "principal": "2000.00",
            "interest": "150.00",
            "fees": "0.00",
            "instalment": "2150.00",
            "closing_balance": "8000.00",
        }
        # 0.05 % × 365; the effective rate recomputed as 19.856 %.
        assert found["annual_cost_percent"] == {"nominal": "18.25", "effective": "19.8564"}


class TestCsv:
    def test_has_a_heading_and_one_row_a_line(self, capsys):
        rows = list(csv.DictReader(io.StringIO(output(capsys, "--csv"))))

        assert len(rows) == 5
        assert rows[-1]["closing_balance"] == "0.00"


class TestTable:
    @pytest.mark.parametrize(
        ("language", "words"),
        [("zh", ["等额本金", "应还日", "合计", "单利"]), ("en", ["equal principal", "Due date"])],
    )
    def test_speaks_the_language_asked_for(self, capsys, language, words):
        text = output(capsys, "--lang", language)

        assert all(word in text for word in words)
        assert "¥2,150.00" in text


class TestSimpleCost:
    def test_counts_a_longer_first_period_by_its_days(self, capsys):
        # Ten months until the earliest due date: its interest is no month of interest.
        main([
            "schedule", "--principal", "10000", "--annual-rate", "12", "--instalments", "60",
            "--method", "level", "--disbursed", "2026-01-01", "--earliest-due", "2026-11-01",
            "--lang", "en",
        ])  # fmt: skip

        simple = re.search(r"Annual cost: ([0-9.]+) % simple", capsys.readouterr().out)

        assert simple is not None
        assert Fraction(11) < Fraction(simple[1]) < Fraction(12)


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (["--principal", "-5"], "below zero"),
            (["--principal", "ten"], "'ten' is not an amount of CNY"),
            (["--principal", "0"], "nothing to repay"),
            (["--daily-rate", "0.05"], "if 0.05 was meant as a percentage, write 0.0005"),
            (["--daily-rate", "-1"], "is not a rate"),
            (["--annual-rate", "18"], "either --daily-rate or --annual-rate"),
            (["--earliest-due", "2018-09-11"], "give a due date after 2018-09-11"),
            (["--disbursed", "11.9.2018"], "is not a date"),
            (["--instalments", "0"], "cannot have 0 instalments"),
            (["--instalments", "five"], "invalid int value: 'five'; see tideover schedule --help"),
            (["--every", "0"], "give 1 or more"),
            (["--currency", "XXX"], "'XXX' is not known"),
            (["--method", "magic"], "invalid choice"),
            (["--nonsense"], "unrecognized arguments"),
        ],
    )
    def test_is_one_clear_sentence_and_exit_code_2(self, capsys, change, words):
        assert main([*PUBLISHED, *change]) == 2

        found = capsys.readouterr()
        assert words in found.err
        assert len(found.err.strip().splitlines()) == 1
        assert not found.out

    def test_is_answered_in_chinese_when_asked(self, capsys):
        assert main([*PUBLISHED, "--daily-rate", "0.05", "--lang", "zh"]) == 2

        assert "日利率 0.05 即每天 5%" in capsys.readouterr().err

    def test_doubts_an_annual_rate_written_as_a_fraction(self, capsys):
        loan = [*PUBLISHED[:3], *PUBLISHED[5:]]

        assert main([*loan, "--annual-rate", "0.18"]) == 2
        assert "if 18 % was meant write 18" in capsys.readouterr().err
        assert main([*loan, "--annual-rate", "0.18%"]) == 0
        assert main([*loan, "--annual-rate", "18", "--json"]) == 0

    def test_reads_a_rate_with_a_percent_sign(self, capsys):
        loan = [*PUBLISHED[:3], *PUBLISHED[5:]]

        assert main([*loan, "--daily-rate", "0.05%", "--json"]) == 0
        assert '"interest": "457.00"' in capsys.readouterr().out


class TestMain:
    def test_lists_the_commands_that_are_there(self, capsys):
        assert main([]) == 0

        assert "schedule" in capsys.readouterr().out

    def test_names_an_unknown_command(self, capsys):
        assert main(["shedule"]) == 2

        assert "no command 'shedule'" in capsys.readouterr().err

    def test_says_its_version(self, capsys):
        assert main(["--version"]) == 0

        assert capsys.readouterr().out.startswith("tideover ")

    def test_every_command_has_a_summary(self):
        assert all(COMMANDS.values())

    def test_starts_without_what_it_does_not_need(self):
        code = (
            "import sys; from tideover.cli.main import main; "
            f"main({[*PUBLISHED, '--json']!r}); "
            "heavy = {'typer', 'rich', 'django', 'numpy', 'click'} & set(sys.modules); "
            "sys.exit(repr(heavy) if heavy else 0)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

        assert (done.returncode, done.stderr) == (0, "")


class TestTerminals:
    def test_that_lack_a_character_show_a_question_mark(self):
        code = f"from tideover.cli.main import main; main({PUBLISHED!r})"
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": "gbk", "LC_ALL": "C"},
            check=False,
        )

        assert done.returncode == 0
        assert b"2,150.00" in done.stdout


class TestLanguage:
    @pytest.mark.parametrize(
        ("arguments", "language"),
        [(["--lang", "zh"], "zh"), (["--lang=zh"], "zh"), (["--lang", "en"], "en")],
    )
    def test_is_what_the_arguments_say(self, arguments, language):
        assert chosen_language(arguments) == language

    def test_is_that_of_the_terminal_otherwise(self, monkeypatch):
        monkeypatch.delenv("LC_ALL", raising=False)
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")

        assert chosen_language([]) == "zh"


class TestExplain:
    def test_says_where_the_cents_of_a_line_come_from(self, capsys):
        text = output(capsys, "--explain", "2")

        assert "8000.00 × 0.0005 a day × 31 days = 124, rounded half-up to 124.00" in text

    def test_says_it_in_chinese(self, capsys):
        assert "日利率 0.0005 × 31 天" in output(capsys, "--explain", "2", "--lang", "zh")


class TestProfile:
    def test_brings_its_conventions(self, capsys):
        loan = "schedule --principal 28000 --annual-rate 14.07 --instalments 60 --currency USD"
        dated = [*loan.split(), "--disbursed", "2018-03-01", "--json"]

        assert main([*dated, "--profile", "us-consumer"]) == 0
        # A lender's own figure, rounded up to the cent.
        assert '"instalment": "652.53"' in capsys.readouterr().out

    def test_is_refused_by_name(self, capsys):
        assert main([*PUBLISHED, "--profile", "mars"]) == 2
        assert "no profile 'mars'" in capsys.readouterr().err


class TestEvents:
    """schedule_events.py: a loan after what happened to it."""

    LOAN = (
        "schedule --principal 10000 --daily-rate 0.0005 --instalments 5 --method equal-principal "
        "--disbursed 2018-09-11 --lang en"
    )
    HAPPENED = (
        '[{"kind": "paid", "on": "2018-10-11", "reference": "p", "currency": "CNY", '
        '"amount": "2150"}, {"kind": "rate-changed", "on": "2018-10-21", "reference": "r", '
        '"rate": {"of_day": "3/10000"}}]'
    )

    def run(self, tmp_path, more: str, events: str = HAPPENED) -> int:
        path = tmp_path / "events.json"
        path.write_text(events, encoding="utf-8")
        return main([*self.LOAN.split(), "--events", str(path), *more.split()])

    def test_are_folded_into_what_each_line_still_asks(self, capsys, tmp_path):
        assert self.run(tmp_path, "--on 2018-10-21") == 0

        printed = capsys.readouterr().out.splitlines()
        # 8,000.00 × 0.0005 × 10 days = 40.00, then × 0.0003 × 21 days = 50.40.
        assert printed[2].split() == [
            "2", "2018-11-11", "2000.00", "90.40", "0.00", "0.00", "future",
        ]  # fmt: skip
        assert printed[-1] == "on 2018-10-21 8040.00 closes the loan; 0 days past due, 0 at worst"

    def test_explain_a_line(self, capsys, tmp_path):
        assert self.run(tmp_path, "--explain 2") == 0

        assert capsys.readouterr().out.splitlines() == [
            "made anew by 'r' of 2018-10-21: another rate",
            "the schedule asks on 2018-11-11 for principal 2000.00, interest 90.40",
            "in it 40.00 of interest earned before 2018-10-21, which bears none itself",
            "left: 2090.40",
        ]

    @pytest.mark.parametrize(
        ("events", "more", "words"),
        [
            ("{}", "", "holds no list of records"),
            ("[", "", "events.json: Expecting value"),
            ("[" * 100_000, "", "events.json: lists inside lists without end"),
            ('[{"kind": "lost", "on": "2018-10-11", "reference": "x"}]', "", "no kind 'lost'"),
            ("[]", "--explain 9", "no line 9"),
        ],
    )
    def test_that_cannot_be_read_are_one_sentence(self, capsys, tmp_path, events, more, words):
        assert self.run(tmp_path, more, events) == 2

        assert words in capsys.readouterr().err

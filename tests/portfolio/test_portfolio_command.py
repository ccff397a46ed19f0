"""The command as people run it: interrupted or killed, it goes on, and says what is wrong."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest

from tideover.cli.main import main

TIDEOVER = str(Path(sys.executable).parent / "tideover")
RUN = ["--policy", "baseline", "--against", "relief", "--months", "6", "--seed", "7"]

#: Long enough that a signal comes before the last part is done.
LONG = ["--months", "60"]


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("command") / "book"
    words = ["portfolio", "generate", "--loans", "24000", "--seed", "7", "--shard", "2000"]
    assert main([*words, "--out", str(folder)]) == 0
    return folder


def simulate(book: Path, out: Path, *more: str) -> list[str]:
    return ["portfolio", "simulate", "--book", str(book), *RUN, *more, "--out", str(out)]


def stopped(book: Path, out: Path, *, by: signal.Signals) -> str:
    """What the command says when it is stopped, once it had finished a part."""
    child = subprocess.Popen(
        [TIDEOVER, *simulate(book, out, *LONG)], text=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"}, preexec_fn=_interruptible,
    )  # fmt: skip
    waited = time.monotonic() + 60
    while not list(out.glob("parts/*.json")) and time.monotonic() < waited:
        time.sleep(0.005)
    child.send_signal(by)
    return child.communicate(timeout=60)[1]


def _interruptible() -> None:
    """A shell has what it runs in the background ignore Ctrl-C, and its children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class TestSimulate:
    @pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
    def test_goes_on_after_it_was_stopped(self, book, tmp_path, by, capsys):
        said = stopped(book, tmp_path / "run", by=by)
        done = len(list((tmp_path / "run" / "parts").glob("*.json")))

        assert 1 <= done < 12
        assert not (tmp_path / "run" / "summary.json").exists()
        if by is signal.SIGINT:
            assert "the same command goes on" in said
            assert "Traceback" not in said

        assert main(["portfolio", "report", "--run", str(tmp_path / "run")]) == 2
        assert main(simulate(book, tmp_path / "run", *LONG)) == 0
        assert main(simulate(book, tmp_path / "whole", *LONG)) == 0
        summaries = [(tmp_path / name / "summary.json").read_bytes() for name in ("run", "whole")]
        assert summaries[0] == summaries[1]

    def test_says_what_is_wrong_in_both_languages(self, tmp_path, capsys):
        words = simulate(tmp_path, tmp_path / "run")

        assert main(words) == 2
        assert "there is no Parquet part" in capsys.readouterr().err
        assert main([*words, "--lang", "zh"]) == 2
        assert "贷款组合应为" in capsys.readouterr().err


class TestReport:
    def test_is_written_where_asked(self, book, tmp_path, capsys):
        main(simulate(book, tmp_path / "run"))
        page = tmp_path / "page.html"

        assert main(["portfolio", "report", "--run", str(tmp_path / "run"), "--lang", "zh",
                     "--out", str(page)]) == 0  # fmt: skip
        assert "宽缓政策" in page.read_text(encoding="utf-8")

    @pytest.mark.parametrize(("language", "said"), [("zh", "谁得到帮助"), ("en", "Who is helped")])
    def test_is_a_paper_too_with_every_section(self, book, tmp_path, language, said):
        main(simulate(book, tmp_path / "run"))
        words = ["portfolio", "report", "--run", str(tmp_path / "run"), "--lang", language]

        assert main(words) == 0
        paper = pypdfium2.PdfDocument(tmp_path / "run" / "report.pdf")
        text = "".join(page.get_textpage().get_text_range() for page in paper)
        assert said in text
        assert "--policy baseline --against relief" in text.replace("\r\n", " ")

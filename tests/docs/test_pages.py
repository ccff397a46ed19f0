"""Documentation cannot rot: links resolve, commands print what is shown, numbers are computed."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.name != "CHANGELOG.md"
)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def sessions(page: Path) -> Iterator[tuple[str, str]]:
    """Yield each `$ command` of the console blocks of `page` with the output shown below it."""
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = session.partition("\n")
            yield command, shown


SESSIONS = [
    pytest.param(command, shown, id=f"{page.relative_to(ROOT)}: {command[:50]}")
    for page in PAGES
    for command, shown in sessions(page)
    if command.startswith("tideover ")
]


def run(command: str, home: Path) -> str:
    words = shlex.split(command)
    environment = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "TIDEOVER_HOME": str(home),
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    completed = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return completed.stdout + completed.stderr


def tidy(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


class TestPages:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
    def test_every_link_leads_to_a_file(self, page: Path):
        missing = [
            target
            for target in LINK.findall(page.read_text(encoding="utf-8"))
            if not (page.parent / target).exists()
        ]

        assert not missing

    @pytest.mark.parametrize(("command", "shown"), SESSIONS)
    def test_a_command_prints_what_the_page_shows(self, command: str, shown: str, tmp_path: Path):
        printed = run(command, tmp_path)

        assert tidy(printed) == tidy(shown)

    def test_computed_numbers_are_up_to_date(self):
        computed = [page for page in PAGES if "[[[cog" in page.read_text(encoding="utf-8")]

        checked = subprocess.run(
            [
                sys.executable,
                "-m",
                "cogapp",
                "-P",
                "-I",
                "tools",
                "-I",
                "examples",
                "--check",
                *map(str, computed),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

        assert checked.returncode == 0, checked.stdout + checked.stderr

    def test_every_make_target_that_a_page_names_exists(self):
        targets = set(
            re.findall(
                r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        named = {
            target
            for page in PAGES
            for target in re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8"))
        }

        assert named <= targets

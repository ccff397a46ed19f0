"""The tutorial of portfolios: each command prints what the page shows, one after the other."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "first-portfolio.md"
BLOCK = re.compile(r"^```text\n\$ (tideover .*)\n((?:.*\n)*?)^```", re.MULTILINE)


class TestTutorial:
    def test_prints_what_it_shows(self, tmp_path):
        blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

        assert len(blocks) == 3
        for command, shown in blocks:
            done = subprocess.run(
                shlex.split(command), cwd=tmp_path, capture_output=True, text=True, timeout=300,
                env={**os.environ, "PATH": path, "LANG": "C.UTF-8", "LC_ALL": ""}, check=False,
            )  # fmt: skip

            assert done.stdout + done.stderr == shown
        assert (tmp_path / "run" / "report.html").stat().st_size > 10_000

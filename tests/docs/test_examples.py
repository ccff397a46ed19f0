"""Every example runs and prints what stands beside it."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.py"))


class TestExamples:
    @pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
    def test_an_example_prints_what_stands_beside_it(self, example: Path):
        expected = example.with_suffix(".txt").read_text(encoding="utf-8")

        completed = subprocess.run(
            [sys.executable, str(example)], capture_output=True, text=True, timeout=60, check=False
        )

        assert completed.stderr == ""
        assert completed.stdout == expected

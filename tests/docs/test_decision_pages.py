"""Every decision has the same five parts, so that a reader finds the reason without searching."""

import re
from pathlib import Path

import pytest

DECISIONS = sorted((Path(__file__).resolve().parents[2] / "docs" / "decisions").glob("[0-9]*.md"))
PARTS = ("Context.", "Decision.", "Consequences.", "Alternatives.", "Enforced by.")


class TestDecisions:
    @pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
    def test_a_page_has_its_five_parts_in_order(self, page: Path):
        parts = re.findall(r"^\*\*([^*]+)\*\*", page.read_text(encoding="utf-8"), re.MULTILINE)

        assert tuple(parts) == PARTS

    def test_numbers_run_without_a_gap(self):
        numbers = [int(page.stem[:4]) for page in DECISIONS]

        assert numbers == list(range(1, len(numbers) + 1))

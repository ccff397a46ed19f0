"""Every test that the page of acceptance checks names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "acceptance.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


class TestAcceptanceChecks:
    def test_name_tests_that_exist(self):
        named = NAMED.findall(PAGE.read_text(encoding="utf-8"))

        assert len(named) > 15
        for path, name in named:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not name or re.search(rf"^(class|def) {name}\b", text, re.MULTILINE), (
                path,
                name,
            )

    def test_are_all_fifteen(self):
        checks = re.findall(r"^\| (\d+) ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

        assert set(map(int, checks)) == {*range(1, 16)}

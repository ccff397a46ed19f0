"""The glossary names words of the code, each once."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `([\w-]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


class TestGlossary:
    rows = ROW.findall((ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8"))

    def test_every_identifier_is_a_word_of_the_code(self):
        code = "\n".join(
            path.read_text(encoding="utf-8").lower() for path in (ROOT / "src").rglob("*.py")
        )

        unused = [name for name, _, _ in self.rows if name.lower() not in code]

        assert self.rows
        assert not unused

    def test_no_word_and_no_chinese_word_has_two_meanings(self):
        names = [name for name, _, _ in self.rows]
        chinese = [zh.strip() for _, zh, _ in self.rows]

        assert len(set(names)) == len(names)
        assert len(set(chinese)) == len(chinese)

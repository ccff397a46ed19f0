"""Whoever follows docs/how-to/change-a-policy-number.md to the letter gets what it promises."""

import re
import shutil
from pathlib import Path

import pytest

from tideover.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "change-a-policy-number.md").read_text(encoding="utf-8")
OLD, NEW = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS, HISTORY, _ = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The draft as it is after the third step."""
    folder = tmp_path / "draft"
    shutil.copytree(ROOT / "src" / "tideover" / "policy" / "book", folder)
    path = folder / "lender" / "demo.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(OLD) == 1
    path.write_text(text.replace(OLD, NEW), encoding="utf-8")
    return folder


def asked(command: str, draft: Path) -> int:
    words = command.replace("draft", str(draft)).split()
    assert words[0] == "tideover"
    return main([*words[1:], "--lang", "en"])


class TestChangingANumber:
    def test_is_found_free_of_mistakes(self, draft, capsys):
        check, _ = COMMANDS.splitlines()

        assert asked(check, draft) == 0

    def test_shows_the_history_that_the_page_shows(self, draft, capsys):
        _, show = COMMANDS.splitlines()

        assert asked(show, draft) == 0
        assert capsys.readouterr().out == HISTORY

    @pytest.mark.parametrize(
        ("day", "value"), [("2027-02-28", "7 working days"), ("2027-03-01", "10 working days")]
    )
    def test_holds_from_its_first_day(self, draft, capsys, day, value):
        assert asked(f"tideover policy show offer --book draft --on {day}", draft) == 0
        assert f" {value} " in capsys.readouterr().out

    def test_leaves_the_book_in_force_alone(self, draft, capsys):
        assert asked("tideover policy show offer --on 2027-03-01", draft) == 0
        assert " 7 working days " in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ("2027-03-01: ten", "lender/demo: offer.open_working_days: value 'ten' is not a"),
            ("2027-3-1: 10", "first day '2027-3-1' is not a date like 2026-01-01"),
            ("2025-01-01: 10", "2025-01-01 is told already on line"),
            ("2024-03-01: 10", "first days are not in order"),
            ("2027-03-01 10", "is not YAML"),
        ],
    )
    def test_names_a_slip_with_its_place(self, draft, capsys, wrong, said):
        path = draft / "lender" / "demo.yaml"
        text = path.read_text(encoding="utf-8").replace("2027-03-01: 10", wrong)
        path.write_text(text, encoding="utf-8")

        assert asked("tideover policy check --book draft", draft) == 2
        assert said in capsys.readouterr().err

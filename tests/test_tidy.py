"""House law as code: sizes, banned words, no float near money, no clock below the service."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tideover"

#: Rooms where money is counted: the word float has no business here.
EXACT_ROOMS = ("money", "dates", "loan", "options", "affordability", "offers", "agreements")
#: Rooms that must give the same answer for the same arguments, whatever the hour.
PURE_ROOMS = (*EXACT_ROOMS, "policy", "evidence", "safety", "kernels", "cases", "portfolio")

MODULE_LINES_MAX = 400
FUNCTION_LINES_MAX = 50
LINE_LENGTH_MAX = 100
POSITIONAL_MAX = 2
#: Verbs that read as one sentence with three: the state of these terms and events on this day.
THREE_POSITIONAL = {"loan_state"}
#: Compiled loops pass each other plain arrays, by position: keywords cost them their speed.
COMPILED = SOURCE / "kernels" / "compiled"
#: Readers of other people's files spell other people's words.
FOREIGN_WORDS = SOURCE / "cli" / "conformance"

#: A synonym that the glossary replaced, and the word to use.
BANNED_WORDS = {
    r"\bemi\b": "instalment",
    r"\binstallments?\b": "instalment",
    r"\bamortiz": "amortis",
    r"\btenor\b": "term",
    r"\bdelinquen": "arrears, days_past_due",
    r"\brepayment_line\b": "instalment",
    r"\bTODO\b|\bFIXME\b|\bXXX\b": "do it, or open an issue",
}
BANNED_NAMES = ("utils", "helpers", "manager", "misc", "common")
CLOCK_CALLS = {"now", "utcnow", "today"}


def modules(*rooms: str) -> list[Path]:
    folders = [SOURCE / room for room in rooms] or [SOURCE]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts
    )


def tracked_text() -> Iterator[Path]:
    for pattern in ("*.py", "*.md", "*.toml", "*.yaml", "*.html", "*.css", "*.js", "Makefile"):
        for path in ROOT.rglob(pattern):
            parts = path.relative_to(ROOT).parts
            if not {".venv", "node_modules", "dist", "var", "build", ".git"} & set(parts):
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


class TestSizes:
    def test_no_module_holds_more_than_one_can_read(self):
        long = {
            named(path): lines
            for path in modules()
            if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES_MAX
        }

        assert not long

    def test_no_function_is_longer_than_a_screen(self):
        long = {
            f"{named(path)}:{function.lineno} {function.name}": length
            for path in modules()
            for function in functions(path)
            if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES_MAX
        }

        assert not long

    def test_public_functions_take_at_most_two_positional_arguments(self):
        crowded = []
        for path in modules(*PURE_ROOMS):
            for function in functions(path):
                names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
                count = len([name for name in names if name not in {"self", "cls"}])
                is_known = function.name.startswith("_") or function.name in THREE_POSITIONAL
                is_known |= path.is_relative_to(COMPILED)
                if count > POSITIONAL_MAX and not is_known:
                    crowded.append(f"{named(path)}:{function.lineno} {function.name}")

        assert not crowded


class TestMoneyIsExact:
    @pytest.mark.parametrize("room", EXACT_ROOMS)
    def test_no_float_in_the_room(self, room: str):
        found = []
        for path in modules(room):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
                is_name = isinstance(node, ast.Name) and node.id == "float"
                if is_literal or is_name:
                    found.append(f"{named(path)}:{node.lineno}")

        assert not found


def clock_calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCK_CALLS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"date", "datetime", "timezone"}
        ):
            yield f"{named(path)}:{node.lineno} {node.func.attr}"


class TestTimeIsAnArgument:
    def test_only_the_clock_module_reads_the_clock(self):
        clock = SOURCE / "app" / "clock.py"

        found = [call for path in modules() if path != clock for call in clock_calls(path)]

        assert not found


class TestWords:
    def test_no_banned_synonym_is_used(self):
        found = []
        for path in modules():
            if path.is_relative_to(FOREIGN_WORDS):
                continue
            text = path.read_text(encoding="utf-8")
            for pattern, instead in BANNED_WORDS.items():
                for match in re.finditer(pattern, text, re.IGNORECASE):
                    line = text.count("\n", 0, match.start()) + 1
                    found.append(f"{named(path)}:{line} {match[0]}: write {instead}")

        assert not found

    def test_no_module_is_named_after_nothing(self):
        nameless = [named(path) for path in modules() if path.stem.strip("_") in BANNED_NAMES]

        assert not nameless

    def test_no_text_names_a_path_of_somebodys_machine(self):
        pattern = re.compile(r"/(?:work|root|home/\w+)/(?!\.)")

        found = [
            named(path)
            for path in tracked_text()
            if path != Path(__file__) and pattern.search(path.read_text(encoding="utf-8"))
        ]

        assert not found


class TestLocks:
    def test_every_requirement_carries_a_hash_and_no_address(self):
        for lock in (ROOT / "requirements").glob("*.txt"):
            text = lock.read_text(encoding="utf-8")
            pins = re.findall(r"^[a-z0-9].*==\S+ \\$", text, re.MULTILINE)

            assert pins
            assert "://" not in text
            assert text.count("--hash=sha256:") >= len(pins)

    def test_the_npm_lock_names_no_host(self):
        assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


class TestEveryModuleHasATest:
    @pytest.mark.parametrize("room", PURE_ROOMS)
    def test_each_module_of_the_room_is_tested_by_name(self, room: str):
        tests = "\n".join(
            path.name + path.read_text(encoding="utf-8")
            for path in (ROOT / "tests").rglob("test_*.py")
            if room in path.relative_to(ROOT / "tests").parts
        )
        untested = [
            named(path)
            for path in modules(room)
            if not path.stem.startswith("_") and path.stem not in tests
        ]

        assert not untested


class TestTestModules:
    def test_no_two_test_modules_share_a_name(self):
        names = sorted(path.name for path in (ROOT / "tests").rglob("test_*.py"))

        assert names == sorted(set(names))

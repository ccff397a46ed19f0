"""The core installs and runs without Django: a library and a command line are enough."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE_ROOMS = (
    *("money", "dates", "loan", "policy", "options", "affordability"),
    *("evidence", "safety", "kernels", "offers", "agreements", "cases", "portfolio"),
)
BLOCKED = """
import importlib, pkgutil, sys

class NoService:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "typst", "pyhanko", "granian", "cryptography"}:
            raise ModuleNotFoundError(f"{name} is not installed here")

sys.meta_path.insert(0, NoService())
"""


def run_without_the_service(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKED + program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class TestCoreStandsAlone:
    def test_every_module_of_the_core_imports(self):
        program = f"""
for room in {CORE_ROOMS!r}:
    package = importlib.import_module(f"tideover.{{room}}")
    for module in pkgutil.walk_packages(package.__path__, f"{{package.__name__}}."):
        importlib.import_module(module.name)
"""

        completed = run_without_the_service(program)

        assert completed.returncode == 0, completed.stderr

    def test_a_schedule_needs_nothing_of_the_service(self):
        program = """
from tideover.cli.main import main
sys.argv = ["tideover", "schedule", "--principal", "10000", "--daily-rate", "0.0005",
    "--instalments", "5", "--method", "equal-principal", "--disbursed", "2018-09-11", "--json"]
sys.exit(main())
"""

        completed = run_without_the_service(program)

        assert completed.returncode == 0, completed.stderr
        assert '"interest": "457.00"' in completed.stdout

"""The same work on SQLite and on PostgreSQL, each in a process of its own.

So nothing of one is warm for the other. A module that measures this way gives `on_both` its name
and, run as a program, tells what it measured with `tell`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench._table import Measured, print_measured

Figures = dict[str, float]
_TESTS = str(Path(__file__).resolve().parent.parent / "tests")


def on_both(module: str, rows: Callable[[Figures], Sequence[Measured]], *, title: str) -> bool:
    """Run a module on both databases and print its rows, `title` with the name; goals met?"""
    sys.path.insert(0, _TESTS)
    from postgres import running_postgres

    with running_postgres() as url:
        told = {"SQLite": _measured(module, ""), "PostgreSQL": _measured(module, url)}
    met = [print_measured(title.format(name), rows(figures)) for name, figures in told.items()]
    return all(met)


def _measured(module: str, url: str) -> Figures:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TIDEOVER_HOME": home, "TIDEOVER_DEMO": "1"}
        environment |= {"TIDEOVER_DATABASE_URL": url} if url else {}
        done = subprocess.run(
            [sys.executable, "-m", module],
            env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def tell(work: Callable[[], Figures], *, now: str) -> None:
    """Make an empty service at the moment `now`, do the work in it and print its figures."""
    sys.path.insert(0, _TESTS)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tideover.app.settings"
    os.environ["TIDEOVER_NOW"] = now
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(work()))

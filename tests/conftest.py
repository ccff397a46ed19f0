"""The environment of the tests: a home of their own, demo secrets, and on request PostgreSQL.

`pytest --postgres` starts a server (tests/postgres.py) and runs every database test on it.
Without it they run on SQLite, in a file, as the service does.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from postgres import running_postgres

# A busy machine is not a slow engine: speed is measured by `make bench`.
settings.register_profile("tideover", deadline=None)
settings.load_profile("tideover")

_HOME = tempfile.TemporaryDirectory(prefix="tideover-tests-")
_SERVERS = ExitStack()
_READ = pytest.StashKey[bool]()

os.environ["TIDEOVER_HOME"] = _HOME.name
os.environ["TIDEOVER_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tideover.app.settings"
os.environ.pop("TIDEOVER_NOW", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres", action="store_true", help="run the database tests on a PostgreSQL server"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # A worker of pytest-xdist finds the address of the server that its controller started.
    if config.getoption("--postgres") and "TIDEOVER_DATABASE_URL" not in os.environ:
        os.environ["TIDEOVER_DATABASE_URL"] = _SERVERS.enter_context(running_postgres())
    # Reading one setting loads them; pytest-django then sets Django up.
    from django.conf import settings

    config.stash[_READ] = bool(settings.INSTALLED_APPS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long runs to `make soak`, whatever else a test says about itself."""
    if "TIDEOVER_SOAK" in os.environ:
        return
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(pytest.mark.skip(reason="make soak"))


@pytest.fixture(autouse=True)
def _clock_as_it_was() -> Iterator[None]:
    """Whatever a test lets the clock run on to, the next one begins without it."""
    before = os.environ.get("TIDEOVER_NOW")
    yield
    os.environ.pop("TIDEOVER_NOW", None)
    if before is not None:
        os.environ["TIDEOVER_NOW"] = before


def pytest_unconfigure() -> None:
    _SERVERS.close()
    _HOME.cleanup()


@pytest.fixture(autouse=True)
def clock_from_the_start() -> None:
    """A clock a test sets runs from there, though an earlier test set it to the same instant."""
    from tideover.app import clock

    clock._set_at.cache_clear()


@pytest.fixture(autouse=True)
def no_anchor_of_another_test() -> None:
    """Each test begins with an empty log, so no head of an earlier one may be remembered."""
    (Path(_HOME.name) / "audit-anchor.jsonl").unlink(missing_ok=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of one test's own, with the same keys as all tests."""
    keys = Path(_HOME.name) / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    (tmp_path / "keys").symlink_to(keys, target_is_directory=True)
    monkeypatch.setenv("TIDEOVER_HOME", str(tmp_path))
    return tmp_path

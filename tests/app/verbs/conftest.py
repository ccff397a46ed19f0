"""The small lender, on its morning. Django is set up before a fixture, not before this file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

#: Twenty days after the third instalment of the loan was due, at half past ten in Shanghai.
MORNING = "2026-11-23T10:30:00+08:00"


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the one clock to the morning of the story; it runs on from there."""
    monkeypatch.setenv("TIDEOVER_NOW", MORNING)


@pytest.fixture
def lender(db: None, home: Path, morning: None) -> Any:
    """Staff, two borrowers, and a loan in arrears."""
    from lender import open_lender

    return open_lender()


@pytest.fixture
def triggers_back(django_db_blocker: Any) -> Iterator[None]:
    """Put the triggers back when everything else of a test is over."""
    yield
    from emptying import install_triggers

    with django_db_blocker.unblock():
        install_triggers()


@pytest.fixture
def committed(
    triggers_back: None, transactional_db: None, home: Path, morning: None
) -> Iterator[None]:
    """A database in which commits are real, for threads; emptied again afterwards.

    Rows of the log and the ledger cannot be deleted, so their triggers are off meanwhile.
    """
    yield
    from emptying import drop_triggers

    drop_triggers()

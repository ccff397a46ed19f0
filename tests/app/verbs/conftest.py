"""The small lender, on its morning. Django is set up before a fixture runs, not before this file."""

from typing import Any

import pytest

#: Twenty days after the third instalment of the loan was due, at half past ten in Shanghai.
MORNING = "2026-11-23T10:30:00+08:00"


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the one clock to the morning of the story; it runs on from there."""
    monkeypatch.setenv("TIDEOVER_NOW", MORNING)


@pytest.fixture
def lender(db: None, morning: None) -> Any:
    """Staff, two borrowers, and a loan in arrears."""
    from lender import open_lender

    return open_lender()

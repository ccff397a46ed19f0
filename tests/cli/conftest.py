"""Commands speak the language of the terminal; tests must not depend on whose terminal it is."""

import pytest


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal set to English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

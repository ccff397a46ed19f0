"""The small lender of the verbs' tests, seen through the desk."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

# The story that these pages show is told in verbs, in lender.py beside their own tests.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "verbs"))

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


@pytest.fixture
def desk_of() -> Callable[..., Client]:
    """Return a function that signs somebody in at a desk in one language."""

    from accounts import sign_in_fully

    def sit_down(account: Any, *, language: str = "en") -> Client:
        client = Client()
        sign_in_fully(client, account)
        client.cookies["django_language"] = language
        return client

    return sit_down


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Leave no test the language of the one before."""
    with translation.override("en"):
        yield

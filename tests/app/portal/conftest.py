"""Borrowers at their phones: the small lender of the verbs' tests, and clients signed in to it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

# The lender is one file for all rooms of the service.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "verbs"))

MORNING = "2026-11-23T10:30:00+08:00"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def lender(db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Staff, two borrowers, and a loan in arrears, on the morning of the story."""
    monkeypatch.setenv("TIDEOVER_NOW", MORNING)
    from lender import open_lender

    return open_lender()


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """Make a client that is signed in as somebody, reading one of the languages."""

    def client_of(account: Any, *, language: str = "zh-hans") -> Client:
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(account, backend=BACKEND)
        return client

    return client_of


@pytest.fixture
def borrower(lender: Any, signed_in: Callable[..., Client]) -> Client:
    """The borrower of the story, reading Chinese."""
    return signed_in(lender.borrower.account)


@pytest.fixture
def english(lender: Any, signed_in: Callable[..., Client]) -> Client:
    """The same borrower, reading English."""
    return signed_in(lender.borrower.account, language="en")

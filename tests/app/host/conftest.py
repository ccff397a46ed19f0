"""A stand-in of Fineract that holds the loan of the story, and a service that is told of it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# The story is told in verbs, in lender.py beside their own tests.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "verbs"))

MORNING = "2026-11-23T10:30:00+08:00"


@pytest.fixture
def fineract() -> Iterator[Any]:
    """The stand-in, running; `base` is its address."""
    from fineract_stand_in import StandIn, running

    stand_in = StandIn()
    with running(stand_in) as base:
        stand_in.base = base
        yield stand_in


@pytest.fixture
def hosted(fineract: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The service speaks to the stand-in."""
    from fineract_stand_in import PASSWORD, TENANT, USER

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.HOST = f"fineract+{fineract.base}"
    settings.HOST_TENANT, settings.HOST_USER, settings.HOST_PASSWORD = TENANT, USER, PASSWORD
    return fineract


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the one clock to the morning of the story."""
    monkeypatch.setenv("TIDEOVER_NOW", MORNING)


@pytest.fixture
def lender(db: None, home: Path, morning: None) -> Any:
    """The small lender, whose borrower owes no interest today: a plan starts without any."""
    from lender import open_lender

    from tideover.app import clock
    from tideover.app.db.atomic import atomic
    from tideover.app.verbs import loans
    from tideover.loan import Paid, build_schedule
    from tideover.money import CNY, Money

    opened = open_lender()
    third = build_schedule(loans.terms(opened.loan)).lines[2]
    # 7,000.00 × 0.04 % × 20 days = 56.00 of interest since 3 November.
    paid = (
        Paid(third.due_date, "paid-3", third.instalment),
        Paid(clock.today(), "paid-interest", Money(5_600, CNY)),
    )
    with atomic():
        loans.record_events(opened.loan, paid, actor="tape", at=clock.now())
    return opened

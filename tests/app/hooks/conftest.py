"""The lender of the verbs' tests, and the platforms' stand-ins."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

APP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(APP / "verbs"))
sys.path.insert(0, str(APP / "wechat"))

MORNING = "2026-11-23T10:30:00+08:00"


@pytest.fixture
def lender(db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Staff, two borrowers, and a loan in arrears, on the morning of the story."""
    monkeypatch.setenv("TIDEOVER_NOW", MORNING)
    cache.clear()
    from lender import open_lender

    return open_lender()


@pytest.fixture
def there() -> Iterator[Any]:
    """WeChat's platform on the loopback."""
    from stand_in import platform

    with platform() as told:
        yield told


@pytest.fixture
def wechat(there: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An official account in plain mode, whose platform is the stand-in."""
    from caller import Caller

    monkeypatch.setenv("TIDEOVER_WECHAT_APP_ID", "wx-demo")
    monkeypatch.setenv("TIDEOVER_WECHAT_SECRET", "the-secret")
    monkeypatch.setenv("TIDEOVER_WECHAT_TOKEN", "the-token")
    monkeypatch.setenv("TIDEOVER_WECHAT_API", there.address)
    return Caller()

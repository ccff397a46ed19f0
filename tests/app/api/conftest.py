"""A caller of the API: nobody signed in, no cookie."""

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture
def caller(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client that checks CSRF as a browser's would be, on a clock that is set.

    Plans are counted in the cache, which lies in the database.
    """
    monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:30:00+08:00")
    cache.clear()
    return Client(enforce_csrf_checks=True)

"""Every address of the service, and the table that says who reaches it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

MATRIX = Path(__file__).resolve().parent.parent / "docs" / "reference" / "roles.yaml"


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern


def matrix() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(MATRIX.read_text(encoding="utf-8"))

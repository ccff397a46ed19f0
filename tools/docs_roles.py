"""The table of docs/reference/roles.md, made from the rights and from roles.yaml beside it."""

import os
import tempfile
from pathlib import Path
from typing import Any

import yaml

MATRIX = Path(__file__).resolve().parent.parent / "docs" / "reference" / "roles.yaml"


def print_rights() -> None:
    """Print every right with the roles that have it."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            {
                "TIDEOVER_HOME": home,
                "TIDEOVER_DEMO": "1",
                "DJANGO_SETTINGS_MODULE": "tideover.app.settings",
            }
        )
        import django

        django.setup()
        from tideover.app.verbs.rights import Right, roles_with

        print("| may | roles |\n|---|---|")
        for right in Right:
            print(f"| {right.value} | {', '.join(role.value for role in roles_with(right))} |")


def print_routes() -> None:
    """Print every route with who reaches it for what is theirs and for what is not."""
    told: dict[str, dict[str, Any]] = yaml.safe_load(MATRIX.read_text(encoding="utf-8"))
    print("| address | methods | own | other |\n|---|---|---|---|")
    for route in told.values():
        posts = f"; by POST {_cell(route['posts'])}" if "posts" in route else ""
        cells = [_cell(route["own"]) + posts, _cell(route["other"]) + posts]
        print(f"| `/{route['address']}` | {', '.join(route['methods'])} | {' | '.join(cells)} |")


def _cell(roles: str | list[str]) -> str:
    return roles if isinstance(roles, str) else ", ".join(roles) or "nobody"

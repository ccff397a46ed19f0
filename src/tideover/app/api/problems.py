"""Refusals as problem details for programs (RFC 9457): what is wrong, where, and what to do."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from tideover.money import Refusal
from tideover.offers.plan_file import BadFile, value_at

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int,
    *,
    code: str,
    title: str,
    detail: str,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return one problem. `code` is stable, for programs; `title` and `detail` are for people."""
    record = {
        "type": f"urn:tideover:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        **(more or {}),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(
        text.encode(), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {})
    )


def refused_file(refusal: BadFile, *, text: str, language: str) -> HttpResponse:
    """Return every problem of a file, each with its line, its key and the value that stands there.

    The value goes back to whoever sent it, and nowhere else.
    """
    listed = [
        {
            "line": one.line,
            "key": one.where,
            "value": value_at(text, one.where),
            "detail": one.words.in_language(language),
        }
        for one in refusal.problems
    ]
    return problem(
        422,
        code=refusal.code,
        title=_said(refusal, language).splitlines()[0],
        detail=_said(refusal, language),
        more={"problems": listed},
    )


def refused(refusal: Refusal, *, language: str) -> HttpResponse:
    """Return any other refusal of the engine."""
    words = _said(refusal, language)
    return problem(422, code=refusal.code, title=words.splitlines()[0], detail=words)


def _said(refusal: Refusal, language: str) -> str:
    return refusal.zh if language == "zh" else str(refusal)

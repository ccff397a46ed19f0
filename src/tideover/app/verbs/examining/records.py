"""What was read and found, as a record that is kept sealed and shown at the desk."""

from typing import Any

from tideover.evidence import Examined, Finding
from tideover.evidence.reading import Where


def record_of(examined: Examined) -> dict[str, Any]:
    """Return fields and findings of a file as JSON-ready values."""
    return {
        "fields": [
            {"name": name, "value": field.value, "sure": field.sure, "where": _place(field.where)}
            for name, field in examined.document.fields.items()
        ],
        "findings": [_finding(finding) for finding in examined.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "weight": finding.weight.value,
        "why": {"zh": finding.why.zh, "en": finding.why.en},
        "settles": {"zh": finding.settles.zh, "en": finding.settles.en},
        "sure": finding.sure,
        "where": _place(finding.where),
    }


def _place(where: Where | None) -> list[int] | None:
    if where is None:
        return None
    return [where.page, where.left, where.top, where.right, where.bottom]

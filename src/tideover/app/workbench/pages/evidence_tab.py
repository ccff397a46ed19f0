"""Evidence beside the answers it speaks to."""

from typing import Any

from django.http import QueryDict

from tideover.app.verbs import assessment
from tideover.app.workbench.pages.answers import answer_groups


def evidence_context(file: assessment.CaseFile, asked: QueryDict) -> dict[str, Any]:
    """Return the file being looked at, its page, and the answers; the first unseen by default."""
    shown = _shown(file, str(asked.get("file", "")))
    typed = asked.get("page", "1")
    page = int(typed) if typed.isdecimal() and len(typed) < 5 else 1
    pages = shown.pages if shown else 1
    page = min(max(page, 1), pages)
    return {
        "shown": shown,
        "page": page,
        "pages": pages,
        "earlier": page - 1 if page > 1 else None,
        "later": page + 1 if page < pages else None,
        "groups": answer_groups(file.sections),
        "missing": [need for need in file.needs if need.code in file.missing],
    }


def _shown(file: assessment.CaseFile, asked: str) -> assessment.EvidenceItem | None:
    for item in file.evidence:
        if str(item.id) == asked:
            return item
    unseen = [item for item in file.evidence if item.status == "received"]
    return next(iter((*unseen, *file.evidence)), None)

"""Documents of other cases that are the same or nearly so, looked up by their marks."""

from array import array

from tideover.app.db.models import DocumentMark, DocumentSignature, EvidenceFile
from tideover.evidence import Likeness, Signature, likeness

#: A mark that more documents share says nothing about any of them.
_SHARED_MAX = 100
_SHOWN_MAX = 5
_SIGN = 1 << 63


def like(signature: Signature, *, but_for: EvidenceFile) -> tuple[tuple[str, Likeness], ...]:
    """Return number of case and likeness of the duplicates in other borrowers' cases.

    The same borrower may hand one paper in twice: for two loans, or again after a refusal.
    """
    marks = list(dict.fromkeys(signature.marks()))
    found: set[int] = set()
    for mark in marks:
        sharing = DocumentMark.objects.filter(mark=mark).values_list("signature_id", flat=True)
        found |= set(sharing[:_SHARED_MAX])
    rows = DocumentSignature.objects.filter(pk__in=found)
    others = rows.exclude(case__borrower=but_for.case.borrower).select_related("case")
    alike = [(row.case.number, likeness(signature, _signature(row))) for row in others]
    best: dict[str, Likeness] = {}
    for number, one in sorted(alike, key=lambda pair: (-pair[1].sure, pair[0])):
        if one.is_duplicate:
            best.setdefault(number, one)
    return tuple(best.items())[:_SHOWN_MAX]


def remember(signature: Signature, *, evidence: EvidenceFile) -> None:
    """Keep the marks of a document; those of an earlier reading of the file give way."""
    DocumentSignature.objects.filter(evidence=evidence).delete()
    row = DocumentSignature.objects.create(
        evidence=evidence,
        case=evidence.case,
        digest=signature.digest,
        sketch=array("Q", signature.sketch).tobytes(),
        figures=array("Q", signature.figures).tobytes(),
        picture=signature.picture - _SIGN,
    )
    marks = dict.fromkeys(signature.marks())
    DocumentMark.objects.bulk_create(DocumentMark(mark=mark, signature=row) for mark in marks)


def _signature(row: DocumentSignature) -> Signature:
    sketch, figures = (tuple(array("Q", bytes(part))) for part in (row.sketch, row.figures))
    return Signature(row.digest, sketch, figures, row.picture + _SIGN)

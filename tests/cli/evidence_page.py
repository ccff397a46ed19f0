"""A document with a text layer, small enough to write by hand."""

from papers import pdf

LINES = (
    "Medical Certificate",
    "Name: Anna Demo",
    "Diagnosis: Pneumonia",
    "Date of issue: 2026-03-05",
    "Issued by: Demo City Hospital",
)


def certificate(*lines):
    """A certificate whose text stands on one page, a line each."""
    moves = "".join(
        f"1 0 0 1 20 {360 - 30 * at} Tm ({text}) Tj " for at, text in enumerate(lines or LINES)
    )
    return pdf(content=f"BT /F1 11 Tf {moves} ET".encode())

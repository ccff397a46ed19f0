"""The papers of one case: an upload looked into, an agreement typeset, sealed and checked."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from bench._table import Measured, print_measured
from bench._timing import best_microseconds

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "app" / "pdf"))

from agreement_record import agreement_record
from PIL import Image

from tideover import evidence
from tideover.app import files, pdf

AT = datetime(2026, 12, 5, 2, 0, 3, tzinfo=UTC)
ROUNDS = 12
MEGAPIXELS_12 = (4_000, 3_000)


def run() -> bool:
    """Time each step on its own and print the table."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"TIDEOVER_HOME": home, "TIDEOVER_DEMO": "1"}
        return print_measured("papers of one case", [*_uploads(), *_agreement()])


def _uploads() -> list[Measured]:
    photo = BytesIO()
    Image.effect_noise(MEGAPIXELS_12, 30).convert("RGB").save(photo, "JPEG", quality=70)
    content = photo.getvalue()
    document = pdf.render_agreement(agreement_record())
    look = evidence.inspect
    limit = 20 * 1024 * 1024
    return [
        _timed("look into a 12-megapixel photograph",
               lambda: look(content, name="a.jpg", bytes_max=limit), goal=300),
        _timed("look into a document of 6 pages",
               lambda: look(document, name="a.pdf", bytes_max=limit), goal=300),
        _timed("draw the photograph anew for the desk",
               lambda: evidence.page_picture(content, kind=evidence.FileKind.JPEG)),
        _timed("encrypt and store it, on the disk",
               lambda: files.remove(files.store(content, context="bench"), context="bench")),
    ]  # fmt: skip


def _agreement() -> list[Measured]:
    folder = pdf.seal_folder()
    pdf.make_demo_authority(folder, at=AT)
    signer = pdf.load_signer(folder)
    record = agreement_record(lines=36, clauses=23)
    numbers = iter(range(10_000))
    content = pdf.render_agreement(record)
    signature = {
        "number": "TA-1001-1",
        "borrower": "演示·张*",
        "lender": record["lender"],
        "signed_at": AT.isoformat(),
        "confirmed_by": {"zh": "短信验证码", "en": "one-time code"},
    }

    def sealed() -> bytes:
        return pdf.seal(content, signer=signer, borrower_signature=signature, at=AT)

    whole = sealed()
    return [
        _timed("typeset an agreement of 36 instalments",
               lambda: pdf.render_agreement({**record, "number": f"TA-{next(numbers)}"}), goal=300),
        _timed("open the seal's key", lambda: pdf.load_signer(folder)),
        _timed("seal it with a time stamp", sealed),
        _timed("check the seal", lambda: pdf.verify(whole, folder)),
    ]  # fmt: skip


def _timed(name: str, work: Callable[[], object], *, goal: float | None = None) -> Measured:
    return Measured(name, best_microseconds(work, repeats=ROUNDS) / 1000, "ms", goal=goal)

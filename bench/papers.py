"""The papers of one case: an upload looked into, an agreement typeset, sealed and checked."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

from bench._table import Measured, print_measured
from bench._timing import best_microseconds
from bench.evidence import contents, tampering

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "app" / "pdf"))

from agreement_record import agreement_record
from PIL import Image

from tideover import evidence
from tideover.app import files, pdf
from tideover.evidence import Signature
from tideover.evidence.readout import read_out

AT = datetime(2026, 12, 5, 2, 0, 3, tzinfo=UTC)
ROUNDS = 12
MEGAPIXELS_12 = (4_000, 3_000)
MARKS = 1_000_000


def run() -> bool:
    """Time each step on its own and print the table."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"TIDEOVER_HOME": home, "TIDEOVER_DEMO": "1"}
        return print_measured(
            "papers of one case", [*_uploads(), *_copies(Path(home)), *_agreement()]
        )


def _uploads() -> list[Measured]:
    photo = BytesIO()
    Image.effect_noise(MEGAPIXELS_12, 30).convert("RGB").save(photo, "JPEG", quality=70)
    content = photo.getvalue()
    document = pdf.render_agreement(agreement_record())
    look = evidence.inspect
    limit = 20 * 1024 * 1024
    slip, page = _read_papers()
    return [
        _timed("look into a 12-megapixel photograph",
               lambda: look(content, name="a.jpg", bytes_max=limit), goal=300),
        _timed("look into a document of 6 pages",
               lambda: look(document, name="a.pdf", bytes_max=limit), goal=300),
        _timed("draw the photograph anew for the desk",
               lambda: evidence.page_picture(content, kind=evidence.FileKind.JPEG)),
        _timed("read a wage slip that has text", lambda: _read(slip, evidence.FileKind.PDF),
               goal=4000),
        _timed("read a photographed page", lambda: _read(page, evidence.FileKind.JPEG), goal=4000,
               repeats=3),
        _timed("encrypt and store it, on the disk",
               lambda: files.remove(files.store(content, context="bench"), context="bench")),
    ]  # fmt: skip


def _read_papers() -> tuple[bytes, bytes]:
    """A PDF with text, and a photograph of a page that was laid out and turned."""
    chance = Random(3)
    made = contents.content("wage_slip", chance)
    pdf, photograph = tampering.PDF, tampering.PHOTOGRAPH
    return tuple(tampering.honest(made, chance, one).content for one in (pdf, photograph))


def _read(content: bytes, kind: evidence.FileKind) -> object:
    return read_out(content, kind=kind, name="a")


def _copies(folder: Path) -> list[Measured]:
    """Look a paper up among so many that a million marks are stored."""
    chance = Random(7)
    papers = [
        Signature(
            f"{place:064x}",
            tuple(chance.getrandbits(31) for _ in range(64)),
            tuple(chance.getrandbits(62) for _ in range(6)),
            0,
        )
        for place in range(MARKS // 28 + 1)
    ]
    seen = files.SeenDocuments(folder / "seen")
    seen.remember_all((paper, f"HC-{place}") for place, paper in enumerate(papers))
    turns = iter(papers)
    return [
        _timed(
            f"find a paper among {len(papers):,} (a million marks)",
            lambda: seen.like(next(turns), case="HC-other"),
            goal=50,
        )
    ]


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


def _timed(
    name: str, work: Callable[[], object], *, goal: float | None = None, repeats: int = ROUNDS
) -> Measured:
    return Measured(name, best_microseconds(work, repeats=repeats) / 1000, "ms", goal=goal)

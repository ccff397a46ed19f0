"""A file that arrives in parts, so that a broken line costs one part and not the file."""

from dataclasses import dataclass
from typing import ClassVar

from tideover.app import clock, files
from tideover.app.db.models import Borrower, Scope
from tideover.app.verbs import evidence_files
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.application.drafts import asked_of
from tideover.app.verbs.case.rows import folded, parameters_of, theirs
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import was_answered
from tideover.cases import decide
from tideover.cases.commands import AddEvidence
from tideover.evidence import TooLarge
from tideover.money import Refusal

#: No part but the last is smaller, so that a file is some hundred parts at most.
PART_BYTES_MIN = 128 * 1024
PART_BYTES_MAX = 2 * 1024 * 1024


class PartOutOfPlace(Refusal):
    """A part of a file begins where no part can begin now."""

    code: ClassVar[str] = "part-out-of-place"

    def __init__(self, *, at: int, received: int) -> None:
        self.received = received
        super().__init__(
            f"the part begins at byte {at}, and {received} bytes have arrived; go on from there",
            f"这一段从第 {at} 字节开始，而已收到 {received} 字节；请从断开的地方继续上传",
        )


@dataclass(frozen=True, slots=True)
class Coming:
    """How far a file has come: the bytes that arrived, and whether it is kept as evidence."""

    received: int
    is_kept: bool


def received(borrower: Borrower, number: str, *, need: str, key: str, size: int) -> Coming:
    """Return how far the upload of this key has come. Raises NotFound: the case is not theirs."""
    upload = _upload(borrower, number, need=need, key=key, size=size)
    if was_answered(actor=borrower.actor, command=evidence_files.ATTACH, key=key):
        return Coming(size, is_kept=True)
    return Coming(upload.received, is_kept=False)


def add(
    borrower: Borrower, number: str, *, need: str, name: str, key: str, size: int, at: int,
    part: bytes,
) -> Coming:  # fmt: skip
    """Keep the next part of a file; the last one makes it evidence, looked into as any other.

    Raises:
        PartOutOfPlace: it does not begin where the last one ended, or is no part: too small,
            too large, or beyond the size that was told.
        TooLarge: the whole file would be larger than a file may be; nothing is kept of it.
        NotAChoice, NoRoomLeft, FileRefused, CommandNotAllowed, NotFound: as for a file that
            comes at once; what had arrived is then forgotten.
    """
    demand_scope(borrower, Scope.UPLOAD)
    case = theirs(borrower, number)
    limit = parameters_of(case).integer("upload.bytes_max")
    if size > limit:
        raise TooLarge(size=size, limit=limit)
    upload = _upload(borrower, number, need=need, key=key, size=size)
    known = received(borrower, number, need=need, key=key, size=size)
    if known.is_kept:
        return known
    is_last = at + len(part) == size
    is_part = len(part) <= PART_BYTES_MAX and (is_last or len(part) >= PART_BYTES_MIN)
    if at != known.received or not is_part or not part or at + len(part) > size:
        raise PartOutOfPlace(at=at, received=known.received)
    fields.choice({"need": need}, "need", choices=asked_of(case).needs, label=evidence_files.NEED)
    actor = borrower.actor
    decide(folded(case), AddEvidence("", need, "", at=clock.now(), actor=actor))
    evidence_files.demand_room(borrower, size, case=case)
    arrived = upload.add(part, at=at)
    if arrived < size:
        return Coming(arrived, is_kept=False)
    try:
        evidence_files.attach(
            borrower, number, need=need, name=name, content=upload.whole(), key=key
        )
    except Refusal:
        upload.forget()
        raise
    upload.forget()
    return Coming(size, is_kept=True)


def _upload(borrower: Borrower, number: str, *, need: str, key: str, size: int) -> files.Upload:
    case = theirs(borrower, number)
    return files.Upload(str(borrower.pk), f"{borrower.actor} {case.pk} {need} {key}", size)

"""Files a borrower adds to a case: looked into before they are kept, and shown only to few."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from tideover.app import clock, files
from tideover.app.db.models import Account, Borrower, Case, EvidenceFile, Role, Scope
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.application.drafts import asked_of
from tideover.app.verbs.case.rows import (
    carry_out,
    evidence_context,
    folded,
    for_staff,
    lock_theirs,
    parameters_of,
    promise,
    theirs,
)
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once, was_answered
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.cases import decide
from tideover.cases.commands import AddEvidence, RemoveEvidence
from tideover.evidence import NoRoomLeft, Sniffed, inspect

#: The name of keeping a file, under which its receipts lie.
ATTACH = "evidence_files.attach"
NEED = ("which evidence this is", "这是哪一份材料")


def attach(
    borrower: Borrower, case_number: str, *, need: str, name: str, content: bytes, key: str
) -> EvidenceFile:
    """Keep a file for one of the needs of a case. The same bytes again are the same file.

    The file is looked into and stored before the transaction: a crash in between leaves bytes
    that nothing points to, never a row without its bytes.

    Raises:
        NotAChoice: there is no such need.
        NoRoomLeft: their files together would be more than is kept for one person.
        FileRefused: one of `tideover.evidence.refusals`, with the file's name and the next step.
        CommandNotAllowed: the case takes no files now.
        NotFound: the case is not theirs.
    """
    demand_scope(borrower, Scope.UPLOAD)
    case = theirs(borrower, case_number)
    parameters = parameters_of(case)
    actor = borrower.actor
    fields.choice({"need": need}, "need", choices=asked_of(case).needs, label=NEED)
    if not was_answered(actor=actor, command=ATTACH, key=key):
        decide(folded(case), _added("", need, "", actor=actor))
    found = inspect(
        content,
        name=name,
        bytes_max=parameters.integer("upload.bytes_max"),
        kinds=parameters.names("upload.kinds"),
    )
    demand_room(borrower, found.size, case=case)
    digest = files.store(content, context=evidence_context(case))

    def effect() -> dict[str, Any]:
        locked = lock_theirs(borrower, case_number)
        return {"evidence": _keep(locked, need=need, found=found, digest=digest, actor=actor)}

    answer = run_once(
        effect,
        actor=actor,
        command=ATTACH,
        key=key,
        request={"case": case_number, "need": need, "digest": digest},
    )
    return file_of(case, answer["evidence"])


def demand_room(borrower: Borrower, size: int, *, case: Case) -> None:
    """Refuse more bytes than are kept for one person. Raises NoRoomLeft."""
    limit = parameters_of(case).integer("upload.bytes_total_max")
    rows = EvidenceFile.objects.filter(case__borrower=borrower)
    counted = rows.exclude(status=EvidenceFile.Status.REMOVED).aggregate(Sum("size_bytes"))
    kept = counted["size_bytes__sum"] or 0
    if kept + size > limit:
        raise NoRoomLeft(size=size, kept=kept, limit=limit)


def sweep(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Forget stored evidence that no row points to, and uploads never finished; returns how many.

    They are what a crash between storing and writing the row leaves behind. Younger ones may be
    on their way to their row, and files of anything but evidence are not looked at.
    """
    cases = {files.scope_of(evidence_context(case)): case for case in Case.objects.all()}
    before = clock.now() - older_than
    swept = files.forget_uploads(before=before)
    for kept in files.kept():
        case = cases.get(kept.scope)
        if case is None or kept.at >= before:
            continue
        rows = EvidenceFile.objects.exclude(status=EvidenceFile.Status.REMOVED)
        if not rows.filter(case=case, digest=kept.digest).exists():
            files.remove(kept.digest, context=evidence_context(case))
            swept += 1
    return swept


def remove(borrower: Borrower, case_number: str, evidence_id: UUID | str, *, key: str) -> None:
    """Take a file away again while the application is a draft.

    Raises:
        CommandNotAllowed: the application has been handed in.
        NotFound: the case or the file is not theirs.
    """
    demand_scope(borrower, Scope.UPLOAD)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, case_number)
        file = file_of(case, evidence_id)
        command = RemoveEvidence(str(file.pk), at=clock.now(), actor=borrower.actor)
        carry_out(case, command)
        file.status, file.removed_at = EvidenceFile.Status.REMOVED, command.at
        file.save()
        transaction.on_commit(lambda: _forget(case, file.digest))
        return {}

    run_once(
        effect,
        actor=borrower.actor,
        command="evidence_files.remove",
        key=key,
        request={"case": case_number, "evidence": str(evidence_id)},
    )


def content(account: Account, case_number: str, evidence_id: UUID | str) -> tuple[str, bytes]:
    """The media type and the bytes of a file, for its borrower and the staff who read cases.

    Raises:
        NotFound: there is no such file, or it is not theirs to see.
    """
    case = _readable(account, case_number)
    file = file_of(case, evidence_id)
    return file.media_type, files.read(file.digest, context=evidence_context(case))


def _readable(account: Account, case_number: str) -> Case:
    if may(account, Right.READ_CASES):
        return for_staff(account, case_number)
    if account.role != Role.BORROWER or not account.is_active:
        raise NotFound("file")
    return theirs(account.borrower, case_number)


def file_of(case: Case, evidence_id: UUID | str) -> EvidenceFile:
    """A file of the case that was not taken away. Raises NotFound."""
    try:
        known = UUID(str(evidence_id))
    except ValueError:
        raise NotFound("file") from None
    kept = EvidenceFile.objects.exclude(status=EvidenceFile.Status.REMOVED)
    file = kept.filter(case=case, id=known).first()
    if file is None:
        raise NotFound("file")
    return file


def _keep(case: Case, *, need: str, found: Sniffed, digest: str, actor: str) -> str:
    kept = case.evidence.exclude(status=EvidenceFile.Status.REMOVED)
    same = kept.filter(need=need, digest=digest).first()
    if same is not None:
        return str(same.pk)
    file = EvidenceFile.objects.create(
        case=case,
        need=need,
        digest=digest,
        name=found.name,
        media_type=found.media_type,
        size_bytes=found.size,
        pages=found.pages,
        added_at=clock.now(),
    )
    told = folded(case)
    is_the_last = bool(told.asked) and told.asked <= {need}
    answer_by = promise(case) if is_the_last else None
    carry_out(
        case,
        AddEvidence(str(file.pk), need, digest, answer_by, at=file.added_at, actor=actor),
        before=told,
    )
    return str(file.pk)


def _added(evidence: str, need: str, digest: str, *, actor: str) -> AddEvidence:
    return AddEvidence(evidence, need, digest, at=clock.now(), actor=actor)


def _forget(case: Case, digest: str) -> None:
    kept = case.evidence.exclude(status=EvidenceFile.Status.REMOVED)
    if not kept.filter(digest=digest).exists():
        files.remove(digest, context=evidence_context(case))

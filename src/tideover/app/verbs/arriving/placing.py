"""Putting what came in into the borrower's one case: words into the thread, files to the evidence.

Each arrival is kept before it is placed and marked afterwards. A stop in between, a flood or a case
that takes no files now leaves it waiting; it is tried again, and a person sees it meanwhile.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from tideover.app import clock, files
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Arrival, Borrower, Case
from tideover.app.verbs import conversation, evidence_files
from tideover.app.verbs.application.drafts import draft_of, missing_needs
from tideover.app.verbs.arriving.addresses import index_of
from tideover.app.verbs.arriving.refusing import ACTOR
from tideover.app.verbs.case.rows import folded
from tideover.money import Refusal
from tideover.safety import distress_words

_CASE_NUMBER = re.compile(r"HC-\d{1,12}")
_WHY_LENGTH_MAX = 200
State = Arrival.State


def taken(
    channel: str,
    *,
    reference: str,
    kind: str,
    sender: str,
    borrower: Borrower | None,
    state: Arrival.State,
    text: str = "",
    kept: Sequence[Mapping[str, str]] = (),
    media_id: str = "",
) -> tuple[Arrival, bool]:
    """Keep something that came in, and whether it is new: one reference is taken once."""
    arrival = Arrival(
        channel=channel, reference=reference, kind=kind, sender=sender,
        sender_index=index_of(channel, sender), text=text.replace("\x00", ""), borrower=borrower,
        state=state, arrived_at=clock.now(), files={"kept": list(kept), "media": media_id},
    )  # fmt: skip
    try:
        with atomic(), transaction.atomic():
            arrival.save(force_insert=True)
            tell(arrival, kind="arrival.taken")
    except IntegrityError:
        return Arrival.objects.get(channel=channel, reference=reference), False
    return arrival, True


def the_case(borrower: Borrower, text: str = "") -> Case | None:
    """The one case that words of a borrower belong to; None before one was handed in.

    A case whose number is in the text, else the open one that moved last, else the last one.
    """
    theirs = Case.objects.filter(borrower=borrower, submitted_at__isnull=False)
    named = theirs.filter(number__in=_CASE_NUMBER.findall(text.upper())).first()
    return named or theirs.order_by("-is_open", "-changed_at").first()


def place(arrival: Arrival) -> Arrival:
    """Put the arrival of a known borrower where it belongs; it stays waiting where that fails."""
    borrower = arrival.borrower
    case = arrival.case or (the_case(borrower, arrival.text) if borrower else None)
    if borrower is None or case is None:
        return _mark(arrival, State.WAITING, why="no case was handed in yet")
    arrival.case = case
    try:
        for place_, part in enumerate(_parts(arrival.text)):
            _write(borrower, case, part, key=f"{arrival.pk}:{place_}", channel=arrival.channel)
        for place_, file in enumerate(arrival.files["kept"]):
            _attach(arrival, case, file, key=f"{arrival.pk}:file:{place_}")
    except Refusal as refusal:
        return _mark(arrival, State.WAITING, why=str(refusal))
    return _mark(arrival, State.PLACED)


def keep_file(arrival: Arrival, *, name: str, content: bytes) -> None:
    """Keep a file that came with an arrival, so that it is never lost; it is looked into later."""
    digest = files.store(content, context=_context(arrival))
    kept = [*arrival.files["kept"], {"name": name[:200], "digest": digest}]
    arrival.files = {**arrival.files, "kept": kept}
    arrival.save(update_fields=["files"])


def tell(arrival: Arrival, *, kind: str, actor: str = ACTOR, **more: Any) -> None:
    """Write into the log what became of an arrival; ids only."""
    body = {
        "arrival": str(arrival.pk),
        "channel": arrival.channel,
        "kind": arrival.kind,
        "state": arrival.state,
        **more,
    }
    log.append("channels", kind=kind, body=body, at=clock.now(), actor=actor)


def _write(borrower: Borrower, case: Case, words: str, *, key: str, channel: str) -> None:
    try:
        conversation.write(borrower, case.number, words, key=key, channel=channel)
    except conversation.SameMessage:
        return  # these words are in the case already
    if distress_words(words):
        conversation.hear_distress(borrower, case.number, words, key=f"{key}:distress")


def _attach(arrival: Arrival, case: Case, file: Mapping[str, str], *, key: str) -> None:
    evidence_files.attach(
        case.borrower,
        case.number,
        need=_need(case),
        name=file["name"],
        content=files.read(file["digest"], context=_context(arrival)),
        key=key,
    )


def _need(case: Case) -> str:
    """What a file without a name of its own is for: what was asked for, else what is missing."""
    asked = sorted(folded(case).asked)
    if asked:
        return asked[0]
    draft = draft_of(case)
    return next(iter((*missing_needs(draft), *(need.code for need in draft.needs))), "")


def _parts(text: str) -> Iterator[str]:
    """The text in pieces that the thread takes, cut at the end of a line where there is one."""
    rest = text.strip()
    most = conversation.MESSAGE_LENGTH_MAX
    while len(rest) > most:
        cut = rest.rfind("\n", most // 2, most)
        cut = most if cut < 0 else cut
        yield rest[:cut]
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _mark(arrival: Arrival, state: Arrival.State, *, why: str = "") -> Arrival:
    with atomic():
        is_new = arrival.state != state
        arrival.state, arrival.why = state, why[:_WHY_LENGTH_MAX]
        arrival.done_at = clock.now() if state == State.PLACED else None
        arrival.save()
        if is_new:
            more = {"case": arrival.case.number} if arrival.case else {}
            tell(arrival, kind=f"arrival.{state}", **more)
    return arrival


def _context(arrival: Arrival) -> str:
    return f"arrival:{arrival.pk}"

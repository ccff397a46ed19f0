"""Reading the thread of a case, as its borrower and as the desk see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from tideover.app.db.models import Account, Borrower, Case, CaseFlag, CaseNote
from tideover.app.verbs.case.rows import for_staff, theirs
from tideover.app.verbs.case.screening import DISTRESS, FROM_BORROWER, advice_about
from tideover.app.verbs.refusals import NotFound
from tideover.policy import Words
from tideover.safety import mask_name

_KINDS = frozenset({"answer", "reply"}) | FROM_BORROWER
_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagView:
    """A warning about a message: why, what to do, and how it was closed, if it was."""

    id: UUID
    reasons: tuple[Words, ...]
    advice: Words
    is_distress: bool
    is_open: bool
    closed_by: str
    closed_at: datetime | None
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message: when, by whom, by which channel. `elsewhere` counts cases with the same words.

    `sender` is the agent's name, or the borrower's as it is shown to whoever reads; `noted_by` is
    who wrote down what the borrower said on the telephone.
    """

    at: datetime
    is_borrower: bool
    sender: str
    text: str
    channel: str
    noted_by: str = ""
    flag: FlagView | None = None
    elsewhere: int = 0


def thread_for(borrower: Borrower, number: str) -> tuple[Said, ...]:
    """The thread of the borrower's own case, the oldest first. Raises NotFound, for drafts too."""
    case = theirs(borrower, number)
    if case.submitted_at is None:
        raise NotFound("case")
    return _thread(case, borrower_name="")


def thread_of(account: Account, number: str) -> tuple[Said, ...]:
    """The thread as staff read it, the borrower's name masked. Raises NotFound."""
    case = for_staff(account, number)
    name = mask_name(case.borrower.name)
    return _thread(case, borrower_name=name, kinds=_KINDS | {DISTRESS}, counts_elsewhere=True)


def said_again(digests: Iterable[str], *, case: Case) -> Mapping[str, int]:
    """In how many other cases the same words arrived: a form letter, or somebody who sells one."""
    same = CaseNote.objects.filter(digest__in=set(digests), kind__in=FROM_BORROWER)
    others = same.exclude(case=case).order_by().values("digest")
    return {
        row["digest"]: row["cases"] for row in others.annotate(cases=Count("case", distinct=True))
    }


def _thread(
    case: Case,
    *,
    borrower_name: str,
    kinds: frozenset[str] = _KINDS,
    counts_elsewhere: bool = False,
) -> tuple[Said, ...]:
    notes = CaseNote.objects.filter(case=case, kind__in=kinds).select_related("author")
    latest = sorted(notes.order_by("-at")[:_SHOWN_MAX], key=lambda note: note.at)
    flags = {flag.note_id: flag for flag in _flags(case)}
    theirs_too = {note.digest for note in latest if note.kind in FROM_BORROWER and note.digest}
    elsewhere = said_again(theirs_too, case=case) if counts_elsewhere else {}
    shown = []
    for note in latest:
        is_borrower = note.kind in FROM_BORROWER or note.kind == DISTRESS
        flag = flags.get(note.pk)
        name = note.author.display_name or note.author.login
        noted_by = name if note.kind == "call" else ""
        shown.append(
            Said(
                at=note.at,
                is_borrower=is_borrower,
                sender=borrower_name if is_borrower else name,
                text=note.text,
                channel=note.channel,
                noted_by=noted_by,
                flag=_flag_view(flag) if flag else None,
                elsewhere=elsewhere.get(note.digest, 0) if is_borrower else 0,
            )
        )
    return tuple(shown)


def _flags(case: Case) -> list[CaseFlag]:
    return list(CaseFlag.objects.filter(case=case).select_related("note", "closed_by"))


def _flag_view(flag: CaseFlag) -> FlagView:
    reasons, advice = advice_about(flag)
    closer = flag.closed_by
    return FlagView(
        id=flag.pk,
        reasons=reasons,
        advice=advice,
        is_distress=flag.verdict == DISTRESS,
        is_open=flag.closed_at is None,
        closed_by=(closer.display_name or closer.login) if closer else "",
        closed_at=flag.closed_at,
        closing=flag.closing or "",
    )

"""Mandates at the desk: kept from paper by one person, looked at by another, ended by either."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from tideover.app import clock, files
from tideover.app.db.models import Account, Borrower, Mandate
from tideover.app.verbs.case.rows import for_staff, lock_for_staff, parameters_of
from tideover.app.verbs.mandates.giving import (
    MandateAsked,
    MandateProblem,
    demand_whole,
    end_now,
    is_in_force,
    lender_policy,
    locked,
    make_room,
    new_mandate,
    tell,
)
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.evidence import inspect
from tideover.money import Refusal


class NotByItsMaker(Refusal):
    """Whoever kept a mandate from paper cannot be the one who looks at it."""

    code: ClassVar[str] = "mandate-by-its-maker"

    def __init__(self) -> None:
        super().__init__(
            "You kept this mandate yourself; a colleague has to look at the paper.",
            "这份授权由你录入，需要另一位同事核对原件。",
        )


@dataclass(frozen=True, slots=True)
class MandateFile:
    """The paper that a mandate rests on: its name and its bytes."""

    name: str
    content: bytes


def record(
    agent: Account, number: str, asked: MandateAsked, paper: MandateFile, *, key: str
) -> UUID:
    """Keep a mandate that came on paper. It counts once a colleague has looked at it.

    Raises:
        MandateProblem: with the field it is about.
        FileRefused: one of `tideover.evidence.refusals`.
        NotFound.
    """
    case = for_staff(agent, number, right=Right.WORK_CASES)
    borrower = case.borrower
    checked = demand_whole(borrower, asked)
    if not paper.content:
        raise MandateProblem("paper", "Add a picture of the paper.", "请附上授权书的照片或扫描件。")
    parameters = parameters_of(case)
    found = inspect(
        paper.content,
        name=paper.name,
        bytes_max=parameters.integer("upload.bytes_max"),
        kinds=parameters.names("upload.kinds"),
    )
    digest = files.store(paper.content, context=paper_context(borrower))

    def effect() -> dict[str, Any]:
        lock_for_staff(agent, number, right=Right.WORK_CASES)
        at = clock.now()
        make_room(borrower, checked, by=agent, at=at)
        mandate = new_mandate(borrower, checked, source=Mandate.Source.PAPER, by=agent, at=at)
        mandate.digest, mandate.media_type = digest, found.media_type
        mandate.save()
        tell(mandate, "mandate.recorded", at=at, actor=agent.login)
        return {"mandate": str(mandate.pk)}

    answer = run_once(
        effect,
        actor=agent.login,
        command="mandates.record",
        key=key,
        request={"case": number, "paper": digest, "scopes": list(checked.scopes)},
    )
    return UUID(answer["mandate"])


def paper_bytes_max() -> int:
    """How large the paper of a mandate may be; more need not be read from the line."""
    return lender_policy().integer("upload.bytes_max")


def check(account: Account, number: str, mandate_id: UUID | str, *, key: str) -> None:
    """Say that the paper is right: the mandate counts from now on.

    Raises:
        NotByItsMaker: the same person kept it.
        NotFound.
    """

    def effect() -> dict[str, Any]:
        case = lock_for_staff(account, number, right=Right.CHECK_MANDATES)
        waiting = Mandate.objects.filter(
            borrower=case.borrower, source=Mandate.Source.PAPER, checked_at__isnull=True
        )
        mandate = locked(waiting, mandate_id)
        if mandate.given_by == account:
            raise NotByItsMaker
        mandate.checked_at, mandate.checked_by = clock.now(), account
        mandate.save()
        tell(mandate, "mandate.checked", at=mandate.checked_at, actor=account.login)
        return {}

    run_once(
        effect,
        actor=account.login,
        command="mandates.check",
        key=key,
        request={"case": number, "mandate": str(mandate_id)},
    )


def end_by_staff(
    account: Account, number: str, mandate_id: UUID | str, why: str, *, key: str
) -> None:
    """End a mandate on the borrower's word or because the paper is not right; at once.

    Raises:
        MandateProblem: no reason was given.
        NotFound.
    """
    words = why.strip()
    if not words:
        raise MandateProblem("why", "Say why it ends.", "请写明终止的原因。")

    def effect() -> dict[str, Any]:
        case = lock_for_staff(account, number, right=Right.END_MANDATES)
        mandate = locked(Mandate.objects.filter(borrower=case.borrower), mandate_id)
        end_now(mandate, by=account, at=clock.now(), why=words[:500])
        return {}

    run_once(
        effect,
        actor=account.login,
        command="mandates.end",
        key=key,
        request={"case": number, "mandate": str(mandate_id)},
    )


def mandates_of_case(account: Account, number: str) -> tuple[tuple[Mandate, bool], ...]:
    """Every mandate of the case's borrower, the newest first, and whether it counts today.

    Raises NotFound.
    """
    case = for_staff(account, number)
    rows = Mandate.objects.filter(borrower=case.borrower).order_by("-given_at")
    rows = rows.select_related("given_by", "checked_by", "ended_by")
    return tuple((mandate, is_in_force(mandate)) for mandate in rows)


def mandate_paper(account: Account, number: str, mandate_id: UUID | str) -> tuple[str, bytes]:
    """The media type and the bytes of the paper of a mandate. Raises NotFound."""
    case = for_staff(account, number)
    rows = Mandate.objects.filter(borrower=case.borrower, pk=mandate_id).exclude(digest="")
    mandate = rows.first()
    if mandate is None:
        raise NotFound("file")
    return mandate.media_type, files.read(mandate.digest, context=paper_context(case.borrower))


def to_check(account: Account) -> tuple[tuple[Mandate, str], ...]:
    """The mandates that wait for a second person, each with a case of its borrower.

    Raises NotFound.
    """
    demand(account, Right.CHECK_MANDATES)
    waiting = Mandate.objects.filter(
        source=Mandate.Source.PAPER, checked_at__isnull=True, ended_at__isnull=True,
        last_day__gte=clock.today(),
    ).exclude(given_by=account)  # fmt: skip
    found = []
    for mandate in waiting.select_related("borrower", "given_by"):
        cases = mandate.borrower.cases.filter(submitted_at__isnull=False)
        case = cases.order_by("-is_open", "-opened_at").first()
        if case is not None:
            found.append((mandate, case.number))
    return tuple(found)


def paper_context(borrower: Borrower) -> str:
    """The place that stored papers of a borrower's mandates are bound to."""
    return f"mandate:{borrower.pk}"

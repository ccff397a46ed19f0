"""A consent given on its own page or later, beside the paper that it is for."""

from typing import Any

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Answer, Borrower, Case
from tideover.app.verbs.acting import demand_themselves
from tideover.app.verbs.application.drafts import keep_answer
from tideover.app.verbs.case.rows import lock_theirs, theirs
from tideover.app.verbs.receipts import run_once

_SECTION = "consent"


def has_sensitive_consent(borrower: Borrower, number: str) -> bool:
    """Whether the borrower agreed that papers about health or family are read. Raises NotFound."""
    return bool(_given(theirs(borrower, number)).get("sensitive"))


def agree_sensitive(borrower: Borrower, number: str, *, key: str) -> None:
    """Keep that consent, in whatever state the request is. Raises NotFound."""
    demand_themselves(borrower)

    def effect() -> dict[str, Any]:
        case, at = lock_theirs(borrower, number), clock.now()
        clean = {"accounts": True, **_given(case), "sensitive": True}
        record = {"raw": clean, "clean": clean, "is_checked": True}
        if keep_answer(case, _SECTION, record=record, at=at):
            log.append(
                f"consent:{case.number}",
                kind="consent.sensitive.given",
                body={"case": case.number},
                at=at,
                actor=borrower.account.login,
            )
        return {}

    run_once(
        effect,
        actor=borrower.account.login,
        command="application.agree_sensitive",
        key=key,
        request={"case": number},
    )


def _given(case: Case) -> dict[str, Any]:
    answer = Answer.objects.filter(case=case, section=_SECTION).first()
    return dict(answer.record["clean"] or {}) if answer else {}

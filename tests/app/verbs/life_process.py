"""A lender's life in steps, each in a process of its own that can be struck down in the middle.

`python life_process.py` reads one request a line and answers each with a line. Every request runs
in a fork with an environment of its own, so that a step costs its work and no start of Python:
{"words": ["pay"], "env": {...}, "kill_after": seconds or null}.
"""

import contextlib
import importlib
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from typing import Any

import django

NUMBER = "HC-1001"
_ROOMS = (
    "application", "assessment", "audit", "backups", "closing", "evidence_files", "keeping",
    "ledger", "offering", "payments", "signing",
)  # fmt: skip
_FILE = (
    "bank_reference,paid_on,amount,loan_reference\n"
    "K-1,2026-11-23,300.00,WLD-0001\n"
    "K-2,2026-11-23,200.00,WLD-0002\n"
)


def make() -> None:
    """Staff, two borrowers and their loans in a fresh database."""
    from django.core.management import call_command
    from lender import open_lender

    call_command("migrate", verbosity=0)
    open_lender()


def draft() -> None:
    """Open a case, fill every section in and add a file."""
    from lender import PDF, SECTIONS

    from tideover.app.verbs import application, evidence_files

    borrower = _borrower()
    number = application.open_case(borrower, "WLD-0001", key="open").number
    for section, answers in SECTIONS.items():
        application.save_section(borrower, number, section, answers, key=section)
    evidence_files.attach(
        borrower, number, need="termination_letter", name="离职证明", content=PDF, key="file"
    )


def submit() -> None:
    """Hand the application in, and have an agent take it."""
    from tideover.app.verbs import application, assessment

    application.submit(_borrower(), NUMBER, key="submit")
    agent = _staff("agent-wang")
    assessment.claim(agent, NUMBER, version=_once("claim", agent), key="claim")


def offer() -> None:
    """Work offers out, put them on the table, and decide where two must."""
    from tideover.app.verbs import assessment, offering

    agent, approver = _staff("agent-wang"), _staff("approver-liu")
    offering.generate(agent, NUMBER, key="generate")
    version = _once("send", agent)
    offers = assessment.case_file(agent, NUMBER).offer_set.offers
    keys = tuple(one.key for one in offers)
    state = offering.send(agent, NUMBER, offer_keys=keys, version=version, key="send")
    if state.value == "awaiting-approval":
        offering.approve(approver, NUMBER, version=_once("approve", agent), key="approve")


def accept() -> None:
    """Choose the first offer, read the agreement and have a code sent."""
    from lender import read_through

    from tideover.app.verbs import offering, signing

    borrower = _borrower()
    view = offering.borrower_offers(borrower, NUMBER)
    key = view.offers[0].key
    offering.accept(borrower, NUMBER, key, key="accept", seen=view.set_digest)
    read_through(_Reader(borrower), NUMBER)
    signing.send_code(borrower, NUMBER, key="code")


def sign() -> None:
    """Sign the agreement with the code on the phone."""
    from lender import last_code

    from tideover.app.verbs import signing

    signing.sign(_borrower(), NUMBER, code=last_code(), key="sign")


def pay() -> None:
    """Book a bank file of two lines."""
    from tideover.app.verbs import payments

    payments.book(_staff("finance-sun"), _FILE.encode(), "bank.csv", key="file")


def reverse() -> None:
    """Take the payment of the second loan back."""
    from tideover.app import clock
    from tideover.app.db.atomic import atomic
    from tideover.app.db.models import Loan
    from tideover.app.verbs import loans
    from tideover.loan import Reversed
    from tideover.money import Refusal

    loan = Loan.objects.get(reference="WLD-0002")
    event = Reversed(clock.today(), "K-2-back", of="K-2")
    try:
        with atomic():
            loans.record_event(loan, event, actor="finance-sun", at=clock.now())
    except Refusal as refusal:
        if refusal.code not in ("duplicate-reference", "nothing-to-reverse"):
            raise


def close() -> None:
    """Close today, one loan in a transaction."""
    from tideover.app.verbs import closing
    from tideover.app.verbs.closing import advancing

    advancing.CHUNK = 1
    closing.close()


def drain() -> None:
    """Hand the outbox out."""
    from tideover.app.verbs import keeping

    os.environ["TIDEOVER_NOW"] = "2026-11-23T11:30:00+08:00"
    keeping.drain_outbox()


def early() -> None:
    """Say that the next instalment will be hard."""
    from tideover.app.verbs import keeping

    keeping.tell_early(_borrower(), NUMBER, "下个月会少", key="early")


def save() -> None:
    """Make a backup unless it is there."""
    from pathlib import Path

    from tideover.app.verbs import backups

    path = Path(os.environ["TIDEOVER_HOME"]) / "backup.tideover"
    if not path.exists():
        backups.save(path)


#: The life in its order; each step can be done again and has no second effect.
STEPS = {
    step.__name__: step
    for step in (draft, submit, offer, accept, sign, pay, reverse, close, drain, early, save)
}


def tell() -> dict[str, Any]:
    """Everything the steps make, counted; equal whenever everything was done once."""
    from django.db.models import Count, Sum

    from tideover.app.db.models import (
        Agreement,
        BankLine,
        BusinessDay,
        Case,
        EvidenceFile,
        JournalEntry,
        LoanFold,
        LoanSchedule,
        LogEvent,
        OutboxMessage,
        PlanKeeping,
        Posting,
        SigningCode,
    )
    from tideover.app.verbs import audit, ledger

    def by(rows: Any, name: str) -> dict[str, int]:
        return dict(sorted(rows.values_list(name).annotate(Count("pk")).order_by()))

    postings = Posting.objects.values_list("debit", "credit").annotate(Sum("amount_minor"))
    return {
        "log": by(LogEvent.objects, "kind"),
        "entries": by(JournalEntry.objects, "kind"),
        "postings": sorted(f"{debit} {credit} {minor}" for debit, credit, minor in postings),
        "messages": by(OutboxMessage.objects, "kind"),
        "sent": OutboxMessage.objects.filter(sent_at__isnull=False).count(),
        "state": list(Case.objects.values_list("state", flat=True)),
        "evidence": EvidenceFile.objects.count(),
        "agreements": Agreement.objects.count(),
        "in_force": Agreement.objects.filter(is_in_force=True).count(),
        "codes": SigningCode.objects.filter(used_at__isnull=False).count(),
        "plans": PlanKeeping.objects.count(),
        "lines": BankLine.objects.count(),
        "schedules": LoanSchedule.objects.filter(is_active=True).count(),
        "days": BusinessDay.objects.filter(finished_at__isnull=False).count(),
        "closed_to": sorted({str(day) for day in LoanFold.objects.values_list("as_of", flat=True)}),
        "faults": [str(fault) for fault in ledger.verify().faults],
        "chain_holds": audit.verify().holds,
        "sealed": _sealed(),
    }


def _sealed() -> list[str]:
    """What the checker of agreements says of every file that a signed agreement names."""
    from tideover.app import files
    from tideover.app.db.models import Agreement
    from tideover.app.pdf import verify

    signed = Agreement.objects.filter(signed_at__isnull=False)
    return [
        str(verify(files.read(one.sealed_digest, context=f"sealed:{one.number}")).is_intact)
        for one in signed
    ]


def _borrower() -> Any:
    from tideover.app.db.models import Loan

    return Loan.objects.select_related("borrower__account").get(reference="WLD-0001").borrower


def _staff(login: str) -> Any:
    from tideover.app.db.models import Account

    return Account.objects.get(login=login)


def _once(key: str, agent: Any) -> int:
    """The version a command was first sent with, so that sending it again is the same request."""
    from pathlib import Path

    from tideover.app.verbs import assessment

    kept = Path(os.environ["TIDEOVER_HOME"]) / f"version-{key}"
    if not kept.exists():
        kept.write_text(str(assessment.case_file(agent, NUMBER).version))
    return int(kept.read_text())


class _Reader:
    """Somebody who reads an agreement."""

    def __init__(self, borrower: Any) -> None:
        self.borrower = borrower


def serve() -> None:
    """Answer requests until there are no more. Everything is imported once, for every fork."""
    for name in ("lender", *(f"tideover.app.verbs.{room}" for room in _ROOMS), "tideover.app.pdf"):
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(_forked(**asked)) + "\n")
        sys.stdout.flush()


def _forked(words: list[str], env: dict[str, str], kill_after: float | None) -> dict[str, Any]:
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            _child(words, env, answer=answer.fileno(), errors=errors.fileno())
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        answer.seek(0)
        errors.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "told": json.loads(answer.read() or b"null"),
            "errors": errors.read().decode(errors="replace")[-3000:],
        }


def _child(words: list[str], env: dict[str, str], *, answer: int, errors: int) -> None:
    code = 1
    try:
        os.dup2(errors, 2)
        os.environ.pop("TIDEOVER_DATABASE_URL", None)
        os.environ.update(env)
        from django.db import connections

        from tideover.app.database import database_settings

        connections.settings["default"].update(database_settings())
        # Importing may have made one for the database of the parent.
        with contextlib.suppress(AttributeError):
            del connections["default"]
        told = {**STEPS, "make": make, "tell": tell}[words[0]](*words[1:])
        os.write(answer, json.dumps(told).encode())
        code = 0
    except BaseException:  # noqa: BLE001 - the fork ends here, and its parent tells
        os.write(2, traceback.format_exc().encode())
    os._exit(code)


if __name__ == "__main__":
    django.setup()
    serve()

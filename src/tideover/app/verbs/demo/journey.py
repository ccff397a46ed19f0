"""A borrower of the played year goes through a case, by the verbs that the pages call."""

import os
from typing import Any

from tideover.app import clock
from tideover.app.db.models import Account, Borrower, OutboxMessage
from tideover.app.verbs import application, assessment, evidence_files, keeping, offering, signing
from tideover.cases import CaseState

# The smallest PDF with one page that readers accept.
_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n% "
)
_LESS, _LEAST = "3755.56", "3400.00"


class Desk:
    """The staff of the demo, who answer at once."""

    def __init__(self) -> None:
        self.agent = Account.objects.get(login="agent")
        self.approver = Account.objects.get(login="approver")

    def version(self, number: str) -> int:
        """The version of a case as the agent's page shows it."""
        return assessment.case_file(self.agent, number).version


def ask_for_help(borrower: Borrower, reference: str, desk: Desk, *, since: str) -> str | None:
    """From "I cannot pay" to a signature; the case, or None when nothing could be offered."""
    number = application.open_case(borrower, reference, key=f"open-{reference}").number
    for section, answers in _answers(_LESS, since).items():
        application.save_section(borrower, number, section, answers, key=f"{number}-{section}")
    evidence_files.attach(
        borrower,
        number,
        need="termination_letter",
        name="离职证明.pdf",
        content=_PAGE + number.encode(),
        key=f"{number}-file",
    )
    application.submit(borrower, number, key=f"{number}-submit")
    assessment.claim(desk.agent, number, version=desk.version(number), key=f"{number}-claim")
    return number if _agree(borrower, number, desk, turn="1") else None


def speak_early(borrower: Borrower, number: str, desk: Desk) -> bool:
    """Say beforehand that it will be hard, what comes in now, and sign what is then offered."""
    keeping.tell_early(borrower, number, "下个月的工钱会少，怕还不上", key=f"{number}-early")
    income = _answers(_LEAST, "")["income"]
    application.save_section(borrower, number, "income", income, key=f"{number}-income-2")
    return _agree(borrower, number, desk, turn="2")


def end(number: str, desk: Desk) -> None:
    """The approver ends an agreement that was not put right."""
    version = desk.version(number)
    keeping.end_agreement(
        desk.approver, number, "补救期已过，未还也未联系", version=version, key=f"{number}-end"
    )


def _agree(borrower: Borrower, number: str, desk: Desk, *, turn: str) -> bool:
    offers = offering.generate(desk.agent, number, key=f"{number}-offers-{turn}").offers
    if not offers:
        _decline(number, desk, turn=turn)
        return False
    state = offering.send(
        desk.agent,
        number,
        offer_keys=[offer.key for offer in offers],
        version=desk.version(number),
        key=f"{number}-send-{turn}",
    )
    if state is CaseState.AWAITING_APPROVAL:
        offering.approve(
            desk.approver, number, version=desk.version(number), key=f"{number}-yes-{turn}"
        )
    view = offering.borrower_offers(borrower, number)
    offering.accept(
        borrower, number, view.offers[0].key, key=f"{number}-take-{turn}", seen=view.set_digest
    )
    _read(borrower, number)
    signing.send_code(borrower, number, key=f"{number}-code-{turn}")
    signing.sign(borrower, number, code=_code(borrower), key=f"{number}-sign-{turn}")
    return True


def _read(borrower: Borrower, number: str) -> None:
    """Read the agreement for as long as policy wants, on the clock of the demo."""
    readable = signing.show_disclosure(borrower, number)
    if readable is not None:
        os.environ["TIDEOVER_NOW"] = max(readable, clock.now()).isoformat()


def _decline(number: str, desk: Desk, *, turn: str) -> None:
    assessment.decline(
        desk.agent,
        number,
        reason_code="able-to-pay",
        note="按目前的收支可以继续原来的安排",
        version=desk.version(number),
        key=f"{number}-no-{turn}",
    )


def _code(borrower: Borrower) -> str:
    message = OutboxMessage.objects.filter(borrower=borrower, kind="signing-code")
    text = str(message.latest("created_at").text)
    return next(word for word in text.replace("，", " ").split() if word.isdecimal())


def _answers(income: str, since: str) -> dict[str, dict[str, Any]]:
    return {
        "cause": {"cause": "job_loss", "since": since, "expects_recovery_on": "", "note": "裁员"},
        "income": {"items": [{"name": "零工", "kind": "self_employed", "monthly": income}]},
        "outgoings": {
            "adults": "1",
            "children": "0",
            "items": [{"category": "housing", "monthly": "3000"}],
            "debts": [],
        },
        "wish": {"kind": "pay-less", "monthly": "680", "pause_months": "", "note": ""},
    }

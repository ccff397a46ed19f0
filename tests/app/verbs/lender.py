"""A small lender with staff, two borrowers and a loan in arrears, and the story told in verbs."""

import os
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Account, Borrower, Loan, OutboxMessage, Role
from tideover.app.pdf import make_demo_authority, seal_folder
from tideover.app.verbs import application, assessment, evidence_files, offering, signing
from tideover.app.verbs.books.opening import add_borrower, open_loan
from tideover.loan import DailyRate, LoanTerms, Method, Paid, build_schedule
from tideover.money import CNY, Money

REFERENCE = "WLD-0001"

SECTIONS = {
    "consent": {"accounts": "yes", "sensitive": "yes"},
    "cause": {
        "cause": "job_loss",
        "since": "2026-10-05",
        "expects_recovery_on": "",
        "note": "裁员",
    },
    "income": {"items": [{"name": "零工", "kind": "self_employed", "monthly": "3755.56"}]},
    "outgoings": {
        "adults": "1",
        "children": "0",
        "items": [{"category": "housing", "monthly": "3,000"}],
        "debts": [],
    },
    "wish": {"kind": "pay-less", "monthly": "680", "pause_months": "", "note": ""},
}

# The smallest PDF with one page that readers accept.
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
"""


@dataclass(frozen=True, slots=True)
class Lender:
    """Everybody in the story. `stranger` is a borrower with nothing to do with the case."""

    borrower: Borrower
    stranger: Borrower
    agent: Account
    other_agent: Account
    approver: Account
    finance: Account
    loan: Loan


def staff(login: str, role: Role) -> Account:
    account = Account(login=login, role=role, display_name=f"演示·{login}")
    account.set_unusable_password()
    account.save()
    return account


def open_lender() -> Lender:
    """The lender on the morning of the story."""
    make_demo_authority(seal_folder())
    with atomic():
        borrower = add_borrower(
            name="演示·张三", phone="13800000001", id_number="110101199001010011"
        )
        stranger = add_borrower(
            name="演示·李四", phone="13800000002", id_number="110101199001010022"
        )
        loan = the_loan(borrower, REFERENCE)
        the_loan(stranger, "WLD-0002")
    return Lender(
        borrower=borrower,
        stranger=stranger,
        agent=staff("agent-wang", Role.AGENT),
        other_agent=staff("agent-zhao", Role.AGENT),
        approver=staff("approver-liu", Role.APPROVER),
        finance=staff("finance-sun", Role.FINANCE),
        loan=loan,
    )


def the_loan(borrower: Borrower, reference: str) -> Loan:
    # 10,000.00 at 0.04 % a day, ten instalments of equal principal; the third was due 3 November.
    terms = LoanTerms(
        principal=Money(1_000_000, CNY),
        rate=DailyRate.parse("0.0004"),
        method=Method.EQUAL_PRINCIPAL,
        instalments=10,
        disbursed_on=date(2026, 8, 3),
        penalty_uplift=Fraction(1, 2),
        grace_days=1,
    )
    paid = tuple(
        Paid(line.due_date, f"{reference}-paid-{line.number}", line.instalment)
        for line in build_schedule(terms).lines[:2]
    )
    return open_loan(
        borrower,
        terms,
        reference=reference,
        product="weilidai",
        account_last4=reference[-4:],
        events=paid,
        actor="tape",
        at=clock.now(),
        until=clock.today(),
    )


def applied(lender: Lender) -> str:
    """Open a case and fill everything in; return its number."""
    case = application.open_case(lender.borrower, REFERENCE, key="open")
    for section, answers in SECTIONS.items():
        application.save_section(lender.borrower, case.number, section, answers, key=section)
    attach(lender, case.number)
    return case.number


def attach(lender: Lender, number: str, *, need="termination_letter", content=PDF, key="file"):
    return evidence_files.attach(
        lender.borrower, number, need=need, name="离职证明", content=content, key=key
    )


def submitted(lender: Lender) -> str:
    number = applied(lender)
    application.submit(lender.borrower, number, key="submit")
    return number


def version(lender: Lender, number: str) -> int:
    return assessment.case_file(lender.agent, number).version


def claimed(lender: Lender) -> str:
    number = submitted(lender)
    assessment.claim(lender.agent, number, version=version(lender, number), key="claim")
    return number


def generated(lender: Lender) -> str:
    number = claimed(lender)
    offering.generate(lender.agent, number, key="generate")
    return number


def offered(lender: Lender) -> str:
    """Offers on the table, with the approver's yes where one is needed."""
    number = generated(lender)
    send(lender, number)
    return number


def send(lender: Lender, number: str, *, key: str = "send") -> None:
    offers = assessment.case_file(lender.agent, number).offer_set.offers
    keys = tuple(offer.key for offer in offers)
    state = offering.send(
        lender.agent, number, offer_keys=keys, version=version(lender, number), key=key
    )
    if state.value == "awaiting-approval":
        offering.approve(
            lender.approver, number, version=version(lender, number), key=f"approve-{key}"
        )


def accepted(lender: Lender) -> str:
    number = offered(lender)
    view = offering.borrower_offers(lender.borrower, number)
    offering.accept(lender.borrower, number, view.offers[0].key, key="accept", seen=view.set_digest)
    return number


def code_sent(lender: Lender) -> tuple[str, str]:
    """An agreement that was shown, and the code that signs it, read off the phone."""
    number = accepted(lender)
    read_through(lender, number)
    signing.send_code(lender.borrower, number, key="code")
    return number, last_code()


def read_through(lender: Lender, number: str) -> None:
    """Have the agreement shown, and let the clock run on until it may be signed."""
    readable = signing.show_disclosure(lender.borrower, number)
    os.environ["TIDEOVER_NOW"] = readable.isoformat()


def last_code() -> str:
    message = OutboxMessage.objects.filter(kind="signing-code").latest("created_at")
    return next(word for word in message.text.replace("，", " ").split() if word.isdecimal())


def signed(lender: Lender) -> str:
    number, code = code_sent(lender)
    signing.sign(lender.borrower, number, code=code, key="sign")
    return number


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)

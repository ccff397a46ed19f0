"""What happens to a borrower, step by step, by the verbs that the pages call."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tideover.app.db.models import Borrower

START = "2026-08-03"
SIGNED = "2026-09-21"
TODAY = "2026-11-23"
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n% "
)
ANSWERS: dict[str, dict[str, Any]] = {
    "consent": {"accounts": "yes", "sensitive": "yes"},
    "cause": {
        "cause": "job_loss", "since": "2026-09-05", "expects_recovery_on": "2027-02-01",
        "outlook": "for-now", "note": "",
    },
    "contact": {
        "needs": ["eyes"], "channel": "write", "time": "evening", "support": "", "note": "晚上方便",
    },
    "income": {
        "items": [
            {"name": "零工", "kind": "self_employed", "amount": "650", "frequency": "weekly"},
            {"name": "失业金", "kind": "benefit", "amount": "938.89", "frequency": "monthly"},
        ]
    },
    "outgoings": {
        "adults": "1", "children": "1",
        "items": [
            {"category": "housing", "amount": "1500", "frequency": "monthly"},
            {"category": "food", "amount": "1100", "frequency": "monthly"},
            {"category": "insurance", "amount": "1200", "frequency": "yearly"},
        ],
        "debts": [],
    },
    "wish": {"kind": "pay-less", "monthly": "680", "pause_months": "", "note": ""},
}  # fmt: skip


@dataclass(slots=True)
class Told:
    """One borrower with a loan, and what has come of the request."""

    borrower: "Borrower"
    phone: str
    reference: str
    number: str = ""


def clock_at(day: str, hour: str = "09:30:00") -> None:
    os.environ["TIDEOVER_NOW"] = f"{day}T{hour}+08:00"


def somebody(place: int) -> Told:
    """A borrower with 10,000.00 at 0.04 % a day; the third of ten instalments is late today."""
    from tideover.app.db.atomic import atomic
    from tideover.app.verbs.books.opening import add_borrower

    phone, reference = f"1001000{place:04d}", f"WLD-20{place:04d}"
    with atomic():
        borrower = add_borrower(
            name=f"演示·钱小{place}", phone=phone, id_number=f"00000019900102{place:03d}X"
        )
        lend(borrower, reference)
    return Told(borrower, phone, reference)


def lend(borrower: "Borrower", reference: str) -> None:
    from tideover.app import clock
    from tideover.app.verbs.books.opening import open_loan
    from tideover.loan import DailyRate, LoanTerms, Method, Paid, build_schedule
    from tideover.money import CNY, Money

    terms = LoanTerms(
        principal=Money(1_000_000, CNY), rate=DailyRate.parse("0.0004"),
        method=Method.EQUAL_PRINCIPAL, instalments=10,
        disbursed_on=date.fromisoformat(START), penalty_uplift=Fraction(1, 2), grace_days=1,
    )  # fmt: skip
    today = clock.today()
    paid = tuple(
        Paid(line.due_date, f"{reference}-{line.number}", line.instalment)
        for line in build_schedule(terms).lines[:2]
        if line.due_date < today
    )
    open_loan(
        borrower, terms, reference=reference, product="weilidai",
        account_last4=reference[-4:], events=paid, actor="tape", at=clock.now(), until=today,
    )  # fmt: skip


def short(told: Told) -> None:
    """A draft by which less comes in than is needed to live."""
    from tideover.app.verbs import application

    draft(told, but="wish")
    rows = [{"name": "零工", "kind": "self_employed", "amount": "1800", "frequency": "monthly"}]
    application.save_section(told.borrower, told.number, "income", {"items": rows}, key="short")


def lent_twice(told: Told) -> None:
    """Somebody with two loans who has not asked for anything."""
    from tideover.app.db.atomic import atomic

    with atomic():
        lend(told.borrower, other_loan(told))


def other_loan(told: Told) -> str:
    return told.reference.replace("WLD-200", "WLD-209")


def together(told: Told) -> None:
    """One request for both loans, sent."""
    from tideover.app.verbs import application, evidence_files

    lent_twice(told)
    loans = (told.reference, other_loan(told))
    told.number = application.open_together(told.borrower, loans, key="together").number
    for section, answers in ANSWERS.items():
        application.save_section(told.borrower, told.number, section, answers, key=section)
    evidence_files.attach(
        told.borrower, told.number, need="termination_letter", name="离职证明.pdf",
        content=PAGE + told.number.encode(), key="file",
    )  # fmt: skip
    application.submit(told.borrower, told.number, key="submit")


def draft(told: Told, *, but: str = "") -> None:
    """Everything answered, save one section."""
    from tideover.app.verbs import application

    told.number = application.open_case(told.borrower, told.reference, key="open").number
    for section, answers in ANSWERS.items():
        if section == but:
            break
        application.save_section(told.borrower, told.number, section, answers, key=section)


def with_paper(told: Told) -> None:
    from tideover.app.verbs import evidence_files

    draft(told)
    evidence_files.attach(
        told.borrower, told.number, need="termination_letter", name="离职证明.pdf",
        content=PAGE + told.number.encode(), key="file",
    )  # fmt: skip


def submitted(told: Told) -> None:
    from tideover.app.verbs import application

    with_paper(told)
    application.submit(told.borrower, told.number, key="submit")


def claimed(told: Told) -> None:
    from tideover.app.verbs import assessment

    submitted(told)
    agent = desk().agent
    assessment.claim(
        agent, told.number, version=desk().version(told.number), key=f"{told.number}-claim"
    )


def asked_again(told: Told) -> None:
    """An agent could not read the paper and asks for another."""
    from tideover.app.db.models import EvidenceFile
    from tideover.app.verbs import assessment

    claimed(told)
    paper = EvidenceFile.objects.get(case__number=told.number)
    assessment.mark_evidence(
        desk().agent, told.number, paper.pk, outcome="unreadable", note="照片太暗，请在亮处重拍",
        key=f"{told.number}-mark",
    )  # fmt: skip


def declined(told: Told) -> None:
    from tideover.app.verbs import assessment

    claimed(told)
    assessment.decline(
        desk().agent, told.number, reason_code="able-to-pay",
        note="按目前的收支可以继续原来的安排", version=desk().version(told.number),
        key=f"{told.number}-no",
    )  # fmt: skip


def offered(told: Told) -> None:
    from tideover.app.verbs import offering

    claimed(told)
    offers = offering.generate(desk().agent, told.number, key=f"{told.number}-offers").offers
    state = offering.send(
        desk().agent, told.number, offer_keys=[offer.key for offer in offers],
        version=desk().version(told.number), key=f"{told.number}-send",
    )  # fmt: skip
    if state.value == "awaiting-approval":
        offering.approve(
            desk().approver,
            told.number,
            version=desk().version(told.number),
            key=f"{told.number}-yes",
        )


def accepted(told: Told) -> None:
    from tideover.app.verbs import offering

    offered(told)
    view = offering.borrower_offers(told.borrower, told.number)
    offering.accept(
        told.borrower, told.number, view.offers[0].key, key="take", seen=view.set_digest
    )


def shown(told: Told) -> None:
    """An agreement that was shown for as long as reading it takes."""
    from tideover.app.verbs import signing

    accepted(told)
    signing.show_disclosure(told.borrower, told.number)


def signed(told: Told) -> None:
    from tideover.app.db.models import OutboxMessage
    from tideover.app.verbs import signing

    accepted(told)
    signing.show_disclosure(told.borrower, told.number)
    clock_at(SIGNED, "09:45:00")
    signing.send_code(told.borrower, told.number, key="code")
    sent = OutboxMessage.objects.filter(borrower=told.borrower, kind="signing-code")
    text = str(sent.latest("created_at").text)
    code = next(word for word in text.replace("，", " ").split() if word.isdecimal())
    signing.sign(told.borrower, told.number, code=code, key="sign")


def paying(told: Told) -> None:
    """A plan of which every instalment due by today has come in."""
    signed(told)
    pay(told, until=date.fromisoformat(TODAY))


def reviewing(told: Told) -> None:
    """A plan that is looked at again in five days."""
    from tideover.app.db.models import PlanReview
    from tideover.app.verbs import keeping

    paying(told)
    keeping.plan_reviews(date.fromisoformat(SIGNED))
    near = date.fromisoformat(TODAY) + timedelta(days=5)
    PlanReview.objects.filter(agreement__case__number=told.number).update(due_on=near)


def missing(told: Told) -> None:
    """A plan of which the instalment of November has not come in."""
    signed(told)
    pay(told, until=date.fromisoformat(TODAY) - timedelta(days=31))


def settled(told: Told) -> None:
    """A plan paid off by one payment."""
    from tideover.app.verbs import closing, loans

    signed(told)
    clock_at(TODAY, "08:00:00")
    loan = the_loan(told)
    book(told, loans.state(loan, date.fromisoformat(TODAY)).payoff, on=date.fromisoformat(TODAY))
    clock_at(TODAY, "08:30:00")
    closing.close()


def pay(told: Told, *, until: date) -> None:
    from tideover.app.verbs import loans

    lines = loans.state(the_loan(told), date.fromisoformat(SIGNED)).lines
    for line in lines:
        if line.due_date <= until:
            clock_at(line.due_date.isoformat())
            book(told, line.remaining.total, on=line.due_date)


def book(told: Told, amount: Any, *, on: date) -> None:
    from tideover.app import clock
    from tideover.app.db.atomic import atomic
    from tideover.app.verbs import loans
    from tideover.loan import Paid

    with atomic():
        event = Paid(on, f"{told.reference}-{on}", amount)
        loans.record_event(the_loan(told), event, actor="bank", at=clock.now())


def the_loan(told: Told) -> Any:
    from tideover.app.db.models import Loan

    return Loan.objects.get(reference=told.reference)


def desk() -> Any:
    from tideover.app.verbs.demo.journey import Desk

    return Desk()


def bombarded(told: Told) -> None:
    """A request whose every text is an attack: answers, names of papers, and the thread."""
    from hostile_words import WORDS

    from tideover.app import clock
    from tideover.app.db.models import CaseNote
    from tideover.app.verbs import application, evidence_files

    draft(told)
    words = iter(WORDS)
    rows = [
        {"name": next(words)[:60], "kind": "other", "amount": "100", "frequency": "monthly"}
        for _ in range(30)
    ]
    application.save_section(told.borrower, told.number, "income", {"items": rows}, key="rows")
    going = ANSWERS["outgoings"] | {
        "debts": [{"creditor": next(words)[:60], "monthly": "1"} for _ in range(30)],
        "note": "\n".join(next(words) for _ in range(30))[:2000],
    }
    application.save_section(told.borrower, told.number, "outgoings", going, key="debts")
    for place in range(10):
        evidence_files.attach(
            told.borrower, told.number, need="bank_statement", name=f"{next(words)}.pdf",
            content=PAGE + f"{told.number} {place}".encode(), key=f"paper{place}",
        )  # fmt: skip
    application.submit(told.borrower, told.number, key="submit")
    case = told.borrower.cases.get(number=told.number)
    CaseNote.objects.bulk_create(
        CaseNote(
            case=case, author=told.borrower.account, kind="message", text="\n".join(part),
            at=clock.now(),
        )
        for part in zip(*[words] * 4, strict=False)
    )  # fmt: skip


def nothing_yet(told: Told) -> None:
    """A loan in arrears, and no word yet."""

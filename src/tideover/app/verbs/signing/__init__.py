"""Reading and signing an agreement.

The lender's seal is put on the pages and stored before the transaction; one transaction then uses
up the code, records the signature, makes the new schedule the active one, books it and writes the
messages. So a crash leaves the agreement unsigned, or signed once with its sealed file in store.
"""

from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from typing import Any

from tideover.agreements import AgreementDocument, Row
from tideover.app import clock, files
from tideover.app.crash import crash_point
from tideover.app.db import log
from tideover.app.db.atomic import atomic, lock_loan
from tideover.app.db.models import Account, Agreement, Borrower, Case, Role
from tideover.app.pdf import seal, seal_signer
from tideover.app.verbs import hosting, loans
from tideover.app.verbs.acting import demand_themselves
from tideover.app.verbs.case import notices, security_notices
from tideover.app.verbs.case.rows import (
    carry_out,
    folded,
    for_staff,
    lock_theirs,
    parameters_of,
    theirs,
)
from tideover.app.verbs.keeping.plans import begin_plan
from tideover.app.verbs.offering.agreements import context_of, current, document_of
from tideover.app.verbs.offering.basis import OfferOutOfDate, demand_current, round_of
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.app.verbs.signing import codes
from tideover.app.verbs.signing.codes import (
    ExpiredCode,
    TooManyCodes,
    TooManyTries,
    UsedCode,
    WrongCode,
)
from tideover.app.verbs.signing.confirmation import five_numbers
from tideover.cases import Case as CaseFold
from tideover.cases import CaseState, decide
from tideover.cases.commands import ShowDisclosure, Sign
from tideover.offers import Offer, offer_from_record
from tideover.safety import mask_name, mask_phone

__all__ = [
    "AgreementView",
    "CodeSent",
    "ExpiredCode",
    "OfferOutOfDate",
    "SignedAgreement",
    "TooManyCodes",
    "TooManyTries",
    "UsedCode",
    "WrongCode",
    "agreement_view",
    "pdf",
    "pdf_for",
    "send_code",
    "show_disclosure",
    "sign",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """An agreement to read. `digest` is that of the pages, which a signature is bound to."""

    case_number: str
    number: str
    document: AgreementDocument
    digest: str
    offer: Offer
    five_numbers: tuple[Row, ...]
    loan: loans.LoanView
    is_signed: bool
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CodeSent:
    """That a code is on its way, to which number, and until when it counts."""

    to_masked: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignedAgreement:
    """A signature: of which agreement, when, and the digest of the sealed file."""

    number: str
    signed_at: datetime
    sealed_digest: str


def agreement_view(borrower: Borrower, number: str) -> AgreementView:
    """The agreement of the offer that was accepted. Raises NotFound when there is none."""
    case = theirs(borrower, number)
    agreement = current(case, folded(case))
    offer = offer_from_record(agreement.offer)
    return AgreementView(
        case_number=case.number,
        number=agreement.number,
        document=document_of(agreement),
        digest=agreement.document_digest,
        offer=offer,
        five_numbers=five_numbers(offer),
        loan=loans.loan_view(borrower, case.loan.reference, clock.today()),
        is_signed=agreement.signed_at is not None,
        signed_at=agreement.signed_at,
    )


def show_disclosure(borrower: Borrower, number: str, *, key: str = "") -> datetime | None:
    """Record that key facts, text and cost table were shown; return from when they can be signed.

    That is when the reading time of policy is over (金规〔2026〕2号), counted from the first
    showing of this text: showing it again writes nothing, so it needs no receipt. None when it
    cannot be signed now; an agreement that is over may still be read.

    Raises:
        NotFound: the case is not theirs, or no offer is accepted.
    """
    demand_themselves(borrower)
    with atomic():
        case = lock_theirs(borrower, number)
        told = folded(case)
        agreement = current(case, told)
        if told.state is not CaseState.AWAITING_SIGNATURE or told.has_lapsed(clock.now()):
            return None
        at, actor = clock.now(), borrower.account.login
        seconds = parameters_of(case).integer("disclosure.reading_seconds")
        command = ShowDisclosure(agreement.document_digest, seconds, at=at, actor=actor)
        told = carry_out(case, command, before=told)
        if agreement.disclosure_shown_at is None:
            agreement.disclosure_shown_at = at
            agreement.save(update_fields=["disclosure_shown_at"])
    return told.signable_from


def send_code(borrower: Borrower, number: str, *, key: str) -> CodeSent:
    """Send a code that signs this text and no other. The same key sends one message.

    Raises:
        DisclosureNotShown: the text was not shown yet.
        ReadingTimeNotOver: it was shown only just now.
        OfferExpired, OfferOutOfDate: it can no longer be signed.
        TooManyCodes: the next one can be sent later.
        CommandNotAllowed, NotFound.
    """
    demand_themselves(borrower)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        agreement = _signable(case, folded(case))
        parameters, at = parameters_of(case), clock.now()
        code, expires_at = codes.new_code(agreement, parameters=parameters, at=at)
        row = agreement.codes.latest("created_at")
        minutes = parameters.integer("signature.code_minutes")
        notices.signing_code(case, code=code, minutes=minutes, key=str(row.pk))
        log.append(
            "signing",
            kind="signing.code.sent",
            body={"agreement": agreement.number, "document": agreement.document_digest},
            at=at,
            actor=borrower.account.login,
        )
        return {"expires_at": expires_at.isoformat()}

    answer = run_once(
        effect,
        actor=borrower.account.login,
        command="signing.send_code",
        key=key,
        request={"case": number},
    )
    return CodeSent(mask_phone(borrower.phone), datetime.fromisoformat(answer["expires_at"]))


def sign(borrower: Borrower, number: str, *, code: str, key: str) -> SignedAgreement:
    """Sign the agreement. A second tap, with the same key or another, gets the same signature.

    Raises:
        WrongCode, UsedCode, ExpiredCode, TooManyTries: about the code; tries stay counted.
        OfferExpired: the last day is over.
        OfferOutOfDate: something was booked on the loan since the offer was worked out.
        DisclosureNotShown, ReadingTimeNotOver: the text was not shown in this wording, or not long.
        CommandNotAllowed: no offer is accepted.
        NotFound: the case is not theirs.
    """
    demand_themselves(borrower)
    case = theirs(borrower, number)
    told = folded(case)
    if told.agreement is not None:
        return _signature(current(case, told))
    agreement, at = _signable(case, told), clock.now()
    codes.try_code(agreement, code, parameters=parameters_of(case), at=at)
    sealed_digest = files.store(_sealed(case, agreement, at=at), context=_sealed_context(agreement))
    crash_point("sign.sealed")

    def effect() -> dict[str, Any]:
        return _sign(borrower, number, code=code, sealed_digest=sealed_digest, at=at)

    answer = run_once(
        effect,
        actor=borrower.account.login,
        command="signing.sign",
        key=key,
        request={"case": number},
    )
    signature = _signature(Agreement.objects.get(case=case, number=answer["agreement"]))
    if signature.sealed_digest != sealed_digest:
        # Another tap was quicker; this one's file belongs to nothing.
        files.remove(sealed_digest, context=_sealed_context(agreement))
    return signature


def pdf(account: Account, number: str) -> bytes:
    """The pages: sealed once signed, as drawn up before. For the borrower and case staff.

    Raises:
        NotFound: there is no agreement, or it is not theirs to see.
    """
    if may(account, Right.READ_CASES):
        return _pages(for_staff(account, number))
    if account.role == Role.BORROWER and account.is_active:
        return pdf_for(account.borrower, number)
    raise NotFound("agreement")


def pdf_for(borrower: Borrower, number: str) -> bytes:
    """The same for a borrower, or whoever acts for them. Raises NotFound."""
    return _pages(theirs(borrower, number))


def _pages(case: Case) -> bytes:
    agreement = current(case, folded(case))
    if agreement.sealed_digest:
        return files.read(agreement.sealed_digest, context=_sealed_context(agreement))
    return files.read(agreement.document_digest, context=context_of(agreement.number))


def _signable(case: Case, told: CaseFold) -> Agreement:
    """The agreement, if it could be signed this moment; raises why not."""
    at, actor = clock.now(), case.borrower.account.login
    if told.state is not CaseState.AWAITING_SIGNATURE:
        decide(told, Sign("", "", "", at=at, actor=actor))
    agreement = current(case, told)
    decide(told, Sign(agreement.number, agreement.document_digest, "", at=at, actor=actor))
    _demand_current(case, told)
    return agreement


def _demand_current(case: Case, told: CaseFold) -> None:
    if told.table is not None:
        row = round_of(case, told.table.set_digest)
        offered_on = offer_from_record(row.record["set"]["offers"][0]).proposal.restructured.on
        demand_current(case, digest=row.record["loan_digest"], on=offered_on)


def _sign(
    borrower: Borrower, number: str, *, code: str, sealed_digest: str, at: datetime
) -> dict[str, Any]:
    """The one transaction of the signature."""
    case = lock_theirs(borrower, number)
    told = folded(case)
    if told.agreement is not None:
        return {"agreement": told.agreement}
    lock_loan(case.loan.reference)
    agreement = _signable(case, told)
    codes.use_code(agreement, code, parameters=parameters_of(case), at=at)
    crash_point("sign.code-used")
    actor = borrower.account.login
    command = Sign(agreement.number, agreement.document_digest, sealed_digest, at=at, actor=actor)
    carry_out(case, command, before=told)
    crash_point("sign.case-written")
    before = Agreement.objects.filter(loan=case.loan, is_in_force=True).update(is_in_force=False)
    agreement.signed_at, agreement.sealed_digest, agreement.is_in_force = at, sealed_digest, True
    agreement.save()
    crash_point("sign.in-force")
    begin_plan(agreement)
    offer = offer_from_record(agreement.offer)
    change = changed(offer.proposal.restructured, reference=agreement.number)
    loans.record_event(case.loan, change, actor=actor, at=at)
    hosting.queue(agreement, offer, at=at)
    crash_point("sign.booked")
    notices.signed(case, first_due=offer.earliest_due, key=agreement.number)
    if before:
        security_notices.agreement_changed(case, key=agreement.number)
    crash_point("sign.noticed")
    return {"agreement": agreement.number}


def _sealed(case: Case, agreement: Agreement, *, at: datetime) -> bytes:
    pages = files.read(agreement.document_digest, context=context_of(agreement.number))
    phone = mask_phone(case.borrower.phone)
    signature = {
        "number": agreement.number,
        "case": case.number,
        "borrower": mask_name(case.borrower.name),
        "lender": agreement.document["lender"],
        "signed_at": at.isoformat(),
        "confirmed_by": {
            "zh": f"发送至 {phone} 的一次性验证码，仅对应本文件",
            "en": f"a one-time code sent to {phone}, bound to this file only",
        },
        "document_digest": agreement.document_digest,
    }
    return seal(pages, signer=seal_signer(), borrower_signature=signature, at=at)


def _sealed_context(agreement: Agreement) -> str:
    return f"sealed:{agreement.number}"


def _signature(agreement: Agreement) -> SignedAgreement:
    if agreement.signed_at is None:
        raise NotFound("signature")
    return SignedAgreement(agreement.number, agreement.signed_at, agreement.sealed_digest)

"""Drawing an agreement up: its words, its pages, and the digest that a signature is bound to.

The figures come from the accepted offer and from nowhere else. What is signed is the PDF: its
SHA-256 is the digest of the document, and the same record always makes the same bytes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tideover.agreements import (
    AgreementDocument,
    AgreementFacts,
    Clause,
    CostRow,
    Party,
    Row,
    compose,
    document_to_record,
)
from tideover.app import clock, files
from tideover.app.db.models import Agreement, Case, OfferRound
from tideover.app.pdf import render_agreement
from tideover.app.verbs import loans
from tideover.app.verbs.case.rows import parameters_of
from tideover.app.verbs.offering.basis import offer_set_of, round_of
from tideover.app.verbs.refusals import NotFound
from tideover.cases import Case as CaseFold
from tideover.offers import Offer, offer_from_record, offer_to_record
from tideover.policy import Words
from tideover.safety import mask_id, mask_phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An agreement that was drawn up: its pages are in store, its row is perhaps not yet kept."""

    number: str
    round_number: int
    offer: Offer
    record: dict[str, Any]
    digest: str


def draw_up(case: Case, row: OfferRound, offer_key: str) -> Drawn:
    """Compose and typeset the agreement of an offer, or find it where that was done before."""
    number = number_of(case, row, offer_key)
    earlier = Agreement.objects.filter(number=number).first()
    if earlier is not None:
        return Drawn(
            number=number,
            round_number=row.number,
            offer=offer_from_record(earlier.offer),
            record=earlier.document,
            digest=earlier.document_digest,
        )
    offer = _offer(row, offer_key)
    record = document_to_record(compose(_facts(case, offer, number=number)))
    digest = files.store(render_agreement(record), context=context_of(number))
    return Drawn(number=number, round_number=row.number, offer=offer, record=record, digest=digest)


def keep(case: Case, drawn: Drawn) -> Agreement:
    """The row of an agreement that was drawn up, kept once. Call it inside the transaction."""
    agreement, _ = Agreement.objects.get_or_create(
        number=drawn.number,
        defaults={
            "case": case,
            "loan": case.loan,
            "offer_key": drawn.offer.key,
            "offer": offer_to_record(drawn.offer),
            "document": drawn.record,
            "document_digest": drawn.digest,
            "made_at": clock.now(),
        },
    )
    return agreement


def current(case: Case, told: CaseFold) -> Agreement:
    """The agreement that is signed, or about to be. Raises NotFound when no offer is accepted."""
    number = told.agreement
    if number is None and told.accepted is not None and told.table is not None:
        number = number_of(case, round_of(case, told.table.set_digest), told.accepted)
    # While a plan is talked over again, the agreement to read is the one still in force.
    number = number or told.in_force or ""
    agreement = Agreement.objects.filter(case=case, number=number).first()
    if agreement is None:
        raise NotFound("agreement")
    return agreement


def number_of(case: Case, row: OfferRound, offer_key: str) -> str:
    """The number of the agreement of one offer: of the case, the round, and its place in it."""
    keys = [offer["key"] for offer in row.record["set"]["offers"]]
    own = case.number.rpartition("-")[2]
    return f"AG-{own}-{row.number}{keys.index(offer_key) + 1}"


def context_of(number: str) -> str:
    """The place that the stored pages of an agreement are bound to."""
    return f"agreement:{number}"


def document_of(agreement: Agreement) -> AgreementDocument:
    """The document as it was drawn up, word for word, with the schedule of its offer."""
    record, offer = agreement.document, offer_from_record(agreement.offer)
    borrower = record["borrower"]
    return AgreementDocument(
        number=record["number"],
        title=Words.from_record(record["title"]),
        made_on=date.fromisoformat(record["made_on"]),
        lender=Words.from_record(record["lender"]),
        borrower=Party(
            name=borrower["name"],
            id_number_masked=borrower["id_number"],
            phone_masked=borrower["phone"],
        ),
        loan_reference=record["loan_reference"],
        key_facts=tuple(_row(one) for one in record["key_facts"]),
        clauses=tuple(_clause(one) for one in record["clauses"]),
        schedule=offer.schedule,
        due_lines=offer.proposal.due_lines,
        cost_table=tuple(_cost(one) for one in record["cost_table"]),
        contingent_costs=tuple(_cost(one) for one in record["contingent_costs"]),
        notice=Words.from_record(record["notice"]),
    )


def _offer(row: OfferRound, offer_key: str) -> Offer:
    offer = offer_set_of(row).offer(offer_key)
    if offer is None:
        raise NotFound("offer")
    return offer


def _facts(case: Case, offer: Offer, *, number: str) -> AgreementFacts:
    judged_on = offer.proposal.restructured.on
    parameters = parameters_of(case, on=judged_on)
    borrower = case.borrower
    return AgreementFacts(
        number=number,
        lender=Words(parameters.text("lender.name_zh"), parameters.text("lender.name_en")),
        borrower=Party(
            name=borrower.name,
            id_number_masked=mask_id(borrower.id_number),
            phone_masked=mask_phone(borrower.phone),
        ),
        loan_reference=case.loan.reference,
        product=loans.product_words(case.loan.product, judged_on),
        terms=loans.terms(case.loan),
        offer=offer,
        made_on=clock.today(),
        parameters=parameters,
    )


def _row(record: dict[str, Any]) -> Row:
    return Row(Words.from_record(record["label"]), Words.from_record(record["value"]))


def _clause(record: dict[str, Any]) -> Clause:
    title, text = Words.from_record(record["title"]), Words.from_record(record["text"])
    return Clause(record["number"], title, text)


def _cost(record: dict[str, Any]) -> CostRow:
    return CostRow(**{name: Words.from_record(words) for name, words in record.items()})

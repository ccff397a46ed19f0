"""The letter that says that a loan is paid off, typeset once and kept."""

from datetime import date

from tideover.app import files
from tideover.app.db.models import Agreement, Borrower, PlanKeeping
from tideover.app.pdf import render_settlement
from tideover.app.verbs.books import loan_events
from tideover.app.verbs.case.rows import parameters_of, theirs
from tideover.app.verbs.refusals import NotFound
from tideover.dates import format_date_en, format_date_zh
from tideover.loan import Paid, Reversed
from tideover.money import Money, total
from tideover.offers import offer_from_record
from tideover.safety import mask_name


def settlement_letter(borrower: Borrower, number: str) -> bytes:
    """The letter of the borrower's case. Raises NotFound while it is not paid off."""
    case = theirs(borrower, number)
    kept = PlanKeeping.objects.filter(agreement__case=case, completed_on__isnull=False)
    keeping = kept.select_related("agreement__loan").first()
    if keeping is None:
        raise NotFound("letter")
    return written(keeping)


def written(keeping: PlanKeeping) -> bytes:
    """The letter of a plan that is complete; typeset the first time it is asked for."""
    agreement = keeping.agreement
    context = f"settled:{agreement.number}"
    if keeping.letter_digest:
        return files.read(keeping.letter_digest, context=context)
    if keeping.completed_on is None:
        raise NotFound("letter")
    content = render_settlement(_record(agreement, keeping.completed_on))
    digest = files.store(content, context=context)
    PlanKeeping.objects.filter(pk=keeping.pk).update(letter_digest=digest)
    return content


def _record(agreement: Agreement, on: date) -> dict[str, object]:
    loan, case = agreement.loan, agreement.case
    parameters, state = parameters_of(case, on=on), loan_events.state(loan, on)
    none = Money.zero(loan_events.terms(loan).currency)
    waived = sum((line.waived.total for line in (*state.closed_lines, *state.lines)), none)
    years = parameters.integer("credit_record.years_kept")
    return {
        "number": agreement.number,
        "lender": {
            "zh": parameters.text("lender.name_zh"),
            "en": parameters.text("lender.name_en"),
        },
        "borrower": mask_name(case.borrower.name),
        "loan": loan.reference,
        "agreement": agreement.number,
        "settled_on": on.isoformat(),
        "settled_words": {"zh": format_date_zh(on), "en": format_date_en(on)},
        "received": _received(agreement).display,
        "waived": (waived + _waived_by(agreement)).display,
        "credit": {
            "zh": f"将向征信系统报送“结清”。此前已有的逾期记录自结清之日起保留 {years} 年，"
            "之后自动删除；任何人都不能收费“修复”。",
            "en": f"The account is reported as settled. Marks from before stay for {years} years "
            "from this day and are then removed; nobody can sell a “repair”.",
        },
    }


def _received(agreement: Agreement) -> Money:
    known = loan_events.events(agreement.loan)
    taken_back = {event.of for event in known if isinstance(event, Reversed)}
    currency = loan_events.terms(agreement.loan).currency
    paid = (
        event.amount
        for event in known
        if isinstance(event, Paid) and event.reference not in taken_back
    )
    return total(paid, currency)


def _waived_by(agreement: Agreement) -> Money:
    return offer_from_record(agreement.offer).proposal.restructured.waived.total

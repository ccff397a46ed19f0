"""What was read and found in a document, in the reader's language, and what to say on the phone."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tideover.app.verbs import examining
from tideover.app.workbench import text
from tideover.policy import Words

ISSUER_ANSWERS: Sequence[str] = ("confirmed", "not-issued", "differs", "cannot-say", "not-reached")
_SURE, _LIKELY = 900, 750


def kind_of_document(code: str) -> str:
    """Return the kind of a document in words."""
    return {
        "diagnosis_certificate": _("Diagnosis certificate"),
        "discharge_record": _("Discharge record"),
        "invoice": _("Invoice"),
        "termination_certificate": _("Termination certificate"),
        "bank_statement": _("Bank statement"),
        "wage_slip": _("Wage slip"),
        "unemployment_registration": _("Unemployment registration"),
        "disaster_receipt": _("Disaster or police receipt"),
    }.get(code, _("Kind not known"))


def field_words(name: str) -> str:
    """Return the name of a field in words."""
    return {
        "name": _("Name"),
        "id_number": _("Identity number"),
        "issuer": _("Issued by"),
        "issue_date": _("Date of issue"),
        "diagnosis": _("Diagnosis"),
        "start_date": _("Begins on"),
        "end_date": _("Ends on"),
        "account": _("Account number"),
        "period_start": _("Period from"),
        "period_end": _("Period to"),
        "opening_balance": _("Opening balance"),
        "closing_balance": _("Closing balance"),
        "month": _("Month"),
        "gross": _("Gross wage"),
        "deductions": _("Deductions"),
        "net": _("Net wage"),
        "number": _("Number"),
        "amount": _("Amount"),
    }.get(name, name)


def weight_words(code: str) -> str:
    """Return what a finding says about the document."""
    return {
        "contradiction": _("Does not agree"),
        "edited": _("Changed afterwards"),
        "duplicate": _("Seen in another case"),
        "unread": _("Not read"),
        "note": _("Worth knowing"),
    }[code]


def sureness(per_mille: int) -> str:
    """Return how sure the reader is, in words and as a share."""
    word = _("sure") if per_mille >= _SURE else _("likely") if per_mille >= _LIKELY else _("unsure")
    return f"{word}, {per_mille // 10}%"


def issuer_answer_words(code: str) -> str:
    """Return what an issuer said, in words."""
    return {
        "confirmed": _("Yes, they issued it and it agrees"),
        "not-issued": _("No, they did not issue it"),
        "differs": _("They issued one that says something else"),
        "cannot-say": _("They may not or cannot say"),
        "not-reached": _("Nobody was reached"),
    }[code]


def refusal_words(code: str) -> str:
    """Return why nothing could be read, or ""."""
    if not code:
        return ""
    return _("The reader could not open this file (%(code)s). Look at the original.") % {
        "code": code
    }


def issuer_script(report: examining.Report | None, *, label: Words) -> tuple[str, ...]:
    """Return what to say to the issuer. It asks about the paper and tells nothing of the loan."""
    number, date, issuer = (
        report.value(name) if report else "" for name in ("number", "issue_date", "issuer")
    )
    asked = _("Look up the public number yourself: never call a number printed on the paper.")
    of_whom = (
        _("Ask for the desk that issues such papers at %(issuer)s.") % {"issuer": issuer}
        if issuer
        else _("Ask for the desk that issues such papers.")
    )
    about = {"label": text.in_words(label), "number": number or "—", "date": date or "—"}
    words = _(
        "“I am checking a paper that was handed to us: %(label)s, number %(number)s, dated "
        "%(date)s. Did you issue it, and does it say the same in your books?”"
    )
    silent = _("Do not mention the loan, a debt or a late payment. Name the person only if asked.")
    return asked, of_whom, words % about, silent

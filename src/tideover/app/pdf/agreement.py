"""The pages of an agreement: the agreement itself, and the page that says how it was signed."""

from collections.abc import Mapping
from datetime import date, datetime

from tideover.app.clock import BUSINESS_ZONE
from tideover.app.pdf.typesetting import typeset
from tideover.dates import format_date_en, format_date_zh


def render_agreement(record: Mapping[str, object]) -> bytes:
    """Return the agreement as PDF/A-3b.

    Key facts fill page one; then comes all of it in Chinese, then the English reading copy.
    `record` is what `agreements.document_to_record` gives. The same record makes the same
    bytes, so their SHA-256 is the digest that the borrower's code is bound to.
    """
    return typeset("agreement", record=record, made_on=date.fromisoformat(str(record["made_on"])))


def render_settlement(record: Mapping[str, object]) -> bytes:
    """Return the letter that a loan is paid off, as PDF/A-3b of one page."""
    day = date.fromisoformat(str(record["settled_on"]))
    return typeset("settlement", record=record, made_on=day)


def render_objection(record: Mapping[str, object]) -> bytes:
    """Return an objection to a credit record, ready to be signed and sent."""
    day = date.fromisoformat(str(record["made_on"]))
    return typeset("objection", record=record, made_on=day)


def render_signature_page(
    facts: Mapping[str, object], *, file_digest: str, sealed_by: str, at: datetime
) -> bytes:
    """Return the page that is added behind the agreement when it is sealed."""
    day = at.astimezone(BUSINESS_ZONE).date()
    signed_at = datetime.fromisoformat(str(facts["signed_at"]))
    record = {
        **facts,
        "signed_at": _moment(signed_at),
        "sealed_at": _moment(at),
        "sealed_on": day.isoformat(),
        "sealed_by": sealed_by,
        "file_digest": file_digest,
    }
    return typeset("signature", record=record, made_on=day)


def _moment(at: datetime) -> dict[str, str]:
    """Return a moment in Beijing time, to the second, in both languages."""
    local = at.astimezone(BUSINESS_ZONE)
    return {
        "zh": f"{format_date_zh(local.date())} {local:%H:%M:%S}（北京时间）",
        "en": f"{format_date_en(local.date())}, {local:%H:%M:%S} (Beijing time)",
    }

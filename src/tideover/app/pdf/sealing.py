"""Sealing: the borrower's signature and the lender's seal, added without touching what was signed.

A PDF may grow only at its end. The bytes the borrower confirmed stay as they are and the
increment behind them holds the signature page, the signature facts as a JSON attachment, and
the lender's PAdES signature with a time stamp (level B-T) over all of it. So whoever has the
sealed file also has the exact file whose digest the borrower's code was bound to.
"""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp.noop import NoOpStampStyle

from tideover.app.pdf.agreement import render_signature_page
from tideover.app.pdf.authority import SealOutOfDate
from tideover.app.pdf.signer import CmsSigner, SealSigner

FACTS_NAME = "borrower-signature.json"
SEAL_FIELD = "LenderSeal"
#: Where the signature page draws the seal, in points from the page's lower left corner.
_SEAL_BOX = (57, 62, 232, 130)
#: What a borrower's signature must say before a seal goes on it.
_NEEDED = ("number", "borrower", "lender", "signed_at", "confirmed_by")


class SignatureFactMissing(KeyError):
    """The borrower's signature lacks a fact without which it proves nothing."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        super().__init__(f"the borrower's signature needs {fact!r} before it can be sealed")


class _Increment(IncrementalPdfFileWriter):
    """An increment that leaves the document's metadata as it was signed."""

    def _update_meta(self) -> None:
        """Change nothing: the usual way stamps the machine's own clock into the file."""


def seal(
    pdf: bytes, *, signer: SealSigner, borrower_signature: Mapping[str, object], at: datetime
) -> bytes:
    """Return `pdf` with the borrower's signature facts and the lender's seal behind it.

    `borrower_signature` holds `number`, `borrower` (masked), `lender` (zh, en), `signed_at` (ISO
    with offset), `confirmed_by` (zh, en: how the code was confirmed), and whatever else should be
    kept; digest and length of `pdf` are added here. `at` is the time on the seal and the stamp.

    A file that already bears a seal gets a second one, which leaves the first intact: the facts
    then stand in the seal's own reason, since a new page would break what the first one covers.

    Raises:
        SignatureFactMissing: one of the needed facts is not there.
        SealOutOfDate: the certificate is not valid at that time.
    """
    for fact in _NEEDED:
        if fact not in borrower_signature:
            raise SignatureFactMissing(fact)
    _demand_valid(signer, at)
    out = _Increment(BytesIO(pdf))
    earlier = len(out.prev.embedded_signatures)
    facts = {
        **borrower_signature,
        "file_digest": hashlib.sha256(pdf).hexdigest(),
        "file_length": len(pdf),
    }
    if earlier:
        return _signed(out, field=f"{SEAL_FIELD}{earlier + 1}", facts=facts, signer=signer, at=at)
    _add_page(out, facts, sealed_by=_name_of(signer), at=at)
    _attach(out, facts)
    box = fields.SigFieldSpec(SEAL_FIELD, on_page=-1, box=_SEAL_BOX)
    fields.append_signature_field(out, box)
    return _signed(out, field=SEAL_FIELD, facts=facts, signer=signer, at=at)


def _demand_valid(signer: SealSigner, at: datetime) -> None:
    validity = x509.Certificate.load(signer.certificate)["tbs_certificate"]["validity"]
    begins, ends = validity["not_before"].native, validity["not_after"].native
    if not begins <= at <= ends:
        raise SealOutOfDate(begins=begins, ends=ends, at=at)


def _signed(
    out: IncrementalPdfFileWriter,
    *,
    field: str,
    facts: Mapping[str, object],
    signer: SealSigner,
    at: datetime,
) -> bytes:
    is_first = field == SEAL_FIELD
    session = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=_reason(facts),
            name=_name_of(signer),
            certify=is_first,
            docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        ),
        CmsSigner(signer),
        timestamper=signer.time_stamper(at),
        stamp_style=NoOpStampStyle(),
    )
    return asyncio.run(_finish(session, out, at=at))


async def _finish(
    pdf_signer: signers.PdfSigner, out: IncrementalPdfFileWriter, *, at: datetime
) -> bytes:
    """Sign as `PdfSigner.async_sign_pdf` does, but at the time we were given."""
    session = pdf_signer.init_signing_session(out)
    session.system_time = at
    size = await session.estimate_signature_container_size(None)
    prepared = session.prepare_tbs_document(validation_info=None, bytes_reserved=size)
    output = BytesIO()
    digest, _ = prepared.digest_tbs_document(output=output)
    await prepared.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    return output.getvalue()


def _add_page(
    out: IncrementalPdfFileWriter, facts: Mapping[str, object], *, sealed_by: str, at: datetime
) -> None:
    """Add the signature page behind the last page."""
    page_file = render_signature_page(
        facts, file_digest=str(facts["file_digest"]), sealed_by=sealed_by, at=at
    )
    page = PdfFileReader(BytesIO(page_file)).root["/Pages"]["/Kids"][0]
    kept = generic.DictionaryObject()  # type: ignore[no-untyped-call]
    kept[generic.pdf_name("/Type")] = generic.pdf_name("/Page")
    for key in ("/Contents", "/Resources", "/MediaBox", "/Group"):
        if key in page:
            kept[generic.pdf_name(key)] = out.import_object(page.raw_get(key))
    out.insert_page(kept)  # type: ignore[no-untyped-call]


def _attach(out: IncrementalPdfFileWriter, facts: Mapping[str, object]) -> None:
    """Attach the facts as JSON, related to the document as PDF/A-3 asks."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1).encode()
    stream = embed.EmbeddedFileObject.from_file_data(
        out,
        text,
        mime_type="application/json",
        params=embed.EmbeddedFileParams(
            modification_date=datetime.fromisoformat(str(facts["signed_at"]))
        ),
    )
    embed.embed_file(
        out,
        embed.FileSpec(
            FACTS_NAME,
            file_name=FACTS_NAME,
            embedded_data=stream,
            description="Facts of the borrower's signature",
        ),
    )
    spec = out.root["/Names"]["/EmbeddedFiles"]["/Names"].raw_get(1)
    spec.get_object()[generic.pdf_name("/AFRelationship")] = generic.pdf_name("/Data")
    out.root[generic.pdf_name("/AF")] = out.add_object(generic.ArrayObject([spec]))
    out.update_root()  # type: ignore[no-untyped-call]


def _reason(facts: Mapping[str, object]) -> str:
    return (
        f"{facts['number']}: signed by {facts['borrower']} at {facts['signed_at']}, "
        f"SHA-256 {facts['file_digest']}"
    )


def _name_of(signer: SealSigner) -> str:
    subject = x509.Certificate.load(signer.certificate).subject.native
    return str(subject["common_name"])

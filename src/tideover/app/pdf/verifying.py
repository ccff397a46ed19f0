"""Reading a sealed agreement back: who sealed it, when, and whether one byte has changed."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tideover.app.pdf.byte_range import NotAsSealed, bears_a_seal, check_outermost
from tideover.app.pdf.sealing import FACTS_NAME
from tideover.money import Refusal

# A seal that leads to nobody we trust is an answer here, not an event to log with its stack.
logging.getLogger("pyhanko.sign.validation.generic_cms").setLevel(logging.CRITICAL)

#: What reading a file raises that was made to be unreadable, and signed as such.
_UNREADABLE = (
    PdfError,
    SignatureValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    NotImplementedError,
    RecursionError,
)


class NotSealed(Refusal):
    """The file bears no seal at all."""

    code: ClassVar[str] = "agreement-not-sealed"

    def __init__(self) -> None:
        super().__init__(
            "the file bears no seal; ask the lender for the signed copy",
            "文件上没有电子印章，请向贷款人索取已签署的文件",
        )


class TrustUnreadable(Refusal):
    """A file of the trust folder that should hold certificates holds none."""

    code: ClassVar[str] = "trust-unreadable"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path.name} in the trust folder is no PEM file; take it out or put the "
            "authority's certificate in its place",
            f"信任文件夹中的 {path.name} 不是 PEM 证书；请移走，或换成机构的证书",
        )


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal on the file."""

    who: str
    """The name in the certificate of the seal."""
    when: datetime | None
    """When it was made, as the time stamp proves; None when no time stamp holds."""
    is_intact: bool
    """Whether the bytes it covers are those it was made over, and nothing else came in."""
    is_trusted: bool
    """Whether its certificate and its time stamp lead to an authority in the trust folder."""
    covers_whole_file: bool


@dataclass(frozen=True, slots=True)
class SealReport:
    """What can be said about a sealed file."""

    seals: tuple[Seal, ...]
    facts: Mapping[str, object]
    """The facts of the borrower's signature; empty when they cannot be read."""
    problem: str
    """Where a change was noticed, in English; empty when there is none."""

    @property
    def is_intact(self) -> bool:
        """Whether not one byte differs from what was sealed."""
        return not self.problem and bool(self.seals) and all(s.is_intact for s in self.seals)

    @property
    def is_trusted(self) -> bool:
        """Whether every seal leads to an authority the reader trusts."""
        return bool(self.seals) and all(seal.is_trusted for seal in self.seals)

    @property
    def who(self) -> str:
        """Who made the first seal."""
        return self.seals[0].who if self.seals else ""

    @property
    def when(self) -> datetime | None:
        """When the first seal was made, as its time stamp proves."""
        return self.seals[0].when if self.seals else None

    @property
    def covers_whole_file(self) -> bool:
        """Whether the last seal covers everything."""
        return bool(self.seals) and self.seals[-1].covers_whole_file


def verify(pdf: bytes, trust: Path | None = None) -> SealReport:
    """Return what can be said about the seals on `pdf`.

    `trust` is a folder with the certificates (`*.pem`) of the authorities the reader trusts;
    without one, nothing is trusted, and whether bytes changed is still told. Nothing is fetched.

    Raises:
        NotSealed: there is no seal on the file, not even a broken one.
        TrustUnreadable: a file of the trust folder is no PEM file.
    """
    if not bears_a_seal(pdf):
        raise NotSealed
    roots = _authorities(trust)
    try:
        check_outermost(pdf)
        reader = PdfFileReader(BytesIO(pdf))
        seals = tuple(_examined(seal, roots) for seal in reader.embedded_regular_signatures)
        facts = _facts(reader)
    except NotAsSealed as broken:
        return SealReport((), {}, problem=str(broken))
    except _UNREADABLE as error:
        return SealReport((), {}, problem=f"the seal cannot be read: {error}")
    return SealReport(seals, facts, problem=_difference(pdf, facts))


def _examined(signature: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> Seal:
    stamped = _stamped_time(signature)
    context = ValidationContext(
        trust_roots=roots, other_certs=[], moment=stamped, allow_fetching=False
    )
    status = validate_pdf_signature(signature, context)
    stamp = status.timestamp_validity
    has_time = stamp is not None and stamp.valid and stamp.intact
    return Seal(
        who=str(signature.signer_cert.subject.native["common_name"]),
        when=stamped if has_time else None,
        is_intact=has_time and _is_intact(status),
        is_trusted=has_time and status.trusted and stamp is not None and stamp.trusted,
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
    )


def _is_intact(status: PdfSignatureStatus) -> bool:
    """Return whether the signature holds and whatever came behind it was allowed to come."""
    whole = status.coverage in {
        SignatureCoverageLevel.ENTIRE_FILE,
        SignatureCoverageLevel.ENTIRE_REVISION,
    }
    return bool(status.intact and status.valid and whole and status.docmdp_ok)


def _stamped_time(signature: EmbeddedPdfSignature) -> datetime:
    """Return the time the stamp claims: the moment certificates are judged at.

    The stamp itself is verified afterwards, at this same moment, so a made-up time falls with it.
    """
    for attribute in signature.signer_info["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            token = attribute["values"][0]["content"]
            stamped: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
            return stamped
    raise NotAsSealed("the seal carries no time stamp")


def _authorities(trust: Path | None) -> list[x509.Certificate]:
    """Return the authorities among the certificates of the folder `trust`."""
    if trust is None:
        return []
    found = [certificate for path in sorted(trust.glob("*.pem")) for certificate in _in_file(path)]
    return [certificate for certificate in found if certificate.ca]


def _in_file(path: Path) -> list[x509.Certificate]:
    content = path.read_bytes()
    if not pem.detect(content):
        raise TrustUnreadable(path)
    return [
        x509.Certificate.load(der)
        for kind, _, der in pem.unarmor(content, multiple=True)
        if kind == "CERTIFICATE"
    ]


def _facts(reader: PdfFileReader) -> Mapping[str, object]:
    """Return the facts of the borrower's signature that are attached to the file."""
    names = list(reader.root["/Names"]["/EmbeddedFiles"]["/Names"])
    for at in range(0, len(names) - 1, 2):
        if names[at] == FACTS_NAME:
            facts = json.loads(names[at + 1].get_object()["/EF"]["/F"].data)
            return facts if isinstance(facts, dict) else {}
    return {}


def _difference(pdf: bytes, facts: Mapping[str, object]) -> str:
    """Return what speaks against the file being the one the borrower's code was bound to."""
    length, digest = facts.get("file_length"), facts.get("file_digest")
    if not isinstance(length, int) or hashlib.sha256(pdf[:length]).hexdigest() != digest:
        return "the text in front of the seal is not the one the borrower confirmed"
    return ""

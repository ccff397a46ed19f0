"""The outermost seal of a file, read from its raw bytes, with no tolerance for other spellings.

A usual validator overlooks changes that do not matter to the signature: small letters in the
hexadecimal, bytes behind the CMS object, another way to encode the same value. Here a file is
either exactly what was sealed or it is not.
"""

import hashlib
import re

from asn1crypto import cms

from tideover.app.pdf.der import NotDer, der_size, in_set_order

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
#: Object identifiers and algorithm names as they are encoded, with and without the empty parameter.
_PLAIN_CONTENT = "1.2.840.113549.1.7.1"
_DIGESTS = tuple(
    bytes.fromhex(head + f"060960864801650304020{kind}" + tail)
    for kind in (1, 2, 3)  # SHA-256, -384, -512: outside authorities take longer ones
    for head, tail in (("300d", "0500"), ("300b", ""))
)
_RSA = tuple(
    bytes.fromhex(head + f"06092a864886f70d0101{kind}" + tail)
    for kind in ("01", "0b", "0c", "0d")  # plain RSA, and with each of these digests
    for head, tail in (("300d", "0500"), ("300b", ""))
)
_CONTENTS = re.compile(rb"<[0-9A-F]+>")


class NotAsSealed(Exception):
    """The bytes are not those that were sealed; the message says where it was noticed."""


def bears_a_seal(pdf: bytes) -> bool:
    """Return whether there is anything like a seal in the file, whole or broken."""
    return b"/ByteRange" in pdf or b"/ETSI.CAdES.detached" in pdf or b"/LenderSeal" in pdf


def check_outermost(pdf: bytes) -> None:
    """Return if the last seal covers the whole file and its digest is that of the bytes.

    Raises:
        NotAsSealed: it does not, or the seal itself is not spelled as it was written.
    """
    ranges = _RANGE.findall(pdf)
    if not ranges:
        raise NotAsSealed("the seal's range is not readable")
    start, length, resume, rest = (int(figure) for figure in ranges[-1])
    if start != 0 or not length < resume or resume + rest != len(pdf):
        raise NotAsSealed("bytes lie outside the seal")
    content = _seal_content(pdf[length:resume])
    digest = hashlib.sha256(pdf[:length] + pdf[resume:]).digest()
    try:
        container = cms.ContentInfo.load(content)
        if _message_digest(container["content"]) != digest:
            raise NotAsSealed("the bytes have another digest")
        _check_unsigned_parts(container)
        _check_encoding(container, content)
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
        raise NotAsSealed("the seal cannot be parsed") from None


def _seal_content(contents: bytes) -> bytes:
    if _CONTENTS.fullmatch(contents) is None or len(contents) % 2:
        raise NotAsSealed("the seal is not in its own spelling")
    return bytes.fromhex(contents[1:-1].decode("ascii"))


def _check_encoding(container: cms.ContentInfo, content: bytes) -> None:
    """Return if nothing but zeros follows the seal and it is spelled as its values must be."""
    container.native  # noqa: B018 (reads every part once, so that all of it is parsed)
    try:
        size = der_size(content)
    except NotDer:
        raise NotAsSealed("the seal is not in its own encoding") from None
    if content[size:].strip(b"\x00"):
        raise NotAsSealed("the seal is not in its own encoding")


def _check_unsigned_parts(container: cms.ContentInfo) -> None:
    """Return if the parts that no signature covers say what they must, here and in the stamp."""
    signed = container["content"]
    (signer,) = signed["signer_infos"]
    (named,) = signed["digest_algorithms"]
    is_plain = signed["encap_content_info"]["content_type"].dotted == _PLAIN_CONTENT
    certificates = [certificate.chosen for certificate in signed["certificates"]]
    whose = {(held.issuer.dump(), held.serial_number) for held in certificates}
    sid = signer["sid"].chosen
    as_it_must = (
        container["content_type"].native == "signed_data"
        and signed["version"].native == ("v1" if is_plain else "v3")
        and signer["version"].native == "v1"
        and named.dump() in _DIGESTS
        and signer["digest_algorithm"].dump() in _DIGESTS
        and signer["signature_algorithm"].dump() in _RSA
        and (sid["issuer"].dump(), sid["serial_number"].native) in whose
        and in_set_order(certificates) == certificates
    )
    if not as_it_must:
        raise NotAsSealed("the seal's own frame was changed")
    for attribute in signer["unsigned_attrs"] or ():
        if attribute["type"].native != "signature_time_stamp_token":
            raise NotAsSealed("something was added to the seal")
        (token,) = attribute["values"]
        _check_unsigned_parts(token)


def _message_digest(signed: cms.SignedData) -> bytes:
    (signer,) = signed["signer_infos"]
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "message_digest":
            found: bytes = attribute["values"][0].native
            return found
    raise NotAsSealed("the seal names no digest")

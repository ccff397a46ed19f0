"""Telling other systems of the lender what happened: signed, in order, at least once."""

from tideover.app.webhooks.delivering import Delivered, deliver_waiting
from tideover.app.webhooks.signing import SIGNATURE_HEADER, SignatureWrong, signature, verify
from tideover.app.webhooks.targets import TargetNotAllowed, allowed

__all__ = [
    "SIGNATURE_HEADER",
    "Delivered",
    "SignatureWrong",
    "TargetNotAllowed",
    "allowed",
    "deliver_waiting",
    "signature",
    "verify",
]

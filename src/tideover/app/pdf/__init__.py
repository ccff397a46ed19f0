"""Agreements as PDF: typeset, sealed, and checked again.

`render_agreement` makes the same bytes for the same record; `seal` adds the borrower's signature
and the lender's seal behind them; `verify` says who, when, and whether one byte has changed.
"""

from tideover.app.pdf.agreement import render_agreement, render_objection, render_settlement
from tideover.app.pdf.authority import (
    FileSigner,
    SealMissing,
    load_signer,
    make_demo_authority,
    seal_folder,
)
from tideover.app.pdf.choosing import TimeStampMissing, seal_signer
from tideover.app.pdf.sealing import SignatureFactMissing, seal
from tideover.app.pdf.signer import SealSigner, SealUnavailable
from tideover.app.pdf.time_stamping import TimeNotStamped
from tideover.app.pdf.token import TokenMisnamed, TokenUnavailable
from tideover.app.pdf.verifying import NotSealed, Seal, SealReport, TrustUnreadable, verify

__all__ = [
    "FileSigner",
    "NotSealed",
    "Seal",
    "SealMissing",
    "SealReport",
    "SealSigner",
    "SealUnavailable",
    "SignatureFactMissing",
    "TimeNotStamped",
    "TimeStampMissing",
    "TokenMisnamed",
    "TokenUnavailable",
    "TrustUnreadable",
    "load_signer",
    "make_demo_authority",
    "render_agreement",
    "render_objection",
    "render_settlement",
    "seal",
    "seal_folder",
    "seal_signer",
    "verify",
]

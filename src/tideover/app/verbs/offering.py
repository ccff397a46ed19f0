"""Offers: worked out by an agent, sent or approved, chosen by the borrower, talked about."""

from tideover.app.verbs._approvals import ApprovalItem, approvals
from tideover.app.verbs._basis import OfferOutOfDate
from tideover.app.verbs._candidates import generate
from tideover.app.verbs._choosing import OffersView, accept, borrower_offers
from tideover.app.verbs._sending import approve, expire, send, send_back
from tideover.app.verbs._talking import AnotherCaseOpen, ReviewTooLate, ask_to_talk

__all__ = [
    "AnotherCaseOpen",
    "ApprovalItem",
    "OfferOutOfDate",
    "OffersView",
    "ReviewTooLate",
    "accept",
    "approvals",
    "approve",
    "ask_to_talk",
    "borrower_offers",
    "expire",
    "generate",
    "send",
    "send_back",
]

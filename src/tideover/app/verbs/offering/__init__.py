"""Offers: worked out by an agent, sent or approved, chosen by the borrower, talked about."""

from tideover.app.verbs.offering.allowance import Allowance, AllowanceUsedUp, allowance_of
from tideover.app.verbs.offering.approvals import ApprovalItem, approvals
from tideover.app.verbs.offering.basis import OfferOutOfDate
from tideover.app.verbs.offering.budgeting import Budget, budget
from tideover.app.verbs.offering.candidates import generate
from tideover.app.verbs.offering.choosing import OffersView, accept, borrower_offers
from tideover.app.verbs.offering.exploring import Explored, explore, look_around
from tideover.app.verbs.offering.negotiating import ask_for_another, propose, withdraw_terms
from tideover.app.verbs.offering.rounds import (
    Figures,
    Negotiation,
    NothingProposed,
    RoundView,
    negotiation,
    read_terms,
)
from tideover.app.verbs.offering.sending import approve, expire, send, send_back
from tideover.app.verbs.offering.talking import AnotherCaseOpen, ReviewTooLate, ask_to_talk

__all__ = [
    "Allowance",
    "AllowanceUsedUp",
    "AnotherCaseOpen",
    "ApprovalItem",
    "Budget",
    "Explored",
    "Figures",
    "Negotiation",
    "NothingProposed",
    "OfferOutOfDate",
    "OffersView",
    "ReviewTooLate",
    "RoundView",
    "accept",
    "allowance_of",
    "approvals",
    "approve",
    "ask_for_another",
    "ask_to_talk",
    "borrower_offers",
    "budget",
    "expire",
    "explore",
    "generate",
    "look_around",
    "negotiation",
    "propose",
    "read_terms",
    "send",
    "send_back",
    "withdraw_terms",
]

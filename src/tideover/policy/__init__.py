"""Dated, sourced numbers of law, product and lender; rules that answer with reasons.

Numbers live in `book/*.yaml` and never in code. Rules are functions from `PlanFacts` and the
`Parameters` of a day to a `Verdict`, which always says why.
"""

from tideover.policy import granting, renewing, rules, settling
from tideover.policy.facts import DuePayment, PlanFacts, SettledFacts
from tideover.policy.legal_forms import FORM_LINES, FormFacts, legal_form
from tideover.policy.library import PRODUCTS, BookFault, PolicyBook, ProductUnknown, load_book
from tideover.policy.parameters import (
    DatedParameter,
    NoValueYet,
    Parameter,
    Parameters,
    ParameterUnknown,
    Value,
    WrongUnit,
    value_text,
)
from tideover.policy.penalty import penalty_uplift
from tideover.policy.registry import RuleUnknown, judge, rule_names, rule_reads, rule_text
from tideover.policy.renewing import may_renew, renewal_months_max
from tideover.policy.rule_sets import (
    HitPolicy,
    RuleSet,
    by_priority,
    rule_sets,
)
from tideover.policy.rules import extension_months_max
from tideover.policy.settling import BandsDoNotMatch, least_settlement, least_share
from tideover.policy.telling import value_words
from tideover.policy.verdict import Verdict
from tideover.policy.versions import PolicyChange, PolicyVersion, policy_versions
from tideover.policy.words import Words, counted, percent_text
from tideover.policy.working_days import provisional_years, working_calendar

__all__ = [
    "FORM_LINES",
    "PRODUCTS",
    "BandsDoNotMatch",
    "BookFault",
    "DatedParameter",
    "DuePayment",
    "FormFacts",
    "HitPolicy",
    "NoValueYet",
    "Parameter",
    "ParameterUnknown",
    "Parameters",
    "PlanFacts",
    "PolicyBook",
    "PolicyChange",
    "PolicyVersion",
    "ProductUnknown",
    "RuleSet",
    "RuleUnknown",
    "SettledFacts",
    "Value",
    "Verdict",
    "Words",
    "WrongUnit",
    "by_priority",
    "counted",
    "extension_months_max",
    "granting",
    "judge",
    "least_settlement",
    "least_share",
    "legal_form",
    "load_book",
    "may_renew",
    "penalty_uplift",
    "percent_text",
    "policy_versions",
    "provisional_years",
    "renewal_months_max",
    "renewing",
    "rule_names",
    "rule_reads",
    "rule_sets",
    "rule_text",
    "rules",
    "settling",
    "value_text",
    "value_words",
    "working_calendar",
]

"""What is told to others about a loan: credit record, asset class, accounts, forbearance status.

Everything follows from the loan's terms and events and from dated policy; nothing is stored.
"""

from tideover.agreements.reporting.asset_class import (
    AssetClass,
    Classification,
    ClassificationFacts,
    Restructuring,
    classify,
    classify_loan,
)
from tideover.agreements.reporting.credit_record import (
    CreditRecord,
    MonthMark,
    SpecialTransaction,
    credit_record,
)
from tideover.agreements.reporting.forbearance import (
    Forbearance,
    ForbearanceFacts,
    LateOn,
    forbearance_on,
)
from tideover.agreements.reporting.modification import ModificationEffect, modification_effect

__all__ = [
    "AssetClass",
    "Classification",
    "ClassificationFacts",
    "CreditRecord",
    "Forbearance",
    "ForbearanceFacts",
    "LateOn",
    "ModificationEffect",
    "MonthMark",
    "Restructuring",
    "SpecialTransaction",
    "classify",
    "classify_loan",
    "credit_record",
    "forbearance_on",
    "modification_effect",
]

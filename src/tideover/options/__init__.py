"""What can be done to a loan. Every option is one new schedule that conserves value to the cent."""

from tideover.options.changes import (
    capitalise_arrears,
    defer,
    extend,
    penalty_of,
    reamortise,
    remaining_count,
    waive_penalty,
)
from tideover.options.grid import due_date_after, months_between
from tideover.options.ladder import (
    LadderStep,
    Modification,
    flex_modification,
    income_target,
    level_payment,
    modification,
)
from tideover.options.legal_form import LegalForm
from tideover.options.proposal import ArrearsTreatment, Concession, DueLine, Proposal
from tideover.options.restructuring import (
    NeverAmortises,
    NothingOwed,
    StateOfAnotherDay,
    WaivesMoreThanOwed,
    plan_terms,
    restructure,
)

__all__ = [
    "ArrearsTreatment",
    "Concession",
    "DueLine",
    "LadderStep",
    "LegalForm",
    "Modification",
    "NeverAmortises",
    "NothingOwed",
    "Proposal",
    "StateOfAnotherDay",
    "WaivesMoreThanOwed",
    "capitalise_arrears",
    "defer",
    "due_date_after",
    "extend",
    "flex_modification",
    "income_target",
    "level_payment",
    "modification",
    "months_between",
    "penalty_of",
    "plan_terms",
    "reamortise",
    "remaining_count",
    "restructure",
    "waive_penalty",
]

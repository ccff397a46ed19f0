"""The readers of all classes of Fineract cases beyond origination."""

from collections.abc import Callable, Mapping
from typing import Final

from tideover.cli.conformance import (
    fineract_alloc_triples,
    fineract_steps,
    fineract_steps_triples,
)
from tideover.cli.conformance.results import Case, Checked

_STEP_CLASSES: Final = (
    "charges",
    "contract_termination",
    "interest_pause",
    "reage",
    "reamortize",
    "repayment",
    "reschedule_adjustedDueDate",
    "reschedule_extraTerms",
    "reschedule_graceOnInterest",
    "reschedule_newInterestRate",
    "undo_reprocess",
)

READERS: Final[Mapping[str, Callable[[Case], Checked | str | None]]] = {
    "fineract_alloc_triples": fineract_alloc_triples.difference,
    "fineract_steps_triples": fineract_steps_triples.checked,
    "fineract_reage_triples": fineract_steps_triples.checked,
    **{f"fineract_{name}": fineract_steps.checked for name in _STEP_CLASSES},
}

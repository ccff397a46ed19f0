"""Which reader knows which class of cases. A reader says the first cell that differs."""

from collections.abc import Callable, Mapping
from typing import Final

from tideover.cli.conformance import (
    finance,
    fineract,
    fineract_origination,
    frappe,
    published,
    tape,
    vectors,
)
from tideover.cli.conformance.results import Case, Checked
from tideover.money import Refusal

Reader = Callable[[Case], Checked | str | None]

READERS: Final[Mapping[str, Reader]] = {
    **vectors.READERS,
    **finance.READERS,
    **published.READERS,
    "frappe_lending": frappe.difference,
    "lending_club_10k": tape.difference,
    "fineract_origination": fineract_origination.difference,
    **fineract.READERS,
}


def check(case_class: str, case: Case) -> Checked:
    """Return the first cell of a case that differs, if any, and what its host drops.

    A refusal by the engine is a difference too, and so is a class that nothing can read.
    """
    reader = READERS.get(case_class)
    if reader is None:
        return Checked("this class of cases has no reader")
    try:
        found = reader(case)
    except Refusal as refusal:
        return Checked(f"refused: {refusal}")
    except (KeyError, TypeError, ValueError) as unreadable:
        return Checked(f"the case cannot be read: {unreadable!r}")
    return found if isinstance(found, Checked) else Checked(found)

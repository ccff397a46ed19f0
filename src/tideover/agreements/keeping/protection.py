"""What an agreement in force switches off. This is the one place that says so.

Whoever is about to charge a late fee, to chase, or to report adversely asks here first, with the
day for which it would count.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Protection:
    """What may not be done on a day because an agreement is in force.

    `keeps_to_plan` is False while instalments of the plan itself are missed: then the plan's own
    notices may ask for them, and the record tells the truth; late fees stay off all the same.
    """

    is_in_force: bool
    keeps_to_plan: bool

    @property
    def late_fees_off(self) -> bool:
        """No charge beside what the agreement itself names."""
        return self.is_in_force

    @property
    def dunning_off(self) -> bool:
        """No collection about what the agreement covers; the plan's own notices are not that."""
        return self.is_in_force

    @property
    def adverse_reporting_off(self) -> bool:
        """No new bad mark while the plan is kept."""
        return self.is_in_force and self.keeps_to_plan


def protection_on(
    day: date, *, effective_from: date | None, ended_on: date | None, keeps_to_plan: bool
) -> Protection:
    """Return what is off on a day under an agreement that counts from one day to another.

    It counts from its effective date on, that day included, whenever the question is asked, so a
    charge dated back into it is off as well; no longer on the day it ended. None from which it
    counts means that there is no agreement.
    """
    has_begun = effective_from is not None and day >= effective_from
    is_in_force = has_begun and (ended_on is None or day < ended_on)
    return Protection(is_in_force, keeps_to_plan)

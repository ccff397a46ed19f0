"""Case states in the reader's words."""

from django.utils.translation import gettext as _

from tideover.cases import CaseState


def state_words(state: CaseState) -> str:
    """Return a state of a case the way the desk says it."""
    return {
        CaseState.DRAFT: _("Draft"),
        CaseState.SUBMITTED: _("Submitted"),
        CaseState.ASSESSING: _("Being assessed"),
        CaseState.AWAITING_APPROVAL: _("Awaiting approval"),
        CaseState.OFFERED: _("Offers sent"),
        CaseState.AWAITING_SIGNATURE: _("Awaiting signature"),
        CaseState.ACTIVE: _("Agreement in force"),
        CaseState.ENDED: _("Agreement ended"),
        CaseState.SETTLED: _("Settled"),
        CaseState.DECLINED: _("Declined"),
        CaseState.WITHDRAWN: _("Withdrawn"),
        CaseState.EXPIRED: _("Expired"),
    }[state]

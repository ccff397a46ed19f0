"""Keeping signed plans: looked at each day, told early, quoted, completed, or ended by a person."""

from tideover.app.verbs.keeping.early import tell_early
from tideover.app.verbs.keeping.ending import NotBroken, end_agreement, preview_ending
from tideover.app.verbs.keeping.letters import settlement_letter
from tideover.app.verbs.keeping.plans import KeptPlans, begin_plan, keep_plans
from tideover.app.verbs.keeping.quoting import quote
from tideover.app.verbs.keeping.reminding import remind_of_records
from tideover.app.verbs.keeping.sending import drain_outbox

__all__ = [
    "KeptPlans",
    "NotBroken",
    "begin_plan",
    "drain_outbox",
    "end_agreement",
    "keep_plans",
    "preview_ending",
    "quote",
    "remind_of_records",
    "settlement_letter",
    "tell_early",
]

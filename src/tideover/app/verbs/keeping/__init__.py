"""Keeping signed plans: looked at each day, told early, quoted, completed, or ended by a person."""

from tideover.app.verbs.keeping.early import tell_early
from tideover.app.verbs.keeping.ending import NotBroken, end_agreement, preview_ending
from tideover.app.verbs.keeping.letters import settlement_letter
from tideover.app.verbs.keeping.plans import KeptPlans, begin_plan, judged, keep_plans
from tideover.app.verbs.keeping.quoting import quote
from tideover.app.verbs.keeping.reminding import remind_of_records
from tideover.app.verbs.keeping.reviewing import (
    close_review,
    open_review,
    plan_reviews,
    remind_of_reviews,
    say_how_it_is,
    task_of,
)
from tideover.app.verbs.keeping.sending import drain_outbox

__all__ = [
    "KeptPlans",
    "NotBroken",
    "begin_plan",
    "close_review",
    "drain_outbox",
    "end_agreement",
    "judged",
    "keep_plans",
    "open_review",
    "plan_reviews",
    "preview_ending",
    "quote",
    "remind_of_records",
    "remind_of_reviews",
    "say_how_it_is",
    "settlement_letter",
    "task_of",
    "tell_early",
]

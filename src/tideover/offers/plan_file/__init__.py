"""The household's file read into a request, and the answer as a record.

The command `tideover plan` and `/api/v1/plan` both read and answer through this package, so that
the same file has the same answer, byte for byte, wherever it is handed in.
"""

from tideover.offers.plan_file.nodes import BadFile, Problem, value_at
from tideover.offers.plan_file.record import answer_json, answer_record, shown_months
from tideover.offers.plan_file.situation import Cause, PlanFile, read_plan

__all__ = [
    "BadFile",
    "Cause",
    "PlanFile",
    "Problem",
    "answer_json",
    "answer_record",
    "read_plan",
    "shown_months",
    "value_at",
]

"""The books of the loan: what is owed today, and every entry."""

from typing import Any

from django.http import QueryDict

from tideover.app.verbs import assessment


def ledger_context(file: assessment.CaseFile, _asked: QueryDict) -> dict[str, Any]:
    """Return the balances with and without arrears, newest entry first, and the schedule."""
    return {
        "owed": file.loan_state.outstanding,
        "past_due": file.loan_state.past_due,
        "journal": tuple(reversed(file.journal)),
        "lines": file.loan_state.lines,
    }

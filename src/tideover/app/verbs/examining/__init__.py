"""Examining evidence: reading it after upload, comparing it, and asking who issued it.

Nothing here decides anything about a borrower; it says what a person should look at.
"""

from tideover.app.verbs.examining.figures import FigureShown, link_figure, shown_figures
from tideover.app.verbs.examining.issuer import IssuerAnswer, issuer_answers, record_answer
from tideover.app.verbs.examining.report import Report, ReportField, ReportFinding, report_of
from tideover.app.verbs.examining.waiting import read_waiting

__all__ = [
    "FigureShown",
    "IssuerAnswer",
    "Report",
    "ReportField",
    "ReportFinding",
    "issuer_answers",
    "link_figure",
    "read_waiting",
    "record_answer",
    "report_of",
    "shown_figures",
]

"""The 23 clauses of a repayment agreement, in our own plain words, filled with the offer's figures.

Reference: dossier section 6.7 (checklist), with article 70 of the credit card rules for card debt.
"""

from tideover.agreements.clauses.conduct import CONDUCT
from tideover.agreements.clauses.debt import DEBT
from tideover.agreements.clauses.end import END
from tideover.agreements.document import Clause
from tideover.agreements.facts import AgreementFacts

__all__ = ["clauses"]


def clauses(facts: AgreementFacts) -> tuple[Clause, ...]:
    """Return every clause, numbered from one."""
    written = ((title, write(facts)) for title, write in (*DEBT, *CONDUCT, *END))
    return tuple(
        Clause(number, title, text) for number, (title, text) in enumerate(written, start=1)
    )

"""The agreement as data: what pages and the PDF are made from, word for word."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from tideover.agreements.facts import Party
from tideover.loan import Schedule
from tideover.money import Money, total
from tideover.options import DueLine
from tideover.policy import Words

__all__ = ["AgreementDocument", "Clause", "CostRow", "Row", "document_digest", "document_to_record"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the key facts."""

    label: Words
    value: Words

    def to_record(self) -> dict[str, Any]:
        """Return the row as a JSON-ready record."""
        return {"label": self.label.to_record(), "value": self.value.to_record()}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. A line break in the text starts a new paragraph."""

    number: int
    title: Words
    text: Words

    def to_record(self) -> dict[str, Any]:
        """Return the clause as a JSON-ready record."""
        return {
            "number": self.number,
            "title": self.title.to_record(),
            "text": self.text.to_record(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """One line of the cost table (综合融资成本明示表)."""

    item: Words
    how: Words
    rate: Words
    payee: Words

    def to_record(self) -> dict[str, Any]:
        """Return the line as a JSON-ready record."""
        return {
            "item": self.item.to_record(),
            "how": self.how.to_record(),
            "rate": self.rate.to_record(),
            "payee": self.payee.to_record(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDocument:
    """A repayment agreement (还款协议). The Chinese text is the agreement, the English is to read.

    `due_lines` are the lines of `schedule` with what is carried beside them: what falls due.
    """

    number: str
    title: Words
    made_on: date
    lender: Words
    borrower: Party
    loan_reference: str
    key_facts: tuple[Row, ...]
    clauses: tuple[Clause, ...]
    schedule: Schedule
    due_lines: tuple[DueLine, ...]
    cost_table: tuple[CostRow, ...]
    contingent_costs: tuple[CostRow, ...]
    notice: Words

    @property
    def total(self) -> Money:
        """Everything the borrower pays under the agreement."""
        return total((due.amount for due in self.due_lines), self.schedule.currency)


def document_to_record(document: AgreementDocument) -> dict[str, Any]:
    """Return the agreement as a JSON-ready record: amounts as text, days as ISO text."""
    return {
        "number": document.number,
        "title": document.title.to_record(),
        "made_on": document.made_on.isoformat(),
        "lender": document.lender.to_record(),
        "borrower": {
            "name": document.borrower.name,
            "id_number": document.borrower.id_number_masked,
            "phone": document.borrower.phone_masked,
        },
        "loan_reference": document.loan_reference,
        "key_facts": [row.to_record() for row in document.key_facts],
        "clauses": [clause.to_record() for clause in document.clauses],
        "schedule": [_due_record(due) for due in document.due_lines],
        "schedule_totals": _totals(document),
        "cost_table": [row.to_record() for row in document.cost_table],
        "contingent_costs": [row.to_record() for row in document.contingent_costs],
        "notice": document.notice.to_record(),
    }


def document_digest(document: AgreementDocument) -> str:
    """Return the SHA-256 of the agreement's record: one digest for one text, to the letter."""
    canonical = json.dumps(document_to_record(document), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _due_record(due: DueLine) -> dict[str, Any]:
    line = due.line
    return {
        "number": line.number,
        "due_date": line.due_date.isoformat(),
        "principal": (line.principal + due.carried.principal).text,
        "interest": due.interest.text,
        "fee": _fee(due).text,
        "carried": due.carried.total.text,
        "instalment": due.amount.text,
        "closing_balance": line.closing_balance.text,
    }


def _fee(due: DueLine) -> Money:
    """Fees, and penalty where any is carried: what is neither principal nor interest."""
    return due.line.fee + due.carried.fee + due.carried.penalty


def _totals(document: AgreementDocument) -> dict[str, str]:
    dues, unit = document.due_lines, document.schedule.currency
    return {
        "principal": total((due.line.principal + due.carried.principal for due in dues), unit).text,
        "interest": total((due.interest for due in dues), unit).text,
        "fee": total((_fee(due) for due in dues), unit).text,
        "instalment": document.total.text,
    }

"""What the desk shows of a file: what was read, where it stands, and what does not fit."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tideover.app.db.models import Case, EvidenceReading
from tideover.evidence.reading import Where
from tideover.policy import Words
from tideover.safety import mask_id, mask_name

_LAST = 4


@dataclass(frozen=True, slots=True)
class ReportField:
    """A value that was read. Names, identity numbers and accounts are masked."""

    name: str
    shown: str
    is_amount: bool
    sure: int
    where: Where | None


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """Something that a person should look at, and what would settle it."""

    code: str
    weight: str
    why: Words
    settles: Words
    sure: int
    where: Where | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was read from one file. `refused` is the code when nothing could be."""

    kind: str
    outcome: str
    is_suspicious: bool
    refused: str
    read_at: datetime
    fields: tuple[ReportField, ...]
    findings: tuple[ReportFinding, ...]

    def value(self, name: str) -> str:
        """Return the shown value of a field, or "" when it was not read."""
        return next((field.shown for field in self.fields if field.name == name), "")


AMOUNTS = frozenset({"opening_balance", "closing_balance", "gross", "deductions", "net", "amount"})


def report_of(case: Case, evidence_id: UUID) -> Report | None:
    """Return the report of a file of the case; None as long as no worker has read it."""
    row = EvidenceReading.objects.filter(
        evidence_id=evidence_id, evidence__case=case, read_at__isnull=False
    ).first()
    if row is None or row.read_at is None:
        return None
    record: dict[str, Any] = row.record or {"fields": [], "findings": []}
    return Report(
        kind=row.kind,
        outcome=row.outcome,
        is_suspicious=row.is_suspicious,
        refused=row.refused,
        read_at=row.read_at,
        fields=tuple(_field(one) for one in record["fields"]),
        findings=tuple(_finding(one) for one in record["findings"]),
    )


def _field(kept: dict[str, Any]) -> ReportField:
    name, value = str(kept["name"]), str(kept["value"])
    masks = {"name": mask_name, "id_number": mask_id, "account": _mask_account}
    shown = masks[name](value) if name in masks else value
    return ReportField(name, shown, name in AMOUNTS, int(kept["sure"]), _place(kept["where"]))


def _mask_account(number: str) -> str:
    return f"**** {number[-_LAST:]}"


_QUOTED = re.compile("“([^”]+)”")


def _finding(kept: dict[str, Any]) -> ReportFinding:
    code, why = str(kept["code"]), Words(**kept["why"])
    if code.startswith("name-"):  # it quotes both names
        zh, en = (
            _QUOTED.sub(lambda match: f"“{mask_name(match[1])}”", words)
            for words in (why.zh, why.en)
        )
        why = Words(zh=zh, en=en)
    return ReportFinding(
        code=code,
        weight=str(kept["weight"]),
        why=why,
        settles=Words(**kept["settles"]),
        sure=int(kept["sure"]),
        where=_place(kept["where"]),
    )


def _place(kept: list[int] | None) -> Where | None:
    return None if kept is None else Where(*kept)

"""Rows of one form that a borrower can add to: income sources, other debts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from tideover.affordability import PayFrequency, workings
from tideover.money import Money, Refusal, currency

#: Further rows than this are not read; nobody has more, and a flood of fields ends here.
ROWS_MAX = 30
#: Columns that are chosen and not typed.
_CHOSEN = frozenset({"kind", "is_priority", "frequency"})


def read_rows(post: QueryDict, prefix: str, *, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows typed under `prefix`, in order, those wholly empty left out.

    A row is the fields `prefix-<number>-<column>`. A select or a tick has a value by itself, so
    a row counts as empty when its texts are: the columns of `_CHOSEN` are ignored.
    """
    rows = []
    for number in range(ROWS_MAX):
        row = {column: post.get(f"{prefix}-{number}-{column}", "").strip() for column in columns}
        if any(value for column, value in row.items() if column not in _CHOSEN):
            rows.append(row)
    return rows


def shown_rows(
    rows: Iterable[Mapping[str, object]], *, at_least: int, is_adding: bool
) -> list[dict[str, str]]:
    """Return the rows to draw: what is there, and empty ones up to `at_least` or one more."""
    drawn = [with_amount({key: as_text(value) for key, value in row.items()}) for row in rows]
    empty_count = max(at_least - len(drawn), 1 if is_adding else 0)
    return drawn + [{} for _ in range(empty_count)]


def with_amount(row: Mapping[str, str]) -> dict[str, str]:
    """Return a row with its amount; one kept before there were frequencies has it by the month."""
    return {"amount": row.get("monthly", ""), **row}


def workings_of(row: Mapping[str, Any]) -> str:
    """Return how a month's amount was worked out, "" where it is by the month or not readable."""
    try:
        amount = Money.parse_not_negative(str(row.get("amount", "")), currency("CNY"))
        frequency = PayFrequency(str(row.get("frequency") or PayFrequency.MONTHLY))
    except (Refusal, ValueError):
        return ""
    return workings(amount, frequency)


def as_text(value: object) -> str:
    """Return a stored answer as the text of its field; None is an empty field."""
    if value is None or value is False:
        return ""
    return "yes" if value is True else str(value)

"""Writing a schedule: for machines, for spreadsheets, for people."""

import csv
import json
import sys
from typing import Final

from tideover.loan import CostOfCredit, LoanTerms, Schedule, ScheduleLine

#: Column names of JSON and CSV, in order.
COLUMNS: Final = (
    "number",
    "due_date",
    "principal",
    "interest",
    "fees",
    "instalment",
    "closing_balance",
)
_TITLES: Final = {
    "en": ("No.", "Due date", "Principal", "Interest", "Fees", "Instalment", "Balance after"),
    "zh": ("期数", "应还日", "本金", "利息", "费用", "每期应还", "剩余本金"),
}
_TOTAL: Final = {"en": "Total", "zh": "合计"}
_COST: Final = {
    "en": "Annual cost: {nominal} % simple, {effective} % effective (XIRR)",
    "zh": "年化成本：单利 {nominal}%，实际年利率（XIRR）{effective}%",
}
_METHODS: Final = {
    "en": {
        "equal-principal": "equal principal",
        "level": "level instalments",
        "interest-only": "interest only",
        "flat": "flat instalments",
        "bullet": "all at the end",
    },
    "zh": {
        "equal-principal": "等额本金",
        "level": "等额本息",
        "interest-only": "先息后本",
        "flat": "等本等息",
        "bullet": "到期一次还本付息",
    },
}


def write_json(terms: LoanTerms, schedule: Schedule, cost: CostOfCredit, language: str) -> None:
    """Print lines, totals and cost as JSON; money is text in major units."""
    del language
    print(
        json.dumps(
            {
                "currency": terms.currency.code,
                "method": terms.method.value,
                "lines": [
                    {"number": line.number} | dict(zip(COLUMNS[1:], _texts(line), strict=True))
                    for line in schedule.lines
                ],
                "totals": {
                    "principal": schedule.opening_balance.text,
                    "interest": schedule.total_interest.text,
                    "fees": schedule.total_fee.text,
                    "instalments": schedule.total.text,
                },
                "annual_cost_percent": {
                    "nominal": cost.nominal_percent,
                    "effective": cost.effective_percent,
                },
            },
            ensure_ascii=False,
            indent=2,
        )
    )


def write_csv(terms: LoanTerms, schedule: Schedule, cost: CostOfCredit, language: str) -> None:
    """Print the lines as CSV with a heading."""
    del terms, cost, language
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([line.number, *_texts(line)] for line in schedule.lines)


def write_table(terms: LoanTerms, schedule: Schedule, cost: CostOfCredit, language: str) -> None:
    """Print the lines as a table for people, in Chinese or English."""
    from rich.console import Console
    from rich.table import Table

    method = _METHODS[language][terms.method.value]
    table = Table(title=f"{schedule.opening_balance.display} · {method}", title_justify="left")
    for place, title in enumerate(_TITLES[language]):
        table.add_column(title, justify="left" if place == 1 else "right", no_wrap=True)
    for line in schedule.lines:
        table.add_row(str(line.number), *_displays(line))
    table.add_section()
    table.add_row("", _TOTAL[language], *_totals(schedule), "")
    console = Console(width=None if sys.stdout.isatty() else 100)
    console.print(table)
    console.print(
        _COST[language].format(nominal=cost.nominal_percent, effective=cost.effective_percent),
        highlight=False,
    )


def _texts(line: ScheduleLine) -> tuple[str, ...]:
    return (
        line.due_date.isoformat(),
        line.principal.text,
        line.interest.text,
        line.fee.text,
        line.instalment.text,
        line.closing_balance.text,
    )


def _displays(line: ScheduleLine) -> tuple[str, ...]:
    return (
        line.due_date.isoformat(),
        line.principal.display,
        line.interest.display,
        line.fee.display,
        line.instalment.display,
        line.closing_balance.display,
    )


def _totals(schedule: Schedule) -> tuple[str, ...]:
    return (
        schedule.opening_balance.display,
        schedule.total_interest.display,
        schedule.total_fee.display,
        schedule.total.display,
    )

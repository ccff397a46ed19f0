"""What a played year leaves to look at: a report, the days as a table, and some papers."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tideover.app.db.models import (
    Agreement,
    DayDifference,
    Loan,
    LoanFold,
    OutboxMessage,
    PlanKeeping,
)
from tideover.app.verbs import keeping, ledger, signing
from tideover.app.verbs.demo.page import page
from tideover.app.verbs.demo.play import Year

_PAPERS = 3


def write_year(year: Year, folder: Path) -> tuple[Path, ...]:
    """Write report, table and papers of a year into a folder; return what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "year.html", folder / "year.md", folder / "days.csv"]
    tables = _tables(year)
    written[0].write_text(page(tables, days=year.days, people=len(year.people)), encoding="utf-8")
    written[1].write_text(_report(year, tables), encoding="utf-8")
    written[2].write_text(_days(year.days), encoding="utf-8")
    for agreement in Agreement.objects.filter(is_in_force=True).order_by("number")[:_PAPERS]:
        path = folder / f"agreement-{agreement.number}.pdf"
        path.write_bytes(signing.pdf(agreement.case.borrower.account, agreement.case.number))
        written.append(path)
    done = PlanKeeping.objects.filter(completed_on__isnull=False).select_related("agreement__case")
    for kept in done[:_PAPERS]:
        case = kept.agreement.case
        path = folder / f"settlement-{case.number}.pdf"
        path.write_bytes(keeping.settlement_letter(case.borrower, case.number))
        written.append(path)
    return tuple(written)


def _tables(year: Year) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What happened, as headed tables of two columns."""
    report = ledger.verify()
    last = year.days[-1] if year.days else {}
    messages = OutboxMessage.objects.filter(kind__startswith="plan-")
    kinds = sorted({*messages.values_list("kind", flat=True)})
    standing = {
        name: PlanKeeping.objects.filter(standing=name).count()
        for name in PlanKeeping.Standing.values
    }
    return (
        ("发生了什么 · What happened", dict(sorted(year.happened.items()))),
        ("方案 · Plans", standing),
        ("短信 · Messages", {kind: messages.filter(kind=kind).count() for kind in kinds}),
        ("年末逾期天数 · Days past due at the end", last.get("days_past_due", {})),
        (
            "账目 · Books",
            {
                "贷款 loans": Loan.objects.count(),
                "未结清 open": LoanFold.objects.filter(is_open=True).count(),
                "分录 entries": report.entries,
                "记账 postings": report.postings,
                "解释的差异 late events explained": DayDifference.objects.count(),
                "不符 faults": len(report.faults),
            },
        ),
    )


def _report(year: Year, tables: Sequence[tuple[str, dict[str, Any]]]) -> str:
    lines = [
        "# 演示的一年 · A year of the demo lender",
        "",
        f"{len(year.people)} 笔贷款，{len(year.days)} 次日终 · loans, closes of a day",
        "",
        *(line for title, rows in tables for line in _table(title, rows)),
    ]
    return "\n".join(lines) + "\n"


def _table(title: str, rows: dict[str, Any]) -> list[str]:
    body = [f"| {name} | {count} |" for name, count in rows.items()]
    return [f"## {title}", "", "| | |", "|---|---|", *body, ""]


def _days(days: list[dict[str, Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["day", "loans", "folded_again", "late", "payments", "plans", "notices"])
    for one in days:
        late = sum(count for bucket, count in one["days_past_due"].items() if bucket != "0")
        notices = sum(one["notices"].values())
        writer.writerow(
            [
                one["day"],
                one["loans"],
                one["folded_again"],
                late,
                one["paid"],
                one["plans"],
                notices,
            ]
        )
    return text.getvalue()

"""The demo lender's book: six made-up borrowers in different trouble, as a loan tape.

Dates are set so that on the day of the demo each loan stands where its story wants it. Names carry
the mark 演示, phones begin with 100 and identity numbers with 000000: nobody has such ones.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tideover.app.verbs.reading.tables import Row
from tideover.app.verbs.tape.rows import LOAN_COLUMNS, PAYMENT_COLUMNS, LoanCells
from tideover.dates import add_months
from tideover.loan import ScheduleLine, build_schedule
from tideover.policy import Words

_DAY_MAX = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody of the demo, and the trouble they are in."""

    name: str
    phone: str
    id_number: str
    story: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLoan:
    """A loan of the demo: `paid` instalments, then the next is `days_late` days past due.

    A negative number of days means that it is still to come. `part_paid` is what came in of it.
    """

    reference: str
    person: DemoPerson
    product: str
    principal: str
    method: str
    instalments: int
    paid: int
    days_late: int
    daily_rate: str = ""
    fee_rate: str = ""
    overdue_daily_rate: str = ""
    part_paid: str = ""


def _person(number: int, name: str, zh: str, en: str) -> DemoPerson:
    return DemoPerson(
        name=f"演示·{name}",
        phone=f"100000000{number:02d}",
        id_number=f"00000019900101{number:03d}X",
        story=Words(zh=zh, en=en),
    )


LIN = _person(1, "林晓", "失业，逾期 20 天", "lost her job, 20 days past due")
ZHOU = _person(2, "周航", "信用卡分期，收入下降", "card instalments, earns less")
HE = _person(3, "何静", "还没逾期，但下月还不上", "not late yet, cannot pay next month")
WU = _person(4, "吴磊", "收入不够生活开支", "spends more on living than comes in")
CHEN = _person(5, "陈默", "病后康复中", "recovering from an illness")
ZHAO = _person(6, "赵一", "多笔债务", "several debts at once")
PEOPLE = (LIN, ZHOU, HE, WU, CHEN, ZHAO)


def _weilidai(
    reference: str, person: DemoPerson, *, principal: str, daily_rate: str, instalments: int,
    paid: int, days_late: int, part_paid: str = "",
) -> DemoLoan:  # fmt: skip
    return DemoLoan(
        reference=reference,
        person=person,
        product="weilidai",
        principal=principal,
        method="equal-principal",
        daily_rate=daily_rate,
        instalments=instalments,
        paid=paid,
        days_late=days_late,
        part_paid=part_paid,
    )


def _card(
    reference: str, person: DemoPerson, *, principal: str, instalments: int, paid: int,
    days_late: int,
) -> DemoLoan:  # fmt: skip
    return DemoLoan(
        reference=reference,
        person=person,
        product="card-instalment",
        principal=principal,
        method="flat",
        fee_rate="0.006",
        overdue_daily_rate="0.0004",
        instalments=instalments,
        paid=paid,
        days_late=days_late,
    )


LOANS = (
    _weilidai("WLD-100001", LIN, principal="10000.00", daily_rate="0.0004", instalments=10,
              paid=2, days_late=20),
    _card("CARD-200001", ZHOU, principal="12000.00", instalments=12, paid=4, days_late=45),
    _weilidai("WLD-100002", HE, principal="6000.00", daily_rate="0.0003", instalments=10,
              paid=5, days_late=-6),
    _weilidai("WLD-100003", WU, principal="30000.00", daily_rate="0.0004", instalments=20,
              paid=3, days_late=100),
    _weilidai("WLD-100004", CHEN, principal="20000.00", daily_rate="0.00035", instalments=20,
              paid=6, days_late=35, part_paid="400.00"),
    _weilidai("WLD-100005", ZHAO, principal="8000.00", daily_rate="0.0004", instalments=10,
              paid=1, days_late=12),
    _card("CARD-200002", ZHAO, principal="9600.00", instalments=12, paid=3, days_late=8),
)  # fmt: skip


def loans_csv(on: date) -> bytes:
    """The loans of the demo as they stand on a day."""
    return _csv([column.name for column in LOAN_COLUMNS], [_loan_row(loan, on) for loan in LOANS])


def payments_csv(on: date) -> bytes:
    """What the borrowers of the demo have paid until a day."""
    rows = [row for loan in LOANS for row in _payment_rows(loan, on)]
    return _csv([column.name for column in PAYMENT_COLUMNS], rows)


def _csv(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _disbursed_on(loan: DemoLoan, on: date) -> date:
    """So that the instalment after the paid ones is due as many days before `on` as told."""
    due = on - timedelta(days=loan.days_late)
    # A day every month has, so that counting months back and forth agrees.
    due -= timedelta(days=max(due.day - _DAY_MAX, 0))
    return add_months(due, -(loan.paid + 1))


def _loan_row(loan: DemoLoan, on: date) -> tuple[str, ...]:
    cells = {
        "reference": loan.reference,
        "product": loan.product,
        "borrower_name": loan.person.name,
        "phone": loan.person.phone,
        "id_number": loan.person.id_number,
        "currency": "CNY",
        "principal": loan.principal,
        "method": loan.method,
        "daily_rate": loan.daily_rate,
        "fee_rate": loan.fee_rate,
        "instalments": str(loan.instalments),
        "disbursed_on": _disbursed_on(loan, on).isoformat(),
        "earliest_due": "",
        "overdue_daily_rate": loan.overdue_daily_rate,
        "account_last4": loan.reference[-4:],
    }
    return tuple(cells[column.name] for column in LOAN_COLUMNS)


def _payment_rows(loan: DemoLoan, on: date) -> Iterator[tuple[str, str, str, str]]:
    lines = _schedule_lines(loan, on)
    for line in lines[: loan.paid]:
        paid_on = line.due_date.isoformat()
        yield loan.reference, f"{loan.reference}-P{line.number:02d}", paid_on, line.instalment.text
    if loan.part_paid:
        line = lines[loan.paid]
        reference = f"{loan.reference}-P{line.number:02d}"
        yield loan.reference, reference, line.due_date.isoformat(), loan.part_paid


def _schedule_lines(loan: DemoLoan, on: date) -> tuple[ScheduleLine, ...]:
    names = [column.name for column in LOAN_COLUMNS]
    row = Row(line=2, cells=dict(zip(names, _loan_row(loan, on), strict=True)))
    return build_schedule(LoanCells(row, on).terms).lines

"""The worked example of the books in docs/explanation/late-news-of-an-agreement.md."""

from datetime import date
from fractions import Fraction

from docs_reference import set_up
from docs_tables import print_table
from tideover.loan import (
    DailyRate,
    Disbursed,
    LoanTerms,
    Method,
    Paid,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money
from tideover.options import penalty_of, restructure

SIGNED, HEARD, CAME = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 20)


def print_late_news() -> None:
    """Print what each account of the loan holds before and after the late payment is booked."""
    set_up()
    from tideover.app.verbs.books.journal import position

    terms = LoanTerms(
        principal=Money(1_000_000, CNY), rate=DailyRate.parse("0.0004"),
        method=Method.EQUAL_PRINCIPAL, instalments=10, disbursed_on=date(2026, 8, 3),
        penalty_uplift=Fraction(1, 2), grace_days=1,
    )  # fmt: skip
    lines = build_schedule(terms).lines[:2]
    known = (
        Disbursed(terms.disbursed_on, "out", terms.principal),
        *(Paid(line.due_date, f"paid-{line.number}", line.instalment) for line in lines),
    )
    state = loan_state(terms, known, SIGNED)
    agreed = restructure(
        terms, state, starts_on=SIGNED, earliest_due=date(2027, 1, 3), instalments=12,
        waive=penalty_of(state), reference="agreement",
    )  # fmt: skip
    before = (*known, agreed.restructured)
    late = Paid(CAME, "late", Money(50_000, CNY))
    balances = [
        _balances(position(terms, one, HEARD).transfers) for one in (before, (*before, late))
    ]
    names = sorted({*balances[0], *balances[1]})
    rows = []
    for name in names:
        was, now = (one.get(name, 0) for one in balances)
        if was or now:
            rows.append((f"`{name}`", _yuan(was), _yuan(now), _yuan(now - was)))
    print_table(("account (debit above zero)", "without it", "with it", "moved"), rows)


def _balances(transfers: dict[tuple[str, str], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (debit, credit), minor in transfers.items():
        found[debit] = found.get(debit, 0) + minor
        found[credit] = found.get(credit, 0) - minor
    return found


def _yuan(minor: int) -> str:
    return f"{'−' if minor < 0 else ''}{abs(minor) // 100:,}.{abs(minor) % 100:02}"

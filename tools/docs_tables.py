"""The tables that the documentation computes. Called from the cog blocks of the pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from tideover.dates import DayCount, Period
from tideover.loan import AnnualRate, DailyRate, LoanTerms, Method, Schedule, build_schedule
from tideover.loan.rates import plain_text
from tideover.money import CNY, Money, Rounding


def print_table(
    head: Sequence[str], rows: Iterable[Sequence[object]], *, are_numbers: bool = True
) -> None:
    """Print a Markdown table; numbers are aligned right, behind a first column of words."""
    print("| " + " | ".join(head) + " |")
    print("|---|" + ("---:|" if are_numbers else "---|") * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def weilidai(method: Method = Method.EQUAL_PRINCIPAL, *, instalments: int = 5) -> LoanTerms:
    """Return the loan that the pages use: 10,000 at 0.05 % a day, paid out on 11 September 2018."""
    return LoanTerms(
        principal=Money(1_000_000, CNY),
        rate=DailyRate.parse("0.0005"),
        method=method,
        instalments=instalments,
        disbursed_on=date(2018, 9, 11),
    )


def print_schedule(schedule: Schedule) -> None:
    """Print every line of a schedule with its days, and the totals."""
    rows: list[tuple[object, ...]] = [
        (
            f"{line.number}",
            line.due_date,
            line.period.days,
            line.principal.text,
            line.interest.text,
            line.instalment.text,
            line.closing_balance.text,
        )
        for line in schedule.lines
    ]
    principal = sum(line.principal.minor for line in schedule.lines)
    rows.append(
        (
            "**sum**",
            "",
            "",
            Money(principal, schedule.currency).text,
            schedule.total_interest.text,
            schedule.total.text,
            "",
        )
    )
    print_table(
        ("line", "due", "days", "principal", "interest", "instalment", "left after it"), rows
    )


def print_methods() -> None:
    """Print what the same loan costs by each method."""
    rows = []
    for method in (Method.EQUAL_PRINCIPAL, Method.LEVEL, Method.INTEREST_ONLY):
        schedule = build_schedule(weilidai(method))
        rows.append(
            (
                f"`{method.value}`",
                schedule.lines[0].instalment.text,
                schedule.lines[-1].instalment.text,
                schedule.total_interest.text,
                schedule.total.text,
            )
        )
    print_table(("method", "first instalment", "last instalment", "interest", "total"), rows)


def print_roundings() -> None:
    """Print what each rounding makes of the same interest."""
    # 673.19 for 28 days at 21.9 % a year of 365 days, and three ties.
    exact = Fraction(67_319) * AnnualRate.percent("21.9", DayCount.ACT_365F).over(
        Period(date(2026, 2, 15), date(2026, 3, 15))
    )
    halves = (exact, Fraction(5, 2), Fraction(7, 2), Fraction(-5, 2))
    rows = [(f"`{rounding.name}`", *(rounding(value) for value in halves)) for rounding in Rounding]
    print_table(("rounding", *(plain_text(value, decimals=4) for value in halves)), rows)

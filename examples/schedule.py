"""Build the schedule of a loan and see what it really costs in a year."""

from datetime import date

from tideover.loan import DailyRate, LoanTerms, Method, build_schedule
from tideover.loan.cost import cost_of_credit
from tideover.money import CNY, Money
from tideover.policy import percent_text

TERMS = LoanTerms(
    principal=Money.parse("10000", CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=date(2018, 9, 11),
)


def main() -> None:
    """Print each instalment and the cost."""
    schedule = build_schedule(TERMS)
    for line in schedule.lines:
        print(line.number, line.due_date, line.instalment.text, line.closing_balance.text)
    cost = cost_of_credit(schedule)
    print(f"interest {schedule.total_interest.text}")
    print(f"simple {percent_text(cost.nominal)}, effective {percent_text(cost.effective)}")


if __name__ == "__main__":
    main()

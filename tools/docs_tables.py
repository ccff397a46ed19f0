"""The tables that the documentation computes. Called from the cog blocks of the pages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import find_offers

from tideover.cli.scam import heldout_messages, own_messages
from tideover.dates import DayCount, Period
from tideover.loan import (
    AnnualRate,
    Components,
    DailyRate,
    Disbursed,
    Event,
    LoanTerms,
    Method,
    Paid,
    Schedule,
    build_schedule,
    loan_state,
)
from tideover.loan.rates import plain_text
from tideover.money import CNY, Money, Rounding
from tideover.offers.joint import JointRequest, PlanDebt, find_plans
from tideover.policy import percent_text
from tideover.safety import LabelledMessage, measure


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


def print_allocation() -> None:
    """Print where one payment goes on the reference loan, and what is owed on the way."""
    terms = replace(weilidai(), penalty_uplift=Fraction(1, 2), grace_days=1)
    events: list[Event] = [
        Disbursed(date(2018, 9, 11), "D1", terms.principal),
        Paid(date(2018, 10, 11), "P1", Money(215_000, CNY)),
    ]
    before = loan_state(terms, events, date(2018, 11, 20))
    print("Owed on 20 November 2018, nine days after the second instalment fell due:\n")
    print_table(
        ("", "principal", "interest", "penalty", "in all"),
        [("past due", *_parts(before.past_due))],
    )
    events.append(Paid(date(2018, 11, 20), "P2", Money(50_000, CNY)))
    after = loan_state(terms, events, date(2018, 11, 20))
    print("\nA payment of ¥500.00 on that day goes, in the order of the contract, to:\n")
    rows = [
        (f"instalment {part.line_number}", part.component.value, part.amount.text)
        for part in after.allocations
        if part.payment_reference == "P2"
    ]
    print_table(("to", "component", "amount"), rows)
    print("\nand leaves:\n")
    print_table(
        ("", "principal", "interest", "penalty", "in all"),
        [("past due", *_parts(after.past_due))],
    )


def _parts(components: Components) -> tuple[str, ...]:
    return (
        components.principal.text,
        components.interest.text,
        components.penalty.text,
        components.total.text,
    )


def print_plans() -> None:
    """Print what the search looked at and found for the same household, as `tideover plan` does."""
    one = find_offers.request()
    debt = PlanDebt(name="loan", terms=one.terms, events=one.events, parameters=one.parameters)
    answer = find_plans(
        JointRequest(on=one.on, household=one.household, debts=(debt,), parameters=one.parameters)
    )
    print(
        f"{answer.looked_at} combinations were looked at; {len(answer.frontier)} of those that fit "
        "are beaten by no other.\n"
    )
    print_table(
        ("offer", "each month", "interest and fees", "lender's value", "above no agreement",
         "one instalment less"),
        [
            (
                offer.label.en,
                f"{offer.plan.draft.payment.text} × {offer.plan.draft.asked}",
                offer.plan.draft.cost_of_credit.text,
                offer.lender_value.text,
                offer.lender_value_change.text,
                f"{offer.shorter.monthly.text}, "
                + ("fits" if offer.shorter.fits else "does not fit")
                if offer.shorter
                else "",
            )
            for offer in answer.offers
        ],
    )  # fmt: skip
    print("\nNot offered, and why:\n")
    print_table(
        ("rule", "because", "what would change it"),
        [(f"`{one.code}`", one.words.en, one.would_change.en) for one in answer.rejected],
        are_numbers=False,
    )


def print_offers() -> None:
    """Print the offers of the example household, as a borrower would compare them."""
    found = find_offers.found()
    rows = [
        (
            offer.label.en,
            f"{offer.payment.text} × {offer.instalments}",
            offer.earliest_due,
            offer.total.text,
            offer.extra_interest.text,
            percent_text(offer.annual_cost.nominal),
            percent_text(offer.annual_cost.effective),
        )
        for offer in found.offers
    ]
    print_table(
        (
            "offer",
            "each month",
            "first",
            "in all",
            "more than today's contract",
            "simple",
            "effective",
        ),
        rows,
    )
    print("\nWhy the first, in the words of its card: " + found.offers[0].why.en + ".\n")
    print_table(
        ("rule", "because"),
        [(f"`{v.rule}`", v.because.en) for v in found.offers[0].verdicts],
        are_numbers=False,
    )


def print_scam_measures() -> None:
    """Precision and recall of the scam scan on the sets that come with Tideover."""
    groups: dict[str, list[LabelledMessage]] = {}
    sets = {
        "labelled": own_messages(),
        "**held out**": heldout_messages(),
    }
    for title, messages in sets.items():
        groups[f"{title}, all"] = list(messages)
        for message in messages:
            kind = f"{title}, {message.language}, {message.direction.value}"
            groups.setdefault(kind, []).append(message)
    rows = []
    for name, members in groups.items():
        done = measure(members, hotline="95384")
        rows.append((name, done.count, f"{done.precision_percent} %", f"{done.recall_percent} %"))
    print_table(("messages", "count", "precision", "recall"), rows)

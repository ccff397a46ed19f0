"""tideover schedule: one loan's schedule as a table, JSON or CSV."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Final

from tideover.cli.arguments import Arguments, optional, parse_day
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.dates import DayCount, Frequency, Unit, add_months
from tideover.loan import (
    PROFILES,
    AnnualRate,
    CostOfCredit,
    DailyRate,
    LevelRule,
    LoanTerms,
    Method,
    NotARate,
    Rate,
    Schedule,
    build_schedule,
    cost_of_credit,
    explain_line,
    profile,
)
from tideover.money import Money, Refusal, Rounding, currency

_EXAMPLE: Final = (
    "example: tideover schedule --principal 10000 --daily-rate 0.0005 --instalments 5 "
    "--method equal-principal --disbursed 2018-09-11 --json"
)


class RateLooksLikeFraction(Refusal):
    """An annual rate below one percent, which was surely meant as a fraction."""

    code: ClassVar[str] = "rate-looks-like-fraction"

    def __init__(self, text: str) -> None:
        meant = Fraction(text) * 100
        shown = f"{meant.numerator // meant.denominator}" if meant >= 1 else text
        super().__init__(
            f"an annual rate of {text} is {text} % a year; if {shown} % was meant write {shown}, "
            f"and if {text} % really was write {text}%",
            f"年利率 {text} 表示每年 {text}%；如果原意是 {shown}%，请填写 {shown}；"
            f"如果确为 {text}%，请填写 {text}%",
        )


class OneRateOnly(Refusal):
    """Two rates were given, or none for a method that needs one."""

    code: ClassVar[str] = "one-rate-only"

    def __init__(self) -> None:
        super().__init__(
            "give either --daily-rate or --annual-rate, not both",
            "--daily-rate 与 --annual-rate 只能填写一个",
        )


def run(arguments: Sequence[str]) -> int:
    """Print the schedule the arguments describe."""
    given = _parser().parse_args(list(arguments))
    terms = terms_of(given)
    if given.events is not None:
        _print_events(terms, given, language=chosen_language(arguments))
        return 0
    if given.explain is not None:
        _explain(terms, given.explain, language=chosen_language(arguments))
        return 0
    schedule = build_schedule(terms)
    cost = cost_of_credit(schedule, by_month=is_shown_by_month(terms))
    language = chosen_language(arguments)
    _writer(given)(terms, schedule, cost, language)
    return 0


def _print_events(terms: LoanTerms, given: argparse.Namespace, *, language: str) -> None:
    """Print the loan after its events: every line, or where the cents of one come from."""
    from tideover.cli.schedule_events import print_reasons, print_state, read_events

    events = read_events(Path(given.events), terms)
    on = optional(parse_day, given.on) or max(event.on for event in events)
    if given.explain is None:
        print_state(terms, events, on=on, language=language)
    else:
        print_reasons(terms, events, on=on, number=given.explain, language=language)


def _explain(terms: LoanTerms, number: int, *, language: str) -> None:
    """Print where the cents of one line come from."""
    for reason in explain_line(terms, number).reasons:
        print(reason.zh if language == "zh" else reason.en)


def is_shown_by_month(terms: LoanTerms) -> bool:
    """Return whether the nominal cost is the monthly IRR times twelve, as for instalment fees.

    A longer first period is no month, and is counted by its days.
    """
    is_by_month = isinstance(terms.rate, AnnualRate) and terms.rate.day_count is DayCount.MONTHLY
    is_monthly = terms.frequency == Frequency(1, Unit.MONTHS) and (
        terms.due_dates()[0] == add_months(terms.disbursed_on, 1)
    )
    return is_monthly and (terms.method is Method.FLAT or is_by_month)


def terms_of(given: argparse.Namespace) -> LoanTerms:
    """Return the loan terms the arguments describe.

    Raises:
        Refusal: an amount, rate or date cannot be what was meant.
    """
    if given.daily_rate is not None and given.annual_rate is not None:
        raise OneRateOnly
    in_currency = currency(given.currency)
    chosen = profile(given.profile)
    conventions = chosen.conventions
    if given.level is not None:
        conventions = replace(conventions, level=LevelRule(given.level))
    return LoanTerms(
        principal=Money.parse_not_negative(given.principal, in_currency),
        rate=_rate(given),
        method=Method(given.method),
        instalments=given.instalments,
        disbursed_on=parse_day(given.disbursed),
        frequency=Frequency(given.every, Unit(given.unit)),
        earliest_due=optional(parse_day, given.earliest_due),
        fee_rate=_share(given.fee_rate),
        rounding=Rounding(given.rounding) if given.rounding else chosen.rounding,
        conventions=conventions,
        amortised_over=given.amortised_over,
        grace_on_principal=given.grace_on_principal,
        grace_on_interest=given.grace_on_interest,
    )


def _rate(given: argparse.Namespace) -> Rate | None:
    if given.daily_rate is not None:
        return DailyRate(_share(given.daily_rate))
    if given.annual_rate is None:
        return None
    text = given.annual_rate.strip()
    rate = AnnualRate.percent(text.removesuffix("%"), DayCount(given.day_count))
    if 0 < rate.of_year < Fraction(1, 100) and not text.endswith("%"):
        raise RateLooksLikeFraction(text)
    return rate


def _share(text: str) -> Fraction:
    """Read "0.0005" or "0.05%"."""
    plain = text.strip()
    try:
        share = Fraction(plain.removesuffix("%"))
    except (ValueError, ZeroDivisionError):
        raise NotARate(text) from None
    if share < 0:
        raise NotARate(text)
    return share / 100 if plain.endswith("%") else share


def _writer(given: argparse.Namespace) -> "Writer":
    # Each way of writing brings its own imports: JSON does not wait for the table.
    if given.json:
        from tideover.cli.schedule_output import write_json

        return write_json
    if given.csv:
        from tideover.cli.schedule_output import write_csv

        return write_csv
    from tideover.cli.schedule_output import write_table

    return write_table


Writer = Callable[[LoanTerms, Schedule, CostOfCredit, str], None]


def _parser() -> Arguments:
    parser = Arguments(
        prog="tideover schedule", description="One loan's schedule.", epilog=_EXAMPLE
    )
    _add_loan(parser)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="for machines: lines and totals")
    output.add_argument(
        "--explain", type=int, metavar="LINE", help="where the cents of one line come from"
    )
    output.add_argument("--csv", action="store_true", help="for spreadsheets")
    parser.add_argument("--events", metavar="FILE", help="what happened since: a list of records")
    parser.add_argument("--on", metavar="DAY", help="the day to look at, with --events")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of table and messages")
    return parser


def _add_loan(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--principal", required=True, help="amount lent, in major units: 10000 or 10,000.00")
    add("--currency", default="CNY", help="ISO code (default CNY)")
    add("--daily-rate", help="rate of a day as a number, 0.0005, or with a percent sign, 0.05%%")
    add("--annual-rate", help="rate of a year in percent: 18.25")
    add("--day-count", default=DayCount.MONTHLY.value, choices=_values(DayCount))
    add("--fee-rate", default="0", help="fee an instalment on the principal: 0.0041 or 0.41%%")
    add("--instalments", type=int, required=True, help="how many")
    add("--method", default=Method.LEVEL.value, choices=_values(Method))
    add("--disbursed", required=True, help="day the money is paid out: 2018-09-11")
    add("--earliest-due", help="earliest due date (default: one step after disbursement)")
    add("--every", type=int, default=1, help="steps between due dates (default 1)")
    add("--unit", default=Unit.MONTHS.value, choices=_values(Unit))
    add(
        "--amortised-over", type=int, help="work the instalment out over so many; a balloon is left"
    )
    add("--grace-on-principal", type=int, default=0, help="lines with interest only at the start")
    add("--grace-on-interest", type=int, default=0, help="lines without interest at the start")
    add("--profile", default="cn-consumer", help=f"conventions by name: {', '.join(PROFILES)}")
    add("--rounding", choices=[one.value for one in Rounding], help="instead of the profile's")
    add("--level", choices=_values(LevelRule), help="instead of the profile's")


def _values(names: type[DayCount] | type[Method] | type[Unit] | type[LevelRule]) -> list[str]:
    return [one.value for one in names]

"""A year of a lender on a fast clock: paid, missed, talked over, signed, kept, broken, paid off.

Every day runs as a real one would: the bank's file in the morning, borrowers and staff through the
day, messages out, the close at night. Only the clock is hurried. Each day the whole book is checked
by what is stored, and by a fresh fold every loan on which something happened; each month every
loan, and the log from its first row.
"""

import csv
import io
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db.models import (
    Account,
    Borrower,
    Case,
    JournalEntry,
    Loan,
    LoanFold,
    PlanKeeping,
)
from tideover.app.verbs import audit, closing, keeping, ledger, loans, payments, tape
from tideover.app.verbs.books.stored_fold import figures_on
from tideover.app.verbs.demo import journey
from tideover.app.verbs.demo.people import IN_HARDSHIP, Habit, Player, loans_csv, payments_csv
from tideover.app.verbs.payments.rows import BANK_COLUMNS
from tideover.cases import CaseState
from tideover.loan import DayFigures
from tideover.money import CNY, Money, Refusal

_FINANCE = "finance"
_HELP_AFTER_DAYS, _FORGOTTEN_DAYS = 12, 33
_SPEAK_DAYS = 4
#: So many instalments of a plan are paid before somebody has work again.
_RECOVERED_AFTER = 3
_SAMPLE = 4


class BooksDoNotHold(Refusal):
    """A check failed while the year was played."""

    code: ClassVar[str] = "books-do-not-hold"

    def __init__(self, day: date, faults: tuple[object, ...]) -> None:
        told = "; ".join(str(fault) for fault in faults[:5])
        super().__init__(f"on {day} the books do not hold: {told}", f"{day} 账目不符：{told}")


@dataclass(slots=True)
class Year:
    """The year while it is played, and what has happened in it."""

    people: tuple[Player, ...]
    start: date
    days: list[dict[str, Any]] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    cases: dict[str, str] = field(default_factory=dict)
    broke: set[str] = field(default_factory=set)
    kept: Counter[str] = field(default_factory=Counter)
    borrowers: dict[str, Borrower] = field(default_factory=dict)

    def habit_day(self, player: Player) -> date:
        """The day from which somebody in trouble pays no more, or the one who can pays all."""
        return self.start + timedelta(days=30 * player.trouble_month)


def play(
    people: tuple[Player, ...], *, start: date, days: int, told: Callable[[str], None]
) -> Year:
    """Play so many days from `start` on. Raises BooksDoNotHold at the first day that does not."""
    year = Year(people, start)
    _set_clock(start, "08:00:00")
    tape.load(loans_csv(people, start=start), payments_csv(), actor="demo", today=start)
    rows = Loan.objects.filter(reference__startswith="PLAY-").select_related("borrower__account")
    year.borrowers = {loan.reference: loan.borrower for loan in rows}
    desk, finance = journey.Desk(), Account.objects.get(login=_FINANCE)
    for place in range(1, days + 1):
        day = start + timedelta(days=place)
        began = time.perf_counter()
        _play_day(year, day, desk=desk, finance=finance)
        if day.day == 1 or place == days:
            _check(day)
            done = ", ".join(f"{count} {name}" for name, count in sorted(year.happened.items()))
            told(f"{day}  {time.perf_counter() - began:.1f} s  {done}")
    return year


def _play_day(year: Year, day: date, *, desk: journey.Desk, finance: Account) -> None:
    figures = _figures(day)
    _set_clock(day, "09:00:00")
    paid = _bank(year, day, figures, finance=finance)
    _set_clock(day, "11:00:00")
    _people(year, day, figures, desk=desk)
    _set_clock(day, "14:00:00")
    keeping.drain_outbox()
    _set_clock(day, "23:30:00")
    (closed,) = closing.close(day)
    year.happened["notices"] += sum(closed.record["notices"].values())
    year.happened["completed"] += len(closed.record["completed"])
    year.days.append({"day": day.isoformat(), "paid": len(paid), **closed.record})
    _check_day(year, day)


def _check_day(year: Year, day: date) -> None:
    """The whole book by what is stored; by a fresh fold what moved today, and some in turn."""
    booked = JournalEntry.objects.filter(posted_at__gte=clock.start_of_day(day), loan__isnull=False)
    booked = booked.exclude(kind="loan.accrued")
    moved = booked.values_list("loan__reference", flat=True)
    folded_again = ledger.verify({*moved, *_turn(year, day)})
    faults = (*ledger.verify_stored(day), *folded_again.faults)
    if faults:
        raise BooksDoNotHold(day, faults)


def _figures(day: date) -> dict[str, DayFigures]:
    """What every open loan owes at the end of the day if nothing comes, off its stored fold."""
    found = {}
    folds = LoanFold.objects.filter(is_open=True, loan__reference__startswith="PLAY-")
    for fold in folds.select_related("loan"):
        figures = figures_on(fold, day)
        if figures is not None:
            found[fold.loan.reference] = figures
    return found


def _bank(year: Year, day: date, figures: dict[str, DayFigures], *, finance: Account) -> list[str]:
    """Book what came in overnight; the loans it came in for."""
    lines = []
    for player in year.people:
        owed = figures.get(player.reference)
        minor = _amount(year, player, owed, day=day) if owed is not None else 0
        if minor:
            number = f"B{day:%Y%m%d}-{player.number}"
            name = str(year.borrowers[player.reference].name)
            amount = Money(minor, CNY).text
            lines.append((number, day.isoformat(), amount, name, player.reference, ""))
    if not lines:
        return []
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.zh for column in BANK_COLUMNS])
    writer.writerows(lines)
    content = text.getvalue().encode("utf-8-sig")
    result = payments.book(finance, content, f"bank-{day}.csv", key=f"bank-{day}")
    year.happened["payments"] += result.booked
    return [line[4] for line in lines]


def _amount(year: Year, player: Player, owed: DayFigures, *, day: date) -> int:
    """What somebody pays on the day, in minor units."""
    due, late = owed.due_today + owed.past_due, owed.days_past_due
    match player.habit:
        case Habit.PUNCTUAL:
            return due if owed.due_today else 0
        case Habit.SLOW:
            wait = player.draw(f"wait-{day.month}", 7)
            return due if late == wait or late >= _FORGOTTEN_DAYS else 0
        case Habit.FORGETFUL:
            forgets = player.draw(f"forget-{(day - timedelta(days=late)).month}", 4) == 0
            return due if (late == 0 and not forgets) or late >= _FORGOTTEN_DAYS else 0
        case Habit.EARLY:
            return _paid_early(year, player, owed, day=day)
    if player.reference not in year.cases:
        return due if day < year.habit_day(player) and owed.due_today else 0
    return _paid_under_plan(year, player, owed, day=day)


def _paid_early(year: Year, player: Player, owed: DayFigures, *, day: date) -> int:
    if day < year.habit_day(player):
        return owed.due_today
    loan = Loan.objects.get(reference=player.reference)
    year.happened["paid off early"] += 1
    return loans.state(loan, day).payoff.minor


def _paid_under_plan(year: Year, player: Player, owed: DayFigures, *, day: date) -> int:
    if player.habit is Habit.BREAKS and not owed.due_today:
        return 0
    if player.habit is Habit.BREAKS:
        # One instalment of the plan comes, then no more.
        is_first = player.reference not in year.broke
        year.broke.add(player.reference)
        return owed.due_today if is_first else 0
    if owed.due_today:
        year.kept[player.reference] += 1
    if player.habit is Habit.RECOVERS and year.kept[player.reference] > _RECOVERED_AFTER:
        return _quoted(year, player, day=day)
    return owed.due_today + owed.past_due if owed.due_today else 0


def _quoted(year: Year, player: Player, *, day: date) -> int:
    """What the quote for today says: with work again, the plan is paid off early."""
    borrower = year.borrowers[player.reference]
    year.happened["settled early"] += 1
    return keeping.quote(borrower, player.reference, day).amount.minor


def _people(year: Year, day: date, figures: dict[str, DayFigures], *, desk: journey.Desk) -> None:
    """What borrowers in trouble, and the staff, do on the day."""
    for player in year.people:
        owed = figures.get(player.reference)
        if player.habit not in IN_HARDSHIP or owed is None:
            continue
        known = year.cases.get(player.reference)
        if known is None and owed.days_past_due >= _HELP_AFTER_DAYS:
            _ask(year, player, day, desk=desk)
        elif known and player.habit is Habit.SPEAKS:
            _speak(year, player, known, day=day, desk=desk)
        elif known and player.habit is Habit.BREAKS:
            _end(year, known, day=day, desk=desk)


def _ask(year: Year, player: Player, day: date, *, desk: journey.Desk) -> None:
    borrower = year.borrowers[player.reference]
    since = (day - timedelta(days=30)).isoformat()
    number = journey.ask_for_help(borrower, player.reference, desk, since=since)
    year.cases[player.reference] = number or ""
    year.happened["agreements" if number else "declined"] += 1


def _speak(year: Year, player: Player, number: str, *, day: date, desk: journey.Desk) -> None:
    """A few days before the third instalment of the plan, once."""
    if f"spoke-{number}" in year.cases:
        return
    loan = Loan.objects.get(reference=player.reference)
    state = loans.state(loan, day)
    upcoming = state.next_due
    is_third = upcoming is not None and upcoming.number == 3
    if upcoming is None or not is_third or (upcoming.due_date - day).days > _SPEAK_DAYS:
        return
    year.cases[f"spoke-{number}"] = number
    again = journey.speak_early(year.borrowers[player.reference], number, desk)
    year.happened["renegotiated" if again else "spoke early"] += 1


def _end(year: Year, number: str, *, day: date, desk: journey.Desk) -> None:
    broken = PlanKeeping.objects.filter(agreement__case__number=number, cure_until__lt=day)
    active = Case.objects.filter(number=number, state=CaseState.ACTIVE.value)
    if broken.filter(standing=PlanKeeping.Standing.BREACHED).exists() and active.exists():
        journey.end(number, desk)
        year.happened["ended"] += 1


def _turn(year: Year, day: date) -> list[str]:
    """A few loans in turn, so that every one is checked now and then between the whole checks."""
    first = day.toordinal() * _SAMPLE % max(len(year.people), 1)
    return [player.reference for player in year.people[first : first + _SAMPLE]]


def _check(day: date) -> None:
    """Every loan by a fresh fold, and the chain of the log from its first row."""
    faults = (*audit.verify().faults, *ledger.verify().faults)
    if faults:
        raise BooksDoNotHold(day, faults)


def _set_clock(day: date, at: str) -> None:
    os.environ["TIDEOVER_NOW"] = f"{day.isoformat()}T{at}+08:00"
    clock.today()

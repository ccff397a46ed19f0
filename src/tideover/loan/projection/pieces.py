"""What a projection is made of: windows between due dates, and segments of one balance in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tideover.money import Rounding

_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days with one balance. Minor units; what changes, changes at its end.

    `level_factor` is the interest on one unit over the segment, as the level instalment sees it;
    `factor` the interest on one unit from its start to the due date, of which the segment takes
    its share by days. A paused segment bears nothing of its own.
    """

    start: date
    end: date
    disbursed: int = 0
    corrected: int = 0
    credited_principal: int = 0
    balance: int = 0
    level_factor: Fraction = _NOTHING
    factor: Fraction = _NOTHING
    is_paused: bool = False

    @property
    def days(self) -> int:
        """How many days the segment has."""
        return (self.end - self.start).days

    @property
    def balance_after(self) -> int:
        """The balance that the next segment opens with, before anything falls due."""
        return self.balance + self.disbursed + self.corrected

    def interest(self, due: date) -> Fraction | int:
        """Return the interest of the segment, exact, when its window is due on `due`."""
        if self.is_paused or self.start == due:
            return 0
        return self.balance * self.factor * self.days / (due - self.start).days


def place_in(segments: Sequence[Segment], day: date) -> int:
    """Return which segment of a window `day` lies in: a day belongs to the segment it ends.

    The day that a whole loan starts on lies in the earliest one, a day after all in the last.
    """
    return max((place for place, segment in enumerate(segments) if segment.start < day), default=0)


def divided(segments: tuple[Segment, ...], day: date) -> tuple[Segment, ...]:
    """Return segments of which one ends on `day`, and has the changes of the one it was part of."""
    place = place_in(segments, day)
    whole = segments[place]
    if day >= whole.end:
        return segments
    former = replace(whole, end=day, disbursed=0, corrected=0)
    latter = replace(whole, start=day, credited_principal=0)
    return (*segments[:place], former, latter, *segments[place + 1 :])


@dataclass(frozen=True, slots=True)
class Window:
    """The days from one due date to the next, and what falls due at the end. Minor units.

    `level` is the instalment now asked and `agreed` the one last agreed for the whole schedule.
    `advanced_interest` is interest of later windows that is already asked here, `rest_interest`
    that of its own days to come, asked at once by a payment that closes the loan;
    `fixed_interest` interest agreed as an amount, less what was paid of its own with another
    window. The interest of a window that is `lifted` is asked earlier; that of one `closed` by a
    re-age or re-amortisation is not counted at all, nor is what it took over.
    A `holder` keeps what was paid in advance of a re-age.
    """

    start: date
    due: date
    segments: tuple[Segment, ...]
    level: int
    agreed: int
    paid_principal: int = 0
    paid_interest: int = 0
    advanced_interest: int = 0
    rest_interest: int = 0
    fixed_interest: int = 0
    moved_principal: int = 0
    is_lifted: bool = False
    is_closed: bool = False
    is_reaged: bool = False
    is_holder: bool = False

    @property
    def days(self) -> int:
        """How many days the window has."""
        return (self.due - self.start).days

    @property
    def paid(self) -> int:
        """Principal and interest paid."""
        return self.paid_principal + self.paid_interest

    @property
    def disbursed(self) -> int:
        """What was paid out to the borrower within the window."""
        return sum(segment.disbursed for segment in self.segments)

    @property
    def credited_principal(self) -> int:
        """Principal that came back owing, by a charge-back or a refund of an overpayment."""
        return sum(segment.credited_principal for segment in self.segments)

    @property
    def credited(self) -> int:
        """What came back owing and is still asked here."""
        return self.credited_principal - self.moved_principal

    @property
    def early_interest(self) -> int:
        """Interest that is asked before its days have passed."""
        return self.advanced_interest + self.rest_interest

    @property
    def asked(self) -> int:
        """Everything asked for the window: instalment, credited amounts, interest asked early."""
        return self.level + self.credited + self.early_interest

    @property
    def is_paid(self) -> bool:
        """Whether exactly what is asked was paid."""
        return self.asked == self.paid

    @property
    def level_factor(self) -> Fraction:
        """One and the interest on one unit over the window, as the level instalment sees it."""
        return 1 + sum((segment.level_factor for segment in self.segments), _NOTHING)

    def holds(self, day: date, *, is_earliest: bool) -> bool:
        """Return whether `day` lies in the window: a day belongs to the window it ends."""
        return (self.start < day or (is_earliest and self.start == day)) and day <= self.due


@dataclass(frozen=True, slots=True)
class Figures:
    """What follows for one window from its segments and payments. Minor units."""

    interest_borne: int
    interest: int
    principal: int
    interest_left: int
    outstanding_principal: int
    outstanding_interest: int
    closing_balance: int


def on_what_was_lent(segments: tuple[Segment, ...], before: int) -> tuple[Segment, ...]:
    """Return segments that bear interest on everything paid out by then, `before` and within."""
    found: list[Segment] = []
    for segment in segments:
        found.append(replace(segment, balance=before))
        before += segment.disbursed
    return tuple(found)


def figures_of(
    window: Window,
    *,
    bearing: tuple[Segment, ...],
    brought: int,
    rounding: Rounding,
    by_segment: bool,
) -> Figures:
    """Return the figures of a window that takes `brought` interest over from the one before.

    The segments `bearing` interest are those of the window, on balances or on what was lent.
    Interest is rounded once, over all of them, or `by_segment`. Interest for which the
    instalment has no room is left to the next window. A window paid above what it asks owes what
    was paid.
    """
    own = 0
    if window.is_closed:
        brought = 0
    elif window.is_lifted:
        # Of its own only what was paid with another window is left here, and makes up for that.
        own = max(-window.fixed_interest, 0)
    else:
        own = own_interest(bearing, window.due, rounding=rounding, by_segment=by_segment)
    borne = own + window.fixed_interest + window.early_interest + brought
    room = max(window.asked - borne, 0)
    wanted = window.paid_interest if window.paid_principal > room else min(borne, window.asked)
    interest = max(wanted, window.paid_interest)
    principal = max(window.asked - interest, window.paid_principal)
    closing = 0
    if window.segments:
        closing = window.segments[-1].balance_after + window.paid_principal - principal
    return Figures(
        interest_borne=borne,
        interest=interest,
        principal=principal,
        interest_left=max(borne - interest, 0),
        outstanding_principal=principal - window.paid_principal,
        outstanding_interest=interest - window.paid_interest,
        closing_balance=closing,
    )


def own_interest(
    segments: tuple[Segment, ...], due: date, *, rounding: Rounding, by_segment: bool
) -> int:
    """Return the interest that segments bear when their window is due on `due`, rounded."""
    interests = [segment.interest(due) for segment in segments]
    if by_segment:
        return sum(rounding(interest) for interest in interests)
    return rounding(sum(interests, _NOTHING))

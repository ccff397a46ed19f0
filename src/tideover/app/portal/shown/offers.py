"""An offer as rows of words and amounts: the same rows in the same order for every one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from tideover.affordability import MonthCapacity
from tideover.app.portal.shown.plots import MonthDue, PlotWords, before_and_after, by_month
from tideover.app.portal.templatetags.portal_words import day_text, month, sentence
from tideover.app.verbs.loans import LoanView
from tideover.money import Money, total
from tideover.offers import Offer
from tideover.options import DueLine

_BAR_WIDTH = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a card: exactly one of amount, rate, day and text."""

    label: str
    money: Money | None = None
    rate: Fraction | None = None
    when: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The payment against what the household can carry, in units of the drawing."""

    filled: int
    limit: int
    words: str


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer with its rows and its bar; a settlement is not paid from a month and has none."""

    offer: Offer
    rows: tuple[Row, ...]
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """What falls due on one day; `amount` is `principal` and `charges` together."""

    number: int
    due_date: date
    amount: Money
    principal: Money

    @property
    def charges(self) -> Money:
        """Interest, and what is carried of penalty and fees."""
        return self.amount - self.principal


@dataclass(frozen=True, slots=True)
class Table:
    """Every instalment, and their sums."""

    rows: tuple[TableRow, ...]
    amount: Money
    principal: Money

    @property
    def charges(self) -> Money:
        """Everything but principal."""
        return self.amount - self.principal


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing, the finding as its title, and the months behind it."""

    title: str
    svg: str
    rows: tuple[MonthDue, ...]
    ends: str


def card_of(offer: Offer) -> OfferCard:
    """Return an offer as a card."""
    bar = None if offer.is_settlement else bar_of(offer)
    return OfferCard(offer, rows_of(offer), bar)


def rows_of(offer: Offer) -> tuple[Row, ...]:
    """Return the rows of an offer."""
    extra = offer.extra_interest
    is_dearer = extra.minor >= 0
    extra_label = (
        _("More interest than today's contract")
        if is_dearer
        else _("Less interest than today's contract")
    )
    return (
        Row(label=_("First payment"), when=offer.earliest_due),
        Row(label=_("Last instalment"), when=offer.latest_due),
        Row(label=_("To pay in all"), money=offer.total),
        Row(label=extra_label, money=abs(extra)),
        Row(label=_("True yearly cost (simple)"), rate=offer.annual_cost.nominal),
        Row(label=_("Given up by us"), money=offer.waived.total),
        Row(label=_("Credit record"), text=sentence(offer.credit_record)),
    )


def bar_of(offer: Offer) -> Bar:
    """Return the bar of the tightest month: full width is the larger of payment and limit."""
    limit = offer.tightest_month.capacity
    top = max(offer.payment.minor, limit.minor, 1)
    words = _("%(payment)s a month; you can carry up to %(limit)s") % {
        "payment": offer.payment.display,
        "limit": limit.display,
    }
    filled = max(8, offer.payment.minor * _BAR_WIDTH // top)
    at = min(_BAR_WIDTH - 2, limit.minor * _BAR_WIDTH // top) if limit else 0
    return Bar(filled, at, words)


def table_of(due_lines: Sequence[DueLine]) -> Table:
    """Return every instalment, what is carried included: the rows add up to the offer's total."""
    rows = tuple(
        TableRow(
            number=due.line.number,
            due_date=due.line.due_date,
            amount=due.amount,
            principal=due.line.principal + due.carried.principal,
        )
        for due in due_lines
    )
    currency = due_lines[0].amount.currency
    return Table(
        rows,
        total((row.amount for row in rows), currency),
        total((row.principal for row in rows), currency),
    )


def capacity_words(capacity: Sequence[MonthCapacity]) -> str:
    """Return what the household can pay, as a sentence without blame."""
    amounts = sorted({one.capacity for one in capacity})
    if not amounts or not amounts[-1]:
        return _(
            "What comes in does not cover what you need right now. That is not your fault: we "
            "look at a pause or a reduction first."
        )
    if len(amounts) == 1:
        return _("From what you told us, you can pay up to %(amount)s a month.") % {
            "amount": amounts[0].display
        }
    return _("From what you told us, you can pay %(least)s to %(most)s a month over time.") % {
        "least": amounts[0].display,
        "most": amounts[-1].display,
    }


def plot_of(offer: Offer, *, loan: LoanView, on: date) -> Plot:
    """Return what is due each month before and after, with the finding as its title."""
    before = [
        (state.line.due_date, state.remaining.total)
        for state in loan.state.lines
        if state.remaining.total
    ]
    after = [(due.line.due_date, due.amount) for due in offer.proposal.due_lines]
    currency = offer.payment.currency
    months = by_month(before, after, on=on, currency=currency)
    limit = offer.tightest_month.capacity
    title = _finding(months, offer=offer)
    words = PlotWords(
        title=title,
        before=_("Today's contract"),
        after=_("New plan"),
        limit=_("You can pay %(amount)s") % {"amount": limit.display},
    )
    ends = _("First %(first)s: %(payment)s. Last %(last)s: %(last_payment)s.") % {
        "first": day_text(after[0][0]),
        "payment": after[0][1].display,
        "last": day_text(after[-1][0]),
        "last_payment": after[-1][1].display,
    }
    return Plot(title, before_and_after(months, limit=limit, words=words), months, ends)


def _finding(months: Sequence[MonthDue], *, offer: Offer) -> str:
    if offer.is_settlement:
        return _("%(total)s by %(end)s, and nothing after that") % {
            "total": offer.total.display,
            "end": day_text(offer.latest_due),
        }
    most = max(one.before for one in months)
    return _("%(after)s a month until %(end)s, instead of up to %(before)s") % {
        "before": most.display,
        "after": offer.payment.display,
        "end": month(offer.latest_due),
    }

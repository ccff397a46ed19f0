"""Whose a payment may be that names no loan: suggestions for a person, never a booking.

A suggestion says on what it rests. The payer's name is compared whole, and only among loans that
have something due near the day, so that a common name alone suggests nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tideover.app.db.models import Loan, LoanFold
from tideover.app.verbs.books.stored_fold import figures_on
from tideover.loan import DayFigures
from tideover.policy import Words

#: More than a person looks through.
SUGGESTED_MAX = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A loan that a payment may be for, and why somebody would think so."""

    loan_reference: str
    because: Words
    strength: int


def suggestions(*, payer: str, amount_minor: int, currency: str) -> tuple[Suggestion, ...]:
    """The loans a payment may be for, the likeliest first; none when nothing points anywhere."""
    found = sorted(
        _found(payer, amount_minor, currency), key=lambda one: (-one.strength, one.loan_reference)
    )
    return tuple(found[:SUGGESTED_MAX])


def _found(payer: str, amount: int, currency: str) -> Iterator[Suggestion]:
    folds = LoanFold.objects.filter(is_open=True, loan__currency=currency)
    for fold in folds.select_related("loan__borrower").order_by("loan__reference").iterator():
        figures = figures_on(fold, fold.as_of)
        if figures is None:
            continue
        is_payer = bool(payer) and fold.loan.borrower.name == payer
        sum_words = _amount_words(figures, amount)
        if is_payer or sum_words is not None:
            yield _suggestion(fold.loan, is_payer=is_payer, amount=sum_words)


def _amount_words(figures: DayFigures, amount: int) -> Words | None:
    due = figures.past_due + figures.due_today
    if due and amount == due:
        return Words(zh="金额等于目前应还", en="the amount is what is due")
    if amount == figures.outstanding:
        return Words(zh="金额等于全部欠款", en="the amount is all that is owed")
    return None


def _suggestion(loan: Loan, *, is_payer: bool, amount: Words | None) -> Suggestion:
    name = Words(zh="付款人与借款人同名", en="the payer has the borrower's name")
    words = [one for one in (name if is_payer else None, amount) if one is not None]
    because = Words(zh="；".join(one.zh for one in words), en="; ".join(one.en for one in words))
    return Suggestion(loan.reference, because, len(words) + is_payer)

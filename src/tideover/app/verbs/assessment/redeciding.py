"""What a change of policy would change: open cases and offers on the table under two policies.

Read-only: nothing is decided, kept or sent. Both policies look at the account and the answers of
today; offers on the table are judged on the day they were worked out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tideover.app import clock
from tideover.app.db.models import Account, Case
from tideover.app.verbs.case.rows import folded
from tideover.app.verbs.loans import product_words
from tideover.app.verbs.offering.basis import (
    chosen,
    loan_digest,
    offer_set_of,
    request_of,
    round_of,
)
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.cases import Case as CaseFold
from tideover.cases import CaseState
from tideover.offers import OfferRejudged, OfferRequest, Rejudged, rejudge, rejudge_offer
from tideover.policy import (
    Parameters,
    PolicyBook,
    PolicyVersion,
    Words,
    load_book,
    policy_versions,
)
from tideover.safety import mask_name

#: Handed in and not decided for good: what is answered next follows the policy of that day.
_UNDECIDED = (
    CaseState.SUBMITTED,
    CaseState.ASSESSING,
    CaseState.AWAITING_APPROVAL,
    CaseState.OFFERED,
    CaseState.AWAITING_SIGNATURE,
    CaseState.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class BookOnDay:
    """A policy book as it holds on a day."""

    book: PolicyBook
    day: date

    def of(self, product: str) -> Parameters:
        """Return what holds for a product."""
        return self.book.on(self.day, product=product)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedecidedCase:
    """One case that would be judged otherwise.

    `on_table` are its offers on the table of which a rule would say otherwise; `anew` what would
    be found if offers were worked out today.
    """

    number: str
    masked_name: str
    product: Words
    state: CaseState
    on_table: tuple[OfferRejudged, ...]
    anew: Rejudged


@dataclass(frozen=True, slots=True, kw_only=True)
class Redecision:
    """How many cases were looked at, and those that differ; `left_out` were not looked at."""

    before: date
    after: date
    looked_at: int
    left_out: int
    cases: tuple[RedecidedCase, ...]


def redecide(before: BookOnDay, after: BookOnDay, *, count_max: int | None = None) -> Redecision:
    """Return every open case that two policies judge differently, the oldest first.

    At most `count_max` cases are looked at, all of them without it.
    """
    states = [state.value for state in _UNDECIDED]
    rows = Case.objects.filter(state__in=states, submitted_at__isnull=False)
    numbers = tuple(rows.order_by("submitted_at", "number").values_list("number", flat=True))
    wanted = numbers if count_max is None else numbers[:count_max]
    return Redecision(
        before=before.day,
        after=after.day,
        looked_at=len(wanted),
        left_out=len(numbers) - len(wanted),
        cases=tuple(_different(wanted, before, after)),
    )


def redecide_for(account: Account, *, before: date, after: date, count_max: int) -> Redecision:
    """Return the same for a reader of cases, between two days of this lender's book.

    Raises NotFound for accounts that do not read cases.
    """
    demand(account, Right.READ_CASES)
    book = load_book()
    return redecide(BookOnDay(book, before), BookOnDay(book, after), count_max=count_max)


def versions_for(account: Account) -> tuple[PolicyVersion, ...]:
    """Return the versions of this lender's book, the newest first.

    Raises NotFound for accounts that do not read policy.
    """
    demand(account, Right.READ_POLICY)
    return policy_versions(load_book())


def next_change(after: date) -> date | None:
    """Return the next day on which a number of this lender's book changes, None for no such day."""
    days = (version.first_day for version in policy_versions(load_book()))
    return min((day for day in days if day > after), default=None)


def _different(
    numbers: tuple[str, ...], before: BookOnDay, after: BookOnDay
) -> Iterator[RedecidedCase]:
    rows = Case.objects.select_related("loan", "borrower")
    for number in numbers:
        case = rows.get(number=number)
        found = _redecided(case, before, after)
        if found is not None:
            yield found


def _redecided(case: Case, before: BookOnDay, after: BookOnDay) -> RedecidedCase | None:
    product = case.loan.product
    old, new = before.of(product), after.of(product)
    try:
        request = replace(request_of(case, clock.today()), parameters=old)
    except NotFound:
        return None
    anew = rejudge(request, new)
    on_table = tuple(_on_table(case, folded(case), request, parameters=new))
    if not anew.is_different and not on_table:
        return None
    return RedecidedCase(
        number=case.number,
        masked_name=mask_name(case.borrower.name),
        product=product_words(product, clock.today()),
        state=CaseState(case.state),
        on_table=on_table,
        anew=anew,
    )


def _on_table(
    case: Case, told: CaseFold, request: OfferRequest, *, parameters: Parameters
) -> Iterator[OfferRejudged]:
    keys = told.table.offer_keys if told.table else told.requested
    digest = told.table.set_digest if told.table else None
    if digest is None and told.requested and told.candidates:
        digest = told.candidates.set_digest
    if digest is None:
        return
    row = round_of(case, digest)
    if row.record["loan_digest"] != loan_digest(case.loan):
        # Nobody can accept these any more: what would be found anew is the answer.
        return
    for offer in chosen(offer_set_of(row), keys):
        on = offer.proposal.restructured.on
        again = rejudge_offer(replace(request, on=on), offer, parameters=parameters)
        if again.is_different:
            yield again

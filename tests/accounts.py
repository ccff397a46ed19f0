"""Made-up people, staff and loans for tests that need a database."""

from datetime import date
from fractions import Fraction
from itertools import count

from django.test import Client

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Account, Borrower, Loan, Role
from tideover.app.verbs.books.opening import add_borrower, open_loan
from tideover.app.workbench.session import SEEN
from tideover.loan import DailyRate, Event, LoanTerms, Method, Paid, build_schedule
from tideover.money import CNY, Money

_number = count(1)


def sign_in_fully(client: Client, account: Account) -> Client:
    """Sign somebody in as if every factor had been shown a moment ago."""
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SEEN] = int(clock.now().timestamp())
    session.save()
    return client


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


def make_borrower(*, name: str = "演示·某人") -> Borrower:
    number = next(_number)
    with atomic():
        return add_borrower(
            name=name, phone=f"1009{number:07d}", id_number=f"000000199001{number:05d}X"
        )


def make_staff(role: Role = Role.AGENT) -> Account:
    account = Account(login=f"{role.value}-{next(_number)}", role=role)
    account.set_unusable_password()
    account.save()
    return account


def weilidai_terms(*, disbursed_on: date, principal: str = "10000.00") -> LoanTerms:
    """Ten instalments of equal principal at 0.05 % a day, one day of grace."""
    return LoanTerms(
        principal=yuan(principal),
        rate=DailyRate(Fraction(1, 2000)),
        method=Method.EQUAL_PRINCIPAL,
        instalments=10,
        disbursed_on=disbursed_on,
        penalty_uplift=Fraction(1, 2),
        grace_days=1,
    )


def card_terms(*, disbursed_on: date) -> LoanTerms:
    """Twelve instalments with a flat fee of 0.6 % of the original principal."""
    return LoanTerms(
        principal=yuan("12000.00"),
        rate=None,
        method=Method.FLAT,
        instalments=12,
        disbursed_on=disbursed_on,
        fee_rate=Fraction("0.006"),
        penalty_uplift=Fraction(1, 2),
        grace_days=3,
        overdue_rate=DailyRate(Fraction(1, 2000)),
    )


def make_loan(
    terms: LoanTerms,
    *,
    borrower: Borrower | None = None,
    paid: int = 0,
    until: date | None = None,
    product: str = "weilidai",
) -> Loan:
    """A loan with its earliest `paid` instalments paid on the day."""
    reference = f"T-{next(_number):06d}"
    lines = build_schedule(terms).lines[:paid]
    events: tuple[Event, ...] = tuple(
        Paid(line.due_date, f"{reference}-P{line.number}", line.instalment) for line in lines
    )
    with atomic():
        return open_loan(
            borrower or make_borrower(),
            terms,
            reference=reference,
            product=product,
            account_last4="",
            events=events,
            actor="test",
            at=clock.now(),
            until=until or clock.today(),
        )

"""The demo lender: made through the product's own import path, never by writing rows.

Making it a second time changes nothing: what people did in the demo stays.
"""

import csv
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from tideover.app import clock
from tideover.app.db.models import Account, Agreement, Loan
from tideover.app.home import home, is_demo
from tideover.app.pdf import make_demo_authority, seal_folder
from tideover.app.verbs import loans, signing, tape
from tideover.app.verbs.demo import journey
from tideover.app.verbs.demo.book import LOANS, PEOPLE, loans_csv, payments_csv
from tideover.app.verbs.demo.people import players
from tideover.app.verbs.demo.play import BooksDoNotHold, play
from tideover.app.verbs.demo.played import is_played, played_sign_ins
from tideover.app.verbs.demo.signing_in import SignIn
from tideover.app.verbs.demo.staff import SECRET, STAFF, code_now, make_staff, password_of
from tideover.app.verbs.demo.summary import write_year
from tideover.app.verbs.payments.rows import BANK_COLUMNS
from tideover.money import Money, Refusal

__all__ = [
    "SECRET",
    "BooksDoNotHold",
    "DemoLender",
    "LenderInPlace",
    "NotTheDemo",
    "SignIn",
    "bank_file",
    "code_now",
    "create",
    "play_year",
    "sample_agreement",
    "sign_ins",
]

_PART_PAYMENT = "200.00"
_JOURNEY_TAKES = timedelta(minutes=2)


class NotTheDemo(Refusal):
    """This deployment is no demo, so it gets no demo borrowers and no known passwords."""

    code: ClassVar[str] = "not-the-demo"

    def __init__(self) -> None:
        super().__init__(
            "This is not the demo lender. Set TIDEOVER_DEMO=1 and a TIDEOVER_HOME of its own "
            "to make one.",
            "这不是演示环境。请设置 TIDEOVER_DEMO=1 并使用单独的 TIDEOVER_HOME。",
        )


class LenderInPlace(Refusal):
    """Somebody works with this database: known passwords and an open outbox are not for it."""

    code: ClassVar[str] = "lender-in-place"

    def __init__(self, count: int) -> None:
        super().__init__(
            f"This database has {count} account(s) and none of them is the demo's. Leave out "
            "--demo, or give the demo a TIDEOVER_HOME and a database of its own.",
            f"该数据库已有 {count} 个账户，且都不属于演示环境。请去掉 --demo，"
            "或为演示环境单独设置 TIDEOVER_HOME 和数据库。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLender:
    """The demo: how to sign in, and whether it was made just now."""

    borrowers: tuple[SignIn, ...]
    staff: tuple[SignIn, ...]
    is_new: bool


def create(on: date) -> DemoLender:
    """The demo lender with its dates set around `on`; the one that is here when there is one.

    A home in which a year was played is that lender, with the borrowers of the year.

    Raises NotTheDemo and LenderInPlace.
    """
    if not is_demo():
        raise NotTheDemo
    if is_played():
        _make_staff()
        return DemoLender(borrowers=played_sign_ins(), staff=sign_ins()[1], is_new=False)
    is_new = not Loan.objects.filter(reference=LOANS[0].reference).exists()
    if is_new and Account.objects.exists():
        raise LenderInPlace(Account.objects.count())
    if is_new:
        tape.load(loans_csv(on), payments_csv(on), actor="demo", today=on)
    _make_staff()
    folder = home() / "demo"
    folder.mkdir(exist_ok=True)
    (folder / "loans.csv").write_bytes(loans_csv(on))
    (folder / "payments.csv").write_bytes(payments_csv(on))
    (folder / "bank-file.csv").write_bytes(bank_file(on))
    borrowers, staff = sign_ins()
    return DemoLender(borrowers=borrowers, staff=staff, is_new=is_new)


def _make_staff() -> None:
    make_staff()
    make_demo_authority(seal_folder())


def sample_agreement(on: date) -> bytes:
    """One agreement of the demo, signed and sealed: that of its first story.

    It is agreed by the verbs that the pages call. The one signed before is given again.
    """
    create(on)
    reference = LOANS[0].reference
    loan = Loan.objects.select_related("borrower__account").get(reference=reference)
    signed = Agreement.objects.filter(loan=loan, signed_at__isnull=False).first()
    if signed is None:
        since = (on - timedelta(days=30)).isoformat()
        # It begins a while ago, so that reading the agreement takes no waiting now.
        with _clock_from(clock.now() - _JOURNEY_TAKES):
            journey.ask_for_help(loan.borrower, reference, journey.Desk(), since=since)
        signed = Agreement.objects.get(loan=loan, signed_at__isnull=False)
    return signing.pdf(loan.borrower.account, signed.case.number)


@contextmanager
def _clock_from(instant: datetime) -> Iterator[None]:
    """Let the clock begin at an instant; afterwards it is as it was."""
    before = os.environ.get("TIDEOVER_NOW")
    os.environ["TIDEOVER_NOW"] = instant.isoformat()
    try:
        yield
    finally:
        os.environ.pop("TIDEOVER_NOW")
        if before is not None:
            os.environ["TIDEOVER_NOW"] = before


def play_year(
    *, loans_count: int, days: int, seed: str, folder: Path, told: Callable[[str], None]
) -> tuple[Path, ...]:
    """Play a year that ends today and write what there is to see of it into a folder.

    Raises NotTheDemo, LenderInPlace when there is anything in the database, and BooksDoNotHold.
    """
    if not is_demo():
        raise NotTheDemo
    if Loan.objects.exists() or Account.objects.exists():
        raise LenderInPlace(Account.objects.count())
    start = clock.today() - timedelta(days=days)
    _make_staff()
    with _clock_from(clock.now()):
        played = play(players(loans_count, seed=seed), start=start, days=days, told=told)
    return write_year(played, folder)


def sign_ins() -> tuple[tuple[SignIn, ...], tuple[SignIn, ...]]:
    """How to sign in as the borrowers and the staff of the demo."""
    borrowers = tuple(SignIn(person.name, person.phone, "", person.story) for person in PEOPLE)
    staff = tuple(SignIn(name, login, password_of(login), story) for _, login, name, story in STAFF)
    return borrowers, staff


def bank_file(on: date) -> bytes:
    """A bank file for finance to try: what is due under every plan, a part payment, a stray.

    Loans on a plan pay what is past due, else their next instalment. One borrower without a plan
    pays a part. One line names no loan, so that it goes to suspense. Transaction numbers follow
    from loan and instalment: the same file made twice has no second effect.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.zh for column in BANK_COLUMNS])
    writer.writerows(_bank_lines(on))
    return text.getvalue().encode("utf-8-sig")


def _bank_lines(on: date) -> Iterator[tuple[str, ...]]:
    part_payer = LOANS[1]
    for loan in Loan.objects.select_related("borrower").order_by("reference"):
        owed = _due_under_plan(loan, on)
        payer = loan.borrower.name
        if owed is not None:
            number, amount = owed
            transaction = f"DEMO{on:%Y%m%d}-{loan.reference}-{number}"
            yield transaction, on.isoformat(), amount.text, payer, "", f"还款 {loan.reference}"
        elif loan.reference == part_payer.reference:
            transaction = f"DEMO{on:%Y%m%d}-{loan.reference}"
            yield transaction, on.isoformat(), _PART_PAYMENT, payer, loan.reference, "部分还款"
    yield f"DEMO{on:%Y%m%d}-STRAY", on.isoformat(), "88.00", "演示·无名", "", "还款"


def _due_under_plan(loan: Loan, on: date) -> tuple[int, Money] | None:
    state = loans.state(loan, on)
    if state.restructured_on is None or state.is_settled:
        return None
    late = next((line for line in state.lines if line.days_past_due), None)
    line = late or state.next_due
    if line is None:
        return None
    return line.number, state.past_due.total if late else line.remaining.total

"""Eight pairs of things done at one moment: exactly one of them wins, on both databases.

Each pair is tried once here, and 63 times behind `make soak`: 504 runs. The moments differ by
themselves; what must hold is the same whoever comes first: one winner, a refusal that says why,
books that balance and a log that is whole.
"""

import os
from collections.abc import Callable
from typing import Any

import lender as story
import pytest
from together import together

from tideover.app import clock
from tideover.app.db.models import Case, JournalEntry, LoanSchedule, LogEvent
from tideover.app.verbs import (
    application,
    assessment,
    audit,
    closing,
    conversation,
    ledger,
    offering,
    payments,
    signing,
    staff,
)
from tideover.app.verbs.refusals import NotFound, StaleVersion
from tideover.cases import CommandNotAllowed
from tideover.cases.refusals import OfferExpired, OfferNotOnTheTable
from tideover.money import Refusal

TIMES_SOAK = 63 if "TIDEOVER_SOAK" in os.environ else 1
WRITERS = 20


@pytest.fixture
def lender(committed):
    return story.open_lender()


@pytest.fixture(params=range(TIMES_SOAK))
def soaked(request) -> int:
    return request.param


def decline(lender, number: str, *, key: str, version: int) -> Any:
    return assessment.decline(
        lender.agent, number, reason_code="duplicate", note="", version=version, key=key
    )


def kinds(number: str) -> list[str]:
    rows = LogEvent.objects.filter(stream=f"case:{number}").order_by("number")
    return list(rows.values_list("kind", flat=True))


def refusals(results: list[Any]) -> list[Refusal]:
    """The refusals among the results; anything else that was raised is a fault."""
    broken = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refusal)]
    assert not broken, broken
    return [one for one in results if isinstance(one, Refusal)]


def everything_holds() -> None:
    assert ledger.verify().holds
    assert audit.verify().holds


def two_decisions(lender) -> None:
    number = story.generated(lender)
    file = assessment.case_file(lender.agent, number)
    keys = tuple(offer.key for offer in file.offer_set.offers if not offer.needs_approval)
    results = together(
        lambda: decline(lender, number, key="no", version=file.version),
        lambda: offering.send(
            lender.agent, number, offer_keys=keys, version=file.version, key="yes"
        ),
    )

    (refused,) = refusals(results)
    assert isinstance(refused, StaleVersion)
    assert refused.who.en == "演示·agent-wang"
    assert refused.did.en in {"declined the application", "sent the offers"}
    assert len({"case.declined", "case.offers.sent"} & set(kinds(number))) == 1


def decided_and_withdrawn(lender) -> None:
    number = story.claimed(lender)
    version = story.version(lender, number)
    results = together(
        lambda: decline(lender, number, key="no", version=version),
        lambda: application.withdraw(lender.borrower, number, key="stop"),
    )

    (refused,) = refusals(results)
    assert isinstance(refused, StaleVersion | CommandNotAllowed)
    assert len({"case.declined", "case.withdrawn"} & set(kinds(number))) == 1


def accepted_and_expired(lender, monkeypatch) -> None:
    number = story.offered(lender)
    seen = offering.borrower_offers(lender.borrower, number)
    last = Case.objects.get(number=number).rounds.last().open_until
    # The second before the offers end: one of the two reads the clock after it.
    monkeypatch.setenv("TIDEOVER_NOW", f"{last.isoformat()}T23:59:59.950000+08:00")
    results = together(
        lambda: offering.accept(
            lender.borrower, number, seen.offers[0].key, key="a", seen=seen.set_digest
        ),
        offering.expire,
    )

    told = set(kinds(number))
    for refused in refusals(results):
        assert isinstance(refused, OfferExpired | CommandNotAllowed)
    if "case.offers.expired" in told:
        assert Case.objects.get(number=number).state == "expired"
    assert not {"case.agreement.signed"} & told
    assert len({"case.offer.accepted", "case.offers.expired"} & told) <= 2


def accepted_and_replaced(lender) -> None:
    number = story.offered(lender)
    seen = offering.borrower_offers(lender.borrower, number)
    offering.generate(lender.agent, number, key="again")
    results = together(
        lambda: offering.accept(
            lender.borrower, number, seen.offers[0].key, key="a", seen=seen.set_digest
        ),
        lambda: story.send(lender, number, key="send-again"),
    )

    for refused in refusals(results):
        assert isinstance(refused, OfferNotOnTheTable | CommandNotAllowed | StaleVersion)


def signed_on_two_devices(lender) -> None:
    number, code = story.code_sent(lender)
    results = together(
        *(
            lambda key=key: signing.sign(lender.borrower, number, code=code, key=key)
            for key in ("phone", "tablet")
        )
    )

    refusals(results)
    assert kinds(number).count("case.agreement.signed") == 1
    assert LoanSchedule.objects.filter(loan=lender.loan, is_active=True).count() == 1


def bank_file(lender) -> bytes:
    heading = "交易流水号,交易日期,金额,付款人,借据号,附言"
    return f"{heading}\nB-1,{clock.today()},200.00,演示·张三,{story.REFERENCE},\n".encode()


def paid_and_activated(lender) -> None:
    number, code = story.code_sent(lender)
    content = bank_file(lender)
    results = together(
        lambda: payments.book(lender.finance, content, "b.csv", key="b"),
        lambda: signing.sign(lender.borrower, number, code=code, key="s"),
    )

    refusals(results)
    assert JournalEntry.objects.filter(kind="loan.paid", loan=lender.loan).count() == 3
    assert LoanSchedule.objects.filter(loan=lender.loan, is_active=True).count() == 1


def day_closed_and_paid(lender) -> None:
    content = bank_file(lender)
    results = together(
        lambda: closing.close(clock.today()),
        lambda: payments.book(lender.finance, content, "b.csv", key="b"),
    )

    refusals(results)
    assert JournalEntry.objects.filter(kind="loan.paid", loan=lender.loan).count() == 3


def role_taken_away_and_decided(lender) -> None:
    number = story.claimed(lender)
    version = story.version(lender, number)
    results = together(
        lambda: decline(lender, number, key="no", version=version),
        lambda: staff.change_role(lender.agent.login, role="finance"),
    )

    for refused in refusals(results):
        assert isinstance(refused, NotFound)
    moved = LogEvent.objects.get(kind="staff.role.changed").position
    declined = LogEvent.objects.filter(kind="case.declined").values_list("position", flat=True)
    assert all(position < moved for position in declined)
    assert bool(declined) != bool(refusals(results))


PAIRS: dict[str, Callable[..., None]] = {
    "two decisions": two_decisions,
    "decided and withdrawn": decided_and_withdrawn,
    "accepted and replaced": accepted_and_replaced,
    "signed on two devices": signed_on_two_devices,
    "paid and activated": paid_and_activated,
    "day closed and paid": day_closed_and_paid,
    "role taken away and decided": role_taken_away_and_decided,
}


class TestOneMoment:
    @pytest.mark.parametrize("pair", PAIRS)
    def test_has_one_winner(self, lender, pair):
        PAIRS[pair](lender)
        everything_holds()

    def test_accepting_as_the_offers_end_never_signs_anything(self, lender, monkeypatch):
        accepted_and_expired(lender, monkeypatch)
        everything_holds()

    @pytest.mark.soak
    @pytest.mark.parametrize("pair", PAIRS)
    def test_has_one_winner_every_time(self, lender, pair, soaked):
        PAIRS[pair](lender)
        everything_holds()

    @pytest.mark.soak
    def test_accepting_as_the_offers_end_every_time(self, lender, monkeypatch, soaked):
        accepted_and_expired(lender, monkeypatch)
        everything_holds()


class TestTwentyWriters:
    def test_at_once_all_get_through(self, lender):
        number = story.claimed(lender)

        results = together(
            *(
                lambda n=n: conversation.keep_note(lender.agent, number, f"第 {n} 条", key=f"n{n}")
                for n in range(WRITERS)
            )
        )

        assert results == [None] * WRITERS
        notes = LogEvent.objects.filter(stream=f"messages:{number}", kind="desk.noted")
        assert list(notes.order_by("number").values_list("number", flat=True)) == list(
            range(1, WRITERS + 1)
        )
        assert audit.verify().holds

"""Eight pairs of things done at one moment: exactly one of them wins, on both databases.

Each pair is tried once here, and 63 times behind `make soak`: 504 runs. The moments differ by
themselves; what must hold is the same whoever comes first: one winner, a refusal that says why,
books that balance and a log that is whole.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
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
ONE_DAY = timedelta(days=1)
AN_HOUR = "3600000"
#: Milliseconds before the offers end at which both begin: on either side of it, and across it.
BEFORE = (AN_HOUR, "50", "20", "0")


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


def events(number: str) -> list[LogEvent]:
    return list(LogEvent.objects.filter(stream=f"case:{number}").order_by("number"))


def kinds(number: str) -> list[str]:
    return [event.kind for event in events(number)]


def state(number: str) -> str:
    return Case.objects.get(number=number).state


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


def accepted_and_expired(lender, monkeypatch, *, before: str) -> None:
    """Accept and expire `before` the end of the offers: 0 is the very second they end."""
    number = story.offered(lender)
    seen = offering.borrower_offers(lender.borrower, number)
    end = clock.start_of_day(Case.objects.get(number=number).rounds.last().open_until + ONE_DAY)
    started = end - timedelta(milliseconds=int(before))
    monkeypatch.setenv("TIDEOVER_NOW", started.isoformat())
    taken, expired = together(
        lambda: offering.accept(
            lender.borrower, number, seen.offers[0].key, key="a", seen=seen.set_digest
        ),
        offering.expire,
    )

    (refused,) = refusals([taken]) or (None,)
    at = {event.kind: event.recorded_at for event in events(number)}
    # Each outcome is in the log exactly when its author was told so, and on its side of the end.
    assert (refused is None) == ("case.offer.accepted" in at)
    assert (expired == (number,)) == ("case.offers.expired" in at)
    assert refused is None or isinstance(refused, OfferExpired | CommandNotAllowed)
    assert refused is not None or at["case.offer.accepted"] < end
    assert at.get("case.offers.expired", end) >= end
    if before == "0":
        assert refused is not None
        assert expired == (number,)
    if before == AN_HOUR:
        assert refused is None
        assert expired == ()
    assert state(number) == expected_after(at)
    lapse_for_good(lender, number, seen, monkeypatch, after=end)


def expected_after(told: dict[str, Any]) -> str:
    if "case.offers.expired" in told:
        return "expired"
    return "awaiting-signature" if "case.offer.accepted" in told else "offered"


def lapse_for_good(lender, number: str, seen: Any, monkeypatch, *, after: datetime) -> None:
    """Whoever came first: a minute later the offers are gone, once, and nobody can take them."""
    monkeypatch.setenv("TIDEOVER_NOW", (after + timedelta(minutes=1)).isoformat())
    offering.expire()

    assert state(number) == "expired"
    assert kinds(number).count("case.offers.expired") == 1
    with pytest.raises((OfferExpired, CommandNotAllowed, OfferNotOnTheTable)):
        offering.accept(
            lender.borrower, number, seen.offers[0].key, key="late", seen=seen.set_digest
        )
    assert kinds(number).count("case.offer.accepted") <= 1


def accepted_and_replaced(lender) -> None:
    number = story.offered(lender)
    seen = offering.borrower_offers(lender.borrower, number)
    offering.generate(lender.agent, number, key="again")
    file = assessment.case_file(lender.agent, number)
    alone = tuple(offer.key for offer in file.offer_set.offers if not offer.needs_approval)
    wanted = next(offer.key for offer in seen.offers if offer.key not in alone)
    taken, sent = together(
        lambda: offering.accept(lender.borrower, number, wanted, key="a", seen=seen.set_digest),
        lambda: offering.send(
            lender.agent, number, offer_keys=alone, version=file.version, key="send-again"
        ),
    )

    (refused,) = refusals([taken, sent])
    if refused is sent:
        # The borrower was first: the agent reads who and when, and the table is as it was.
        assert isinstance(refused, StaleVersion)
        assert (refused.who.en, refused.did.en) == ("the borrower", "accepted an offer")
        assert state(number) == "awaiting-signature"
        assert kinds(number).count("case.offers.sent") == 1
    else:
        # The agent was first: what the borrower wanted is no longer there, and nothing is taken.
        assert isinstance(refused, OfferNotOnTheTable)
        assert state(number) == "offered"
        assert "case.offer.accepted" not in kinds(number)
        now = offering.borrower_offers(lender.borrower, number)
        assert tuple(offer.key for offer in now.offers) == alone


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

    @pytest.mark.parametrize("before", BEFORE)
    def test_an_offer_is_taken_or_over_but_never_both_at_its_end(self, lender, monkeypatch, before):
        accepted_and_expired(lender, monkeypatch, before=before)
        everything_holds()

    @pytest.mark.soak
    @pytest.mark.parametrize("pair", PAIRS)
    def test_has_one_winner_every_time(self, lender, pair, soaked):
        PAIRS[pair](lender)
        everything_holds()

    @pytest.mark.soak
    def test_accepting_as_the_offers_end_every_time(self, lender, monkeypatch, soaked):
        accepted_and_expired(lender, monkeypatch, before=BEFORE[soaked % len(BEFORE)])
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

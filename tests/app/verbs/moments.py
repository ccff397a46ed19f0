"""Pairs of things done at one moment: what is there before, what is done, and what must hold.

Whoever comes first, exactly one of the two wins, and the other is refused with a word that says
why. `test_pairs.py` does each of them, once and for a long time.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
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

#: Seconds that each of the two waits behind the barrier.
Late = Sequence[float]

ONE_DAY = timedelta(days=1)
AN_HOUR = "3600000"
#: Milliseconds before the offers end at which both begin: on either side of it, and across it.
BEFORE = (AN_HOUR, "50", "20", "0")


@dataclass(frozen=True, slots=True)
class Pair:
    """What is there before, made once, and the two things that are done to it at one moment."""

    ready: Callable[[Any], Any]
    done: Callable[[Any, Any, Late], None]


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


def two_decisions(lender, number: str, late: Late) -> None:
    file = assessment.case_file(lender.agent, number)
    keys = tuple(offer.key for offer in file.offer_set.offers if not offer.needs_approval)
    results = together(
        lambda: decline(lender, number, key="no", version=file.version),
        lambda: offering.send(
            lender.agent, number, offer_keys=keys, version=file.version, key="yes"
        ),
        late=late,
    )

    (refused,) = refusals(results)
    assert isinstance(refused, StaleVersion)
    assert refused.who.en == "演示·agent-wang"
    assert refused.did.en in {"declined the application", "sent the offers"}
    assert len({"case.declined", "case.offers.sent"} & set(kinds(number))) == 1


def decided_and_withdrawn(lender, number: str, late: Late) -> None:
    version = story.version(lender, number)
    results = together(
        lambda: decline(lender, number, key="no", version=version),
        lambda: application.withdraw(lender.borrower, number, key="stop"),
        late=late,
    )

    (refused,) = refusals(results)
    assert isinstance(refused, StaleVersion | CommandNotAllowed)
    assert len({"case.declined", "case.withdrawn"} & set(kinds(number))) == 1


def accepted_and_expired(lender, number: str, late: Late, *, before: str) -> None:
    """Accept and expire `before` the end of the offers: 0 is the very second they end."""
    seen = offering.borrower_offers(lender.borrower, number)
    end = clock.start_of_day(Case.objects.get(number=number).rounds.last().open_until + ONE_DAY)
    started = end - timedelta(milliseconds=int(before))
    os.environ["TIDEOVER_NOW"] = started.isoformat()
    taken, expired = together(
        lambda: offering.accept(
            lender.borrower, number, seen.offers[0].key, key="a", seen=seen.set_digest
        ),
        offering.expire,
        late=late,
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
    lapse_for_good(lender, number, seen, after=end)


def expected_after(told: dict[str, Any]) -> str:
    if "case.offers.expired" in told:
        return "expired"
    return "awaiting-signature" if "case.offer.accepted" in told else "offered"


def lapse_for_good(lender, number: str, seen: Any, *, after: datetime) -> None:
    """Whoever came first: a minute later the offers are gone, once, and nobody can take them."""
    os.environ["TIDEOVER_NOW"] = (after + timedelta(minutes=1)).isoformat()
    offering.expire()

    assert state(number) == "expired"
    assert kinds(number).count("case.offers.expired") == 1
    with pytest.raises((OfferExpired, CommandNotAllowed, OfferNotOnTheTable)):
        offering.accept(
            lender.borrower, number, seen.offers[0].key, key="late", seen=seen.set_digest
        )
    assert kinds(number).count("case.offer.accepted") <= 1


def sent_and_found_again(lender) -> str:
    """Offers on the table, and others found that are not sent yet."""
    number = story.offered(lender)
    offering.generate(lender.agent, number, key="again")
    return number


def accepted_and_replaced(lender, number: str, late: Late) -> None:
    seen = offering.borrower_offers(lender.borrower, number)
    file = assessment.case_file(lender.agent, number)
    alone = tuple(offer.key for offer in file.offer_set.offers if not offer.needs_approval)
    wanted = next(offer.key for offer in seen.offers if offer.key not in alone)
    taken, sent = together(
        lambda: offering.accept(lender.borrower, number, wanted, key="a", seen=seen.set_digest),
        lambda: offering.send(
            lender.agent, number, offer_keys=alone, version=file.version, key="send-again"
        ),
        late=late,
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


def signed_on_two_devices(lender, sent: tuple[str, str], late: Late) -> None:
    number, code = sent
    results = together(
        *(
            lambda key=key: signing.sign(lender.borrower, number, code=code, key=key)
            for key in ("phone", "tablet")
        ),
        late=late,
    )

    refusals(results)
    assert kinds(number).count("case.agreement.signed") == 1
    assert LoanSchedule.objects.filter(loan=lender.loan, is_active=True).count() == 1


def bank_file(lender) -> bytes:
    heading = "交易流水号,交易日期,金额,付款人,借据号,附言"
    return f"{heading}\nB-1,{clock.today()},200.00,演示·张三,{story.REFERENCE},\n".encode()


def paid_and_activated(lender, sent: tuple[str, str], late: Late) -> None:
    number, code = sent
    content = bank_file(lender)
    results = together(
        lambda: payments.book(lender.finance, content, "b.csv", key="b"),
        lambda: signing.sign(lender.borrower, number, code=code, key="s"),
        late=late,
    )

    refusals(results)
    assert JournalEntry.objects.filter(kind="loan.paid", loan=lender.loan).count() == 3
    assert LoanSchedule.objects.filter(loan=lender.loan, is_active=True).count() == 1


def day_closed_and_paid(lender, content: bytes, late: Late) -> None:
    results = together(
        lambda: closing.close(clock.today()),
        lambda: payments.book(lender.finance, content, "b.csv", key="b"),
        late=late,
    )

    refusals(results)
    assert JournalEntry.objects.filter(kind="loan.paid", loan=lender.loan).count() == 3


def role_taken_away_and_decided(lender, number: str, late: Late) -> None:
    version = story.version(lender, number)
    results = together(
        lambda: decline(lender, number, key="no", version=version),
        lambda: staff.change_role(lender.agent.login, role="finance"),
        late=late,
    )

    for refused in refusals(results):
        assert isinstance(refused, NotFound)
    moved = LogEvent.objects.get(kind="staff.role.changed").position
    declined = LogEvent.objects.filter(kind="case.declined").values_list("position", flat=True)
    assert all(position < moved for position in declined)
    assert bool(declined) != bool(refusals(results))


def submitted_twice(lender, number: str, late: Late) -> None:
    """A double click: one key, two requests, one application and the same answer to both."""
    results = together(
        *(lambda: application.submit(lender.borrower, number, key="submit") for _ in range(2)),
        late=late,
    )

    assert refusals(results) == []
    assert results[0] == results[1]
    assert kinds(number).count("case.submitted") == 1


PAIRS: dict[str, Pair] = {
    "submitted twice": Pair(story.applied, submitted_twice),
    "two decisions": Pair(story.generated, two_decisions),
    "decided and withdrawn": Pair(story.claimed, decided_and_withdrawn),
    **{
        f"accepted and expired {before} ms before": Pair(
            story.offered, partial(accepted_and_expired, before=before)
        )
        for before in BEFORE
    },
    "accepted and replaced": Pair(sent_and_found_again, accepted_and_replaced),
    "signed on two devices": Pair(story.code_sent, signed_on_two_devices),
    "paid and activated": Pair(story.code_sent, paid_and_activated),
    "day closed and paid": Pair(bank_file, day_closed_and_paid),
    "role taken away and decided": Pair(story.claimed, role_taken_away_and_decided),
}

"""A case walked through its life, for the tests of this room."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from tideover.cases import Case, CaseEvent, OfferOnFile, decide, fold
from tideover.cases import commands as c

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))
OPEN_UNTIL = datetime(2026, 12, 11, tzinfo=CHINA)
BY = date(2026, 12, 4)
BORROWER, AGENT, APPROVER = "borrower:7", "agent:2", "approver:3"
DIGEST = "ab" * 32
OTHER_DIGEST = "cd" * 32
CANDIDATES = (OfferOnFile("shortest", False), OfferOnFile("lightest", True))


def act(case: Case | None, *commands: c.Command) -> Case:
    """Return the case after commands that it has to take."""
    for command in commands:
        case = fold(decide(case, command), case)
    if case is None:
        raise AssertionError("nothing happened")
    return case


def by_borrower(command: type[c.Command], *values: Any, at: datetime = NOW) -> c.Command:
    return command(*values, at=at, actor=BORROWER)


def by_agent(command: type[c.Command], *values: Any, at: datetime = NOW) -> c.Command:
    return command(*values, at=at, actor=AGENT)


def by_approver(command: type[c.Command], *values: Any, at: datetime = NOW) -> c.Command:
    return command(*values, at=at, actor=APPROVER)


def opened() -> Case:
    return act(None, by_borrower(c.OpenCase, "HC-1001", "WLD-0001"))


def complete() -> Case:
    saved = [
        by_borrower(c.SaveSection, section, DIGEST, True)
        for section in ("cause", "income", "outgoings", "wish")
    ]
    return act(opened(), *saved, by_borrower(c.AddEvidence, "E1", "termination", DIGEST))


def submitted() -> Case:
    return act(complete(), by_borrower(c.Submit, DIGEST, BY))


def assessing() -> Case:
    return act(submitted(), by_agent(c.Claim))


def generated() -> Case:
    return act(assessing(), generate())


def generate(set_digest: str = DIGEST) -> c.Command:
    return by_agent(
        c.GenerateOffers, NOW.date(), set_digest, DIGEST, DIGEST, CANDIDATES, {"offers": []}
    )


def awaiting_approval() -> Case:
    return act(generated(), by_agent(c.RequestApproval, ("shortest", "lightest")))


def offered() -> Case:
    return act(generated(), by_agent(c.SendOffers, ("shortest",), OPEN_UNTIL))


def awaiting_signature() -> Case:
    return act(offered(), by_borrower(c.AcceptOffer, "shortest"))


def active() -> Case:
    return act(
        awaiting_signature(),
        by_borrower(c.ShowDisclosure, DIGEST, 0),
        by_borrower(c.Sign, "AG-1001", DIGEST, OTHER_DIGEST),
    )


def expired() -> Case:
    return act(offered(), by_agent(c.ExpireOffers, at=OPEN_UNTIL))


def events_of(case: Case | None, command: c.Command) -> tuple[type[CaseEvent], ...]:
    return tuple(type(event) for event in decide(case, command))

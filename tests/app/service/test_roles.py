"""Every address of the service × every role × own and other, against docs/reference/roles.yaml."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "verbs"))

import lender as story

from accounts import sign_in_fully
from routes import matrix, routes
from tideover.app import clock
from tideover.app.db.models import (
    PORTAL_ROLES,
    Account,
    Agreement,
    Borrower,
    CallBack,
    CaseFlag,
    LogEvent,
    Mandate,
    PlanReview,
    Role,
    Scope,
)
from tideover.app.verbs import (
    application,
    assessment,
    conversation,
    loans,
    offering,
    payments,
    signing,
)
from tideover.app.verbs.keeping import keep_plans
from tideover.app.verbs.mandates import desk, giving
from tideover.app.verbs.offering import negotiating
from tideover.app.verbs.staff import STAFF_ROLES
from tideover.cases import Terms

pytestmark = pytest.mark.django_db

#: Reached only once the loan is paid off: tried in a house of its own.
PAID_OFF = frozenset({"portal:settlement-pdf"})
HELPERS = {"own": "13900000001", "other": "13900000002"}
SCAM = "【渡】您的账户异常，请立即转账到安全账户，并把短信验证码发给我"
#: What a form must say before anybody is told more than that there is no such thing.
TYPED = {
    "portal:plan-review": {"word": "same"},
    "workbench:close-review": {"note": "收入与之前相同"},
}
ASKED = giving.MandateAsked(
    name="演示·帮手", phone="", relation="friend", scopes=tuple(Scope.values),
    last_day=date(2026, 12, 31), is_unpaid=True,
)  # fmt: skip
MORNING = "2026-11-23T10:30:00+08:00"
ACTORS = ("anonymous", "borrower", "representative", *STAFF_ROLES)


def allowed(route: dict[str, Any], side: str, *, method: str) -> set[str]:
    listed = route["posts"] if method == "POST" and "posts" in route else route[side]
    if listed in ("platforms", "signed"):
        return set()
    return set(ACTORS) if listed == "everybody" else set(listed)


def signed_after_a_proposal(lender: story.Lender) -> str:
    number = story.offered(lender)
    seen = offering.borrower_offers(lender.borrower, number).set_digest
    negotiating.propose(lender.borrower, number, Terms(None, 3, None), seen=seen, key="propose")
    view = offering.borrower_offers(lender.borrower, number)
    offering.accept(lender.borrower, number, view.offers[0].key, key="a", seen=view.set_digest)
    story.read_through(lender, number)
    signing.send_code(lender.borrower, number, key="code")
    signing.sign(lender.borrower, number, code=story.last_code(), key="sign")
    return number


def second_draft(lender: story.Lender) -> dict[str, str]:
    """A request with a file, of another loan of the borrower, not handed in."""
    with transaction.atomic():
        story.the_loan(lender.borrower, "WLD-0003")
    case = application.open_case(lender.borrower, "WLD-0003", key="draft")
    file = story.attach(lender, case.number, key="draft-file")
    return {"number": case.number, "evidence_id": str(file.pk)}


def second_request(lender: story.Lender) -> str:
    """A request of a third loan, handed in and not answered."""
    with transaction.atomic():
        story.the_loan(lender.borrower, "WLD-0004")
    case = application.open_case(lender.borrower, "WLD-0004", key="third")
    for section, answers in story.SECTIONS.items():
        key = f"third-{section}"
        application.save_section(lender.borrower, case.number, section, answers, key=key)
    story.attach(lender, case.number, key="third-file")
    application.submit(lender.borrower, case.number, key="third-submit")
    return case.number


def mandate_on_paper(lender: story.Lender, number: str) -> UUID:
    asked = replace(ASKED, phone="13900000003")
    paper = desk.MandateFile("授权书.pdf", story.PDF)
    return desk.record(lender.agent, number, asked, paper, key="paper")


def helper_of(borrower: Borrower, *, phone: str) -> Account:
    asked = replace(ASKED, phone=phone)
    given = giving.give(borrower, asked, key=f"give-{phone}")
    return Mandate.objects.get(pk=given).holder


class House:
    """A signed case, its agent, and two people in every role: one whose it is and another."""

    def __init__(self) -> None:
        self.lender = story.open_lender()
        self.number = signed_after_a_proposal(self.lender)
        file = assessment.case_file(self.lender.agent, self.number)
        borrower = self.lender.borrower
        note = conversation.write(borrower, self.number, SCAM, key="scam")
        conversation.ask_to_be_called(borrower, key="call")
        self.places = {
            "number": self.number,
            "reference": story.REFERENCE,
            "evidence_id": str(file.evidence[0].id),
            "flag_id": str(CaseFlag.objects.get(note=note).pk),
            "call_id": str(CallBack.objects.get(borrower=borrower).pk),
            "mandate_id": str(mandate_on_paper(self.lender, self.number)),
            "section": "cause",
            "part": "income",
            "key": file.chosen_key,
            "place": 1,
        }
        agreement = Agreement.objects.get(case__number=self.number)
        PlanReview.objects.create(agreement=agreement, due_on=clock.today())
        draft = second_draft(self.lender)
        waiting = second_request(self.lender)
        #: Places of routes that need a request in another state than the signed one.
        self.other_places = {
            "portal:remove-evidence": draft,
            "portal:case-dates": {"number": waiting},
        }
        self.accounts: dict[tuple[str, str], Any] = {
            ("borrower", "own"): self.lender.borrower.account,
            ("borrower", "other"): self.lender.stranger.account,
            ("agent", "own"): self.lender.agent,
            ("agent", "other"): self.lender.other_agent,
        }
        for side, whose in (("own", self.lender.borrower), ("other", self.lender.stranger)):
            self.accounts["representative", side] = helper_of(whose, phone=HELPERS[side])
        for role in STAFF_ROLES:
            for side in ("own", "other"):
                if (role, side) not in self.accounts:
                    self.accounts[role, side] = story.staff(f"{role}-{side}", Role(role))

    def address(self, name: str, pattern: URLPattern) -> str:
        named = pattern.pattern.converters
        places = self.places | self.other_places.get(name, {})
        return reverse(name, kwargs={place: places[place] for place in named})

    def client(self, actor: str, side: str) -> Client:
        client = Client(raise_request_exception=False)
        if actor != "anonymous":
            sign_in_fully(client, self.accounts[actor, side])
        return client


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("TIDEOVER_NOW", MORNING)
    return House()


def outcome(client: Client, method: str, address: str, typed: dict[str, str]) -> tuple[str, int]:
    """How the request ended, and how many refusals it left in the log; nothing of it stays."""
    with transaction.atomic():
        before = LogEvent.objects.filter(kind="access.refused").count()
        ask = client.get if method == "GET" else client.post
        answer = ask(address, typed | {"key": "k"} if method == "POST" else {})
        refused = LogEvent.objects.filter(kind="access.refused").count() - before
        transaction.set_rollback(True)
    if answer.status_code == 302 and "sign-in/?next=" in answer["Location"]:
        return "sign-in", refused
    if answer.status_code in {401, 404, 405, 500}:
        return str(answer.status_code), refused
    return "reached", refused


class TestTheMatrix:
    # One house for all of them: a signed case takes longer than the thousand requests to it.
    def test_is_what_the_service_does(self, house):
        told = matrix()

        wrong = [
            (actor, side, *fault)
            for actor in ACTORS
            for side in ("own", "other")
            for fault in faults(house, told, actor=actor, side=side)
        ]

        assert not wrong


class TestALoanThatIsPaidOff:
    def test_has_its_letter_for_its_borrower_and_whoever_helps(self, house):
        pay_off(house.lender)
        told = matrix()

        wrong = [
            (actor, side, *fault)
            for actor in ACTORS
            for side in ("own", "other")
            for fault in faults(
                house, told, actor=actor, side=side, skipped=frozenset(), only=PAID_OFF
            )
        ]

        assert not wrong


def pay_off(lender: story.Lender) -> None:
    owed = loans.state(lender.loan, clock.today()).outstanding.total.text
    line = f"OFF-1,{clock.today()},{owed},演示·张三,{story.REFERENCE},\n"
    heading = "交易流水号,交易日期,金额,付款人,借据号,附言\n"
    payments.book(lender.finance, (heading + line).encode(), "off.csv", key="off")
    keep_plans(clock.today(), actor="day-close")


def faults(
    house: House,
    told: dict[str, dict[str, Any]],
    *,
    actor: str,
    side: str,
    skipped: frozenset[str] = PAID_OFF,
    only: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, str, str]]:
    client = house.client(actor, side)
    for name, pattern in routes():
        if only and name not in only:
            continue
        route = told[name]
        for method in route["methods"]:
            may = actor in allowed(route, side, method=method)
            if may and (name.endswith("sign-out") or name in skipped):
                continue
            found, logged = outcome(
                client, method, house.address(name, pattern), TYPED.get(name, {})
            )
            if route["own"] in ("platforms", "signed"):
                if found != {"platforms": "404", "signed": "401"}[route["own"]]:
                    yield name, method, found
                continue
            if found != expected(name, actor, may=may):
                yield name, method, found
            elif found == "404" and logged != 1:
                yield name, method, "not in the log"


def expected(name: str, actor: str, *, may: bool) -> str:
    if may:
        return "reached"
    is_staff_at_a_borrowers_page = name.startswith("portal:") and actor not in PORTAL_ROLES
    return "sign-in" if actor == "anonymous" or is_staff_at_a_borrowers_page else "404"


class TestARoleTakenAway:
    def test_works_on_the_next_request(self, house):
        client = house.client("agent", "own")
        address = f"/desk/cases/{house.number}/"
        assert client.get(address).status_code == 200

        house.lender.agent.role = Role.FINANCE
        house.lender.agent.save()

        assert client.get(address).status_code == 404

    def test_a_closed_account_is_signed_out(self, house):
        client = house.client("agent", "own")
        house.lender.agent.is_active = False
        house.lender.agent.save()

        assert client.get(f"/desk/cases/{house.number}/").status_code == 302

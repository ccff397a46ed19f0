"""Every address of the service × every role × own and other, against docs/reference/roles.yaml."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "verbs"))

import lender as story

from accounts import sign_in_fully
from routes import matrix, routes
from tideover.app.db.models import LogEvent, Role
from tideover.app.verbs import assessment
from tideover.app.verbs.staff import STAFF_ROLES

pytestmark = pytest.mark.django_db

MORNING = "2026-11-23T10:30:00+08:00"
ACTORS = ("anonymous", "borrower", *STAFF_ROLES)


def allowed(route: dict[str, Any], side: str, *, method: str) -> set[str]:
    listed = route["posts"] if method == "POST" and "posts" in route else route[side]
    if listed in ("platforms", "signed"):
        return set()
    return set(ACTORS) if listed == "everybody" else set(listed)


class House:
    """A signed case, its agent, and two people in every role: one whose it is and another."""

    def __init__(self) -> None:
        self.lender = story.open_lender()
        self.number = story.signed(self.lender)
        file = assessment.case_file(self.lender.agent, self.number)
        self.places = {
            "number": self.number,
            "reference": story.REFERENCE,
            "evidence_id": str(file.evidence[0].id),
            "flag_id": str(file.evidence[0].id),
            "call_id": str(file.evidence[0].id),
            "section": "cause",
            "part": "income",
            "key": file.chosen_key,
            "place": 1,
        }
        self.accounts: dict[tuple[str, str], Any] = {
            ("borrower", "own"): self.lender.borrower.account,
            ("borrower", "other"): self.lender.stranger.account,
            ("agent", "own"): self.lender.agent,
            ("agent", "other"): self.lender.other_agent,
        }
        for role in STAFF_ROLES:
            for side in ("own", "other"):
                if (role, side) not in self.accounts:
                    self.accounts[role, side] = story.staff(f"{role}-{side}", Role(role))

    def address(self, name: str, pattern: URLPattern) -> str:
        named = pattern.pattern.converters
        return reverse(name, kwargs={place: self.places[place] for place in named})

    def client(self, actor: str, side: str) -> Client:
        client = Client(raise_request_exception=False)
        if actor != "anonymous":
            sign_in_fully(client, self.accounts[actor, side])
        return client


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("TIDEOVER_NOW", MORNING)
    return House()


def outcome(client: Client, method: str, address: str) -> tuple[str, int]:
    """How the request ended, and how many refusals it left in the log; nothing of it stays."""
    with transaction.atomic():
        before = LogEvent.objects.filter(kind="access.refused").count()
        ask = client.get if method == "GET" else client.post
        answer = ask(address, {"key": "k"} if method == "POST" else {})
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


def faults(
    house: House, told: dict[str, dict[str, Any]], *, actor: str, side: str
) -> Iterator[tuple[str, str, str]]:
    client = house.client(actor, side)
    for name, pattern in routes():
        route = told[name]
        for method in route["methods"]:
            may = actor in allowed(route, side, method=method)
            if may and ("untried" in route or name.endswith("sign-out")):
                continue
            found, logged = outcome(client, method, house.address(name, pattern))
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
    is_staff_at_a_borrowers_page = name.startswith("portal:") and actor != "borrower"
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

"""The rounds of a negotiation on the desk: who proposed what, the answer, the difference."""

import lender as story
import pytest

from tideover.app.verbs import offering
from tideover.cases import Terms


@pytest.fixture
def number(lender) -> str:
    return story.offered(lender)


def propose(lender, number, terms, *, key="propose"):
    seen = offering.borrower_offers(lender.borrower, number).set_digest
    offering.propose(lender.borrower, number, terms, seen=seen, key=key)


class TestRounds:
    def test_are_listed_with_the_latest_on_top(self, lender, desk_of, number):
        propose(lender, number, Terms(None, 3, None), key="a")
        propose(lender, number, Terms(None, 17, None), key="b")

        page = desk_of(lender.agent).get(f"/desk/cases/{number}/?tab=offers").content.decode()

        assert page.index("instalments: 17<") < page.index("instalments: 3<")
        assert "The nearest plan: on the table" in page
        assert "instalments more than you wished" in page
        assert "2 of 3 rounds" in page

    def test_over_the_limit_are_ticked_and_go_to_an_approver(self, lender, desk_of, number):
        propose(lender, number, Terms(None, 20, None))
        client = desk_of(lender.agent)

        page = client.get(f"/desk/cases/{number}/?tab=offers").content.decode()

        assert "Over the agent&#x27;s limit: waits for you" in page
        box = page[page.index('id="offer-counter-1"') :]
        assert "checked" in box[: box.index(">")]
        client.post(
            f"/desk/cases/{number}/offers/send/",
            {"offer": "counter-1", "version": story.version(lender, number), "key": "send-counter"},
        )
        inbox = desk_of(lender.approver).get("/desk/approvals/").content.decode()
        assert number in inbox

    def test_are_not_there_before_anybody_proposed(self, lender, desk_of, number):
        page = desk_of(lender.agent).get(f"/desk/cases/{number}/?tab=offers").content.decode()

        assert "The borrower proposed" not in page

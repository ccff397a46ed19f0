"""What the borrower will read, shown before it is sent, in the borrower's language."""

import lender as story
import pytest

from tideover.app.db.models import Borrower, LogEvent, OutboxMessage
from tideover.app.verbs import assessment, offering


@pytest.fixture
def number(lender) -> str:
    return story.generated(lender)


def keys_of(lender, number: str) -> list[str]:
    return [one.key for one in assessment.case_file(lender.agent, number).offer_set.offers]


def ask(desk, number: str, keys: list[str]):
    return desk.post(f"/desk/cases/{number}/preview/", {"offer": keys, "key": "k"})


class TestPreviewOfOffers:
    def test_is_the_page_that_the_borrower_reads_afterwards(self, lender, desk_of, number, client):
        keys = keys_of(lender, number)
        read = ask(desk_of(lender.agent), number, keys).content.decode()
        story.send(lender, number)
        client.cookies["django_language"] = "zh-hans"
        client.force_login(
            lender.borrower.account, backend="django.contrib.auth.backends.ModelBackend"
        )

        sent = client.get(f"/cases/{number}/offers/").content.decode()

        headline = f"为你准备了 {len(keys)} 个方案"
        shown = offering.borrower_offers(lender.borrower, number).offers
        wanted = [headline, *(one.payment.display for one in shown)]
        wanted += [one.total.display for one in shown]
        assert all(words in read and words in sent for words in wanted)

    def test_speaks_the_borrowers_language_at_a_desk_of_another(self, lender, desk_of, number):
        keys = keys_of(lender, number)
        chinese = ask(desk_of(lender.agent), number, keys).content.decode()
        Borrower.objects.update(language="en")
        english = ask(desk_of(lender.agent, language="zh-hans"), number, keys).content.decode()

        assert "What the borrower will read" in chinese
        assert f"申请 {number} 的方案已经准备好" in chinese
        assert "借款人会读到" in english
        assert f"the offers for application {number} are ready" in english

    def test_changes_and_sends_nothing(self, lender, desk_of, number):
        before = LogEvent.objects.count(), OutboxMessage.objects.count()

        answer = ask(desk_of(lender.agent), number, keys_of(lender, number))

        assert answer.status_code == 200
        assert (LogEvent.objects.count(), OutboxMessage.objects.count()) == before
        assert assessment.case_file(lender.agent, number).state == "assessing"

    def test_says_what_is_missing_when_nothing_is_ticked(self, lender, desk_of, number):
        answer = ask(desk_of(lender.agent), number, [])

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()

    def test_shows_an_approver_what_waits_for_them(self, lender, desk_of, number):
        offering.send(
            lender.agent, number, offer_keys=keys_of(lender, number),
            version=story.version(lender, number), key="ask",
        )  # fmt: skip
        desk = desk_of(lender.approver)

        inbox = desk.get("/desk/approvals/").content.decode()
        read = desk.get(f"/desk/cases/{number}/preview/").content.decode()

        assert f'href="/desk/cases/{number}/preview/"' in inbox
        assert "为你准备了 3 个方案" in read
        assert "Send the ticked offers" not in read


class TestPreviewOfARefusal:
    def test_speaks_the_borrowers_language(self, lender, desk_of, number):
        asked = {"reason": "able-to-pay", "note": "", "step": "preview"}

        page = desk_of(lender.agent).post(f"/desk/cases/{number}/decline/", asked).content.decode()

        assert "这次我们没能通过你的申请" in page
        assert "We could not agree" not in page

"""An agent and an approver work a case through the pages, as their browsers would."""

import re
from io import BytesIO

import lender as story
import pytest
from desk_pages import form, posts, words
from PIL import Image
from slips import wage_slip

from tideover.app.verbs import application, assessment, examining, offering
from tideover.cases import CaseState

pytestmark = pytest.mark.django_db


def press(client, page: str, button: str, **typed):
    """Post the form of `page` that leads to `button`, with what was typed into it."""
    shown = form(client.get(page), button)
    return client.post(button, {**shown.fields, **typed})


def state_of(lender, number: str) -> CaseState:
    return assessment.case_file(lender.approver, number).state


@pytest.fixture
def desk(lender, desk_of):
    return desk_of(lender.agent)


class TestQueue:
    def test_counts_and_lists_what_nobody_has_claimed(self, lender, desk):
        number = story.submitted(lender)

        shown = words(desk.get("/desk/?view=unclaimed"))

        assert number in shown
        assert "张三" not in shown
        assert "Unclaimed 1" in shown
        assert "3 working days left" in shown

    def test_says_when_all_is_done(self, lender, desk):
        assert "All done here" in words(desk.get("/desk/"))

    def test_a_case_number_leads_straight_to_its_case(self, lender, desk):
        number = story.submitted(lender)

        response = desk.get("/desk/", {"search": number.lower()})

        assert response["Location"] == f"/desk/cases/{number}/"

    def test_finds_nothing_without_failing(self, lender, desk):
        assert "Nothing found" in words(desk.get("/desk/", {"search": "'; DROP TABLE --"}))

    def test_next_is_the_case_that_is_due_first(self, lender, desk):
        number = story.submitted(lender)

        assert desk.get("/desk/next/")["Location"] == f"/desk/cases/{number}/"


class TestClaim:
    def test_makes_the_case_mine(self, lender, desk):
        number = story.submitted(lender)

        press(desk, f"/desk/cases/{number}/", f"/desk/cases/{number}/claim/")

        assert "You." in words(desk.get(f"/desk/cases/{number}/"))

    def test_tells_the_second_agent_who_was_first(self, lender, desk, desk_of):
        number = story.submitted(lender)
        other = desk_of(lender.other_agent)
        claim = f"/desk/cases/{number}/claim/"
        shown = form(other.get(f"/desk/cases/{number}/"), claim)
        press(desk, f"/desk/cases/{number}/", claim)

        response = other.post(claim, shown.fields)

        assert response.status_code == 409
        assert "演示·agent-wang" in words(response)

    def test_twice_with_one_key_is_once(self, lender, desk):
        number = story.submitted(lender)
        claim = f"/desk/cases/{number}/claim/"
        shown = form(desk.get(f"/desk/cases/{number}/"), claim)

        answers = [desk.post(claim, shown.fields).status_code for _tap in range(3)]

        assert answers == [302, 302, 302]
        kinds = [item.kind for item in assessment.case_file(lender.agent, number).timeline]
        assert kinds.count("case.claimed") == 1


class TestEvidence:
    def test_is_a_picture_drawn_anew_beside_the_answers(self, lender, desk):
        number = story.claimed(lender)
        file = assessment.case_file(lender.agent, number).evidence[0]

        page = desk.get(f"/desk/cases/{number}/?tab=evidence")
        picture = desk.get(f"/desk/cases/{number}/evidence/{file.id}/?page=1")

        assert f"/desk/cases/{number}/evidence/{file.id}/?page=1" in page.content.decode()
        assert "Lost a job" in words(page)
        assert "¥3,755.56" in words(page)
        assert Image.open(BytesIO(picture.content)).format == "JPEG"
        assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_is_marked_where_it_was_read_and_linked_to_an_answer(self, lender, desk):
        number = story.applied(lender)
        slip = story.attach(lender, number, content=wage_slip(net="5200.00"), key="slip")
        application.submit(lender.borrower, number, key="submit")
        assessment.claim(lender.agent, number, version=story.version(lender, number), key="claim")
        examining.read_waiting()
        tab = f"/desk/cases/{number}/?tab=evidence&file={slip.pk}"

        page = desk.get(tab)
        linked = press(
            desk, tab, f"/desk/cases/{number}/evidence/{slip.pk}/figure/", answer="income.items.0"
        )
        asked = press(
            desk, tab, f"/desk/cases/{number}/evidence/{slip.pk}/issuer/",
            answer="not-issued", asked_through="12345",
        )  # fmt: skip

        assert "¥5,200.00" in words(page)
        assert "6000.00 less 1000.00 is 5000.00, and it says 5200.00" in words(page)
        assert 'data-spot="f-net"' in page.content.decode()
        assert "style=" not in page.content.decode().split('id="viewer"')[1].split("</section>")[0]
        assert (linked.status_code, asked.status_code) == (302, 302)
        assert "No, they did not issue it" in words(desk.get(tab))
        assert "linked by" in words(desk.get(tab))

    def test_past_the_last_page_is_nothing(self, lender, desk):
        number = story.claimed(lender)
        file = assessment.case_file(lender.agent, number).evidence[0]

        assert desk.get(f"/desk/cases/{number}/evidence/{file.id}/?page=2").status_code == 404

    def test_the_original_is_only_ever_saved(self, lender, desk):
        number = story.claimed(lender)
        file = assessment.case_file(lender.agent, number).evidence[0]

        original = desk.get(f"/desk/cases/{number}/evidence/{file.id}/?original=1")

        assert original.content == story.PDF
        assert original["Content-Disposition"].startswith("attachment")
        assert original["X-Content-Type-Options"] == "nosniff"

    def test_is_marked_with_a_note(self, lender, desk):
        number = story.claimed(lender)
        file = assessment.case_file(lender.agent, number).evidence[0]
        mark = f"/desk/cases/{number}/evidence/{file.id}/mark/"

        press(
            desk, f"/desk/cases/{number}/?tab=evidence", mark, outcome="unclear", note="公章看不清"
        )

        marked = assessment.case_file(lender.agent, number).evidence[0]
        assert (marked.status, marked.note) == ("unclear", "公章看不清")

    def test_a_refused_mark_keeps_what_was_typed(self, lender, desk):
        number = story.claimed(lender)
        file = assessment.case_file(lender.agent, number).evidence[0]
        mark = f"/desk/cases/{number}/evidence/{file.id}/mark/"

        response = press(
            desk, f"/desk/cases/{number}/?tab=evidence", mark, outcome="fraud", note="long work"
        )

        assert response.status_code == 422
        assert "long work" in words(response)


class TestOffers:
    def test_are_worked_out_and_shown_with_their_terms(self, lender, desk):
        number = story.claimed(lender)
        press(desk, f"/desk/cases/{number}/?tab=offers", f"/desk/cases/{number}/offers/generate/")

        shown = words(desk.get(f"/desk/cases/{number}/?tab=offers"))

        offers = assessment.case_file(lender.agent, number).offer_set.offers
        assert offers
        for offer in offers:
            assert offer.payment.display in shown
            assert offer.label.en in shown
        best = next(offer for offer in offers if offer.is_recommended)
        assert best.total.display in shown
        assert all(verdict.because.en in shown for verdict in best.verdicts)

    def test_each_has_an_address(self, lender, desk):
        number = story.generated(lender)
        last = assessment.case_file(lender.agent, number).offer_set.offers[-1]

        shown = words(desk.get(f"/desk/cases/{number}/?tab=offers&offer={last.key}"))

        assert last.total.display in shown

    def test_over_the_limit_go_to_an_approver_and_then_to_the_borrower(self, lender, desk, desk_of):
        number = story.generated(lender)
        offers = assessment.case_file(lender.agent, number).offer_set.offers
        over = [offer for offer in offers if offer.needs_approval]
        assert over, "the story needs an offer above the agent's limit"

        press(desk, f"/desk/cases/{number}/?tab=offers", f"/desk/cases/{number}/offers/send/",
              offer=[offer.key for offer in over])  # fmt: skip
        assert state_of(lender, number) is CaseState.AWAITING_APPROVAL

        approver = desk_of(lender.approver)
        inbox = words(approver.get("/desk/approvals/"))
        assert "Today's contract" in inbox
        assert over[0].approval_because[0].en in inbox
        press(approver, "/desk/approvals/", f"/desk/cases/{number}/approve/")
        assert state_of(lender, number) is CaseState.OFFERED

    def test_sending_none_says_so(self, lender, desk):
        number = story.generated(lender)

        response = press(
            desk, f"/desk/cases/{number}/?tab=offers", f"/desk/cases/{number}/offers/send/"
        )

        assert response.status_code == 422
        assert state_of(lender, number) is CaseState.ASSESSING

    def test_a_stale_page_is_told_who_and_when(self, lender, desk):
        number = story.generated(lender)
        send = f"/desk/cases/{number}/offers/send/"
        shown = form(desk.get(f"/desk/cases/{number}/?tab=offers"), send)
        offering.generate(lender.agent, number, key="again")

        response = desk.post(send, {**shown.fields, "offer": "balanced"})

        assert response.status_code == 409
        ticks = re.findall(r'name="offer" value="([\w-]+)"[^>]* checked', response.content.decode())
        assert ticks == ["balanced"]
        assert re.search(r"演示·agent-wang worked out offers on 2026-11-23 at 10:3\d",
                         words(response))  # fmt: skip


class TestApprovals:
    @pytest.fixture
    def waiting(self, lender) -> str:
        number = story.generated(lender)
        offers = assessment.case_file(lender.agent, number).offer_set.offers
        offering.send(
            lender.agent, number, offer_keys=[offer.key for offer in offers],
            version=story.version(lender, number), key="send",
        )  # fmt: skip
        return number

    def test_an_agent_may_look_and_not_decide(self, waiting, desk):
        page = desk.get("/desk/approvals/")

        assert "You asked for this yourself, so somebody else decides." in words(page)
        assert not [each for each in posts(page) if each.action.endswith("/approve/")]

    def test_sending_back_needs_a_note(self, lender, waiting, desk_of):
        approver = desk_of(lender.approver)

        response = press(
            approver, "/desk/approvals/", f"/desk/cases/{waiting}/send-back/", note="  "
        )

        assert response.status_code == 422
        assert "Write what should change" in words(response)
        assert state_of(lender, waiting) is CaseState.AWAITING_APPROVAL

    def test_the_agent_reads_why_it_came_back(self, lender, waiting, desk, desk_of):
        approver = desk_of(lender.approver)

        press(
            approver, "/desk/approvals/", f"/desk/cases/{waiting}/send-back/",
            note="18 instalments at most, please",
        )  # fmt: skip

        assert "18 instalments at most, please" in words(
            desk.get(f"/desk/cases/{waiting}/?tab=offers")
        )


class TestDecline:
    def test_shows_what_the_borrower_will_read_before_anything_happens(self, lender, desk):
        number = story.claimed(lender)
        address = f"/desk/cases/{number}/decline/"
        shown = posts(desk.get(address))[-1]

        preview = desk.post(
            address,
            {**shown.fields, "reason": "evidence-insufficient", "note": "离职证明没有公章。",
             "step": "preview"},
        )  # fmt: skip

        told = assessment.decline_preview(
            lender.agent, number, reason_code="evidence-insufficient", note="离职证明没有公章。"
        )
        # In the language the borrower reads, whatever the desk is read in.
        assert " ".join(told.zh.split()) in words(preview)
        assert state_of(lender, number) is CaseState.ASSESSING

        desk.post(address, {**posts(preview)[-1].fields, "note": "离职证明没有公章。",
                            "step": "decline"})  # fmt: skip
        assert state_of(lender, number) is CaseState.DECLINED

    def test_needs_a_reason(self, lender, desk):
        number = story.claimed(lender)

        response = desk.post(f"/desk/cases/{number}/decline/", {"step": "preview", "note": "kept"})

        assert response.status_code == 422
        assert "Choose the reason." in words(response)
        assert "kept" in words(response)


class TestAnswer:
    def test_reaches_the_thread(self, lender, desk):
        number = story.offered(lender)
        offering.ask_to_talk(lender.borrower, number, "能不能少还一点？", key="talk")

        page = desk.get(f"/desk/cases/{number}/")
        assert "Answer the borrower" in words(page)
        press(desk, f"/desk/cases/{number}/?tab=messages", f"/desk/cases/{number}/answer/",
              text="可以，今天下午再算一次。")  # fmt: skip

        assert "可以，今天下午再算一次。" in words(desk.get(f"/desk/cases/{number}/?tab=messages"))


class TestAfterTheSignature:
    def test_the_ledger_asks_what_the_offer_said(self, lender, desk):
        number = story.signed(lender)

        file = assessment.case_file(lender.agent, number)
        offer = file.offer_set.offer(file.chosen_key)
        ledger = words(desk.get(f"/desk/cases/{number}/?tab=ledger"))
        agreement = words(desk.get(f"/desk/cases/{number}/?tab=agreement"))

        dues = [due.amount.display for due in offer.proposal.due_lines]
        assert all(due in ledger for due in dues)
        assert f"0 of {offer.instalments}" in agreement
        assert f"Next payment {offer.payment.display}" in agreement
        assert f"Still to pay {offer.total.display}" in agreement

    def test_the_studio_still_shows_what_the_offers_were_judged_against(self, lender, desk):
        number = story.offered(lender)
        address = f"/desk/cases/{number}/?tab=offers"
        before = re.search(r"At most .* to the end in \w+ \d+", words(desk.get(address)))[0]
        view = offering.borrower_offers(lender.borrower, number)
        offering.accept(lender.borrower, number, "shortest", key="accept", seen=view.set_digest)
        story.read_through(lender, number)
        story.signing.send_code(lender.borrower, number, key="code")
        story.signing.sign(lender.borrower, number, code=story.last_code(), key="sign")

        assert before in words(desk.get(address))

    def test_the_sealed_agreement_opens(self, lender, desk):
        number = story.signed(lender)

        response = desk.get(f"/desk/cases/{number}/agreement.pdf")

        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")

"""Where a request stands: whose turn it is, and a refusal in the words the agent saw."""

from lender import claimed, generated, submitted, version

from tideover.app.db.models import EvidenceFile
from tideover.app.verbs import assessment, offering


class TestProgress:
    def test_says_whose_turn_it_is(self, lender, borrower):
        number = submitted(lender)

        page = borrower.get(f"/cases/{number}/").content.decode()

        assert "现在轮到：我们" in page
        assert page.count('aria-current="step"') == 1

    def test_says_which_document_is_needed_again_and_until_when(self, lender, borrower):
        number = claimed(lender)
        file = EvidenceFile.objects.get()
        assessment.mark_evidence(
            lender.agent, number, file.pk, outcome="unreadable", note="太暗", key="mark"
        )

        page = borrower.get(f"/cases/{number}/").content.decode()
        shelf = borrower.get(f"/apply/{number}/evidence/").content.decode()

        assert "还缺这些材料" in page
        assert "在那之前不会因为缺材料而拒绝你" in page
        assert "需要重传" in shelf
        assert "太暗" in shelf

    def test_shows_that_a_second_person_has_to_agree(self, lender, borrower):
        number = generated(lender)
        keys = [offer.key for offer in assessment.case_file(lender.agent, number).offer_set.offers]
        state = offering.send(
            lender.agent, number, offer_keys=keys, version=version(lender, number), key="send"
        )

        page = borrower.get(f"/cases/{number}/").content.decode()

        said = {"awaiting-approval": "方案正在复核", "offered": "方案已经准备好了"}
        assert said[state.value] in page

    def test_gives_a_refusal_in_the_words_of_the_preview(self, lender, borrower):
        number = claimed(lender)
        reason = {"reason_code": "hardship-not-shown", "note": "请补充九月的工资条"}
        preview = assessment.decline_preview(lender.agent, number, **reason)
        shown = version(lender, number)
        assessment.decline(lender.agent, number, **reason, version=shown, key="no")

        page = borrower.get(f"/cases/{number}/").content.decode()

        for line in preview.zh.splitlines():
            assert line in page
        assert f'href="/talk/?case={number}"' in page
        assert "为这笔贷款重新申请" in page

    def test_of_a_draft_is_its_task_list(self, lender, borrower):
        answer = borrower.post("/loans/WLD-0001/apply/", {"key": "open"})
        number = answer.headers["Location"].strip("/").rpartition("/")[2]

        assert borrower.get(f"/cases/{number}/").headers["Location"] == f"/apply/{number}/"

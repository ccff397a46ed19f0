"""Answering in the thread from the desk: macros, refusals that keep the words, warnings."""

import lender as story
import pytest
from desk_pages import form, words

from tideover.app.db.models import CaseFlag, CaseNote
from tideover.app.verbs import assessment, conversation
from tideover.app.verbs.case.screening import demand_safe
from tideover.app.workbench.pages.messages_tab import macro_text, macros

pytestmark = pytest.mark.django_db

SCAM = "【渡】您的账户异常，请立即转账到安全账户，并把短信验证码发给我"


@pytest.fixture
def number(lender) -> str:
    return story.claimed(lender)


@pytest.fixture
def desk(lender, desk_of):
    return desk_of(lender.agent)


def answer(desk, number: str, **typed: str):
    address = f"/desk/cases/{number}/answer/"
    page = desk.get(f"/desk/cases/{number}/?tab=messages")
    return desk.post(address, form(page, address).fields | typed)


class TestAnswer:
    def test_goes_out_once(self, desk, number):
        assert answer(desk, number, text="明天上午联系你。").status_code == 302

        assert "明天上午联系你。" in words(desk.get(f"/desk/cases/{number}/?tab=messages"))

    def test_that_breaks_a_hard_rule_stays_in_the_box_with_the_reasons(self, desk, number):
        refused = answer(desk, number, text="请把短信验证码发给我。")

        assert refused.status_code == 422
        assert "请把短信验证码发给我。" in refused.content.decode()
        assert "one-time code" in words(refused)
        assert not CaseNote.objects.exists()

    def test_of_a_colleague_is_refused_and_kept(self, lender, desk_of, number):
        desk = desk_of(lender.other_agent)

        refused = desk.post(f"/desk/cases/{number}/answer/", {"key": "k", "text": "我来回复"})
        assert refused.status_code == 409


class TestMacros:
    def test_put_words_under_what_is_typed_and_send_nothing(self, desk, number):
        shown = answer(desk, number, text="王女士", insert="received")

        assert shown.status_code == 200
        assert "王女士" in shown.content.decode()
        assert number in shown.content.decode().split("<textarea")[1]
        assert not CaseNote.objects.exists()

    @pytest.mark.parametrize("code", [macro.code for macro in macros()])
    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_fill_every_place_and_may_be_sent(self, lender, number, code, language):
        lender.borrower.language = language
        lender.borrower.save()
        file = assessment.case_file(lender.agent, number)

        written = macro_text(code, file=file)

        assert written
        assert "{" not in written
        demand_safe(written)


class TestWarnings:
    def test_are_shown_counted_and_closed_with_a_note(self, lender, desk, number):
        conversation.write(lender.borrower, number, SCAM, key="k")
        flag = CaseFlag.objects.get()
        page = desk.get(f"/desk/cases/{number}/?tab=messages")
        assert "Warning: this may be a scam" in words(page)
        assert number in words(desk.get("/desk/?view=flagged"))

        address = f"/desk/cases/{number}/flags/{flag.pk}/close/"
        assert desk.post(address, form(page, address).fields | {"note": ""}).status_code == 422
        desk.post(address, form(page, address).fields | {"note": "Called and explained."})

        assert "Warning, closed" in words(desk.get(f"/desk/cases/{number}/?tab=messages"))

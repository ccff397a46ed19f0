"""Acting for a borrower: given here or on paper by two, as far as it says, ended at once."""

from dataclasses import replace
from datetime import date, timedelta

import lender as story
import pytest
from django.db import IntegrityError, transaction

from tideover.app import clock
from tideover.app.db.models import CaseNote, LogEvent, Mandate, OutboxMessage, Role, Scope
from tideover.app.verbs import (
    acting,
    application,
    arriving,
    conversation,
    evidence_files,
    loans,
    offering,
    sign_in,
    signing,
)
from tideover.app.verbs.mandates import desk, giving
from tideover.app.verbs.refusals import NotFound

PHONE = "13900000009"
ALL = tuple(Scope.values)
ASKED = giving.MandateAsked(
    name="演示·王五", phone=PHONE, relation="family", scopes=ALL, last_day=date(2027, 1, 31),
    is_unpaid=True,
)  # fmt: skip
PAPER = desk.MandateFile("授权书.pdf", story.PDF)


@pytest.fixture
def lender(db, monkeypatch):
    monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:30:00+08:00")
    return story.open_lender()


def given(lender, *scopes: str, key: str = "give") -> Mandate:
    asked = replace(ASKED, scopes=scopes or ALL)
    return Mandate.objects.get(pk=giving.give(lender.borrower, asked, key=key))


def in_hand(mandate: Mandate):
    borrower = acting.for_holder(mandate.holder, mandate.pk)
    assert borrower is not None
    return borrower


class TestGiving:
    def test_lets_somebody_in_by_their_own_phone_and_tells_the_borrower(self, lender):
        mandate = given(lender)

        sign_in.send_code(PHONE, key="code")
        message = OutboxMessage.objects.get(kind="sign-in.code")
        code = next(word for word in message.text.replace("，", " ").split() if word.isdecimal())
        account = sign_in.check_code(PHONE, code)

        assert account == mandate.holder
        assert account.role == Role.REPRESENTATIVE
        assert (message.to, message.borrower) == (PHONE, None)
        assert OutboxMessage.objects.get(kind="mandate.given").borrower == lender.borrower
        assert "演示·王五" in mandate.words
        assert "查看、上传材料、填写和留言、协商方案" in mandate.words

    def test_a_number_nobody_gave_gets_no_code(self, lender):
        mandate = given(lender)
        giving.end(lender.borrower, mandate.pk, key="end")

        sign_in.send_code(PHONE, key="code")

        assert not OutboxMessage.objects.filter(kind="sign-in.code").exists()

    def test_somebody_who_borrows_here_acts_from_their_own_account(self, lender):
        asked = replace(ASKED, phone=lender.stranger.phone)

        mandate = Mandate.objects.get(pk=giving.give(lender.borrower, asked, key="give"))

        assert mandate.holder == lender.stranger.account
        assert in_hand(mandate) == lender.borrower

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("name", {"name": "王"}),
            ("phone", {"phone": "12345"}),
            ("phone", {"phone": "13800000001"}),
            ("relation", {"relation": "agency"}),
            ("scopes", {"scopes": ()}),
            ("scopes", {"scopes": ("sign",)}),
            ("last_day", {"last_day": None}),
            ("last_day", {"last_day": date(2026, 11, 22)}),
            ("last_day", {"last_day": date(2027, 11, 24)}),
            ("is_unpaid", {"is_unpaid": False}),
        ],
    )
    def test_says_which_answer_is_wrong(self, lender, field, wrong):
        with pytest.raises(giving.MandateProblem) as caught:
            giving.give(lender.borrower, replace(ASKED, **wrong), key="give")

        assert caught.value.field == field
        assert not Mandate.objects.exists()

    def test_the_same_person_again_takes_the_place_of_before(self, lender):
        first, second = given(lender, "read"), given(lender, "read", "upload", key="again")

        assert [one.pk for one in giving.mandates_of(lender.borrower)] == [second.pk]
        assert first.holder == second.holder
        assert acting.for_holder(first.holder, first.pk) is None

    def test_a_fourth_person_is_refused(self, lender):
        for place in range(3):
            asked = replace(ASKED, phone=f"1390000000{place}")
            giving.give(lender.borrower, asked, key=f"give-{place}")

        with pytest.raises(giving.MandateProblem, match="3 people may act"):
            giving.give(lender.borrower, ASKED, key="one-more")


class TestActing:
    def test_does_what_the_mandate_says_under_its_own_name(self, lender):
        number = story.submitted(lender)
        mandate = given(lender)
        borrower = in_hand(mandate)

        conversation.write(borrower, number, "我替他问一下进度", key="w")
        evidence_files.attach(
            borrower, number, need="wage_statement", name="流水", content=story.PDF, key="f"
        )

        actors = {event.kind: event.actor for event in LogEvent.objects.order_by("position")}
        assert actors["message.received"] == mandate.holder.login
        assert actors["case.evidence.added"] == mandate.holder.login
        assert CaseNote.objects.get(kind="message").author == mandate.holder

    @pytest.mark.parametrize(
        "act",
        [
            lambda who, number: conversation.write(who, number, "你好", key="k"),
            lambda who, number: application.submit(who, number, key="k"),
            lambda who, number: application.save_section(who, number, "cause", {}, key="k"),
            lambda who, number: evidence_files.attach(
                who, number, need="wage_statement", name="a", content=story.PDF, key="k"
            ),
            lambda who, number: offering.accept(who, number, "lightest", key="k"),
        ],
    )
    def test_is_refused_what_it_does_not_say(self, lender, act):
        number = story.applied(lender)
        borrower = in_hand(given(lender, "read"))

        assert application.draft(borrower, number).case.number == number
        with pytest.raises(NotFound):
            act(borrower, number)

    @pytest.mark.parametrize(
        "act",
        [
            lambda who, number: signing.send_code(who, number, key="k"),
            lambda who, number: signing.sign(who, number, code="123456", key="k"),
            lambda who, number: signing.show_disclosure(who, number),
            lambda who, number: application.withdraw(who, number, key="k"),
            lambda who, number: application.agree_sensitive(who, number, key="k"),
            lambda who, number: application.save_section(who, number, "consent", {}, key="k"),
            lambda who, number: application.forget_request(who, number, key="k"),
            lambda who, number: arriving.confirm_mailbox(who, "a@example.com", link_to="x"),
            lambda who, number: arriving.close_address(who, "email"),
            lambda who, number: arriving.tell_by(who, "email"),
            lambda who, number: conversation.ask_to_be_called(who, key="k"),
            lambda who, number: giving.give(who, ASKED, key="k"),
            lambda who, number: giving.mandates_of(who),
        ],
    )
    def test_never_signs_agrees_or_changes_how_the_borrower_is_reached(self, lender, act):
        number = story.accepted(lender)
        borrower = in_hand(given(lender))

        with pytest.raises(NotFound):
            act(borrower, number)

    def test_sees_nobody_else(self, lender):
        mandate = given(lender)
        borrower = in_hand(mandate)

        with pytest.raises(NotFound):
            loans.loan_view(borrower, "WLD-0002", clock.today())
        assert acting.for_holder(lender.stranger.account, mandate.pk) is None
        assert acting.for_holder(lender.agent, mandate.pk) is None

    def test_an_ended_mandate_finds_nothing_even_in_a_hand_that_held_it(self, lender):
        number = story.submitted(lender)
        mandate = given(lender)
        borrower = in_hand(mandate)
        giving.end(lender.borrower, mandate.pk, key="end")

        with pytest.raises(NotFound):
            conversation.write(borrower, number, "还在吗", key="w")
        with pytest.raises(NotFound):
            loans.loan_view(borrower, story.REFERENCE, clock.today())
        assert loans.borrower_loans(borrower, clock.today()) == ()

    def test_is_over_after_its_last_day(self, lender, monkeypatch):
        mandate = given(lender)
        after = mandate.last_day + timedelta(days=1)
        monkeypatch.setenv("TIDEOVER_NOW", f"{after}T09:00:00+08:00")

        assert acting.held_by(mandate.holder) == ()


class TestOnPaper:
    def test_keeps_to_the_number_of_people_too(self, lender):
        number = story.claimed(lender)
        for place in range(3):
            asked = replace(ASKED, phone=f"1390000000{place}")
            giving.give(lender.borrower, asked, key=f"give-{place}")

        with pytest.raises(giving.MandateProblem, match="3 people may act"):
            desk.record(lender.agent, number, ASKED, PAPER, key="r")

    def test_counts_once_somebody_else_has_looked(self, lender):
        number = story.claimed(lender)
        made = desk.record(lender.agent, number, ASKED, PAPER, key="r")
        before = acting.in_force().filter(pk=made).exists()
        waiting = desk.to_check(lender.approver)

        desk.check(lender.approver, number, made, key="c")

        assert not before
        assert [(mandate.pk, case) for mandate, case in waiting] == [(made, number)]
        assert acting.in_force().filter(pk=made).exists()
        assert desk.to_check(lender.approver) == ()
        kinds = LogEvent.objects.filter(kind__startswith="mandate.").order_by("position")
        assert [(one.kind, one.actor) for one in kinds] == [
            ("mandate.recorded", "agent-wang"),
            ("mandate.checked", "approver-liu"),
        ]

    def test_its_maker_cannot_be_the_second(self, lender):
        number = story.claimed(lender)
        made = desk.record(lender.agent, number, ASKED, PAPER, key="r")

        with pytest.raises(desk.NotByItsMaker):
            desk.check(lender.agent, number, made, key="c")
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.filter(pk=made).update(checked_by=lender.agent, checked_at=clock.now())

    def test_needs_the_paper_and_gives_it_back_as_it_came(self, lender):
        number = story.claimed(lender)
        with pytest.raises(giving.MandateProblem, match="picture of the paper"):
            desk.record(lender.agent, number, ASKED, desk.MandateFile("", b""), key="r")

        made = desk.record(lender.agent, number, ASKED, PAPER, key="s")

        assert desk.mandate_paper(lender.approver, number, made) == ("application/pdf", story.PDF)
        with pytest.raises(NotFound):
            desk.mandate_paper(lender.finance, number, made)

    def test_ends_with_a_reason_at_once(self, lender):
        number = story.claimed(lender)
        mandate = given(lender)
        with pytest.raises(giving.MandateProblem):
            desk.end_by_staff(lender.agent, number, mandate.pk, " ", key="e")

        desk.end_by_staff(lender.agent, number, mandate.pk, "借款人来电终止", key="f")

        assert acting.for_holder(mandate.holder, mandate.pk) is None
        ended = Mandate.objects.get(pk=mandate.pk)
        assert (ended.ended_by, ended.why_ended) == (lender.agent, "借款人来电终止")


class TestTheLog:
    def test_names_nobody_and_no_number(self, lender):
        given(lender)

        bodies = b"".join(bytes(one.body) for one in LogEvent.objects.all())

        assert PHONE.encode() not in bodies
        assert "王五".encode() not in bodies

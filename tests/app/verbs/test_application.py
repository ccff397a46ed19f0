import lender as story
import pytest
from django.db import connection

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Answer, Case, OutboxMessage
from tideover.app.verbs import application, loans
from tideover.app.verbs.receipts import KeyReused
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState, CommandNotAllowed
from tideover.cases.refusals import NotComplete
from tideover.loan import Paid


def events(number: str) -> list[str]:
    return [event.kind for event in log.read(f"case:{number}")]


class TestOpenCase:
    def test_numbers_the_case_and_logs_its_opening(self, lender):
        case = application.open_case(lender.borrower, story.REFERENCE, key="open")

        assert case.number.startswith("HC-1")
        assert (case.state, case.version, case.is_open) == ("draft", 1, True)
        assert events(case.number) == ["case.opened"]

    def test_goes_on_with_the_case_that_is_open(self, lender):
        earlier = application.open_case(lender.borrower, story.REFERENCE, key="open")
        again = application.open_case(lender.borrower, story.REFERENCE, key="later")

        assert again == earlier

    def test_begins_anew_after_a_withdrawal(self, lender):
        earlier = application.open_case(lender.borrower, story.REFERENCE, key="open")
        application.withdraw(lender.borrower, earlier.number, key="stop")

        again = application.open_case(lender.borrower, story.REFERENCE, key="later")

        assert again.number != earlier.number

    def test_refuses_a_loan_on_which_nothing_is_owed(self, lender):
        with atomic():
            rest = loans.state(lender.loan, clock.today()).payoff
            paid = Paid(clock.today(), "rest", rest)
            loans.record_event(lender.loan, paid, actor="finance-sun", at=clock.now())

        with pytest.raises(application.LoanSettled, match="nothing is owed on loan WLD-0001"):
            application.open_case(lender.borrower, story.REFERENCE, key="open")

    @pytest.mark.parametrize("reference", ["WLD-0002", "WLD-9999", ""])
    def test_finds_no_loan_of_another_or_of_nobody(self, lender, reference):
        with pytest.raises(NotFound):
            application.open_case(lender.borrower, reference, key="open")

        assert not Case.objects.exists()


class TestSaveSection:
    def test_keeps_clean_answers_and_the_cause(self, lender):
        number = story.applied(lender)

        draft = application.draft(lender.borrower, number)
        assert draft.sections["income"]["items"][0]["monthly"] == "3755.56"
        assert draft.case.cause == "job_loss"
        assert draft.missing == ()
        assert draft.typed == {}
        assert draft.needs[0].code == "termination_letter"

    def test_loses_nothing_that_was_typed_when_it_refuses(self, lender):
        number = application.open_case(lender.borrower, story.REFERENCE, key="open").number
        typed = {"adults": "zwei", "children": "0", "items": [], "debts": []}

        with pytest.raises(application.AnswerProblems) as refused:
            application.save_section(lender.borrower, number, "outgoings", typed, key="bad")

        draft = application.draft(lender.borrower, number)
        assert list(refused.value.problems) == ["adults"]
        assert draft.typed == {"outgoings": typed}
        assert "outgoings" in draft.missing
        assert events(number) == ["case.opened", "case.section.saved"]

    def test_says_the_same_when_the_same_is_sent_again(self, lender):
        number = application.open_case(lender.borrower, story.REFERENCE, key="open").number

        for _ in range(2):
            with pytest.raises(application.AnswerProblems):
                application.save_section(lender.borrower, number, "cause", {}, key="bad")

        assert events(number) == ["case.opened", "case.section.saved"]

    def test_writes_no_event_for_answers_that_are_kept_already(self, lender):
        number = story.applied(lender)
        before = events(number)

        cause = story.SECTIONS["cause"]
        application.save_section(lender.borrower, number, "cause", cause, key="again")

        assert events(number) == before

    def test_refuses_a_key_that_belongs_to_other_answers(self, lender):
        number = story.applied(lender)
        changed = story.SECTIONS["cause"] | {"note": "别的"}

        with pytest.raises(KeyReused):
            application.save_section(lender.borrower, number, "cause", changed, key="cause")

    @pytest.mark.parametrize("note", ["\ud800", "a\x00b", "‮gnp.exe", "𠮷" * 50])
    def test_keeps_whatever_a_keyboard_can_send(self, lender, note):
        number = application.open_case(lender.borrower, story.REFERENCE, key="open").number
        cause = story.SECTIONS["cause"] | {"note": note, "deep": [[[[[[[[{}]]]]]]]]}

        draft = application.save_section(lender.borrower, number, "cause", cause, key="odd")

        assert draft.sections["cause"]["cause"] == "job_loss"

    def test_is_closed_once_the_application_is_in(self, lender):
        number = story.submitted(lender)

        with pytest.raises(CommandNotAllowed, match="is submitted and cannot take SaveSection"):
            application.save_section(
                lender.borrower, number, "wish", story.SECTIONS["wish"], key="late"
            )

    def test_finds_no_case_of_another(self, lender):
        number = story.applied(lender)

        with pytest.raises(NotFound):
            application.save_section(
                lender.stranger, number, "wish", story.SECTIONS["wish"], key="mine"
            )

    def test_keeps_every_answer_unreadable_in_the_database(self, lender):
        number = story.applied(lender)

        with connection.cursor() as cursor:
            cursor.execute("SELECT record FROM db_answer")
            stored = b"".join(bytes(row[0]) for row in cursor.fetchall())
        logged = b"".join(bytes(row) for row in _bodies(number))
        assert Answer.objects.count() == len(story.SECTIONS)
        for secret in ("裁员".encode(), b"3755.56", b"job_loss"):
            assert secret not in stored
        assert "裁员".encode() not in logged


def _bodies(number: str) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM db_logevent WHERE stream = %s", [f"case:{number}"])
        return [row[0] for row in cursor.fetchall()]


class TestKeepTyping:
    def test_shows_half_a_word_again_and_leaves_the_clean_answers(self, lender):
        number = story.applied(lender)
        half = {"kind": "pay", "note": "我想"}

        at = application.keep_typing(lender.borrower, number, "wish", half, key="auto")

        draft = application.draft(lender.borrower, number)
        assert draft.typed == {"wish": half}
        assert draft.sections["wish"]["kind"] == "pay-less"
        assert at == Answer.objects.get(section="wish").saved_at

    def test_is_forgotten_when_the_section_is_saved(self, lender):
        number = story.applied(lender)
        application.keep_typing(lender.borrower, number, "wish", {"note": "…"}, key="auto")

        wish = story.SECTIONS["wish"] | {"note": "好"}
        draft = application.save_section(lender.borrower, number, "wish", wish, key="done")

        assert draft.typed == {}

    def test_is_closed_once_the_application_is_in(self, lender):
        number = story.submitted(lender)

        with pytest.raises(CommandNotAllowed):
            application.keep_typing(lender.borrower, number, "wish", {}, key="auto")


class TestSubmit:
    def test_promises_an_answer_in_working_days(self, lender):
        number = story.applied(lender)

        receipt = application.submit(lender.borrower, number, key="submit")

        # Monday 23 November 2026 and three working days.
        assert receipt.answer_by.isoformat() == "2026-11-26"
        message = OutboxMessage.objects.get(kind="received")
        assert "2026年11月26日（周四）" in message.text
        assert "¥" not in message.text

    def test_refuses_a_draft_and_names_what_is_missing(self, lender):
        number = application.open_case(lender.borrower, story.REFERENCE, key="open").number

        with pytest.raises(NotComplete) as refused:
            application.submit(lender.borrower, number, key="submit")

        assert refused.value.missing == ("cause", "income", "outgoings", "wish", "evidence")

    def test_takes_a_reason_in_place_of_a_file(self, lender):
        number = application.open_case(lender.borrower, story.REFERENCE, key="open").number
        for section, answers in story.SECTIONS.items():
            application.save_section(lender.borrower, number, section, answers, key=section)
        none = {"missing": [{"need": "termination_letter", "reason": "公司不给"}]}
        application.save_section(lender.borrower, number, "evidence", none, key="none")

        application.submit(lender.borrower, number, key="submit")

        assert Case.objects.get(number=number).state == "submitted"

    def test_gives_the_receipt_again_from_another_window(self, lender):
        number = story.applied(lender)
        receipt = application.submit(lender.borrower, number, key="one")

        assert application.submit(lender.borrower, number, key="two") == receipt

    def test_finds_no_case_of_another(self, lender):
        with pytest.raises(NotFound):
            application.submit(lender.stranger, story.applied(lender), key="submit")


class TestWithdraw:
    def test_ends_the_case_and_says_so_once(self, lender):
        number = story.submitted(lender)

        for _ in range(2):
            case = application.withdraw(lender.borrower, number, key="stop")

        assert (case.state, case.is_open) == ("withdrawn", False)
        assert OutboxMessage.objects.filter(kind="withdrawn").count() == 1

    def test_refuses_a_plan_that_is_in_force(self, lender):
        number = story.signed(lender)

        with pytest.raises(CommandNotAllowed, match="is active and cannot take Withdraw"):
            application.withdraw(lender.borrower, number, key="stop")


class TestProgress:
    def test_tells_the_steps_and_whose_turn_it_is(self, lender):
        number = story.submitted(lender)

        progress = application.progress(lender.borrower, number)

        assert [step.state for step in progress.steps] == [CaseState.DRAFT, CaseState.SUBMITTED]
        assert (progress.waiting_on, progress.answer_by.isoformat()) == ("lender", "2026-11-26")
        assert progress.loan.reference == story.REFERENCE

    def test_finds_no_case_of_another(self, lender):
        with pytest.raises(NotFound):
            application.progress(lender.stranger, story.submitted(lender))

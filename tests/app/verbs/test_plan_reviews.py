"""Looking at a plan again on the agreed day: opened, asked beforehand, answered, or closed."""

from datetime import date, timedelta

import lender as story
import pytest

from tideover.app import clock
from tideover.app.db.models import Account, Answer, Case, OutboxMessage, PlanReview
from tideover.app.verbs import assessment, audit, closing, keeping
from tideover.app.verbs.case.rows import folded
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.dates import add_months

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 11, 23)
DUE = add_months(SIGNED, 6)


def on(monkeypatch, day: date) -> None:
    """The evening of a day, closed; the days between are of no interest here."""
    monkeypatch.setenv("TIDEOVER_NOW", f"{day}T20:00:00+08:00")
    keeping.plan_reviews(day)
    keeping.remind_of_reviews(day)


def asked() -> int:
    return OutboxMessage.objects.filter(kind="plan-review").count()


@pytest.fixture
def number(lender, monkeypatch) -> str:
    number = story.signed(lender)
    closing.close()
    return number


class TestPlanReviews:
    def test_opens_one_six_months_after_the_plan_began(self, number):
        assert PlanReview.objects.get().due_on == DUE
        assert keeping.plan_reviews(SIGNED) == 0

    def test_opens_it_on_the_day_of_the_recovery_that_is_expected(self, number):
        PlanReview.objects.all().delete()
        answer = Answer.objects.get(section="cause")
        answer.record["clean"]["expects_recovery_on"] = "2027-03-01"
        answer.save()

        keeping.plan_reviews(SIGNED)

        assert PlanReview.objects.get().due_on == date(2027, 3, 1)

    def test_opens_none_for_a_plan_that_is_nearly_over(self, number):
        PlanReview.objects.all().delete()
        agreement = Case.objects.get(number=number).agreements.get()
        agreement.offer["latest_due"] = (DUE + timedelta(days=10)).isoformat()
        agreement.save()

        assert keeping.plan_reviews(SIGNED) == 0

    def test_opens_the_next_after_the_last(self, lender, number, monkeypatch):
        on(monkeypatch, DUE)
        keeping.say_how_it_is(lender.borrower, number, "same", "", key="r")

        on(monkeypatch, DUE + timedelta(days=1))

        assert PlanReview.objects.get(closed_on=None).due_on == add_months(DUE, 6)


class TestRemindOfReviews:
    def test_asks_once_a_week_before(self, number, monkeypatch):
        on(monkeypatch, DUE - timedelta(days=9))
        before = asked()
        for days in (8, 7, 1, 0):
            on(monkeypatch, DUE - timedelta(days=days))

        assert (before, asked()) == (0, 1)
        text = OutboxMessage.objects.get(kind="plan-review").text
        assert number in text
        assert "2027年5月23日" in text
        assert "¥" not in text


class TestSayHowItIs:
    @pytest.fixture
    def near(self, number, monkeypatch) -> str:
        on(monkeypatch, DUE - timedelta(days=7))
        return number

    def test_is_not_asked_before_its_time(self, lender, number):
        assert keeping.open_review(Case.objects.get()) is None
        with pytest.raises(NotFound):
            keeping.say_how_it_is(lender.borrower, number, "same", "", key="r")

    def test_ends_with_one_tap_where_nothing_changed(self, lender, near):
        for tap in ("r", "r"):
            keeping.say_how_it_is(lender.borrower, near, "same", "", key=tap)

        review = PlanReview.objects.get()
        assert (review.word, review.closed_on) == ("same", clock.today())
        assert folded(Case.objects.get()).state is CaseState.ACTIVE
        assert audit.verify().holds

    def test_opens_a_renegotiation_where_it_is_harder(self, lender, near):
        keeping.say_how_it_is(lender.borrower, near, "harder", "工时减少", key="r")

        told = folded(Case.objects.get())
        assert told.state is CaseState.ASSESSING
        assert told.in_force
        assert PlanReview.objects.get().closed_on == clock.today()

    def test_waits_for_an_agent_where_it_is_better(self, lender, near):
        keeping.say_how_it_is(lender.borrower, near, "better", "找到工作了", key="r")

        page = assessment.queue(lender.agent, view="review")
        assert [item.number for item in page.items] == [near]
        keeping.close_review(lender.agent, near, "两年改为十个月，由借款人决定", key="c")
        assert assessment.queue(lender.agent, view="review").items == ()
        assert PlanReview.objects.get().closed_by == lender.agent.login

    @pytest.mark.parametrize("word", ["", "rich"])
    def test_takes_no_other_word(self, lender, near, word):
        with pytest.raises(NotFound):
            keeping.say_how_it_is(lender.borrower, near, word, "", key="r")

    def test_is_the_borrowers_own(self, lender, near):
        with pytest.raises(NotFound):
            keeping.say_how_it_is(lender.stranger, near, "same", "", key="r")


class TestCloseReview:
    def test_is_a_task_from_the_day_on_when_nobody_answered(self, lender, number, monkeypatch):
        on(monkeypatch, DUE - timedelta(days=1))
        early = assessment.queue(lender.agent, view="review").counts["review"]
        on(monkeypatch, DUE)

        assert (early, assessment.queue(lender.agent, view="review").counts["review"]) == (0, 1)

    def test_is_not_for_those_who_work_no_cases(self, lender, number, monkeypatch):
        on(monkeypatch, DUE)

        with pytest.raises(NotFound):
            keeping.close_review(Account.objects.get(login="finance-sun"), number, "x", key="c")

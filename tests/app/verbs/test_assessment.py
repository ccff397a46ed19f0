from uuid import uuid4

import lender as story
import pytest
from django.db import connection

from tideover.app.db.models import Case, OutboxMessage
from tideover.app.verbs import application, assessment, offering
from tideover.app.verbs.application.drafts import causes_in
from tideover.app.verbs.assessment.queue_items import working_days_left
from tideover.app.verbs.case.causes import CAUSE_WORDS
from tideover.app.verbs.case.decline_reasons import DECLINE_REASONS
from tideover.app.verbs.case.event_words import EVENT_WORDS
from tideover.app.verbs.reading.fields import NotAChoice
from tideover.app.verbs.refusals import NotFound, StaleVersion
from tideover.cases import EVENTS, CommandNotAllowed
from tideover.cases.refusals import AlreadyClaimed, NotTheAgent
from tideover.policy import load_book


def counts(account):
    return {name: n for name, n in assessment.queue(account).counts.items() if n}


def numbers(account, view):
    return [item.number for item in assessment.queue(account, view=view).items]


class TestQueue:
    def test_follows_the_case_through_its_life(self, lender):
        story.applied(lender)
        seen = [counts(lender.agent)]

        number = application.submit(
            lender.borrower, Case.objects.get().number, key="submit"
        ).case_number
        seen.append(counts(lender.agent))
        assessment.claim(lender.agent, number, version=story.version(lender, number), key="claim")
        seen.append(counts(lender.agent))
        offering.generate(lender.agent, number, key="generate")
        story.send(lender, number)
        seen.append(counts(lender.agent))

        assert seen == [
            {},
            {"unclaimed": 1, "all": 1},
            {"mine": 1, "all": 1},
            {"waiting": 1, "all": 1},
        ]

    def test_shows_what_waits_for_an_approver(self, lender):
        number = story.generated(lender)
        offers = assessment.case_file(lender.agent, number).offer_set.offers
        version = story.version(lender, number)
        keys = [offer.key for offer in offers]
        offering.send(lender.agent, number, offer_keys=keys, version=version, key="send")

        assert numbers(lender.approver, "approval") == [number]
        assert numbers(lender.agent, "mine") == []

    def test_puts_a_broken_promise_on_top(self, lender, monkeypatch):
        number = story.submitted(lender)
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-27T09:00:00+08:00")

        (item,) = assessment.queue(lender.agent, view="late").items

        assert (item.number, item.working_days_left) == (number, -1)

    def test_shows_nobody_by_full_name(self, lender):
        number = story.submitted(lender)

        (item,) = assessment.queue(lender.agent, view="unclaimed").items

        assert (item.masked_name, item.last4) == ("演示·张*", "0001")
        assert (item.cause.en, item.days_past_due) == ("Lost a job", 20)
        assert item.number == number
        assert not item.evidence_complete

    @pytest.mark.parametrize("typed", ["hc-{}", "0001", "WLD-0001"])
    def test_finds_a_case_by_what_people_know_of_it(self, lender, typed):
        number = story.submitted(lender)
        search = typed.format(number.removeprefix("HC-"))

        assert [one.number for one in assessment.queue(lender.agent, search=search).items] == [
            number
        ]

    @pytest.mark.parametrize("search", ["' OR 1=1 --", "%", "李四"])
    def test_finds_nothing_by_anything_else(self, lender, search):
        story.submitted(lender)

        assert assessment.queue(lender.agent, search=search).items == ()

    def test_is_not_there_for_others(self, lender):
        for account in (lender.borrower.account, lender.finance):
            with pytest.raises(NotFound):
                assessment.queue(account)

    def test_stops_at_once_for_an_account_that_was_closed(self, lender):
        lender.agent.is_active = False

        with pytest.raises(NotFound):
            assessment.queue(lender.agent)


class TestWorkingDaysLeft:
    @pytest.mark.parametrize(
        ("day", "left"),
        [
            ("2026-11-23", 0),
            ("2026-11-24", 1),
            ("2026-11-28", 4),  # Saturday: Tuesday to Friday are left
            ("2026-11-30", 5),
            ("2026-11-20", -1),  # last Friday; Monday has begun
        ],
    )
    def test_counts_from_monday(self, morning, day, left):
        from datetime import date

        assert working_days_left(date.fromisoformat(day)) == left

    def test_of_no_date_is_unknown(self):
        assert working_days_left(None) is None


class TestCaseFile:
    def test_holds_what_the_desk_shows(self, lender):
        number = story.signed(lender)

        file = assessment.case_file(lender.agent, number)

        assert (file.masked_phone, file.masked_id) == ("138****0001", "110***********0011")
        assert file.household.incomes[0].name == "零工"
        assert file.capacity[0].capacity == file.offer_set.capacity[0].capacity
        assert file.evidence[0].name == "离职证明"
        assert file.missing == ("bank_statement", "unemployment_registration")
        assert file.timeline[0].words.en == "signed the agreement"
        assert file.timeline[-1].actor == "演示·张*"
        assert file.agreement.is_in_force
        assert sum(line.debit.minor - line.credit.minor for line in file.journal) == 0
        assert [line.number for line in file.audit] == list(range(1, file.version + 1))

    def test_says_what_the_reader_may_do(self, lender):
        number = story.submitted(lender)

        unclaimed = assessment.case_file(lender.agent, number).allowed
        assessment.claim(lender.agent, number, version=story.version(lender, number), key="claim")

        assert unclaimed == {"Claim"}
        assert "Decline" in assessment.case_file(lender.agent, number).allowed
        assert assessment.case_file(lender.other_agent, number).allowed == frozenset()
        assert assessment.case_file(lender.approver, number).allowed == frozenset()

    def test_of_a_draft_is_not_there(self, lender):
        with pytest.raises(NotFound):
            assessment.case_file(lender.agent, story.applied(lender))

    def test_is_not_there_for_others(self, lender):
        number = story.submitted(lender)

        for account in (lender.borrower.account, lender.finance):
            with pytest.raises(NotFound):
                assessment.case_file(account, number)

    def test_reads_the_database_a_bounded_number_of_times(
        self, lender, django_assert_max_num_queries
    ):
        number = story.signed(lender)

        with django_assert_max_num_queries(60):
            assessment.case_file(lender.agent, number)


class TestClaim:
    def test_a_second_tap_keeps_the_case(self, lender):
        number = story.submitted(lender)
        version = story.version(lender, number)

        for key in ("one", "two"):
            file = assessment.claim(lender.agent, number, version=version, key=key)

        assert file.case.agent == lender.agent

    def test_names_the_agent_who_was_quicker(self, lender):
        number = story.claimed(lender)

        with pytest.raises(AlreadyClaimed, match="belongs to agent-wang"):
            assessment.claim(lender.other_agent, number, version=0, key="mine")

    def test_refuses_a_page_from_before_the_borrower_added_something(self, lender):
        number = story.submitted(lender)
        seen = story.version(lender, number)
        offering.ask_to_talk(lender.borrower, number, "另外…", key="talk")

        with pytest.raises(StaleVersion):
            assessment.claim(lender.agent, number, version=seen, key="claim")

    def test_is_not_there_for_an_approver(self, lender):
        number = story.submitted(lender)

        with pytest.raises(NotFound):
            assessment.claim(lender.approver, number, version=1, key="claim")


class TestMarkEvidence:
    @pytest.fixture
    def number(self, lender):
        return story.claimed(lender)

    def mark(self, lender, number, outcome="unreadable", key="mark", agent=None):
        file = assessment.case_file(lender.agent, number).evidence[0]
        return assessment.mark_evidence(
            agent or lender.agent, number, file.id, outcome=outcome, note="请在亮处重拍", key=key
        )

    def test_asks_the_borrower_again_and_stops_the_clock(self, lender, number):
        self.mark(lender, number)

        (item,) = assessment.case_file(lender.agent, number).evidence
        assert (item.status, item.note, item.marked_by) == (
            "unreadable", "请在亮处重拍", "演示·agent-wang",
        )  # fmt: skip
        assert numbers(lender.agent, "waiting") == [number]
        assert OutboxMessage.objects.filter(kind="more-needed").count() == 1

    @pytest.mark.parametrize("outcome", ["clear", "unclear"])
    def test_of_a_readable_file_asks_nothing(self, lender, number, outcome):
        self.mark(lender, number, outcome)

        assert numbers(lender.agent, "mine") == [number]
        assert not OutboxMessage.objects.filter(kind="more-needed").exists()

    def test_refuses_a_word_that_is_no_outcome(self, lender, number):
        with pytest.raises(NotAChoice, match="clear, unclear, unreadable"):
            self.mark(lender, number, "fraud")

    def test_refuses_another_agent(self, lender, number):
        with pytest.raises(NotTheAgent):
            self.mark(lender, number, agent=lender.other_agent)

    def test_finds_no_file_of_another_case(self, lender, number):
        for other in (uuid4(), "rubbish"):
            with pytest.raises(NotFound):
                assessment.mark_evidence(
                    lender.agent, number, other, outcome="clear", note="", key="mark"
                )


class TestDecline:
    def test_tells_the_borrower_the_reason_and_the_ways_that_stay(self, lender):
        number = story.claimed(lender)
        preview = assessment.decline_preview(
            lender.agent, number, reason_code="evidence-insufficient", note="请补流水"
        )

        assessment.decline(
            lender.agent, number, reason_code="evidence-insufficient", note="请补流水",
            version=story.version(lender, number), key="no",
        )  # fmt: skip

        progress = application.progress(lender.borrower, number)
        assert progress.declined.code == "evidence-insufficient"
        assert "30 天内可以要求另一位同事复核" in preview.zh
        assert "请补流水" in preview.zh
        assert "legal aid line 12348" in preview.en
        message = OutboxMessage.objects.get(kind="declined")
        assert "材料" not in message.text, "a reason never travels by text message"

    @pytest.mark.parametrize("reason", ["policy", "", "evidence"])
    def test_refuses_a_reason_without_a_code(self, lender, reason):
        number = story.claimed(lender)

        with pytest.raises(Exception, match=r"cannot be chosen|reason is missing"):
            assessment.decline(
                lender.agent, number, reason_code=reason, note="",
                version=story.version(lender, number), key="no",
            )  # fmt: skip

    def test_is_not_possible_before_the_case_is_claimed(self, lender):
        number = story.submitted(lender)

        with pytest.raises(CommandNotAllowed, match="it can take: AddEvidence, Claim"):
            assessment.decline(
                lender.agent, number, reason_code="duplicate", note="",
                version=story.version(lender, number), key="no",
            )  # fmt: skip


class TestWords:
    def test_are_there_for_every_event(self):
        assert set(EVENT_WORDS) == set(EVENTS)

    def test_are_there_for_every_cause_of_the_book(self, morning):
        from tideover.app import clock

        parameters = load_book().on(clock.today(), product="weilidai")

        assert set(causes_in(parameters)) == set(CAUSE_WORDS)

    def test_of_a_refusal_always_say_what_would_change_it(self):
        for reason in DECLINE_REASONS.values():
            for words in (reason.label, reason.would_change):
                assert words.zh
                assert words.en
                assert words.zh != words.en


class TestTheLog:
    def test_holds_no_name_no_telephone_and_no_words_of_anybody(self, lender):
        number = story.offered(lender)
        offering.ask_to_talk(lender.borrower, number, "孩子在住院", key="talk")

        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM db_logevent")
            told = b"".join(bytes(row[0]) for row in cursor.fetchall()).decode()

        for secret in ("张三", "13800000001", "110101199001010011", "孩子在住院", "裁员"):
            assert secret not in told

"""A signed plan from its first reminder to its last payment, or to its end."""

from datetime import date, timedelta
from itertools import product

import lender as story
import pytest

from tideover.agreements.keeping import NoticeKind
from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Agreement, Case, OutboxMessage, PlanKeeping
from tideover.app.messages import NotDelivered
from tideover.app.verbs import audit, closing, keeping, ledger, loans
from tideover.app.verbs.books.protecting import LateFeeUnderAgreement, protection_of
from tideover.app.verbs.case.rows import folded
from tideover.cases.keeping import StillToCure
from tideover.cases.refusals import CommandNotAllowed
from tideover.loan import Charged, Component, Paid, Reversed
from tideover.money import CNY, Money

pytestmark = pytest.mark.django_db


def day_is(monkeypatch, day: date, hour: str = "10:00:00") -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{day}T{hour}+08:00")


def close_until(monkeypatch, day: date) -> None:
    """Close every day up to this one, in its own evening."""
    while clock.today() < day:
        day_is(monkeypatch, clock.today() + timedelta(days=1))
        closing.close()


def pay(lender, amount: Money, *, reference: str, on: date | None = None) -> None:
    with atomic():
        event = Paid(on or clock.today(), reference, amount)
        loans.record_event(lender.loan, event, actor="bank", at=clock.now())


def kinds() -> list[str]:
    found = OutboxMessage.objects.filter(kind__startswith="plan-").order_by("created_at")
    return list(found.values_list("kind", flat=True))


@pytest.fixture
def number(lender) -> str:
    """The case of an agreement signed this morning."""
    number = story.signed(lender)
    closing.close()
    return number


@pytest.fixture
def dues(lender, number) -> list[date]:
    return [line.due_date for line in loans.state(lender.loan, clock.today()).lines]


def standing() -> str:
    return PlanKeeping.objects.get().standing


class TestKeepPlans:
    def test_reminds_before_the_due_date_and_on_it(self, lender, dues, monkeypatch):
        close_until(monkeypatch, dues[0])

        assert kinds() == ["plan-due-soon", "plan-due-soon", "plan-due-today"]
        assert standing() == "kept"

    def test_says_nothing_of_an_instalment_that_was_paid(self, lender, dues, monkeypatch):
        line = loans.state(lender.loan, clock.today()).lines[0]
        pay(lender, line.remaining.total, reference="early")

        close_until(monkeypatch, dues[0] + timedelta(days=8))

        assert kinds() == []

    def test_asks_after_what_is_missed_and_finds_the_breach(
        self, lender, number, dues, monkeypatch
    ):
        close_until(monkeypatch, dues[1] + timedelta(days=2))

        assert kinds().count("plan-missed") >= 2
        assert kinds()[-1] == "plan-breached"
        assert standing() == "breached"
        told = folded(Case.objects.get(number=number))
        assert told.cure_until == clock.today() + timedelta(days=15)
        assert ledger.verify().faults == ()
        assert audit.verify().holds

    def test_takes_a_payment_one_fen_short_for_a_part_payment(self, lender, dues, monkeypatch):
        line = loans.state(lender.loan, clock.today()).lines[0]
        pay(lender, line.remaining.total - Money(1, CNY), reference="almost")

        close_until(monkeypatch, dues[0] + timedelta(days=8))

        assert standing() == "kept"
        assert "plan-missed" not in kinds()

    def test_finds_the_cure_and_tells_it_once(self, lender, number, dues, monkeypatch):
        close_until(monkeypatch, dues[1] + timedelta(days=2))
        pay(lender, loans.state(lender.loan, clock.today()).past_due.total, reference="cure")
        close_until(monkeypatch, dues[1] + timedelta(days=4))

        assert standing() == "kept"
        assert kinds().count("plan-cured") == 1

    def test_finds_it_broken_again_when_the_cure_is_taken_back(self, lender, dues, monkeypatch):
        close_until(monkeypatch, dues[1] + timedelta(days=2))
        pay(lender, loans.state(lender.loan, clock.today()).past_due.total, reference="cure")
        close_until(monkeypatch, dues[1] + timedelta(days=3))
        with atomic():
            event = Reversed(clock.today(), "bounced", "cure")
            loans.record_event(lender.loan, event, actor="bank", at=clock.now())
        close_until(monkeypatch, dues[1] + timedelta(days=4))

        assert standing() == "breached"

    def test_completes_the_plan_with_a_letter(self, lender, number, dues, monkeypatch):
        pay(lender, loans.state(lender.loan, clock.today()).payoff, reference="all")
        close_until(monkeypatch, clock.today() + timedelta(days=1))

        assert standing() == "completed"
        assert Case.objects.get(number=number).state == "settled"
        assert kinds() == ["plan-completed"]
        letter = keeping.settlement_letter(lender.borrower, number)
        assert letter.startswith(b"%PDF")
        assert keeping.settlement_letter(lender.borrower, number) == letter

    def test_writes_each_notice_once_however_often_it_runs(self, lender, dues, monkeypatch):
        close_until(monkeypatch, dues[0])
        before = kinds()
        PlanKeeping.objects.update(judged_on=None, look_on=None)

        keeping.keep_plans(clock.today(), actor="again")

        assert kinds() == before

    def test_names_no_amount_and_no_illness(self, lender, dues, monkeypatch):
        close_until(monkeypatch, dues[1] + timedelta(days=9))

        for message in OutboxMessage.objects.filter(kind__startswith="plan-"):
            assert "¥" not in message.text
            assert "元" not in message.text.replace("单元", "")
            assert "病" not in message.text


class TestTellEarly:
    def test_opens_a_talk_while_the_agreement_stays_in_force(self, lender, number, dues):
        answer_by = keeping.tell_early(lender.borrower, number, "下个月收入会晚到", key="k")

        case = Case.objects.get(number=number)
        assert case.state == "assessing"
        assert case.answer_by == answer_by
        assert Agreement.objects.get().is_in_force
        assert protection_of(lender.loan, clock.today()).late_fees_off
        assert OutboxMessage.objects.filter(kind="early-notice").count() == 1

    def test_once_for_one_key(self, lender, number):
        first = keeping.tell_early(lender.borrower, number, "x", key="k")

        assert keeping.tell_early(lender.borrower, number, "x", key="k") == first

    def test_costs_nothing_and_breaks_nothing(self, lender, number, dues, monkeypatch):
        keeping.tell_early(lender.borrower, number, "", key="k")

        close_until(monkeypatch, dues[1] + timedelta(days=5))

        assert "plan-missed" not in kinds()
        assert "plan-breached" not in kinds()
        assert standing() == "late"

    def test_can_end_in_another_agreement(self, lender, number):
        keeping.tell_early(lender.borrower, number, "这个月只有 3,400", key="k")
        income = {"items": [{"name": "零工", "kind": "self_employed", "monthly": "3400"}]}
        story.application.save_section(lender.borrower, number, "income", income, key="i2")
        story.offering.generate(lender.agent, number, key="g2")
        story.send(lender, number, key="s2")
        view = story.offering.borrower_offers(lender.borrower, number)
        story.offering.accept(
            lender.borrower, number, view.offers[0].key, key="a2", seen=view.set_digest
        )
        story.read_through(lender, number)
        story.signing.send_code(lender.borrower, number, key="c2")
        story.signing.sign(lender.borrower, number, code=story.last_code(), key="sign2")

        assert Agreement.objects.filter(is_in_force=True).count() == 1
        assert Agreement.objects.filter(signed_at__isnull=False).count() == 2
        assert Case.objects.get(number=number).state == "active"
        assert ledger.verify().faults == ()

    def test_twice_is_refused_while_it_is_talked_over(self, lender, number):
        keeping.tell_early(lender.borrower, number, "", key="k")

        with pytest.raises(CommandNotAllowed):
            keeping.tell_early(lender.borrower, number, "", key="k2")


class TestEndAgreement:
    def test_is_a_persons_decision_after_the_days_to_cure(self, lender, number, dues, monkeypatch):
        close_until(monkeypatch, dues[1] + timedelta(days=2))
        until = PlanKeeping.objects.get().cure_until
        with pytest.raises(StillToCure):
            self.end(lender, number)
        close_until(monkeypatch, until + timedelta(days=1))
        shown = keeping.preview_ending(lender.approver, number)

        self.end(lender, number)

        assert Case.objects.get(number=number).state == "ended"
        assert not Agreement.objects.get().is_in_force
        owed = loans.state(lender.loan, clock.today()).outstanding
        assert owed == shown.after
        assert not protection_of(lender.loan, clock.today()).late_fees_off
        assert ledger.verify().faults == ()

    def test_never_happens_by_itself(self, lender, number, dues, monkeypatch):
        close_until(monkeypatch, dues[3] + timedelta(days=3))

        assert Case.objects.get(number=number).state == "active"
        assert Agreement.objects.get().is_in_force

    def test_is_the_approvers(self, lender, number):
        with pytest.raises(loans.NotFound):
            keeping.end_agreement(lender.agent, number, "x", version=1, key="k")

    def end(self, lender, number):
        keeping.end_agreement(
            lender.approver,
            number,
            "两次未还且无回应",
            version=story.version(lender, number),
            key="e",
        )


class TestProtection:
    @pytest.mark.parametrize(("component", "days"), [*product(Component, (0, 1, 40))])
    def test_lets_no_charge_through_from_the_effective_day_on(
        self, lender, number, component, days
    ):
        on = clock.today() + timedelta(days=days)

        charge = Charged(on, "fee", component, Money(3_000, CNY), "late")

        with atomic(), pytest.raises(LateFeeUnderAgreement):
            loans.record_event(lender.loan, charge, actor="x", at=clock.now())

    def test_lets_a_charge_of_a_day_before_it_through(self, lender, number):
        with atomic():
            charge = Charged(
                clock.today() - timedelta(days=9), "fee", Component.FEE, Money(100, CNY), "late"
            )
            loans.record_event(lender.loan, charge, actor="x", at=clock.now())

        assert ledger.verify().faults == ()

    def test_lets_nothing_but_the_plans_own_notices_out(self, lender, number, dues, monkeypatch):
        close_until(monkeypatch, dues[1] + timedelta(days=9))

        told = {message.kind for message in OutboxMessage.objects.filter(chase_on__isnull=False)}
        assert told <= {kind.value for kind in NoticeKind if kind.is_chase}

    def test_chases_at_most_once_a_day(self, lender, number, dues, monkeypatch):
        close_until(monkeypatch, dues[1] + timedelta(days=9))

        days = list(
            OutboxMessage.objects.filter(chase_on__isnull=False).values_list("chase_on", flat=True)
        )
        assert len(days) == len(set(days))

    def test_keeps_adverse_reporting_off_while_the_plan_is_kept(self, lender, number, dues):
        assert protection_of(lender.loan, clock.today()).adverse_reporting_off
        PlanKeeping.objects.update(standing="late")
        assert not protection_of(lender.loan, clock.today()).adverse_reporting_off


class _Recorder:
    """A provider that remembers what it was given, and fails while it is told to."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.is_down = False

    def deliver(self, message: OutboxMessage) -> str:
        if self.is_down:
            raise NotDelivered("no connection")
        self.given.append(message.key)
        return "as-the-provider-names-it"


class TestDrainOutbox:
    def test_hands_each_message_out_once(self, lender, number):
        recorder = _Recorder()
        waiting = OutboxMessage.objects.filter(sent_at__isnull=True).count()

        assert keeping.drain_outbox(by=recorder).sent == waiting
        assert keeping.drain_outbox(by=recorder).sent == 0
        assert len(recorder.given) == len(set(recorder.given)) == waiting

    @pytest.mark.parametrize("hour", ["21:00:00", "23:59:59", "07:59:00"])
    def test_holds_everything_but_codes_in_quiet_hours(self, lender, number, monkeypatch, hour):
        recorder = _Recorder()
        day_is(monkeypatch, clock.today() + timedelta(days=1), hour)

        keeping.drain_outbox(by=recorder)

        assert all(":signing-code:" in key or key.startswith("sign-in:") for key in recorder.given)
        assert OutboxMessage.objects.filter(sent_at__isnull=True).exists()

    def test_holds_the_queue_while_the_provider_is_down_and_sends_it_once(
        self, lender, number, monkeypatch
    ):
        recorder = _Recorder()
        waiting = OutboxMessage.objects.filter(sent_at__isnull=True).count()
        recorder.is_down = True
        assert keeping.drain_outbox(by=recorder).failed == waiting
        assert OutboxMessage.objects.exclude(failure=None).count() == waiting

        recorder.is_down = False
        assert keeping.drain_outbox(by=recorder).sent == 0
        day_is(monkeypatch, clock.today() + timedelta(days=1))
        keeping.drain_outbox(by=recorder)

        assert len(recorder.given) == len(set(recorder.given)) == waiting


class TestQuote:
    def test_closes_the_loan_on_the_day_it_is_for(self, lender, number):
        on = clock.today() + timedelta(days=12)
        quote = keeping.quote(lender.borrower, lender.loan.reference, on)

        pay(lender, quote.amount, reference="all", on=on)

        assert loans.state(lender.loan, on).is_settled

    def test_of_another_borrowers_loan_is_not_found(self, lender, number):
        with pytest.raises(loans.NotFound):
            keeping.quote(lender.stranger, lender.loan.reference, clock.today())

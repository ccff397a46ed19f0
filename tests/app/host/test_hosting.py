"""A plan from the offer to the core, and payments from the core to the plan."""

import lender as story
import pytest
from fineract_stand_in import Loan

from tideover.app import clock
from tideover.app.crash import StruckDown
from tideover.app.db import log
from tideover.app.db.models import HostBooking
from tideover.app.verbs import assessment, hosting, loans, offering, signing
from tideover.app.verbs.hosting import HostCannotBook, HostDisagrees
from tideover.app.verbs.hosting.expressing import lines_of
from tideover.loan import Paid, Reversed
from tideover.money import CNY, Money


def offers_of(lender, number):
    return assessment.case_file(lender.agent, number).offer_set.offers


def take_in(fineract, lender, number, *, cents=0):
    """Let the core have the loan, and make of each offer's re-age what the offer says."""
    reaged = {}
    for offer in offers_of(lender, number):
        lines = [(line.due_date.isoformat(), line.amount.text) for line in lines_of(offer.proposal)]
        due, amount = lines[0]
        lines[0] = (due, f"{float(amount) + cents / 100:.2f}")
        reaged[len(lines)] = lines
    fineract.loans[story.REFERENCE] = Loan(
        number=7,
        reference=story.REFERENCE,
        principal="7000",
        disbursed="2026-08-03",
        lines=[("2026-12-03", "1084.00")],
        reaged=reaged,
    )


def in_hand(fineract, lender):
    number = story.generated(lender)
    take_in(fineract, lender, number)
    return number


def sign_the_shortest(lender, number):
    story.send(lender, number)
    view = offering.borrower_offers(lender.borrower, number)
    offering.accept(lender.borrower, number, view.offers[0].key, key="accept", seen=view.set_digest)
    story.read_through(lender, number)
    signing.send_code(lender.borrower, number, key="code")
    signing.sign(lender.borrower, number, code=story.last_code(), key="sign")
    return HostBooking.objects.get()


class TestBeforeTheOffer:
    def test_a_plan_that_the_core_would_make_the_same_is_sent(self, hosted, lender):
        number = in_hand(hosted, lender)

        story.send(lender, number)

        assert offering.borrower_offers(lender.borrower, number).offers
        assert all(method == "GET" for method, _ in hosted.asked)

    def test_a_cent_of_rounding_is_no_reason_to_refuse(self, hosted, lender):
        number = in_hand(hosted, lender)
        take_in(hosted, lender, number, cents=1)

        story.send(lender, number)

        assert offering.borrower_offers(lender.borrower, number).offers

    def test_a_plan_that_the_core_would_make_otherwise_is_not_offered(self, hosted, lender):
        number = in_hand(hosted, lender)
        take_in(hosted, lender, number, cents=2)

        with pytest.raises(HostDisagrees, match="where the plan says"):
            story.send(lender, number)

        assert assessment.case_file(lender.agent, number).case.state == "assessing"

    def test_arrears_that_would_be_carried_are_refused_with_what_to_do(self, hosted, lender):
        number = in_hand(hosted, lender)
        proposals = [offer.proposal for offer in offers_of(lender, number)]
        carried = _with_carried_interest(proposals[0])

        with pytest.raises(HostCannotBook, match="waive them") as refused:
            hosting.demand_bookable(story.REFERENCE, [carried])

        assert "请减免" in refused.value.zh
        assert hosting.remarks(carried)[0].en in str(refused.value)

    def test_without_a_core_elsewhere_nothing_is_asked(self, lender):
        number = story.generated(lender)

        story.send(lender, number)

        assert hosting.remarks(offers_of(lender, number)[0].proposal) == ()


class TestAfterTheSignature:
    def test_one_reage_is_booked_and_read_back_equal(self, hosted, lender):
        row = sign_the_shortest(lender, in_hand(hosted, lender))

        assert hosting.book_waiting() == hosting.BookedInHost(booked=1, failed=0)

        row.refresh_from_db()
        assert row.booked_at is not None
        assert row.differences == []
        made = hosted.loans[story.REFERENCE].transactions
        assert [one["externalId"] for one in made] == [f"{row.agreement.number}/1"]
        assert log.read(f"loan-host:{story.REFERENCE}")[0].body["differences"] == []

    def test_a_core_that_is_down_gets_it_later_and_once(self, hosted, lender, monkeypatch):
        row = sign_the_shortest(lender, in_hand(hosted, lender))
        # It carries the change out, and its answer is lost.
        hosted.faults = [None, "lose"]
        assert hosting.book_waiting().failed == 1
        assert hosting.book_waiting() == hosting.BookedInHost(0, 0), "it waits before it asks again"
        assert [one.pk for one in hosting.failing()] == [row.pk]

        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:31:00+08:00")
        clock._set_at.cache_clear()
        assert hosting.book_waiting().booked == 1

        assert len(hosted.loans[story.REFERENCE].transactions) == 1
        assert hosting.failing() == ()

    def test_struck_down_after_an_operation_does_not_book_it_twice(
        self, hosted, lender, monkeypatch
    ):
        row = sign_the_shortest(lender, in_hand(hosted, lender))
        monkeypatch.setenv("TIDEOVER_CRASH", "host.operation-booked")
        with pytest.raises(StruckDown):
            hosting.book_waiting()
        monkeypatch.delenv("TIDEOVER_CRASH")

        assert hosting.book_waiting().booked == 1
        row.refresh_from_db()
        assert row.differences == []
        assert len(hosted.loans[story.REFERENCE].transactions) == 1

    def test_what_the_core_made_otherwise_is_kept_and_shown(self, hosted, lender):
        number = in_hand(hosted, lender)
        row = sign_the_shortest(lender, number)
        take_in(hosted, lender, number, cents=1)

        hosting.book_waiting()

        row.refresh_from_db()
        (found,) = row.differences
        ours, theirs = Money.parse(found["ours"]["amount"], CNY), found["theirs"]["amount"]
        assert Money.parse(theirs, CNY) - ours == Money(1, CNY)
        assert [one.pk for one in hosting.failing()] == [row.pk]

    def test_without_a_core_elsewhere_nothing_waits(self, lender):
        story.signed(lender)

        assert not HostBooking.objects.exists()
        assert hosting.book_waiting() == hosting.BookedInHost(0, 0)


class TestSync:
    def test_takes_payments_over_once(self, hosted, lender):
        in_hand(hosted, lender)
        paid = hosted.pay(story.REFERENCE, "2026-11-23", "500.00")

        first = hosting.sync(hosting.managed_loans())
        again = hosting.sync(hosting.managed_loans())

        assert (first.payments, again.payments) == (1, 0)
        known = loans.events(lender.loan)
        assert Paid(clock.today(), f"host:{paid['id']}", Money(50_000, CNY)) in known

    def test_takes_a_reversal_over_once(self, hosted, lender):
        in_hand(hosted, lender)
        before = loans.state(lender.loan, clock.today()).outstanding
        paid = hosted.pay(story.REFERENCE, "2026-11-23", "500.00")
        hosting.sync([lender.loan])
        assert loans.state(lender.loan, clock.today()).outstanding != before
        paid["manuallyReversed"] = True

        done = [hosting.sync([lender.loan]).reversals for _ in range(2)]

        assert done == [1, 0]
        assert loans.state(lender.loan, clock.today()).outstanding == before
        assert any(isinstance(event, Reversed) for event in loans.events(lender.loan))

    def test_a_payment_that_was_taken_back_before_we_saw_it_is_none(self, hosted, lender):
        in_hand(hosted, lender)
        hosted.pay(story.REFERENCE, "2026-11-23", "500.00")["manuallyReversed"] = True

        assert hosting.sync([lender.loan]).payments == 0

    def test_is_done_by_the_worker_every_five_minutes(self, hosted, lender, monkeypatch):
        in_hand(hosted, lender)
        assert hosting.sync_when_due().payments == 0
        hosted.pay(story.REFERENCE, "2026-11-23", "500.00")

        assert hosting.sync_when_due() is None
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:36:00+08:00")
        clock._set_at.cache_clear()
        assert hosting.sync_when_due().payments == 1

    def test_names_the_loan_that_the_core_has_not_and_goes_on(self, hosted, lender):
        number = in_hand(hosted, lender)
        hosted.pay(story.REFERENCE, "2026-11-23", "500.00")
        other = lender.stranger.loans.get()

        done = hosting.sync([other, lender.loan])

        assert done.payments == 1
        assert [reference for reference, _ in done.faults] == ["WLD-0002"]
        assert number


def _with_carried_interest(proposal):
    from dataclasses import replace

    event = proposal.restructured
    carried = replace(event.carried, interest=Money(5_600, CNY))
    return replace(proposal, restructured=replace(event, carried=carried))

import hashlib
from uuid import uuid4

import lender as story
import pytest
from django.db import DatabaseError, connection

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import (
    Agreement,
    Case,
    JournalEntry,
    LoanSchedule,
    OutboxMessage,
    SigningCode,
)
from tideover.app.verbs import ledger, loans, offering, signing
from tideover.app.verbs.case.rows import events_of
from tideover.app.verbs.offering import OfferOutOfDate
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.signing import ExpiredCode, TooManyCodes, TooManyTries, UsedCode, WrongCode
from tideover.cases import CommandNotAllowed
from tideover.cases.events import DisclosureShown
from tideover.cases.refusals import DisclosureNotShown, OfferExpired, ReadingTimeNotOver
from tideover.loan import Paid
from tideover.money import CNY, Money


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def is_unsigned(lender, number: str) -> bool:
    return (
        Case.objects.get(number=number).state == "awaiting-signature"
        and not Agreement.objects.filter(signed_at__isnull=False).exists()
        and not JournalEntry.objects.filter(kind="loan.restructured").exists()
        and LoanSchedule.objects.filter(loan=lender.loan).count() == 1
        and not OutboxMessage.objects.filter(kind="signed").exists()
    )


class TestAgreementView:
    def test_is_bound_to_the_digest_of_its_pages(self, lender):
        number = story.accepted(lender)

        view = signing.agreement_view(lender.borrower, number)

        pages = signing.pdf(lender.borrower.account, number)
        assert view.digest == hashlib.sha256(pages).hexdigest()
        assert not view.is_signed
        assert len(view.five_numbers) == 5
        assert view.document.loan_reference == story.REFERENCE

    def test_is_not_there_before_an_offer_is_chosen(self, lender):
        with pytest.raises(NotFound):
            signing.agreement_view(lender.borrower, story.offered(lender))

    def test_is_not_there_for_anybody_else(self, lender):
        number = story.accepted(lender)

        for verb in (
            lambda: signing.agreement_view(lender.stranger, number),
            lambda: signing.show_disclosure(lender.stranger, number),
            lambda: signing.send_code(lender.stranger, number, key="code"),
            lambda: signing.sign(lender.stranger, number, code="000000", key="sign"),
            lambda: signing.pdf(lender.stranger.account, number),
            lambda: signing.pdf(lender.finance, number),
        ):
            with pytest.raises(NotFound):
                verb()


class TestSendCode:
    def test_needs_the_text_to_have_been_shown(self, lender):
        number = story.accepted(lender)

        with pytest.raises(DisclosureNotShown):
            signing.send_code(lender.borrower, number, key="code")

    def test_waits_until_the_text_can_have_been_read(self, lender, monkeypatch):
        number = story.accepted(lender)
        opened = clock.now()
        readable = signing.show_disclosure(lender.borrower, number)
        with pytest.raises(ReadingTimeNotOver, match="more second"):
            signing.send_code(lender.borrower, number, key="code")

        # Opening it again does not begin the time again.
        assert signing.show_disclosure(lender.borrower, number) == readable
        assert 9 < (readable - opened).total_seconds() < 12
        monkeypatch.setenv("TIDEOVER_NOW", readable.isoformat())
        signing.send_code(lender.borrower, number, key="code")

        shown = [one for one in events_of(Case.objects.get()) if isinstance(one, DisclosureShown)]
        digest = Agreement.objects.get().document_digest
        assert [(one.document_digest, one.reading_seconds) for one in shown] == [(digest, 10)]

    def test_sends_one_message_however_often_it_is_tapped(self, lender):
        number, _ = story.code_sent(lender)

        sent = signing.send_code(lender.borrower, number, key="code")

        assert sent.to_masked == "138****0001"
        assert OutboxMessage.objects.filter(kind="signing-code").count() == 1
        assert "¥" not in OutboxMessage.objects.get(kind="signing-code").text

    def test_keeps_no_code_in_the_database(self, lender):
        _, code = story.code_sent(lender)

        row = SigningCode.objects.get()
        assert code not in f"{row.digest} {row.document_digest}"

    def test_stops_after_five_within_an_hour(self, lender):
        number, _ = story.code_sent(lender)
        for more in range(4):
            signing.send_code(lender.borrower, number, key=f"more-{more}")

        with pytest.raises(TooManyCodes, match="5 codes were sent within an hour"):
            signing.send_code(lender.borrower, number, key="one too many")


class TestSign:
    def test_refuses_a_wrong_code_and_counts_it(self, lender):
        number, code = story.code_sent(lender)

        for left in (4, 3, 2, 1):
            with pytest.raises(WrongCode) as refused:
                signing.sign(lender.borrower, number, code=another(code), key="sign")
            assert refused.value.tries_left == left
        for tried in (another(code), code):
            with pytest.raises(TooManyTries, match="tried 5 times"):
                signing.sign(lender.borrower, number, code=tried, key="sign")

        assert is_unsigned(lender, number)

    def test_takes_a_new_code_after_too_many_tries(self, lender):
        number, code = story.code_sent(lender)
        for _ in range(5):
            with pytest.raises((WrongCode, TooManyTries)):
                signing.sign(lender.borrower, number, code=another(code), key="sign")
        signing.send_code(lender.borrower, number, key="new")

        signature = signing.sign(lender.borrower, number, code=story.last_code(), key="sign")

        assert signature.sealed_digest

    def test_refuses_an_old_code_once_a_new_one_was_sent(self, lender):
        number, old = story.code_sent(lender)
        signing.send_code(lender.borrower, number, key="new")

        if old != story.last_code():
            with pytest.raises(WrongCode):
                signing.sign(lender.borrower, number, code=old, key="sign")

    def test_refuses_a_code_after_five_minutes(self, lender, monkeypatch):
        number, code = story.code_sent(lender)
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:45:00+08:00")

        with pytest.raises(ExpiredCode, match="lasts 5 minutes"):
            signing.sign(lender.borrower, number, code=code, key="sign")

    def test_refuses_a_code_for_another_text(self, lender):
        number, code = story.code_sent(lender)
        keys = [one.key for one in offering.borrower_offers(lender.borrower, number).offers]
        offering.accept(lender.borrower, number, keys[-1], key="other")
        story.read_through(lender, number)

        with pytest.raises(ExpiredCode, match="only the text it was sent for"):
            signing.sign(lender.borrower, number, code=code, key="sign")

    def test_refuses_a_code_that_was_used(self, lender):
        number, code = story.code_sent(lender)
        SigningCode.objects.update(used_at=clock.now())

        with pytest.raises(UsedCode):
            signing.sign(lender.borrower, number, code=code, key="sign")

    def test_gives_the_same_signature_again(self, lender):
        number, code = story.code_sent(lender)
        once = signing.sign(lender.borrower, number, code=code, key="sign")

        assert signing.sign(lender.borrower, number, code=code, key="sign") == once
        assert signing.sign(lender.borrower, number, code="", key="another tap") == once
        assert JournalEntry.objects.filter(kind="loan.restructured").count() == 1

    def test_refuses_after_a_payment_and_changes_nothing(self, lender):
        number, code = story.code_sent(lender)
        with atomic():
            event = Paid(clock.today(), "late", Money(10_000, CNY))
            loans.record_event(lender.loan, event, actor="finance-sun", at=clock.now())

        with pytest.raises(OfferOutOfDate, match="everything else stays valid"):
            signing.sign(lender.borrower, number, code=code, key="sign")

        assert is_unsigned(lender, number)

    def test_refuses_after_the_last_day(self, lender, monkeypatch):
        number, code = story.code_sent(lender)
        monkeypatch.setenv("TIDEOVER_NOW", "2026-12-03T00:00:00+08:00")

        with pytest.raises(OfferExpired):
            signing.sign(lender.borrower, number, code=code, key="sign")
        assert signing.show_disclosure(lender.borrower, number) is None
        assert is_unsigned(lender, number)

    def test_refuses_before_an_offer_is_chosen(self, lender):
        with pytest.raises(CommandNotAllowed):
            signing.sign(lender.borrower, story.offered(lender), code="000000", key="sign")

    def test_that_breaks_at_its_last_step_leaves_the_agreement_unsigned(self, lender):
        number, code = story.code_sent(lender)
        with _outbox_broken(), pytest.raises(DatabaseError):
            signing.sign(lender.borrower, number, code=code, key="sign")
        broken = is_unsigned(lender, number)

        signing.sign(lender.borrower, number, code=code, key="sign")

        assert broken
        assert Agreement.objects.get(is_in_force=True).sealed_digest
        assert ledger.verify().holds


class _outbox_broken:  # noqa: N801 - reads as a phrase
    """Nothing can be written into the outbox inside: the last write of a signature fails."""

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE db_outboxmessage RENAME TO db_outboxmessage_away")

    def __exit__(self, *_error):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE db_outboxmessage_away RENAME TO db_outboxmessage")


class TestAnAgreementThatReplacesAnother:
    def test_is_told_of_as_a_change(self, lender):
        number, code = story.code_sent(lender)
        before = Agreement.objects.get(case__number=number)
        before.pk, before.number = uuid4(), "HT-BEFORE"
        before.document = {}
        before.signed_at, before.sealed_digest, before.is_in_force = clock.now(), "before", True
        before.save(force_insert=True)

        signing.sign(lender.borrower, number, code=code, key="again")

        assert number in OutboxMessage.objects.get(kind="agreement-changed").text

    def test_the_first_one_is_no_change(self, lender):
        story.signed(lender)

        assert not OutboxMessage.objects.filter(kind="agreement-changed").exists()

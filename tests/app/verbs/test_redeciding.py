"""Which open cases another policy would judge otherwise: read, and nothing written."""

from dataclasses import replace
from datetime import date

import lender as story
import pytest

from tideover.app.db.models import LogEvent, OfferRound
from tideover.app.verbs import offering
from tideover.app.verbs.assessment.redeciding import (
    BookOnDay,
    next_change,
    redecide,
    redecide_for,
)
from tideover.app.verbs.refusals import NotFound
from tideover.policy import PolicyBook, load_book

TODAY = date(2026, 11, 23)


def changed(name: str, value: object) -> BookOnDay:
    """The lender's book with one number replaced, as it would hold today."""
    packs = {pack: dict(parameters) for pack, parameters in load_book().packs.items()}
    for parameters in packs.values():
        if name in parameters:
            parameters[name] = replace(parameters[name], values=((date(2025, 1, 1), value),))
    return BookOnDay(PolicyBook(packs), TODAY)


def today() -> BookOnDay:
    return BookOnDay(load_book(), TODAY)


class TestRedecide:
    def test_finds_nothing_between_a_policy_and_itself(self, lender):
        story.offered(lender)

        found = redecide(today(), today())

        assert (found.looked_at, found.cases) == (1, ())

    def test_names_the_offers_on_the_table_the_rule_and_both_verdicts(self, lender):
        number = story.offered(lender)

        found = redecide(today(), changed("plan.instalments_max", 13))

        (case,) = found.cases
        on_table = {one.offer.key: one for one in case.on_table}
        (change,) = on_table["shortest"].changes
        assert case.number == number
        assert change.rule == "plan.within-lender-maximum"
        assert change.before.passed
        assert "13" in change.after.because.zh
        assert any("不再提供" in words.zh for words in case.anew.differences)

    def test_sees_a_case_that_has_no_offers_yet(self, lender):
        number = story.submitted(lender)

        found = redecide(today(), changed("agent.instalments_max", 12))

        assert [case.number for case in found.cases] == [number]
        assert found.cases[0].on_table == ()
        assert "须复核" in "".join(words.zh for words in found.cases[0].anew.differences)

    def test_leaves_out_what_is_over(self, lender):
        number = story.submitted(lender)
        from tideover.app.verbs import application

        application.withdraw(lender.borrower, number, key="stop")

        assert redecide(today(), changed("agent.instalments_max", 12)).looked_at == 0

    def test_writes_nothing(self, lender):
        number = story.offered(lender)
        before = (LogEvent.objects.count(), OfferRound.objects.count())
        seen = offering.borrower_offers(lender.borrower, number)

        redecide(today(), changed("plan.instalments_max", 13))

        assert (LogEvent.objects.count(), OfferRound.objects.count()) == before
        assert offering.borrower_offers(lender.borrower, number) == seen

    def test_says_how_many_it_did_not_look_at(self, lender):
        story.offered(lender)

        found = redecide(today(), today(), count_max=0)

        assert (found.looked_at, found.left_out) == (0, 1)


class TestRedecideFor:
    def test_is_for_readers_of_cases(self, lender):
        for account in (lender.finance, lender.borrower.account):
            with pytest.raises(NotFound):
                redecide_for(account, before=TODAY, after=TODAY, count_max=9)

        assert redecide_for(lender.approver, before=TODAY, after=TODAY, count_max=9).cases == ()


class TestNextChange:
    def test_is_the_earliest_day_ahead(self):
        ahead = next_change(date(2025, 12, 31))

        assert ahead is not None
        assert ahead > date(2025, 12, 31)
        assert next_change(date(2099, 1, 1)) is None

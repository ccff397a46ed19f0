"""Finding offers: request, situation, plan_facts, search, figures, wording, and the offer "
"itself."""

import time
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import (
    TODAY,
    card,
    household,
    in_arrears,
    paid_until,
    request,
    steady,
    weilidai,
    yuan,
)
from tideover.affordability import Income, IncomeKind, OtherDebt
from tideover.loan import LoanTerms, Method, Paid, build_schedule, loan_state
from tideover.money import CNY, Money, Rounding
from tideover.offers import OfferSet, Wish, WishKind, find_offers, household_capacity
from tideover.offers.search import build
from tideover.offers.situation import situation_of
from tideover.options import LegalForm, months_between

ables = st.integers(0, 300_000).map(lambda minor: Money(minor, CNY).text)
loans = st.sampled_from([
    (weilidai(), 0), (weilidai(), 2), (weilidai(), 5), (weilidai(instalments=20), 3),
    (weilidai(principal=yuan("87654.32")), 1), (card(), 3), (card(instalments=24), 2),
])  # fmt: skip


def offers_of(able: str, loan: tuple[LoanTerms, int], **more) -> OfferSet:
    terms, paid = loan
    return find_offers(request(able=able, terms=terms, paid=paid, **more))


def capacity_in(found: OfferSet, day: date) -> Money:
    return next(one.capacity for one in found.capacity if one.month == day.replace(day=1))


class TestAffordable:
    @steady
    @given(ables, loans, st.integers(1, 20))
    def test_means_no_instalment_above_the_capacity_of_its_month(self, able, loan, until):
        terms, paid = loan
        job = Income(
            name="短工",
            kind=IncomeKind.WAGE,
            monthly=yuan("1500"),
            until=date(2027, 1 + until % 12, 20),
        )
        home = household(able=able)
        found = find_offers(
            request(
                terms=terms, paid=paid, household=household(able=able, incomes=(*home.incomes, job))
            )
        )

        for offer in found.offers:
            assert offer.affordable
            for due in offer.proposal.due_lines:
                assert due.amount <= capacity_in(found, due.line.due_date)

    @steady
    @given(ables, ables, loans)
    def test_plans_never_get_longer_when_income_rises(self, one, other, loan):
        less, more = sorted((one, other), key=lambda text: yuan(text).minor)
        poorer, richer = (offers_of(able, loan).offer("shortest") for able in (less, more))

        if poorer is not None and richer is not None:
            assert richer.instalments <= poorer.instalments

    @steady
    @given(ables, loans)
    def test_plans_are_the_shortest_there_is(self, able, loan):
        found = offers_of(able, loan).offer("shortest")
        if found is None or found.instalments == 1:
            return
        terms, paid = loan
        situation = situation_of(request(able=able, terms=terms, paid=paid))

        shorter = build(situation, instalments=found.instalments - 1)

        assert shorter is None or not shorter.passed


class TestLawful:
    @steady
    @given(ables, loans)
    def test_no_offer_is_beyond_a_legal_limit(self, able, loan):
        terms, _ = loan
        maturity = terms.due_dates()[-1]
        for offer in offers_of(able, loan).offers:
            last = offer.latest_due
            match offer.proposal.legal_form:
                case LegalForm.TERM_EXTENSION:
                    original = months_between(terms.disbursed_on, maturity)
                    limit = original if original <= 12 else max(0, 20 - original)
                    assert maturity > TODAY
                    assert months_between(maturity, last) <= limit
                case LegalForm.PERSONALISED_INSTALMENTS:
                    assert terms.method is Method.FLAT
                    assert months_between(TODAY, last) <= 60
                case _:
                    assert months_between(terms.disbursed_on, last) <= 60

    @steady
    @given(ables, loans)
    def test_every_binding_rule_passes_and_value_is_conserved(self, able, loan):
        for offer in offers_of(able, loan).offers:
            event = offer.proposal.restructured
            owed = offer.proposal.owed
            assert not any(verdict.stops for verdict in offer.verdicts)
            assert owed.total - event.waived.total == (
                event.schedule.opening_balance + event.carried.total
            )
            assert offer.total == event.schedule.total + event.carried.total
            assert offer.annual_cost.nominal <= Fraction(24, 100)

    def test_takes_another_form_beyond_the_extension_limit_and_after_maturity(self):
        long = offers_of("300", (weilidai(), 2)).offer("shortest")
        matured = find_offers(request(on=date(2027, 8, 1)))

        assert long is not None
        assert long.proposal.legal_form is LegalForm.RESTRUCTURE
        assert {one.proposal.legal_form for one in matured.offers} == {LegalForm.RESTRUCTURE}

    def test_gives_cards_a_personalised_plan_at_their_own_fee(self):
        found = offers_of("700", (card(), 3))

        offer = found.offer("shortest")
        assert offer is not None
        assert offer.proposal.legal_form is LegalForm.PERSONALISED_INSTALMENTS
        assert offer.credit_code == "14"
        # A flat 0.60 % a month is about 13 % a year on what is really owed.
        assert Fraction(12, 100) < offer.annual_cost.nominal < Fraction(14, 100)


class TestByHand:
    """10,000.00 at 0.04 % a day, ten instalments, two paid, the third 20 days late, 680 a month."""

    found = find_offers(request(able="680.00"))

    def test_owes_what_the_working_says(self):
        # 8,000 principal. Interest: 8,000 × 0.0004 × 31 days = 99.20 fell due on 3 November; since
        # then 8,000 × 0.0004 × 20 = 64.00. Penalty: half of 1,000 × 0.0004 × 20 = 4.00, waived.
        offer = self.found.offer("shortest")
        assert offer is not None
        assert offer.proposal.owed.total == yuan("8167.20")
        assert offer.waived.total == yuan("4.00")

    def test_shows_the_same_capacity_everywhere(self):
        assert {month.capacity.text for month in self.found.capacity} == {"680.00"}
        assert household_capacity(request(able="680.00")) == self.found.capacity

    def test_finds_the_fourteen_instalments_that_a_plain_loop_finds(self):
        offer = self.found.offer("shortest")
        assert offer is not None
        assert offer.instalments == 14
        assert offer.payment == yuan("639.06")
        # Thirteen: the loop below needs 684.23 a month, and 680 is there.
        assert level_by_loop(instalments=13) + carried_share(13) == 68_423
        assert level_by_loop(instalments=14) + carried_share(14) == 63_906

    def test_adds_up_line_by_line(self):
        offer = self.found.offer("shortest")
        assert offer is not None
        earliest = offer.proposal.due_lines[0]
        # 41 days from 23 November to 3 January: 8,000 × 0.0004 × 41 = 131.20. The 163.20 carried is
        # 11.66 an instalment, 11.62 in the last. 639.06 − 131.20 − 11.66 = 496.20.
        assert earliest.line.interest == yuan("131.20")
        assert earliest.carried.interest == yuan("11.66")
        assert earliest.line.principal == yuan("496.20")
        # 13 × 639.06 + 638.86.
        assert offer.total == yuan("8946.64")
        assert offer.total_interest == yuan("946.64")

    def test_compares_with_todays_contract(self):
        offer = self.found.offer("shortest")
        assert offer is not None
        # Still unpaid of its schedule: 99.20, and 84.00 + 74.40 + 62.00 + 44.80 + 37.20 + 24.00 +
        # 12.40 = 338.80 to come: 438.00. 946.64 − 438.00 = 508.64.
        assert offer.extra_interest == yuan("508.64")

    def test_says_why_with_numbers(self):
        shortest, lightest, middle = self.found.offers
        assert shortest.why.zh == (
            "这是你负担得起的最短期限；再长 6 期，每月少 ¥176.05，但息费多 ¥313.46"
        )
        assert shortest.why.en == (
            "this is the shortest term you can carry; 6 instalments longer is ¥176.05 less a month "
            "and ¥313.46 more interest"
        )
        assert "多还 10 期" in lightest.why.zh
        assert middle.why.zh.startswith("折中，对你和贷款机构都过得去：")

    def test_counts_what_was_priced_and_judged(self):
        # 56 lengths without a pause, and after each pause one less: 371; 56 with each of two shares
        # of the unpaid interest, twenty cuts of the rate and three parts of the principal.
        assert self.found.combinations == 371 + 25 * 56

    def test_recommends_the_shortest_and_sends_the_long_one_to_an_approver(self):
        assert [offer.key for offer in self.found.offers] == ["shortest", "lightest", "balanced"]
        assert self.found.recommended is self.found.offers[0]
        assert [offer.needs_approval for offer in self.found.offers][:2] == [False, True]
        assert self.found.offers[1].approval_because[0].zh == "共 24 期，超过专员权限 18 期"

    def test_tells_what_the_credit_record_will_say(self):
        offer = self.found.offers[0]
        assert offer.credit_code == "1"
        assert "记一笔“展期”" in offer.credit_record.zh
        assert "以前的逾期记录保留" in offer.credit_record.zh

    def test_costs_a_little_less_than_the_contract_because_nothing_bears_interest_twice(self):
        offer = self.found.offers[0]
        # The contract: 0.04 % × 365 = 14.60 %. The 163.20 carried is owed and bears none.
        assert Fraction("0.142") < offer.annual_cost.nominal < Fraction("0.146")
        assert offer.annual_cost.effective > offer.annual_cost.nominal


def carried_share(instalments: int) -> int:
    """16,320 fen of unpaid interest over the instalments, rounded up."""
    return -(-16_320 // instalments)


def level_by_loop(*, instalments: int) -> int:
    """The smallest whole number of fen that clears 8,000.00, found by trying one after another."""
    dues = [date(2027 + (step // 12), step % 12 + 1, 3) for step in range(instalments)]
    starts = [TODAY, *dues[:-1]]
    days = [(due - start).days for start, due in zip(starts, dues, strict=True)]
    level = 800_000 // instalments
    while True:
        balance = 800_000
        for count in days:
            interest = Rounding.HALF_UP(Fraction(balance * count * 4, 10_000))
            balance -= level - interest
        if balance <= 0:
            return level
        level += 1


class TestPause:
    def test_is_recommended_when_nothing_can_be_paid_before_it(self):
        later = Income(
            name="新工作", kind=IncomeKind.WAGE, monthly=yuan("3900"), since=date(2027, 3, 1)
        )
        found = find_offers(request(household=household(able="0", incomes=(later,))))

        assert [offer.key for offer in found.offers] == ["pause-first"]
        offer = found.offers[0]
        assert offer.is_recommended
        assert offer.earliest_due >= date(2027, 3, 1)

    def test_is_as_long_as_wished_within_the_limit(self):
        wish = Wish(kind=WishKind.PAUSE, pause_months=5)

        offer = find_offers(request(able="900", wish=wish)).offer("pause-first")

        assert offer is not None
        assert offer.pause_months == 5
        assert offer.needs_approval

    def test_takes_the_place_of_the_middle_plan_when_it_is_wished_for(self):
        wish = Wish(kind=WishKind.PAUSE)

        found = find_offers(request(wish=wish))

        assert [offer.key for offer in found.offers] == ["shortest", "lightest", "pause-first"]
        # ¥661.59 from 3 April: the usual three months, by the working of `TestByHand`.
        assert found.offers[2].why.zh.startswith(
            "先停 3 个月，2027年4月3日（周六）起每月还 ¥661.59"
        )

    def test_is_not_proposed_unasked_where_it_only_costs_more(self):
        assert find_offers(request()).offer("pause-first") is None


class TestTheMiddleWay:
    @steady
    @given(ables, loans)
    def test_is_between_the_shortest_and_the_lightest_in_every_figure(self, able, loan):
        found = offers_of(able, loan)
        middle = found.offer("balanced")
        if middle is None:
            return
        shortest, lightest = found.offers[:2]
        assert shortest.instalments < middle.instalments < lightest.instalments
        assert shortest.payment > middle.payment > lightest.payment
        assert shortest.extra_interest <= middle.extra_interest <= lightest.extra_interest


class TestSharesAndTimes:
    def test_leaves_other_lenders_their_part(self):
        debts = (OtherDebt(creditor="某平台", monthly=yuan("1099.20")),)
        found = find_offers(
            request(able="1000", household=household(able="1000", other_debts=debts))
        )

        # This loan asks for up to 1,099.20 a month as well: 1,000 is shared half and half.
        assert found.capacity[0].capacity == yuan("500.00")

    def test_starts_late_enough_to_be_answered(self):
        for offer in find_offers(request()).offers:
            assert (offer.earliest_due - TODAY).days > 14

    @pytest.mark.parametrize("able", ["450", "680", "2000"])
    def test_takes_less_than_fifty_milliseconds(self, able):
        asked = request(able=able)
        find_offers(asked)
        spent = []
        for _ in range(5):
            start = time.process_time()
            find_offers(asked)
            spent.append(time.process_time() - start)

        assert sorted(spent)[2] < 0.050

    def test_gives_the_same_answer_to_the_same_question(self):
        assert find_offers(request()) == find_offers(request())

    @steady
    @given(ables, loans)
    def test_are_booked_exactly_as_offered(self, able, loan):
        terms, paid = loan
        before = paid_until(terms, instalments=paid)
        for offer in offers_of(able, loan).offers:
            booked = loan_state(terms, (*before, offer.proposal.restructured), TODAY)

            # A line asks for its penalty, carried or not, like for everything else.
            assert [(line.due_date, line.remaining.total) for line in booked.lines] == [
                (due.line.due_date, due.amount) for due in offer.proposal.due_lines
            ]

    def test_books_exactly_what_was_offered(self):
        terms = weilidai()
        offer = find_offers(request()).offers[0]
        paid = (
            Paid(due.line.due_date, f"plan-{due.line.number}", due.amount)
            for due in offer.proposal.due_lines
        )
        events = (*paid_until(terms, instalments=2), offer.proposal.restructured, *paid)

        settled = request(events=events, on=offer.latest_due)

        assert in_arrears().schedule == build_schedule(terms)

        assert situation_of(settled).state.is_settled
